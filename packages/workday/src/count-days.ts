/**
 * Limits that consume whole days: workday, day, month. A count is a base day (the starting day, excluded), a ruler that numbers the
 * days that can be consumed, and the spans in which none is. Everything is found per span, never per day.
 */
import type { Calendar, CalendarIndex } from './calendar.ts'
import { isWorkingDay } from './calendar.ts'
import { addMonths, momentOf } from './days.ts'
import { daySpans, type Span } from './pauses.ts'
import type { Count, Limit } from './vocabulary.ts'

type Ruler = { upTo(day: number): number; at(ordinal: number): number }
const CALENDAR_DAYS: Ruler = { upTo: (day) => day, at: (ordinal) => ordinal }

export type DayCount = {
  readonly index: CalendarIndex
  readonly start: number
  /** Days after this one can be consumed. The starting day; for 即办 the eve of the day it is due on. */
  readonly base: number
  /** Days to consume; months are turned into the calendar days they span from the starting day. */
  readonly days: number
  readonly ruler: Ruler
  readonly spans: readonly Span[]
  /** The day the limit ends on, or null while a pause keeps it open. */
  readonly due: number | null
}

export function makeDayCount(count: Count, limit: Limit, calendar: Calendar): DayCount {
  const index = calendar.index
  const started = momentOf(count.startedAt)
  const start = index.dayAt(started)
  const spans = daySpans(count.pauses, index)
  if (limit.n === 0) {
    const first = firstOpenDay(index, start, started)
    return { index, start, base: first - 1, days: 0, ruler: index, spans, due: rollForward(index, spans, first) }
  }
  const days = limit.unit === 'month' ? addMonths(start, limit.n) - start : limit.n
  const ruler = limit.unit === 'workday' ? index : CALENDAR_DAYS
  const open = { index, start, base: start, days, ruler, spans, due: null }
  ignorePauseAfterDue(open)
  const last = nthCounted(open, days)
  const due = last === null || ruler === index ? last : rollForward(index, spans, last)
  return { index, start, base: start, days, ruler, spans, due }
}

/** 即办: the same business day while it is open (its close no longer belongs to it), else the next working day. */
export function firstOpenDay(index: CalendarIndex, start: number, started: number): number {
  const open = isWorkingDay(index, start) && started < index.closeOf(start)
  return open ? start : index.at(index.upTo(start) + 1)
}

/** The n-th consumed day, n ≥ 1, or null when an open pause comes before it. */
export function nthCounted(count: Omit<DayCount, 'due'>, n: number): number | null {
  const { ruler } = count
  let cursor = count.base
  let left = n
  for (const span of count.spans) {
    if (span.to <= cursor) continue
    const free = ruler.upTo(span.from - 1) - ruler.upTo(cursor)
    if (left <= free) break
    if (free > 0) left -= free
    if (span.to === Number.POSITIVE_INFINITY) return null
    cursor = span.to
  }
  return ruler.at(ruler.upTo(cursor) + left)
}

/** Consumed days up to and including `day`. */
export function countedUpTo(count: Omit<DayCount, 'due'>, day: number): number {
  const { ruler } = count
  let cursor = count.base
  let consumed = 0
  for (const span of count.spans) {
    if (span.to <= cursor) continue
    if (span.from > day) break
    const free = ruler.upTo(span.from - 1) - ruler.upTo(cursor)
    if (free > 0) consumed += free
    cursor = span.to
  }
  return day > cursor ? consumed + ruler.upTo(day) - ruler.upTo(cursor) : consumed
}

/**
 * A breach cannot be undone by suspending in the evening: a pause that begins after the close of the day the limit ends on leaves
 * that day consumed.
 */
function ignorePauseAfterDue(count: Omit<DayCount, 'due'>): void {
  const { index, ruler, spans } = count
  let cursor = count.base
  let left = count.days
  for (const span of spans) {
    if (span.to <= cursor) continue
    const free = Math.max(0, ruler.upTo(span.from - 1) - ruler.upTo(cursor))
    if (left <= free) return
    left -= free
    if (left === 1 && span.from > cursor && span.since > index.closeOf(span.from) && isWorkingDay(index, span.from)) {
      span.from += 1
      return
    }
    cursor = span.to
  }
}

/** The first working day from `day` on that no pause holds; null when an open pause does. 民法典 art. 203. */
function rollForward(index: CalendarIndex, spans: readonly Span[], day: number): number | null {
  let rolled = index.at(index.upTo(day - 1) + 1)
  for (const span of spans) {
    if (span.to < rolled) continue
    const begunAfterClose = rolled === span.from && span.since > index.closeOf(rolled)
    if (rolled < span.from || begunAfterClose) return rolled
    if (span.to === Number.POSITIVE_INFINITY) return null
    rolled = index.at(index.upTo(span.to) + 1)
  }
  return rolled
}
