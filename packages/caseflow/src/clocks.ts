/** What milestones, steps and pauses do to clocks. Intervals are the truth: only starts, stops, pauses and extensions are recorded, never due dates. */
import { ACCEPTED, RECEIVED, STEP_CLOCK, specialsOf } from './flow.ts'
import { isLive, limitFor } from './state.ts'
import { emit, refuseTurn, stateOf, type Turn } from './turn.ts'
import type { ClockDef } from './vocabulary.ts'

/**
 * Receipt and acceptance happened towards the applicant, in writing (行政许可法 art. 32): a return inside the house takes neither of them
 * back, and so cannot reset a promise that is already running.
 */
const FIRM: ReadonlySet<string> = new Set([RECEIVED, ACCEPTED])

export function isFirm(milestone: string): boolean {
  return FIRM.has(milestone)
}

/** Ground of the time during which a clock waited for what the applicant had been asked to correct. */
export const CORRECTION = 'correction'

export type Deeming = { readonly deemed: string; readonly since: string }

/** Marks a milestone and moves the clocks that hang on it. A firm milestone is reached once. */
export function reachMilestone(turn: Turn, milestone: string, deeming?: Deeming): void {
  if (isFirm(milestone) && stateOf(turn).milestones[milestone] !== undefined) return
  emit(turn, { type: 'milestone-reached', milestone, ...deeming })
  for (const clock of Object.values(turn.flow.clocks)) {
    if (clock.stops.includes(milestone)) stopClock(turn, clock.id)
  }
  for (const clock of Object.values(turn.flow.clocks)) {
    if (clock.starts === milestone) startClock(turn, clock, deeming?.since)
  }
}

/** A clock that still runs is not started over. */
export function startClock(turn: Turn, clock: ClockDef, since: string = turn.at): void {
  const state = stateOf(turn)
  if (isLive(state.clocks[clock.id])) return
  const limit = limitFor(clock, state)
  if (limit !== null) {
    emit(turn, { type: 'clock-started', clock: clock.id, limit, startedAt: since })
    return
  }
  const path = 'path' in clock.limit ? clock.limit.path : ''
  const message = `The clock "${clock.id}" takes its limit from the fact "${path}", which this case does not have as a limit; set it, for example to "5 workdays".`
  refuseTurn(turn, { code: 'caseflow/limit-missing', message, data: { clock: clock.id, path } })
}

export function stopClock(turn: Turn, id: string): void {
  if (isLive(stateOf(turn).clocks[id])) emit(turn, { type: 'clock-stopped', clock: id })
}

export function startStepClock(turn: Turn, step: string): void {
  const clock = turn.flow.clocks[STEP_CLOCK + step]
  if (clock !== undefined) startClock(turn, clock)
}

export function stopStepClock(turn: Turn, step: string): void {
  stopClock(turn, STEP_CLOCK + step)
}

export function stopAllClocks(turn: Turn): void {
  for (const id of Object.keys(stateOf(turn).clocks)) stopClock(turn, id)
}

type Ground = { readonly basis: string; readonly until?: string }

/** Brings every live clock in line with the grounds for pausing that hold now: a suspension, or a special procedure at work. */
export function syncPauses(turn: Turn): void {
  const state = stateOf(turn)
  for (const id in state.clocks) {
    const clock = state.clocks[id]
    if (!isLive(clock) || turn.flow.clocks[id]?.pausable !== true) continue
    const ground = groundFor(turn, id)
    const current = clock.status === 'paused' ? clock.pauses.at(-1)?.basis : undefined
    if (ground?.basis === current) continue
    if (current !== undefined) emit(turn, { type: 'clock-resumed', clock: id })
    if (ground !== null) emit(turn, { type: 'clock-paused', clock: id, ...ground })
  }
}

/** A special procedure does not pause the clock of its own step. */
function groundFor(turn: Turn, clock: string): Ground | null {
  const { suspension, steps } = stateOf(turn)
  if (suspension !== undefined) return { basis: suspension.basis, until: suspension.until }
  for (const { id, special } of specialsOf(turn.flow)) {
    if (steps[id]?.status === 'ready' && clock !== STEP_CLOCK + id) return { basis: special }
  }
  return null
}
