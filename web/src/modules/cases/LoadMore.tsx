import type { ReactNode } from 'react'
import { t } from '../../platform/i18n.ts'
import { Button } from '../../ui/Button.tsx'

/** How a desk leads to another case: desks differ in their addresses. */
export type CaseLink = (props: { id: string; children: ReactNode; className?: string }) => ReactNode

export function LoadMore({ query }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  if (!query.hasNextPage) return null
  return (
    <p style={{ textAlign: 'center', padding: 12 }}>
      <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('action.more')}
      </Button>
    </p>
  )
}
