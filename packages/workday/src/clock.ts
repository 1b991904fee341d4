/**
 * The working-day clock: due dates, consumed and remaining units, and the moments at which ladder levels fire.
 * Law: 行政许可法 art. 82, 民法典 arts 200–203. Everything is derived from the count (start, limit, extensions, pauses) and a calendar.
 */
import type { Calendar } from './calendar.ts'
import { countedUpTo, type DayCount, makeDayCount, nthCounted } from './count-days.ts'
import { consumedUpTo, isExact, makeTimeCount, momentAfter } from './count-time.ts'
import { addMonths, instantText, momentOf } from './days.ts'
import type { Count, Due, Instant, Limit, Unit } from './vocabulary.ts'

const NONE: readonly never[] = []
/** Swallows the rounding of ratios: 0.7 × 10 must not ask for the eighth day. */
const ROUNDING = 1e-9

/**
 * When a count ends. `dueAt` is null only while an open pause began before the limit was consumed; `remaining` then says what is left.
 * `provisional` is true when a day that decided the date lies in a year without published calendar.
 * @throws RangeError for malformed instants and for extensions in a unit that cannot be added to the limit.
 */
export function due(count: Count, calendar: Calendar): Due {
  const { limit } = count
  if (limit.unit === 'workday' && limit.n > 0 && count.pauses.length === 0 && count.extensions.length === 0) {
    return dueOfWorkdays(momentOf(count.startedAt), limit.n, calendar)
  }
  const total = totalLimit(count)
  return isExact(total.unit) ? dueOfTime(count, total, calendar) : dueOfDays(makeDayCount(count, total, calendar), total)
}

/** `due` of a count without pauses and extensions. */
export function addLimit(from: Instant, limit: Limit, calendar: Calendar): Due {
  return due({ startedAt: from, limit, extensions: NONE, pauses: NONE }, calendar)
}

/** Due day of `n` ≥ 1 working days as epoch days: two table look-ups, the starting day excluded. */
export function dueDay(start: number, n: number, calendar: Calendar): number {
  return calendar.index.at(calendar.index.upTo(start) + n)
}

/**
 * Consumed units at a moment, in the limit's unit. A day is consumed at its close (end of the last service hour); months grow by the
 * fraction of days consumed; hours and minutes are exact. Goes on beyond the limit: the limit 5 with elapsed 7 is 2 over.
 */
export function elapsed(count: Count, now: Instant, calendar: Calendar): number {
  const total = totalLimit(count)
  const moment = momentOf(now)
  if (isExact(total.unit)) {
    const time = makeTimeCount(count, total, calendar)
    return consumedUpTo(time, moment) / time.unit
  }
  const days = makeDayCount(count, total, calendar)
  return unitsOf(elapsedDays(days, lastClosedDay(days, moment)), days, total.unit)
}

/** What is left of limit and extensions, in the limit's unit; negative when over. */
export function remaining(count: Count, now: Instant, calendar: Calendar): number {
  return totalLimit(count).n - elapsed(count, now, calendar)
}

/**
 * The moment at which `n` units count as consumed, for ladder levels; null while an open pause keeps it unknown.
 * - Before the limit, days: 00:00 of the next day that counts, so that `remaining ≤ 1 workday` fires at 00:00 of the last counted day.
 * - At the limit: exactly `dueAt`. Beyond it: the close of the (n − limit)-th further day.
 * - n < 0 is the start; a fraction of a day is rounded up to the whole day that completes it (0.8 of 3 days is 3 days).
 * Hours and minutes: the exact moment.
 */
export function momentAtElapsed(count: Count, n: number, calendar: Calendar): Instant | null {
  if (n < 0) return count.startedAt
  const total = totalLimit(count)
  if (isExact(total.unit)) {
    const time = makeTimeCount(count, total, calendar)
    const moment = momentAfter(time, Math.round(n * time.unit))
    return moment === null ? null : instantText(moment)
  }
  const days = makeDayCount(count, total, calendar)
  const moment = momentOfDay(days, daysOf(n, days, total.unit))
  return moment === null ? null : instantText(moment)
}

/**
 * Limit and extensions together. Hours and minutes add up; other units only to their own kind.
 * @throws RangeError when an extension is in a unit that cannot be added.
 */
export function totalLimit(count: Pick<Count, 'limit' | 'extensions'>): Limit {
  const { limit, extensions } = count
  if (extensions.length === 0) return limit
  return { n: extensions.reduce((sum, extension) => sum + inUnit(extension, limit.unit), limit.n), unit: limit.unit }
}

function inUnit(extension: Limit, unit: Unit): number {
  if (extension.unit === unit) return extension.n
  if (extension.unit === 'hour' && unit === 'minute') return extension.n * 60
  if (extension.unit === 'minute' && unit === 'hour') return extension.n / 60
  throw new RangeError(`An extension in ${extension.unit}s cannot be added to a limit in ${unit}s`)
}

function dueOfWorkdays(started: number, n: number, calendar: Calendar): Due {
  const { index } = calendar
  const start = index.dayAt(started)
  const day = dueDay(start, n, calendar)
  return { dueAt: index.closeText(day), dueOn: index.dateText(day), provisional: !index.isKnown(start + 1, day) }
}

function dueOfDays(count: DayCount, total: Limit): Due {
  const { index } = count
  if (count.due !== null) {
    const provisional = !index.isKnown(firstDecidingDay(count, total, count.due), count.due)
    return { dueAt: index.closeText(count.due), dueOn: index.dateText(count.due), provisional }
  }
  const pausedFrom = (count.spans[count.spans.length - 1] ?? { from: count.start }).from
  const left = total.n - unitsOf(elapsedDays(count, pausedFrom), count, total.unit)
  const provisional = total.unit === 'workday' && pausedFrom > count.start && !index.isKnown(count.start + 1, pausedFrom)
  return { dueAt: null, dueOn: null, provisional, remaining: left }
}

/** Working days hang on every day since the start; calendar days only on the rolling of the last one. */
function firstDecidingDay(count: DayCount, total: Limit, dueDate: number): number {
  if (total.n === 0) return count.start
  if (total.unit === 'workday') return count.start + 1
  return nthCounted(count, count.days) ?? dueDate
}

function dueOfTime(count: Count, total: Limit, calendar: Calendar): Due {
  const { index } = calendar
  const time = makeTimeCount(count, total, calendar)
  const service = total.unit === 'working-hour'
  const from = index.dayAt(time.start)
  if (time.due === null) {
    const pausedFrom = (time.spans[time.spans.length - 1] ?? { from: time.start }).from
    const provisional = service && pausedFrom > time.start && !index.isKnown(from, index.dayAt(pausedFrom))
    return { dueAt: null, dueOn: null, provisional, remaining: (time.amount - consumedUpTo(time, pausedFrom)) / time.unit }
  }
  const day = index.dayAt(time.due)
  return { dueAt: instantText(time.due), dueOn: index.dateText(day), provisional: service && !index.isKnown(from, day) }
}

function lastClosedDay(count: DayCount, moment: number): number {
  const day = count.index.dayAt(moment)
  return moment >= count.index.closeOf(day) ? day : day - 1
}

/** Consumed days when `day` has closed. Days on which the end rolls forward consume nothing; after the due day they count again. */
export function elapsedDays(count: DayCount, day: number): number {
  const consumed = countedUpTo(count, day)
  if (count.due === null || day <= count.due) return Math.min(consumed, count.days)
  return count.days + consumed - countedUpTo(count, count.due)
}

function momentOfDay(count: DayCount, n: number): number | null {
  if (n < count.days) {
    const day = nthCounted(count, n + 1)
    return day === null ? null : count.index.startOf(day)
  }
  if (count.due === null) return null
  if (n === count.days) return count.index.closeOf(count.due)
  const day = nthCounted(count, countedUpTo(count, count.due) + n - count.days)
  return day === null ? null : count.index.closeOf(day)
}

/** Days of `n` units, rounded up to whole days. */
function daysOf(n: number, count: DayCount, unit: Unit): number {
  if (unit !== 'month') return Math.ceil(n - ROUNDING)
  const whole = Math.floor(n + ROUNDING)
  const before = daysInMonths(count, whole)
  return before + Math.ceil((n - whole) * (daysInMonths(count, whole + 1) - before) - ROUNDING)
}

/** Units of consumed days: months are the whole ones plus the fraction of the one begun. */
export function unitsOf(days: number, count: DayCount, unit: Unit): number {
  if (unit !== 'month') return days
  let months = Math.floor(days / 31)
  while (daysInMonths(count, months + 1) <= days) months++
  const before = daysInMonths(count, months)
  return months + (days - before) / (daysInMonths(count, months + 1) - before)
}

function daysInMonths(count: DayCount, months: number): number {
  return addMonths(count.start, months) - count.start
}
