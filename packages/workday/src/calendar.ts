/**
 * A city's calendar: the published years (holidays, 调休 make-up days), its fixed offset from UTC and its service hours.
 * A year without data is a plain Monday–Friday year and every one of its days is marked provisional.
 */
import { type Refusal, refuse } from '@yichuang/result'
import { dateText, epochDay, findEpochDay, getEpochDay, instantText, MS_PER_DAY, MS_PER_MINUTE, momentOf, weekdayOf } from './days.ts'
import { makeWorkdayIndex, type Run, type WorkdayIndex } from './index-of-workdays.ts'
import type { CalendarYear, Day, Instant, PlainDate, ServiceHours } from './vocabulary.ts'

export type Calendar = {
  /** Versions of all years, in order: `2025/1+2026/2`. Two calendars with one version answer alike. */
  readonly version: string
  readonly utcOffsetMinutes: number
  readonly hours: ServiceHours
  day(date: PlainDate): Day
  isWorkday(date: PlainDate): boolean
  /** The date on which the n-th working day after `date` falls (n < 0: before it); n = 0 is `date` itself. Constant time. */
  addWorkdays(date: PlainDate, n: number): PlainDate
  /** Working days d with a < d ≤ b; negative when b is before a. Constant time. */
  workdaysBetween(a: PlainDate, b: PlainDate): number
  dateOf(instant: Instant): PlainDate
  /** 00:00 in the city. */
  startOf(date: PlainDate): Instant
  /** End of the last service hour; 24:00 where there are no service hours. The same for rest days. */
  closeOf(date: PlainDate): Instant
  /** 24:00, which is 00:00 of the next day. */
  endOf(date: PlainDate): Instant
  /** The same as integers (epoch days, milliseconds), for arithmetic. */
  readonly index: CalendarIndex
}

export type CalendarIndex = WorkdayIndex & {
  /** Service time of a working day in milliseconds after 00:00, in order of time; the whole day when there are no service hours. */
  readonly service: readonly { readonly from: number; readonly to: number }[]
  dayAt(moment: number): number
  startOf(day: number): number
  closeOf(day: number): number
  dateText(day: number): PlainDate
  closeText(day: number): Instant
}

export type CalendarSource = {
  /** In any order; a later version of a year replaces an earlier one. */
  readonly years: readonly CalendarYear[]
  readonly utcOffsetMinutes: number
  readonly hours: ServiceHours
}

/** @throws RangeError for years or hours that `checkCalendarYear` or `checkHours` refuse: packs check them first. */
export function makeCalendar(source: CalendarSource): Calendar {
  const years = latestOfEach(source.years)
  const fault = [...years.flatMap(checkCalendarYear), ...checkHours(source.hours)][0]
  if (fault !== undefined) throw new RangeError(fault.message)
  const names = namesOf(years)
  const index = makeIndex(source, runsOf(years), names)
  return {
    version: years.map((year) => year.version).join('+'),
    utcOffsetMinutes: source.utcOffsetMinutes,
    hours: source.hours,
    day: (date) => dayOf(getEpochDay(date), index, names),
    isWorkday: (date) => isWorkingDay(index, getEpochDay(date)),
    addWorkdays: (date, n) => index.dateText(addWorkingDays(index, getEpochDay(date), n)),
    workdaysBetween: (a, b) => index.upTo(getEpochDay(b)) - index.upTo(getEpochDay(a)),
    dateOf: (instant) => index.dateText(index.dayAt(momentOf(instant))),
    startOf: (date) => instantText(index.startOf(getEpochDay(date))),
    closeOf: (date) => index.closeText(getEpochDay(date)),
    endOf: (date) => instantText(index.startOf(getEpochDay(date) + 1)),
    index,
  }
}

export function isWorkingDay(index: WorkdayIndex, day: number): boolean {
  return index.upTo(day) !== index.upTo(day - 1)
}

function addWorkingDays(index: WorkdayIndex, day: number, n: number): number {
  if (n === 0) return day
  return n > 0 ? index.at(index.upTo(day) + n) : index.at(index.upTo(day - 1) + n + 1)
}

/** Every fault of a published year: dates of another year, dates that do not exist, a make-up day that is no weekend day or also a holiday. */
export function checkCalendarYear(year: CalendarYear): Refusal[] {
  const faults: Refusal[] = []
  const add = (date: string, what: string) => {
    faults.push(refuse('workday/calendar-fault', `Calendar ${year.version}: ${date} ${what}.`, { version: year.version, date }).error)
  }
  for (const date of [...Object.keys(year.holidays), ...Object.keys(year.makeUps)]) {
    if (findEpochDay(date) === null) add(date, 'is not a date in the form YYYY-MM-DD')
    else if (Number(date.slice(0, 4)) !== year.year) add(date, `is not in ${year.year}; write it in the file of its own year`)
  }
  for (const date of Object.keys(year.makeUps)) {
    const day = findEpochDay(date)
    if (day !== null && weekdayOf(day) < 5) add(date, 'is no weekend day and needs no make-up entry')
    if (date in year.holidays) add(date, 'is both a holiday and a make-up day')
  }
  return faults
}

/** Every fault of service hours: not `HH:MM`, ending before they begin, overlapping or out of order. */
export function checkHours(hours: ServiceHours): Refusal[] {
  const faults: Refusal[] = []
  let previous = 0
  for (const { from, to } of hours) {
    const [start, end] = [minutesOf(from), minutesOf(to)]
    if (start === null || end === null || start >= end || start < previous) {
      const how = 'write HH:MM, the end after the beginning, in order of time'
      faults.push(refuse('workday/hours-fault', `Service hours ${from}–${to}: ${how}.`, { from, to }).error)
    }
    previous = end ?? previous
  }
  return faults
}

function minutesOf(clock: string): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(clock)
  if (match === null) return null
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return Number(match[2]) < 60 && minutes <= 1440 ? minutes : null
}

function latestOfEach(years: readonly CalendarYear[]): CalendarYear[] {
  const latest = new Map<number, CalendarYear>()
  for (const year of years) {
    const known = latest.get(year.year)
    if (known === undefined || compareVersions(known.version, year.version) < 0) latest.set(year.year, year)
  }
  return [...latest.values()].sort((a, b) => a.year - b.year)
}

/** By the numbers in them, so that `2026/10` follows `2026/9`. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersIn(a), numbersIn(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1)
    if (difference !== 0) return difference
  }
  return a < b ? -1 : a > b ? 1 : 0
}

function numbersIn(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number)
}

function runsOf(years: readonly CalendarYear[]): Run[] {
  const runs: { first: number; last: number }[] = []
  for (const { year } of years) {
    const first = epochDay(year, 1, 1)
    const last = epochDay(year, 12, 31)
    const run = runs[runs.length - 1]
    if (run !== undefined && run.last + 1 === first) run.last = last
    else runs.push({ first, last })
  }
  return runs
}

type Names = ReadonlyMap<number, { readonly kind: 'holiday' | 'make-up'; readonly name: string }>

function namesOf(years: readonly CalendarYear[]): Names {
  const names = new Map<number, { kind: 'holiday' | 'make-up'; name: string }>()
  for (const year of years) {
    for (const [date, name] of Object.entries(year.holidays)) names.set(getEpochDay(date), { kind: 'holiday', name })
    for (const [date, name] of Object.entries(year.makeUps)) names.set(getEpochDay(date), { kind: 'make-up', name })
  }
  return names
}

function dayOf(day: number, index: CalendarIndex, names: Names): Day {
  const known = names.get(day)
  const date = index.dateText(day)
  const provisional = !index.isKnown(day, day)
  if (known !== undefined) return { date, kind: known.kind, name: known.name, provisional }
  return { date, kind: weekdayOf(day) < 5 ? 'workday' : 'rest-day', provisional }
}

function makeIndex(source: CalendarSource, runs: readonly Run[], names: Names): CalendarIndex {
  const workdays = makeWorkdayIndex(runs, (day) => {
    const known = names.get(day)
    return known === undefined ? null : known.kind === 'make-up'
  })
  const offset = source.utcOffsetMinutes * MS_PER_MINUTE
  const service = source.hours.map(({ from, to }) => ({
    from: (minutesOf(from) ?? 0) * MS_PER_MINUTE,
    to: (minutesOf(to) ?? 0) * MS_PER_MINUTE,
  }))
  const close = service[service.length - 1]?.to ?? MS_PER_DAY
  const startOf = (day: number) => day * MS_PER_DAY - offset
  return {
    ...workdays,
    service: service.length === 0 ? [{ from: 0, to: MS_PER_DAY }] : service,
    dayAt: (moment) => Math.floor((moment + offset) / MS_PER_DAY),
    startOf,
    closeOf: (day) => startOf(day) + close,
    dateText: remember(runs, dateText),
    closeText: remember(runs, (day) => instantText(startOf(day) + close)),
  }
}

/** Texts of days in the known years are made once; answers outside are made anew, so that memory is bounded by the calendar. */
function remember(runs: readonly Run[], make: (day: number) => string): (day: number) => string {
  const first = runs[0]?.first ?? 0
  const size = (runs[runs.length - 1]?.last ?? first - 1) - first + 1
  const texts: (string | undefined)[] = new Array(size).fill(undefined)
  return (day) => {
    const at = day - first
    if (at < 0 || at >= size) return make(day)
    const known = texts[at]
    if (known !== undefined) return known
    const text = make(day)
    texts[at] = text
    return text
  }
}
