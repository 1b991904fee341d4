/** Limits that consume exact time: hour and minute by the clock, working-hour within service hours on working days. */
import type { Calendar, CalendarIndex } from './calendar.ts'
import { isWorkingDay } from './calendar.ts'
import { instantText, MS_PER_HOUR, MS_PER_MINUTE, momentOf } from './days.ts'
import { momentSpans, type Span } from './pauses.ts'
import type { Count, Instant, Limit, Unit } from './vocabulary.ts'

/** A scale reads how much countable time has passed up to a moment, and the earliest moment at which an amount has passed. */
type Scale = { passed(moment: number): number; at(amount: number): number }
const CLOCK: Scale = { passed: (moment) => moment, at: (amount) => amount }

export type TimeCount = {
  readonly start: number
  /** Countable milliseconds to consume. */
  readonly amount: number
  /** Milliseconds of one unit of the limit. */
  readonly unit: number
  readonly scale: Scale
  readonly spans: readonly Span[]
  /** The moment the limit ends, or null while a pause keeps it open. */
  readonly due: number | null
}

export function makeTimeCount(count: Count, limit: Limit, calendar: Calendar): TimeCount {
  const unit = limit.unit === 'minute' ? MS_PER_MINUTE : MS_PER_HOUR
  const open = {
    start: momentOf(count.startedAt),
    amount: Math.round(limit.n * unit),
    unit,
    scale: limit.unit === 'working-hour' ? serviceScale(calendar.index) : CLOCK,
    spans: momentSpans(count.pauses),
  }
  return { ...open, due: momentAfter(open, open.amount) }
}

export function isExact(unit: Unit): boolean {
  return unit === 'hour' || unit === 'minute' || unit === 'working-hour'
}

/** The moment at which so many milliseconds have been consumed, or null when an open pause comes before it. */
export function momentAfter(count: Omit<TimeCount, 'due'>, amount: number): number | null {
  const { scale } = count
  let cursor = count.start
  let left = amount
  for (const span of count.spans) {
    if (span.to <= cursor) continue
    const free = scale.passed(Math.max(span.from, cursor)) - scale.passed(cursor)
    if (left <= free) break
    left -= free
    if (span.to === Number.POSITIVE_INFINITY) return null
    cursor = span.to
  }
  return left <= 0 ? cursor : scale.at(scale.passed(cursor) + left)
}

/** Milliseconds consumed up to a moment. */
export function consumedUpTo(count: Omit<TimeCount, 'due'>, moment: number): number {
  const { scale } = count
  let cursor = count.start
  let consumed = 0
  for (const span of count.spans) {
    if (span.to <= cursor) continue
    if (span.from >= moment) break
    if (span.from > cursor) consumed += scale.passed(span.from) - scale.passed(cursor)
    if (span.to >= moment) return consumed
    cursor = span.to
  }
  return moment > cursor ? consumed + scale.passed(moment) - scale.passed(cursor) : consumed
}

export type ServiceTime = {
  /** Service milliseconds of one working day. */
  readonly perDay: number
  /** Service milliseconds up to a moment; only differences mean something. */
  passed(moment: Instant): number
  /** The earliest moment up to which so many have passed: at a close, not at the opening that follows. */
  at(passed: number): Instant
}

/** The city's service time as one unbroken ruler, to count working days and hours backwards and forwards. */
export function serviceTime({ index }: Pick<Calendar, 'index'>): ServiceTime {
  const scale = serviceScale(index)
  return {
    perDay: servicePerDay(index),
    passed: (moment) => scale.passed(momentOf(moment)),
    at: (passed) => instantText(scale.at(passed)),
  }
}

function servicePerDay(index: CalendarIndex): number {
  return index.service.reduce((sum, { from, to }) => sum + to - from, 0)
}

function serviceScale(index: CalendarIndex): Scale {
  const perDay = servicePerDay(index)
  return {
    passed: (moment) => {
      const day = index.dayAt(moment)
      const before = index.upTo(day - 1) * perDay
      return isWorkingDay(index, day) ? before + servedBy(index, moment - index.startOf(day)) : before
    },
    at: (amount) => {
      const ordinal = Math.ceil(amount / perDay)
      return index.startOf(index.at(ordinal)) + clockAfter(index, amount - (ordinal - 1) * perDay)
    },
  }
}

function servedBy(index: CalendarIndex, sinceMidnight: number): number {
  let served = 0
  for (const { from, to } of index.service) served += Math.max(0, Math.min(sinceMidnight, to) - from)
  return served
}

function clockAfter(index: CalendarIndex, amount: number): number {
  let left = amount
  for (const { from, to } of index.service) {
    if (left <= to - from) return from + left
    left -= to - from
  }
  throw new Error('A working day holds less service time than its own sum')
}
