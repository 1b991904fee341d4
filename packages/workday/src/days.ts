/**
 * Civil dates and moments as integers: an epoch day is the number of days since 1970-01-01, a moment is milliseconds since then.
 * Integer arithmetic only (proleptic Gregorian calendar); the time zone of the process is never consulted.
 */
import type { Instant, PlainDate } from './vocabulary.ts'

export const MS_PER_DAY = 86_400_000
export const MS_PER_HOUR = 3_600_000
export const MS_PER_MINUTE = 60_000

export type Civil = { readonly year: number; readonly month: number; readonly day: number }

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Days in a month, month 1..12. */
export function monthLength(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0)
}

/** The year is taken to begin in March, so that the leap day is its last. */
export function epochDay(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1
  return era * 146_097 + yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + dayOfYear - 719_468
}

export function civilOf(epoch: number): Civil {
  const shifted = epoch + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = ((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) | 0
  const dayOfYear = dayOfEra - (365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0))
  const shiftedMonth = ((5 * dayOfYear + 2) / 153) | 0
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - (((153 * shiftedMonth + 2) / 5) | 0) + 1,
  }
}

/** 0 Monday … 6 Sunday. */
export function weekdayOf(epoch: number): number {
  return (((epoch + 3) % 7) + 7) % 7
}

/** The corresponding day n months later; where there is none, the last day of that month (民法典 art. 202). */
export function addMonths(epoch: number, months: number): number {
  const from = civilOf(epoch)
  const index = from.year * 12 + from.month - 1 + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  return epochDay(year, month, Math.min(from.day, monthLength(year, month)))
}

/** Epoch day of `YYYY-MM-DD`, or null when the text is not a date that exists. */
export function findEpochDay(date: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month) ? epochDay(year, month, day) : null
}

/** Epoch day of a date. @throws RangeError when it is not a date that exists. */
export function getEpochDay(date: PlainDate): number {
  const day = findEpochDay(date)
  if (day === null) throw new RangeError(`Not a date in the form YYYY-MM-DD: ${date}`)
  return day
}

export function dateText(epoch: number): PlainDate {
  const { year, month, day } = civilOf(epoch)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

/**
 * Milliseconds of an instant. The usual form (24 characters, `Z`) is read digit by digit; it is the hot path of due dates.
 * @throws RangeError when the text is not an instant in UTC.
 */
export function momentOf(instant: Instant): number {
  if (instant.length !== 24 || !isPunctuated(instant)) return slowMomentOf(instant)
  const year = digits(instant, 0) * 100 + digits(instant, 2)
  const month = digits(instant, 5)
  const day = digits(instant, 8)
  const seconds = secondsOf(digits(instant, 11), digits(instant, 14), digits(instant, 17))
  const ms = digits(instant, 20) * 10 + digit(instant, 22)
  const isDate = year >= 0 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= monthLength(year, month))
  if (!isDate || seconds < 0 || ms < 0) return slowMomentOf(instant)
  return epochDay(year, month, day) * MS_PER_DAY + (seconds * 1000 + ms)
}

/** Since midnight; negative when there is no such time of day. */
function secondsOf(hours: number, minutes: number, seconds: number): number {
  const isTime = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60
  return isTime ? hours * 3600 + minutes * 60 + seconds : -1
}

const HYPHEN = 45
const DOT = 46
const COLON = 58
const T = 84
const Z = 90

function isPunctuated(instant: string): boolean {
  return (
    instant.charCodeAt(23) === Z &&
    instant.charCodeAt(19) === DOT &&
    instant.charCodeAt(16) === COLON &&
    instant.charCodeAt(13) === COLON &&
    instant.charCodeAt(10) === T &&
    instant.charCodeAt(7) === HYPHEN &&
    instant.charCodeAt(4) === HYPHEN
  )
}

/** Drags every sum it is part of below zero; an integer, because NaN would turn the arithmetic into floating point. */
const NO_DIGIT = -100_000

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : NO_DIGIT
}

function digits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1)
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?Z$/

function slowMomentOf(instant: string): number {
  const match = INSTANT.exec(instant)
  const day = match === null ? null : findEpochDay(match[1] ?? '')
  if (match === null || day === null) throw new RangeError(`Not an instant in the form YYYY-MM-DDTHH:MM:SS.sssZ: ${instant}`)
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0)
  return day * MS_PER_DAY + seconds * 1000 + Number((match[5] ?? '').padEnd(3, '0').slice(0, 3))
}

export function instantText(ms: number): Instant {
  const day = Math.floor(ms / MS_PER_DAY)
  const rest = ms - day * MS_PER_DAY
  const seconds = Math.floor(rest / 1000)
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`
  return `${dateText(day)}T${clock}.${pad(rest % 1000, 3)}Z`
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0')
}
