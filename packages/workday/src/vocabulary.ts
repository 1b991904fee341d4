/**
 * 工作日时钟: words of time. Everything else in this package derives from these.
 * Law: 行政许可法 art. 82 (working days), 民法典 arts 200–203 (starting day excluded, last day rolls).
 */

/** A civil date, `YYYY-MM-DD`, in the city's time zone. */
export type PlainDate = string

/** A moment in UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export type Instant = string

export const UNITS = ['workday', 'day', 'month', 'hour', 'working-hour', 'minute'] as const
/**
 * workday: starting day excluded, ends at close of the last day. day: calendar day, last day on a rest day rolls forward.
 * month: calendar months, same rolling. hour, minute: exact time. working-hour: exact time within service hours.
 */
export type Unit = (typeof UNITS)[number]

/** `{ n: 0, unit: 'workday' }` is 即办: by close of the same business day (the next one when started on a rest day or after close). */
export type Limit = { readonly n: number; readonly unit: Unit }

export type CalendarYear = {
  readonly year: number
  /** Which notice this is: `2026/1` first, `2026/2` after a revision in mid-year. */
  readonly version: string
  readonly source: string
  /** date → name of the holiday; includes weekends inside a holiday block. */
  readonly holidays: { readonly [date: PlainDate]: string }
  /** 调休: weekend dates that are worked, date → name of the holiday they make up for. */
  readonly makeUps: { readonly [date: PlainDate]: string }
}

export type ServiceHours = readonly { readonly from: string; readonly to: string }[]

export const DAY_KINDS = ['workday', 'rest-day', 'holiday', 'make-up'] as const
export type DayKind = (typeof DAY_KINDS)[number]
export type Day = { readonly date: PlainDate; readonly kind: DayKind; readonly name?: string; readonly provisional: boolean }

/** Half-open stretch of time in which a clock does not run. `to` is absent while it lasts. */
export type Pause = { readonly from: Instant; readonly to?: Instant; readonly basis: string; readonly until?: Instant }

export type Count = {
  readonly startedAt: Instant
  readonly limit: Limit
  readonly extensions: readonly Limit[]
  readonly pauses: readonly Pause[]
}

export type Due = {
  /** The last moment in time; a clock is breached when now > due_at. Absent while paused. */
  readonly dueAt: Instant | null
  readonly dueOn: PlainDate | null
  /** True when a year without a published calendar was touched. */
  readonly provisional: boolean
  /** While paused: what is left of the limit, in its unit. */
  readonly remaining?: number
}

export const DAY_REASONS = ['start', 'counted', 'make-up', 'rest-day', 'holiday', 'paused', 'rolled'] as const
export type DayReason = (typeof DAY_REASONS)[number]
export type ExplainedDay = {
  readonly date: PlainDate
  readonly counted: boolean
  readonly why: DayReason
  /** Running count of consumed units at the end of the day. */
  readonly n: number
  readonly name?: string
  readonly basis?: string
  readonly provisional: boolean
}
