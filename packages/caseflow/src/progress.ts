/** What follows of itself when something in a case has changed: steps become ready or are skipped, and the case ends when all is done. */
import type { Condition } from '@yichuang/rules'
import { type Deeming, reachMilestone, startStepClock, stopAllClocks, stopStepClock, syncPauses } from './clocks.ts'
import { leadsOf } from './flow.ts'
import { downstreamOf } from './graph.ts'
import { hasOpenGap, isFailedNode, isSettled, isWholeSuspended, orgOf, roundOf, stepStatus, verdictOf } from './state.ts'
import { emit, factsIn, stateOf, type Turn } from './turn.ts'
import type { ActionDef, CaseState, Flow, StepDef, StepStatus } from './vocabulary.ts'

/**
 * One pass in topological order is enough: what a step needs stands before it. The lead's step looks at all the others. While the whole case
 * is suspended nothing opens, closes or ends; the resumption catches up.
 */
export function advance(turn: Turn): void {
  if (stateOf(turn).status === 'ended') return
  if (isWholeSuspended(stateOf(turn))) {
    syncPauses(turn)
    return
  }
  reconsider(turn)
  const { flow } = turn
  let open = false
  let failed = false
  for (const id of flow.order) {
    const step = flow.steps[id]
    if (step === undefined || step.onFailure) continue
    const status = advanceStep(turn, step)
    if (isSettled(status)) continue
    open = true
    if (status === 'ready' && isFailedNode(step, stateOf(turn))) failed = true
  }
  if (failed) readyLead(turn)
  if (open || hasOpenGap(stateOf(turn)) || isLeadReady(turn)) syncPauses(turn)
  else endCase(turn, outcomeOfWhole(flow, stateOf(turn)))
}

function advanceStep(turn: Turn, step: StepDef): StepStatus {
  const state = stateOf(turn)
  const status = stepStatus(state, step.id)
  if (status !== 'waiting' && status !== 'unknown') return status
  for (const before of step.after) if (!isSettled(stepStatus(state, before))) return status
  openStep(turn, step)
  return stepStatus(stateOf(turn), step.id)
}

/** Once for each failure that nobody has decided yet. */
function readyLead(turn: Turn): void {
  for (const step of leadsOf(turn.flow)) if (stepStatus(stateOf(turn), step.id) !== 'ready') readyStep(turn, step)
}

function isLeadReady(turn: Turn): boolean {
  return leadsOf(turn.flow).some((step) => stepStatus(stateOf(turn), step.id) === 'ready')
}

function openStep(turn: Turn, step: StepDef): void {
  const verdict = verdictOf(step, () => factsIn(turn))
  if (verdict.value === 'unknown') {
    const known = stateOf(turn).steps[step.id]?.missing
    if (known?.join() !== verdict.missing.join()) emit(turn, { type: 'step-unknown', step: step.id, missing: verdict.missing })
  } else if (verdict.value) readyStep(turn, step)
  else emit(turn, { type: 'step-skipped', step: step.id, why: step.when?.source ?? '' })
}

/** A step opened for the first time inside a bundle takes the action that the bundle's acceptance stands for. */
export function readyStep(turn: Turn, step: StepDef): void {
  const state = stateOf(turn)
  const round = roundOf(state.steps[step.id]) + 1
  emit(turn, { type: 'step-readied', step: step.id, round, org: orgOf(step, state) })
  startStepClock(turn, step.id)
  const action = state.parent === undefined || round > 1 ? undefined : step.actions[step.inBundle ?? '']
  if (action === undefined) return
  emit(turn, { type: 'action-taken', action: action.id, step: step.id, effect: action.effect, input: {} })
  finishStep(turn, step, action)
}

export function finishStep(turn: Turn, step: StepDef, action: ActionDef, deeming?: Deeming): void {
  const finished = { type: 'step-finished', step: step.id, action: action.id } as const
  emit(turn, action.outcome === undefined ? finished : { ...finished, outcome: action.outcome })
  stopStepClock(turn, step.id)
  if (action.marks !== undefined) reachMilestone(turn, action.marks, deeming)
}

function outcomeOfWhole(flow: Flow, state: CaseState): string {
  if (state.outcome !== undefined) return state.outcome
  const nodes = flow.order.filter((id) => flow.steps[id]?.matter !== undefined)
  const failed = nodes.some((id) => state.steps[id]?.action === 'continue-without')
  return failed ? 'partly-completed' : 'completed'
}

export function endCase(turn: Turn, outcome: string, reason?: string): void {
  stopAllClocks(turn)
  emit(turn, reason === undefined ? { type: 'case-ended', outcome } : { type: 'case-ended', outcome, reason })
}

/**
 * A condition that has changed its answer: the step that it opened or skipped is decided again, unless somebody has taken it, works on its
 * child, or has begun behind it. What people have finished stays.
 */
function reconsider(turn: Turn): void {
  const { stale } = turn
  turn.stale = 'nothing'
  if (stale === 'nothing') return
  for (const id of turn.flow.order) {
    const step = turn.flow.steps[id]
    const status = stepStatus(stateOf(turn), id)
    if (step?.when === undefined || step.onFailure || (status !== 'ready' && status !== 'skipped')) continue
    if (stale !== 'all' && !reads(step.when, stale)) continue
    const { value } = verdictOf(step, () => factsIn(turn))
    if (value === (status === 'ready') || !isUntouched(turn, id)) continue
    for (const later of [id, ...downstreamOf(turn.flow.steps, id)]) supersedeStep(turn, later)
  }
}

/** Back to waiting; steps that were never reached, or that the plan left out, stay as they are. */
export function supersedeStep(turn: Turn, id: string): void {
  const status = stepStatus(stateOf(turn), id)
  if (status === 'waiting' || status === 'not-needed') return
  stopStepClock(turn, id)
  emit(turn, { type: 'step-superseded', step: id })
}

function reads({ names }: Condition, fact: string): boolean {
  return names.some((name) => name === fact || name.startsWith(`${fact}.`))
}

function isUntouched(turn: Turn, id: string): boolean {
  const state = stateOf(turn)
  if (state.steps[id]?.childId !== undefined || state.steps[id]?.assignee !== undefined) return false
  for (const later of downstreamOf(turn.flow.steps, id)) {
    const status = stepStatus(state, later)
    if (status === 'ready' || status === 'done') return false
  }
  return true
}
