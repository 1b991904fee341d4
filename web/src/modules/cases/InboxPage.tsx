import { useInfiniteQuery } from '@tanstack/react-query'
import type { TaskRow } from '@yichuang/contract'
import { type ReactNode, useState } from 'react'
import { moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle, useSettled } from '../../platform/page.ts'
import { LIGHTS } from '../../platform/vocabulary.ts'
import { DeadlineTag } from '../../ui/DeadlineTag.tsx'
import { ScrollTable } from '../../ui/ScrollTable.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { countWords, FilterBar, Segments } from './filters.tsx'
import { type CaseLink, LoadMore } from './LoadMore.tsx'
import { type InboxFilter, inboxQuery } from './queries.ts'
import { useRowKeys } from './rowKeys.ts'
import './cases.css'

type Props = {
  readonly title: string
  /** Fixed part of the filter: the desk, a step. */
  readonly scope: InboxFilter
  readonly link: CaseLink
  readonly onOpen: (caseId: string) => void
  readonly aside?: ReactNode
  readonly emptyWords: string
}

/** Tasks at my desks, most urgent first. */
export function InboxPage({ title, scope, link, onOpen, aside, emptyWords }: Props) {
  usePageTitle(title)
  const [light, setLight] = useState<TaskRow['light'] | undefined>()
  const [status, setStatus] = useState<TaskRow['status'] | undefined>()
  const [mine, setMine] = useState(false)
  const [text, setText] = useState('')
  const q = useSettled(text.trim())
  const filter: InboxFilter = {
    ...scope,
    ...(light === undefined ? {} : { light }),
    ...(status === undefined ? {} : { status }),
    ...(mine ? { mine } : {}),
    ...(q === '' ? {} : { q }),
  }
  const query = useInfiniteQuery(inboxQuery(filter))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  const current = useRowKeys(rows.length, (index) => rows[index] !== undefined && onOpen(rows[index].case))
  const clear = () => {
    setLight(undefined)
    setStatus(undefined)
    setMine(false)
    setText('')
  }
  const filtered = light !== undefined || status !== undefined || mine || q !== ''
  return (
    <>
      <div className="page-head">
        <h1>
          {title} <span className="muted small">{countWords(query.data?.pages[0]?.count)}</span>
        </h1>
        {aside}
      </div>
      <FilterBar text={text} onText={setText}>
        <Segments
          label={t('filter.light')}
          all={t('filter.all')}
          value={light}
          onChange={setLight}
          options={LIGHTS.map((each) => ({ value: each, title: t(`light.${each}`) }))}
        />
        <Segments
          label={t('filter.status')}
          all={t('filter.all')}
          value={status}
          onChange={setStatus}
          options={(['ready', 'waiting', 'paused'] as const).map((each) => ({ value: each, title: t(`task.${each}`) }))}
        />
        <label className="row small">
          <input type="checkbox" checked={mine} onChange={(event) => setMine(event.target.checked)} />
          {t('filter.mine')}
        </label>
      </FilterBar>
      <section className="card flush" aria-label={title}>
        {query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <div style={{ padding: 16 }}>
            <Loading lines={6} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState
            title={filtered ? t('filter.nothing') : t('inbox.empty')}
            action={
              filtered && (
                <button type="button" className="button" onClick={clear}>
                  {t('filter.clear')}
                </button>
              )
            }
          >
            {filtered ? t('filter.nothingWords') : emptyWords}
          </EmptyState>
        ) : (
          <TaskTable rows={rows} current={current} link={link} onOpen={onOpen} />
        )}
        <LoadMore query={query} />
      </section>
    </>
  )
}

type TableProps = { rows: readonly TaskRow[]; current: number; link: CaseLink; onOpen: (caseId: string) => void }

function TaskTable({ rows, current, link, onOpen }: TableProps) {
  return (
    <ScrollTable
      label={t('inbox.table')}
      columns={[t('column.deadline'), t('column.case'), t('column.step'), t('column.party'), t('column.assignee'), t('column.readyAt')]}
      className="table work-table"
    >
      {rows.map((row, index) => (
        <tr key={`${row.case}${row.step}${row.as}`} className={index === current ? 'current' : ''} onClick={() => onOpen(row.case)}>
          <td className="nowrap">
            <DeadlineTag light={row.light} dueAt={row.dueAt} />
          </td>
          <td>
            {link({ id: row.case, children: words(row.title) })}
            <span className="block small muted mono">{row.no}</span>
          </td>
          <td>
            {words(row.stepTitle)}
            {row.as === 'co-handler' && <span className="tag accent"> {t('task.coHandler')}</span>}
            {row.status !== 'ready' && <span className="block small muted">{t(`task.${row.status}`)}</span>}
          </td>
          <td>{row.partyName}</td>
          <td>{row.assignee === undefined ? <span className="muted">{t('task.unclaimed')}</span> : words(row.assignee)}</td>
          <td className="nowrap muted">{moment(row.readyAt)}</td>
        </tr>
      ))}
    </ScrollTable>
  )
}
