import { useInfiniteQuery } from '@tanstack/react-query'
import type { CaseRow } from '@yichuang/contract'
import { type ReactNode, useState } from 'react'
import { day, longDay } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { DeadlineTag } from '../../ui/DeadlineTag.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { type CaseLink, LoadMore } from './LoadMore.tsx'
import { outcomeWords } from './needs.ts'
import { type CaseFilter, casesQuery } from './queries.ts'
import './cases.css'

const VIEWS = ['all', 'open', 'ended'] as const

export function MyCasesPage({ link, start, above }: { link: CaseLink; start: ReactNode; above?: ReactNode }) {
  const [view, setView] = useState<(typeof VIEWS)[number]>('all')
  usePageTitle(t('cases.mine'))
  return (
    <div className="stack">
      <div className="page-title">
        <h1>{t('cases.mine')}</h1>
        <fieldset className="segments">
          <legend className="visually-hidden">{t('cases.filter')}</legend>
          {VIEWS.map((each) => (
            <button key={each} type="button" aria-pressed={view === each} onClick={() => setView(each)}>
              {t(`cases.view.${each}`)}
            </button>
          ))}
        </fieldset>
      </div>
      {above}
      <CaseCards filter={{ mine: true, status: view === 'all' ? undefined : view } as CaseFilter} link={link} empty={start} />
    </div>
  )
}

/** Cards of cases, what waits for the reader first. */
export function CaseCards({ filter, link, empty, most }: { filter: CaseFilter; link: CaseLink; empty: ReactNode; most?: number }) {
  const query = useInfiniteQuery(casesQuery(filter))
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Loading lines={5} />
  const rows = query.data.pages.flatMap((page) => page.rows).filter((row) => row.parent === undefined)
  if (rows.length === 0) {
    return (
      <div className="card">
        <EmptyState title={t('cases.none')} action={empty}>
          {t('cases.noneWords')}
        </EmptyState>
      </div>
    )
  }
  const shown = rows.toSorted((a, b) => Number(b.waitingForMe) - Number(a.waitingForMe)).slice(0, most)
  return (
    <>
      <ul className="case-cards">
        {shown.map((row) => (
          <li key={row.id}>{link({ id: row.id, className: 'case-card', children: <CardInside row={row} /> })}</li>
        ))}
      </ul>
      {most === undefined && <LoadMore query={query} />}
    </>
  )
}

function CardInside({ row }: { row: CaseRow }) {
  return (
    <>
      <span className="grow">
        <span className="title">{words(row.title)}</span>
        <span className="small muted block">
          {row.partyName} · <span className="mono">{row.no}</span>
        </span>
        <span className="row" style={{ '--gap': '6px 10px' } as React.CSSProperties}>
          {row.waitingForMe && (
            <span className="tag yellow">
              <Icon name="pen" size={14} />
              {t('cases.waitingForMe')}
            </span>
          )}
          <span className="small">{words(row.stage)}</span>
          {row.status === 'open' ? (
            <DeadlineTag light={row.light} dueAt={row.dueAt} />
          ) : (
            <span className="tag green">
              {outcomeWords(row.outcome)} {row.endedAt === undefined ? '' : day(row.endedAt)}
            </span>
          )}
          {row.status === 'ended' && !row.rated && <span className="tag accent">{t('cases.rateMe')}</span>}
        </span>
      </span>
      <span className="small muted nowrap wide-only">{longDay(row.openedAt)}</span>
      <Icon name="right" size={18} />
    </>
  )
}
