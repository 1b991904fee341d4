/** 到期义务: every future moment of a case, derived from its intervals. Whatever moved, the right set is always what this gives now (law 3). */
import { addLimit, type Calendar, type Count, due, type Instant, type Limit, momentAtElapsed, totalLimit } from '@yichuang/workday'
import { STEP_CLOCK } from './flow.ts'
import { countOf, isLive } from './state.ts'
import type { CaseState, ClockDef, ClockState, Flow, Gap, LadderLevel, LadderMoment, Obligation } from './vocabulary.ts'

/** At most one per (clock, level); levels that have fired are not among them. Paused clocks have none, ended cases have none. */
export function obligations(flow: Flow, state: CaseState, calendar: Calendar): readonly Obligation[] {
  if (state.status === 'ended') return []
  const found: Obligation[] = []
  for (const [id, clock] of Object.entries(state.clocks)) {
    const def = flow.clocks[id]
    if (def !== undefined && isLive(clock)) found.push(...ofClock(flow, def, clock, calendar))
  }
  for (const gap of Object.values(state.gaps)) found.push(...ofGap(gap, calendar))
  return [...found, ...ofAlarms(state)].sort(byMoment)
}

function byMoment(a: Obligation, b: Obligation): number {
  return a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0
}

function ofClock(flow: Flow, def: ClockDef, clock: ClockState, calendar: Calendar): Obligation[] {
  const found: Obligation[] = []
  const count = countOf(clock)
  const { dueAt, provisional } = due(count, calendar)
  if (def.onBreach !== undefined && !clock.fired.includes(def.onBreach.effect) && dueAt !== null) {
    found.push({ clock: def.id, level: def.onBreach.effect, dueAt, provisional })
  }
  for (const level of levelsFor(flow, def)) {
    if (clock.fired.includes(level.id)) continue
    const moment = momentOfLevel(level, count, calendar)
    if (moment !== null) found.push({ clock: def.id, level: level.id, dueAt: moment, provisional })
  }
  return found
}

/** Levels of the ladder that watch a clock; `step` stands for every step's own clock. */
export function levelsFor(flow: Flow, clock: ClockDef): readonly LadderLevel[] {
  if (!clock.laddered) return []
  const name = clock.id.startsWith(STEP_CLOCK) ? 'step' : clock.id
  return flow.ladder.filter((level) => level.clocks.includes(clock.id) || level.clocks.includes(name))
}

/** The earliest of a level's moments; null while a pause keeps all of them unknown. */
export function momentOfLevel(level: LadderLevel, count: Count, calendar: Calendar): Instant | null {
  let earliest: Instant | null = null
  for (const at of level.at) {
    const moment = momentOf(at, count, calendar)
    if (moment !== null && (earliest === null || moment < earliest)) earliest = moment
  }
  return earliest
}

function momentOf(at: LadderMoment, count: Count, calendar: Calendar): Instant | null {
  const total = totalLimit(count)
  if (at.type === 'elapsed') return total.n === 0 ? null : momentAtElapsed(count, total.n * at.ratio, calendar)
  if (at.type === 'remaining') return momentBeforeEnd(at.limit, { count, total }, calendar)
  const { dueAt } = due(count, calendar)
  if (dueAt === null || at.limit.n === 0) return dueAt
  return addLimit(dueAt, at.limit, calendar).dueAt
}

const MILLISECONDS: { readonly [unit in 'minute' | 'hour' | 'day']: number } = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** In the clock's own unit by its count; in another unit by the wall clock. A limit that is no longer than the notice needs none: there is none. */
function momentBeforeEnd(
  limit: Limit,
  { count, total }: { readonly count: Count; readonly total: Limit },
  calendar: Calendar,
): Instant | null {
  if (limit.unit === total.unit) return total.n > limit.n ? momentAtElapsed(count, total.n - limit.n, calendar) : null
  const { dueAt } = due(count, calendar)
  if (dueAt === null) return null
  const moment = before(dueAt, limit, calendar)
  return moment > count.startedAt ? moment : null
}

/** Exact for minutes, hours and days; the close of the working day that many working days earlier for working days. */
function before(moment: Instant, limit: Limit, calendar: Calendar): Instant {
  if (limit.unit === 'workday') return calendar.closeOf(calendar.addWorkdays(calendar.dateOf(moment), -limit.n))
  const unit = limit.unit === 'working-hour' ? 'hour' : limit.unit
  const milliseconds = unit === 'month' ? 30 * MILLISECONDS.day : MILLISECONDS[unit]
  return new Date(Date.parse(moment) - limit.n * milliseconds).toISOString()
}

export const GAP_CLOCK = 'gap:'
const ONE_WORKDAY: Limit = { n: 1, unit: 'workday' }

function ofGap(gap: Gap, calendar: Calendar): Obligation[] {
  if (gap.status !== 'open') return []
  const { dueAt, provisional } = addLimit(gap.openedAt, gap.limit, calendar)
  if (dueAt === null) return []
  const clock = GAP_CLOCK + gap.id
  const lapse: Obligation = { clock, level: 'lapse', dueAt, provisional }
  const warnAt = before(dueAt, ONE_WORKDAY, calendar)
  return gap.warned || warnAt <= gap.openedAt ? [lapse] : [{ clock, level: 'warn', dueAt: warnAt, provisional }, lapse]
}

/** The planned ends of a suspension and of a correction, which somebody must look at when they pass. */
function ofAlarms({ suspension, waiting }: CaseState): Obligation[] {
  const found: Obligation[] = []
  if (suspension !== undefined && !suspension.overdue) {
    found.push({ clock: 'suspension', level: 'overdue', dueAt: suspension.until, provisional: false })
  }
  if (waiting?.until !== undefined && !waiting.overdue) {
    found.push({ clock: 'correction', level: 'overdue', dueAt: waiting.until, provisional: false })
  }
  return found
}
