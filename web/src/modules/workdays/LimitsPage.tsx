import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getDueDate, type QueryOf } from '@yichuang/contract'
import { type ReactNode, useState } from 'react'
import { ask } from '../../platform/api.ts'
import { day, inCity, longDay } from '../../platform/dates.ts'
import { t } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { useNow } from '../../platform/session.ts'
import { ClockExplain } from '../../ui/ClockExplain.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'

type Asked = QueryOf<typeof getDueDate>
type Unit = NonNullable<Asked['unit']>
const UNITS = ['workday', 'day', 'month'] as const

/** 时限计算: anybody may count a limit and see day by day why it ends there. */
export function LimitsPage(): ReactNode {
  usePageTitle(t('limits.title'))
  const today = inCity(useNow()).date
  /* The city's own time comes a moment after the page. */
  const [chosen, setFrom] = useState<string | null>(null)
  const from = chosen ?? today
  const [limit, setLimit] = useState('5')
  const [unit, setUnit] = useState<Unit>('workday')
  const asked: Asked = { from, limit: Number(limit), unit }
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(from) && /^\d{1,4}$/.test(limit) && Number(limit) <= 3650
  const query = useQuery({
    queryKey: ['due', asked],
    queryFn: ({ signal }) => ask(getDueDate, { query: asked, signal }),
    enabled: valid,
    placeholderData: keepPreviousData,
    staleTime: 600_000,
  })
  return (
    <div className="stack">
      <h1>{t('limits.title')}</h1>
      <p className="muted">{t('limits.words')}</p>
      <form className="card grid-2" onSubmit={(event) => event.preventDefault()}>
        <div className="field">
          <label htmlFor="from">{t('limits.from')}</label>
          <input id="from" className="input" type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="limit">{t('limits.limit')}</label>
          <div className="with-unit">
            <input
              id="limit"
              className="input"
              inputMode="numeric"
              value={limit}
              aria-invalid={!valid}
              onChange={(event) => setLimit(event.target.value)}
            />
            <label className="visually-hidden" htmlFor="unit">
              {t('limits.unit')}
            </label>
            <select id="unit" className="select" value={unit} onChange={(event) => setUnit(event.target.value as Unit)}>
              {UNITS.map((each) => (
                <option key={each} value={each}>
                  {t(`unit.${each}`)}
                </option>
              ))}
            </select>
          </div>
          {!valid && <span className="error">{t('limits.invalid')}</span>}
        </div>
      </form>
      <section className="card" aria-live="polite">
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && valid && <Loading />}
        {query.data !== undefined && valid && (
          <div className="stack">
            <p className="promise">
              {query.data.due === null ? t('explain.noDue') : t('limits.due', { date: longDay(query.data.due), day: day(query.data.due) })}
            </p>
            <ClockExplain
              days={query.data.days}
              limit={{ n: Number(limit), unit }}
              dueOn={query.data.due}
              today={today}
              calendar={query.data.calendar}
            />
          </div>
        )}
      </section>
    </div>
  )
}
