/** Pauses as integers: merged, in order, overlaps joined, pauses of no length left out. `Infinity` ends a pause that still lasts. */
import type { CalendarIndex } from './calendar.ts'
import { momentOf } from './days.ts'
import type { Pause } from './vocabulary.ts'

/** Half-open in milliseconds for exact time; both ends included for days. `since` is the moment the (first) pause began. */
export type Span = { from: number; to: number; readonly since: number; readonly basis: string }

/** Stretches of exact time, half-open. */
export function momentSpans(pauses: readonly Pause[]): Span[] {
  return merge(unmergedMoments(pauses))
}

/**
 * Whole days, both ends included: the day of suspension is not consumed and counting resumes the day after the day of resumption,
 * so every day a pause touches is out.
 */
export function daySpans(pauses: readonly Pause[], index: CalendarIndex): Span[] {
  return merge(unmergedDays(pauses, index))
}

export function unmergedDays(pauses: readonly Pause[], index: CalendarIndex): Span[] {
  const spans = unmergedMoments(pauses)
  for (const span of spans) {
    span.from = index.dayAt(span.from)
    if (span.to !== Number.POSITIVE_INFINITY) span.to = index.dayAt(span.to)
  }
  return spans
}

function unmergedMoments(pauses: readonly Pause[]): Span[] {
  const spans: Span[] = []
  for (const pause of pauses) {
    const from = momentOf(pause.from)
    const to = pause.to === undefined ? Number.POSITIVE_INFINITY : momentOf(pause.to)
    if (to > from) spans.push({ from, to, since: from, basis: pause.basis })
  }
  for (let i = 1; i < spans.length; i++) {
    if ((spans[i] as Span).since < (spans[i - 1] as Span).since) return spans.sort((a, b) => a.since - b.since)
  }
  return spans
}

/** Joins spans that overlap or touch, in place; they come in order of beginning. */
function merge(spans: Span[]): Span[] {
  let kept = 0
  for (let i = 1; i < spans.length; i++) {
    const span = spans[i] as Span
    const last = spans[kept] as Span
    if (span.from > last.to) spans[++kept] = span
    else if (span.to > last.to) last.to = span.to
  }
  spans.length = Math.min(spans.length, kept + 1)
  return spans
}
