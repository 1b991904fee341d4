import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState, Loading } from './states.tsx'

/** The three faces of a read: still coming, failed, there. Empty is for the caller, who knows the next step. */
export function Reading<T>({ query, children, lines }: { query: UseQueryResult<T>; children: (value: T) => ReactNode; lines?: number }) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loading {...(lines === undefined ? {} : { lines })} />
}
