import { useInfiniteQuery } from '@tanstack/react-query'
import type { CaseRow } from '@yichuang/contract'
import { useState } from 'react'
import { day } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle, useSettled } from '../../platform/page.ts'
import { DeadlineTag } from '../../ui/DeadlineTag.tsx'
import { ScrollTable } from '../../ui/ScrollTable.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { countWords, FilterBar, Segments } from './filters.tsx'
import { type CaseLink, LoadMore } from './LoadMore.tsx'
import { outcomeWords } from './needs.ts'
import { type CaseFilter, casesQuery } from './queries.ts'
import './cases.css'

/** Every case the reader may see, open and ended. */
export function CaseListPage({ title, link }: { title: string; link: CaseLink }) {
  usePageTitle(title)
  const [status, setStatus] = useState<CaseRow['status'] | undefined>()
  const [text, setText] = useState('')
  const q = useSettled(text.trim())
  const filter: CaseFilter = { ...(status === undefined ? {} : { status }), ...(q === '' ? {} : { q }) }
  const query = useInfiniteQuery(casesQuery(filter))
  return (
    <>
      <div className="page-head">
        <h1>
          {title} <span className="muted small">{countWords(query.data?.pages[0]?.count)}</span>
        </h1>
      </div>
      <FilterBar text={text} onText={setText}>
        <Segments
          label={t('filter.status')}
          all={t('filter.all')}
          value={status}
          onChange={setStatus}
          options={(['open', 'ended'] as const).map((each) => ({ value: each, title: t(`cases.view.${each}`) }))}
        />
      </FilterBar>
      <section className="card flush">
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && (
          <div style={{ padding: 16 }}>
            <Loading lines={6} />
          </div>
        )}
        {query.data !== undefined && <CaseTable rows={query.data.pages.flatMap((page) => page.rows)} link={link} />}
        <LoadMore query={query} />
      </section>
    </>
  )
}

export function CaseTable({ rows, link }: { rows: readonly CaseRow[]; link: CaseLink }) {
  if (rows.length === 0) return <EmptyState title={t('filter.nothing')}>{t('filter.nothingWords')}</EmptyState>
  return (
    <ScrollTable
      label={t('inbox.table')}
      columns={[t('column.deadline'), t('column.case'), t('column.stage'), t('column.party'), t('column.org'), t('column.openedAt')]}
      className="table work-table"
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <td className="nowrap">
            {row.status === 'open' ? (
              <DeadlineTag light={row.light} dueAt={row.dueAt} />
            ) : (
              <span className="tag">{outcomeWords(row.outcome)}</span>
            )}
          </td>
          <td>
            {link({ id: row.id, children: words(row.title) })}
            <span className="block small muted mono">{row.no}</span>
          </td>
          <td>{words(row.stage)}</td>
          <td>{row.partyName}</td>
          <td>{words(row.org)}</td>
          <td className="nowrap muted">{day(row.openedAt)}</td>
        </tr>
      ))}
    </ScrollTable>
  )
}
