/**
 * Working days as ordinal numbers: `upTo(day)` is the running number of the last working day on or before an epoch day,
 * `at(k)` the epoch day of the working day with running number k. Both take constant time: a table for the years that have data
 * (and gaps between them), the five-day week in closed form outside. Monday 1969-12-29 has number 1.
 */
import { weekdayOf } from './days.ts'

export type WorkdayIndex = {
  upTo(day: number): number
  at(ordinal: number): number
  /** True when both days lie in one unbroken run of years that have data. */
  isKnown(from: number, to: number): boolean
}

/** A run of years without gap, as epoch days, both ends included. */
export type Run = { readonly first: number; readonly last: number }

/** Working days of a plain Monday–Friday week up to and including `day`. */
function weekdaysUpTo(day: number): number {
  const sinceMonday = day + 3
  const week = Math.floor(sinceMonday / 7)
  const inWeek = sinceMonday - week * 7
  return week * 5 + (inWeek < 4 ? inWeek + 1 : 5)
}

function weekdayAt(ordinal: number): number {
  const week = Math.floor((ordinal - 1) / 5)
  return week * 7 + (ordinal - 1 - week * 5) - 3
}

/** `runs` in order of time; `isException(day)` tells a day's working state where data exist, or null for the plain week. */
export function makeWorkdayIndex(runs: readonly Run[], exception: (day: number) => boolean | null): WorkdayIndex {
  const start = runs[0]
  const end = runs[runs.length - 1]
  if (start === undefined || end === undefined) return { upTo: weekdaysUpTo, at: weekdayAt, isKnown: () => false }

  const first = start.first
  const last = end.last
  const base = weekdaysUpTo(first - 1)
  const counts = new Int32Array(last - first + 1)
  const days: number[] = []
  for (let day = first; day <= last; day++) {
    if (exception(day) ?? weekdayOf(day) < 5) days.push(day)
    counts[day - first] = base + days.length
  }
  const table = Int32Array.from(days)
  const top = base + table.length
  const drift = top - weekdaysUpTo(last)
  return {
    upTo: (day) => {
      if (day < first) return weekdaysUpTo(day)
      return day > last ? weekdaysUpTo(day) + drift : (counts[day - first] as number)
    },
    at: (ordinal) => {
      if (ordinal <= base) return weekdayAt(ordinal)
      return ordinal > top ? weekdayAt(ordinal - drift) : (table[ordinal - base - 1] as number)
    },
    isKnown: (from, to) => {
      for (const run of runs) if (run.first <= from && to <= run.last) return true
      return false
    },
  }
}
