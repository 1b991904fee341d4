import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState, Loading } from './states.tsx'

type Props<T> = {
  readonly query: UseQueryResult<T>
  readonly children: (value: T) => ReactNode
  readonly lines?: number | undefined
  /** What is read is the whole page. */
  readonly page?: boolean | undefined
}

/** The three faces of a read: still coming, failed, there. Empty is for the caller, who knows the next step. */
export function Reading<T>({ query, children, lines, page }: Props<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} page={page} />
  return <Loading {...(lines === undefined ? {} : { lines })} />
}
