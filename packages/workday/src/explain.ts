/** "Why this day?": every day of a count, from the starting day to the due day, with what it consumed and why. */
import type { Calendar } from './calendar.ts'
import { elapsedDays, totalLimit, unitsOf } from './clock.ts'
import { makeDayCount } from './count-days.ts'
import { consumedUpTo, isExact, makeTimeCount } from './count-time.ts'
import { getEpochDay } from './days.ts'
import { type Span, unmergedDays } from './pauses.ts'
import type { Count, Day, DayReason, ExplainedDay, Limit, PlainDate } from './vocabulary.ts'

/** What a clock says of a day: units consumed when it has ended, and whether the limit was used up before it. */
type Reading = { readonly n: number; readonly rolled: boolean; readonly held: boolean }
type Course = { readonly start: number; readonly end: number; read(day: number): Reading }

/**
 * Days in order, the starting day first. Running: up to the due day. While paused: up to `through`, or the day the open pause began.
 * The last row of a running count has `n` equal to limit and extensions together (months: days consumed as fractions of months).
 */
export function explain(count: Count, calendar: Calendar, through?: PlainDate): ExplainedDay[] {
  const total = totalLimit(count)
  const pauses = unmergedDays(count.pauses, calendar.index)
  const until = through === undefined ? lastBeginning(pauses) : getEpochDay(through)
  const course = isExact(total.unit) ? courseOfTime(count, total, calendar, until) : courseOfDays(count, total, calendar, until)
  const rows: ExplainedDay[] = []
  let before = 0
  for (let day = course.start; day <= course.end; day++) {
    const reading = course.read(day)
    const pause = reading.held ? pauses.find((span) => span.from <= day && day <= span.to) : undefined
    const counted = reading.n > before
    const facts = calendar.day(calendar.index.dateText(day))
    const why = day === course.start ? 'start' : reasonOf(reading, facts, { counted, paused: pause !== undefined })
    rows.push({
      date: facts.date,
      counted,
      why,
      n: reading.n,
      ...(facts.name === undefined ? {} : { name: facts.name }),
      ...(pause === undefined ? {} : { basis: pause.basis }),
      provisional: facts.provisional,
    })
    before = reading.n
  }
  return rows
}

function reasonOf(reading: Reading, facts: Day, day: { readonly counted: boolean; readonly paused: boolean }): DayReason {
  if (day.counted) return facts.kind === 'make-up' ? 'make-up' : 'counted'
  if (day.paused) return 'paused'
  if (reading.rolled) return 'rolled'
  if (facts.kind === 'holiday') return 'holiday'
  return facts.kind === 'rest-day' ? 'rest-day' : 'counted'
}

function courseOfDays(count: Count, total: Limit, calendar: Calendar, until: number): Course {
  const days = makeDayCount(count, total, calendar)
  return {
    start: days.start,
    end: days.due ?? Math.max(until, days.start),
    read: (day) => {
      const consumed = elapsedDays(days, day)
      const rolled = elapsedDays(days, day - 1) >= days.days && (total.n > 0 || day === days.due)
      return { n: unitsOf(consumed, days, total.unit), rolled, held: day !== days.due }
    },
  }
}

function courseOfTime(count: Count, total: Limit, calendar: Calendar, until: number): Course {
  const { index } = calendar
  const time = makeTimeCount(count, total, calendar)
  const start = index.dayAt(time.start)
  return {
    start,
    end: time.due === null ? Math.max(until, start) : index.dayAt(time.due),
    read: (day) => ({ n: Math.min(consumedUpTo(time, index.startOf(day + 1)), time.amount) / time.unit, rolled: false, held: true }),
  }
}

function lastBeginning(pauses: readonly Span[]): number {
  return pauses.reduce((last, span) => Math.max(last, span.from), Number.NEGATIVE_INFINITY)
}
