import { useInfiniteQuery } from '@tanstack/react-query'
import type { CaseRow } from '@yichuang/contract'
import { useState } from 'react'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { LightTag } from '../../ui/DeadlineTag.tsx'
import { Figure } from '../../ui/small.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { CaseTable } from './CaseListPage.tsx'
import { Segments } from './filters.tsx'
import { type CaseLink, LoadMore } from './LoadMore.tsx'
import { lateQuery } from './queries.ts'
import './cases.css'

type Late = 'blue' | 'yellow' | 'red'
const LATE: readonly Late[] = ['red', 'yellow', 'blue']

/** By light, then by the day that is due first; a row without a day comes last. */
function mostUrgentFirst(one: CaseRow, other: CaseRow): number {
  return rank(one.light) - rank(other.light) || (one.dueAt ?? '9').localeCompare(other.dueAt ?? '9')
}

function rank(light: CaseRow['light']): number {
  const place = (LATE as readonly string[]).indexOf(light)
  return place < 0 ? LATE.length : place
}

/** 督办: what is late or nearly late, by organisation, and the cases behind every number. */
export function LateBoardPage({ link }: { link: CaseLink }) {
  usePageTitle(t('board.title'))
  const [light, setLight] = useState<Late | undefined>()
  const query = useInfiniteQuery(lateQuery(light))
  const first = query.data?.pages[0]
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (first === undefined || query.data === undefined) return <Loading lines={8} />
  const rows = query.data.pages.flatMap((page) => page.rows.toSorted(mostUrgentFirst))
  return (
    <>
      <div className="page-head">
        <h1>{t('board.title')}</h1>
        <Segments
          label={t('filter.light')}
          all={t('filter.all')}
          value={light}
          onChange={setLight}
          options={LATE.map((each) => ({ value: each, title: t(`light.${each}`) }))}
        />
      </div>
      <div className="board-figures">
        {LATE.map((each) => (
          <div key={each} className="card">
            <Figure
              label={t(`board.${each}.definition`)}
              value={first.byOrg.reduce((sum, org) => sum + org[each], 0)}
              unit={t('board.cases')}
            >
              <span className="deadline">
                <LightTag light={each} />
              </span>
            </Figure>
          </div>
        ))}
      </div>
      {first.byOrg.length > 0 && <ByOrg rows={first.byOrg} />}
      <section className="card flush">
        {rows.length === 0 ? (
          <EmptyState icon="check" title={t('board.none')}>
            {t('board.noneWords')}
          </EmptyState>
        ) : (
          <CaseTable rows={rows} link={link} />
        )}
        <LoadMore query={query} />
      </section>
    </>
  )
}

type OrgCount = {
  readonly org: { zh: string; en?: string | undefined }
  readonly blue: number
  readonly yellow: number
  readonly red: number
}

function ByOrg({ rows }: { rows: readonly OrgCount[] }) {
  const most = Math.max(...rows.map((row) => row.blue + row.yellow + row.red))
  return (
    <section className="card">
      <header>
        <h2>{t('board.byOrg')}</h2>
      </header>
      <ul className="bars">
        {rows.map((row) => (
          <li key={row.org.zh}>
            <span>{words(row.org)}</span>
            <span className="bar" aria-hidden="true">
              {LATE.map(
                (light) => row[light] > 0 && <i key={light} className={light} style={{ width: `${(row[light] / most) * 100}%` }} />,
              )}
            </span>
            <span className="small muted nowrap">{LATE.map((light) => `${t(`light.${light}`)} ${row[light]}`).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
