/** Law 3: a return reopens one step and takes back everything that was finished behind it; the record keeps all of it. */
import { isFirm, startClock } from './clocks.ts'
import { STEP_CLOCK } from './flow.ts'
import { downstreamOf } from './graph.ts'
import { advance, readyStep, supersedeStep } from './progress.ts'
import { isLive } from './state.ts'
import { emit, stateOf, type Turn } from './turn.ts'
import type { CaseState, ClockDef, Flow } from './vocabulary.ts'

export function returnTo(turn: Turn, to: string): void {
  const undone = takeBack(turn, to)
  for (const clock of caseClocks(turn.flow)) {
    if (undone.has(clock.starts)) supersedeClock(turn, clock)
    else if (clock.stops.some((stop) => undone.has(stop))) continueClock(turn, clock)
  }
  reopenStep(turn, to)
}

/** A reopened case gets new terms: clocks that would be running now start afresh. */
export function reopenAt(turn: Turn, to: string | null): void {
  const undone = to === null ? new Set<string>() : takeBack(turn, to)
  for (const clock of caseClocks(turn.flow)) {
    if (undone.has(clock.starts)) supersedeClock(turn, clock)
    else if (wouldRun(stateOf(turn), clock)) startClock(turn, clock)
  }
  if (to === null) advance(turn)
  else reopenStep(turn, to)
}

function caseClocks(flow: Flow): ClockDef[] {
  return Object.values(flow.clocks).filter((clock) => !clock.id.startsWith(STEP_CLOCK))
}

function reopenStep(turn: Turn, to: string): void {
  const step = turn.flow.steps[to]
  if (step !== undefined) readyStep(turn, step)
  advance(turn)
}

/** Supersedes the step and all behind it; the milestones that nobody marks any more. */
function takeBack(turn: Turn, to: string): Set<string> {
  const before = markedIn(turn.flow, stateOf(turn))
  for (const id of [to, ...downstreamOf(turn.flow.steps, to)]) supersedeStep(turn, id)
  const after = markedIn(turn.flow, stateOf(turn))
  const undone = new Set([...before].filter((milestone) => !after.has(milestone) && !isFirm(milestone)))
  for (const milestone of undone) emit(turn, { type: 'milestone-superseded', milestone })
  return undone
}

/** Milestones that finished steps have marked. */
function markedIn(flow: Flow, state: CaseState): Set<string> {
  const marked = new Set<string>()
  for (const [id, step] of Object.entries(state.steps)) {
    const marks = step.status === 'done' ? flow.steps[id]?.actions[step.action ?? '']?.marks : undefined
    if (marks !== undefined) marked.add(marks)
  }
  return marked
}

function supersedeClock(turn: Turn, clock: ClockDef): void {
  if (stateOf(turn).clocks[clock.id] !== undefined) emit(turn, { type: 'clock-superseded', clock: clock.id })
}

/** Runs on as if never stopped: the time that the house took to change its mind is the house's. */
function continueClock(turn: Turn, clock: ClockDef): void {
  const state = stateOf(turn)
  const known = state.clocks[clock.id]
  if (known?.status !== 'stopped' || clock.stops.some((stop) => state.milestones[stop] !== undefined)) return
  emit(turn, { type: 'clock-continued', clock: clock.id })
}

function wouldRun(state: CaseState, clock: ClockDef): boolean {
  const started = state.milestones[clock.starts] !== undefined
  return started && !isLive(state.clocks[clock.id]) && clock.stops.every((stop) => state.milestones[stop] === undefined)
}
