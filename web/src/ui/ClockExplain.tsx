import { useState } from 'react'
import { addDays, day, dayOrMonth, limitWords, monthsTitle, weekday, weekdayNames } from '../platform/dates.ts'
import { type MessageKey, t } from '../platform/i18n.ts'
import type { Limit } from '../platform/vocabulary.ts'
import { Icon } from './Icon.tsx'

/** One day of the answer to "why this day?". */
export type CountedDay = {
  readonly date: string
  readonly counted: boolean
  readonly why: 'start' | 'counted' | 'make-up' | 'rest-day' | 'holiday' | 'paused' | 'rolled'
  readonly n: number
  readonly name?: string | undefined
  readonly basis?: string | undefined
  readonly provisional: boolean
}
type Props = {
  readonly days: readonly CountedDay[]
  readonly limit: Limit
  readonly dueOn: string | null
  readonly today?: string | undefined
  readonly rule?: string | undefined
  readonly calendar?: string | undefined
}

/** Day by day: which days counted, which did not, and why. As a calendar, or as a list that can be read aloud. */
export function ClockExplain({ days, limit, dueOn, today, rule, calendar }: Props) {
  const [view, show] = useState<'calendar' | 'list'>('calendar')
  const first = days[0]
  return (
    <section className="stack" style={{ '--gap': '12px' } as React.CSSProperties}>
      <p>{summary(days, limit, dueOn)}</p>
      {days.some((each) => each.provisional) && (
        <p className="notice warn">
          <Icon name="info" />
          <span>{t('explain.provisional')}</span>
        </p>
      )}
      {first !== undefined && (
        <>
          <fieldset className="segments no-print">
            <legend className="visually-hidden">{t('explain.view')}</legend>
            <button type="button" aria-pressed={view === 'calendar'} onClick={() => show('calendar')}>
              {t('explain.asCalendar')}
            </button>
            <button type="button" aria-pressed={view === 'list'} onClick={() => show('list')}>
              {t('explain.asList')}
            </button>
          </fieldset>
          {view === 'calendar' ? <Weeks days={days} dueOn={dueOn} today={today} /> : <DayList days={days} dueOn={dueOn} />}
        </>
      )}
      {rule !== undefined && <p className="muted small">{rule}</p>}
      {calendar !== undefined && <p className="muted small">{t('explain.calendarVersion', { version: calendar })}</p>}
    </section>
  )
}

function summary(days: readonly CountedDay[], limit: Limit, dueOn: string | null): string {
  const start = days[0]
  if (start === undefined) return t('explain.nothing')
  const count = (why: CountedDay['why']) => days.filter((each) => each.why === why).length
  const parts: string[] = []
  if (count('rest-day') > 0) parts.push(t('explain.skippedRest', { n: count('rest-day') }))
  if (count('holiday') > 0) parts.push(t('explain.skippedHoliday', { n: count('holiday') }))
  if (count('make-up') > 0) parts.push(t('explain.madeUp', { n: count('make-up') }))
  if (count('paused') > 0) parts.push(t('explain.skippedPaused', { n: count('paused') }))
  const lead = t('explain.lead', { start: day(start.date), limit: limitWords(limit) })
  const end = dueOn === null ? t('explain.noDue') : t('explain.end', { due: day(dueOn) })
  return [lead, ...parts, end].join('')
}

export function dayWords(each: CountedDay): string {
  const key: MessageKey = `explain.day.${each.why}`
  return t(key, { n: each.n, name: each.name ?? '', basis: each.basis ?? '' })
}

function noteOf(each: CountedDay, isDue: boolean): string {
  if (isDue) return t('explain.note.due')
  if (each.why === 'counted' || each.why === 'make-up')
    return each.why === 'make-up' ? t('explain.note.makeUp', { n: each.n }) : String(each.n)
  if (each.why === 'holiday') return each.name ?? t('explain.note.rest')
  return t(`explain.note.${each.why === 'rest-day' ? 'rest' : each.why}`)
}

function Weeks({ days, dueOn, today }: { days: readonly CountedDay[]; dueOn: string | null; today: string | undefined }) {
  const byDate = new Map(days.map((each) => [each.date, each]))
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? '']
  return (
    <div className="calendar">
      <table>
        <caption>{monthsTitle(first, last)}</caption>
        <thead>
          <tr>
            {[1, 2, 3, 4, 5, 6, 0].map((number) => (
              <th key={number} scope="col">
                {weekdayNames()[number]?.replace('周', '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksBetween(first, last).map((week) => (
            <tr key={week[0]}>
              {week.map((date) => (
                <td key={date}>
                  <Cell each={byDate.get(date)} date={date} dueOn={dueOn} today={today} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </div>
  )
}

/** Whole weeks from the one that holds `first` to the one that holds `last`, Monday first. */
function weeksBetween(first: string, last: string): string[][] {
  const weeks: string[][] = []
  for (let monday = addDays(first, -((weekday(first) + 6) % 7)); monday <= last; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)))
  }
  return weeks
}

function Cell({
  each,
  date,
  dueOn,
  today,
}: {
  each: CountedDay | undefined
  date: string
  dueOn: string | null
  today: string | undefined
}) {
  const number = dayOrMonth(date)
  const now = date === today ? ' is-today' : ''
  if (each === undefined) return <div className={`day muted${now}`}>{number}</div>
  const isDue = date === dueOn
  return (
    <div className={`day is-${each.why}${isDue ? ' is-due' : ''}${now}`} title={dayWords(each)}>
      <span className="date" aria-hidden="true">
        {number}
      </span>
      <span className="note" aria-hidden="true">
        {noteOf(each, isDue)}
      </span>
      <span className="visually-hidden">
        {day(date)} {dayWords(each)}
      </span>
    </div>
  )
}

const LEGEND = ['start', 'counted', 'make-up', 'rest-day', 'holiday', 'paused'] as const

function Legend() {
  return (
    <p className="legend">
      {LEGEND.map((why) => (
        <span key={why}>
          <i className={`day is-${why}`} aria-hidden="true" />
          {t(`explain.legend.${why}`)}
        </span>
      ))}
      <span>
        <i className="day is-due" aria-hidden="true" />
        {t('explain.note.due')}
      </span>
    </p>
  )
}

function DayList({ days, dueOn }: { days: readonly CountedDay[]; dueOn: string | null }) {
  return (
    <ol className="day-list">
      {days.map((each) => (
        <li key={each.date} className={each.counted ? '' : 'uncounted'}>
          <span>{day(each.date)}</span>
          <span>{dayWords(each)}</span>
          <span>{each.date === dueOn && <span className="tag accent">{t('explain.note.due')}</span>}</span>
        </li>
      ))}
    </ol>
  )
}
