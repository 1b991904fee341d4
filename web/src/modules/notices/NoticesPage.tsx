import { useInfiniteQuery } from '@tanstack/react-query'
import type { Notice } from '@yichuang/contract'
import type { ReactNode } from 'react'
import { moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Button } from '../../ui/Button.tsx'
import { LightTag } from '../../ui/DeadlineTag.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { noticesQuery, useReadAll, useReadNotice } from './queries.ts'
import './notices.css'

/** 消息: what I was told, newest first. */
export function NoticesPage({ caseLink }: { caseLink: (caseId: string, children: ReactNode) => ReactNode }) {
  usePageTitle(t('notices.title'))
  const query = useInfiniteQuery(noticesQuery)
  const read = useReadNotice()
  const readAll = useReadAll()
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Loading lines={6} />
  const rows = query.data.pages.flatMap((page) => page.rows)
  return (
    <div className="stack">
      <div className="spread">
        <h1>{t('notices.title')}</h1>
        {rows.some((row) => row.readAt === undefined) && (
          <Button size="small" busy={readAll.isPending} onClick={() => readAll.mutate(null)}>
            {t('notices.readAll')}
          </Button>
        )}
      </div>
      <div className="card flush">
        {rows.length === 0 ? (
          <EmptyState icon="bell" title={t('notices.none')}>
            {t('notices.noneWords')}
          </EmptyState>
        ) : (
          <ul className="notices">
            {rows.map((row) => (
              <Row key={row.id} row={row} caseLink={caseLink} onRead={() => read.mutate(row.id)} />
            ))}
          </ul>
        )}
      </div>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('action.more')}
        </Button>
      )}
    </div>
  )
}

function Row({ row, caseLink, onRead }: { row: Notice; caseLink: (caseId: string, children: ReactNode) => ReactNode; onRead: () => void }) {
  const unread = row.readAt === undefined
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: following the link or pressing the button inside reads it too
    <li className={unread ? 'unread' : ''} onClick={() => unread && onRead()}>
      <div className="spread">
        <strong>
          {unread && <span className="visually-hidden">{t('notices.unread')}</span>}
          {words(row.title)}
        </strong>
        <time className="small muted" dateTime={row.at}>
          {moment(row.at)}
        </time>
      </div>
      <p>{words(row.body)}</p>
      <div className="row">
        {row.light !== undefined && (
          <span className="deadline">
            <LightTag light={row.light} />
          </span>
        )}
        {row.case !== undefined && caseLink(row.case, t('notices.toCase'))}
        {unread && (
          <button type="button" className="link small" onClick={onRead}>
            {t('notices.read')}
          </button>
        )}
      </div>
    </li>
  )
}
