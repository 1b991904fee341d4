/** The engine's own commands: children, gaps told by the bundle, facts, calendars, versions. */
import { due } from '@yichuang/workday'
import { leadsOf } from './flow.ts'
import { downstreamOf } from './graph.ts'
import { advance, finishStep, supersedeStep } from './progress.ts'
import { countOf, FAILURES, failedNodes, isLive, isSettled, stepStatus } from './state.ts'
import { emit, refuseTurn, stateOf, type Turn } from './turn.ts'
import type { CaseState, CommandBody, Data, Flow, StepDef, StepState } from './vocabulary.ts'

type Body<T extends CommandBody['type']> = Extract<CommandBody, { readonly type: T }>

export function childOpened(turn: Turn, { step, childId }: Body<'child-opened'>): void {
  if (!isReadyNode(turn, step)) {
    refuseNode(turn, step)
    return
  }
  const known = stateOf(turn).steps[step]?.childId
  if (known === childId) return
  if (known !== undefined) {
    const message = `The node "${step}" has the child ${known} already.`
    refuseTurn(turn, { code: 'caseflow/child-exists', message, data: { childId: known } })
    return
  }
  emit(turn, { type: 'child-opened', step, childId })
}

/** Telling twice changes nothing. A failed mandatory node stays open until the lead has decided. */
export function childEnded(turn: Turn, { step, childId, outcome }: Body<'child-ended'>): void {
  const state = stateOf(turn)
  const def = turn.flow.steps[step]
  if (def?.matter !== undefined && isSettled(stepStatus(state, step))) return
  if (!isReadyNode(turn, step) || def === undefined) {
    refuseNode(turn, step)
    return
  }
  if (state.steps[step]?.outcome !== undefined) return
  emit(turn, { type: 'child-ended', step, childId, outcome })
  if (!FAILURES.has(outcome) || def.optional) finishStep(turn, def, CHILD_ENDED)
  advance(turn)
}

const CHILD_ENDED: StepDef['actions'][string] = {
  id: 'child-ended',
  title: { zh: '子件办结', en: 'Child case ended' },
  effect: 'complete',
  needs: [],
  by: 'system',
  destructive: false,
}

/**
 * The node is open again and forgets what it was told; what had become ready because of it, the lead included, waits again while nobody has
 * begun there. A bundle that has gone on with the result keeps it; one that has gone on without it refuses.
 */
export function childReopened(turn: Turn, { step, childId }: Body<'child-reopened'>): void {
  const own = stateOf(turn).steps[step]
  if (turn.flow.steps[step]?.matter === undefined || own?.childId !== childId) {
    refuseNode(turn, step)
    return
  }
  if (own.outcome === undefined) return
  const behind = [...downstreamOf(turn.flow.steps, step)]
  const begun = behind.some((id) => hasBegun(stateOf(turn).steps[id]))
  const failed = FAILURES.has(own.outcome)
  if (begun && !failed) return
  if (begun || own.action === 'continue-without') {
    refuseReopening(turn, 'caseflow/bundle-went-on', 'The bundle has gone on without this case; the matter can be applied for on its own.')
    return
  }
  emit(turn, { type: 'child-reopened', step, childId })
  for (const id of behind) supersedeStep(turn, id)
  if (failedNodes(turn.flow, stateOf(turn)).length === 0) withdrawLeads(turn)
  advance(turn)
}

function hasBegun(step: StepState | undefined): boolean {
  if (step?.status !== 'ready') return step?.status === 'done'
  return step.assignee !== undefined || step.childId !== undefined || step.coHandling !== undefined
}

/** Nothing is left to decide there, unless somebody is at it. */
function withdrawLeads(turn: Turn): void {
  for (const { id } of leadsOf(turn.flow)) {
    const lead = stateOf(turn).steps[id]
    if (lead?.status !== 'ready') continue
    if (!hasBegun(lead)) supersedeStep(turn, id)
    else {
      const who = lead.assignee ?? lead.org
      const words = `${who} is deciding how the bundle goes on without this case; that must be put back first.`
      refuseReopening(turn, 'caseflow/lead-at-work', words)
    }
  }
}

function refuseReopening(turn: Turn, code: string, message: string): void {
  refuseTurn(turn, { code, message })
}

function isReadyNode(turn: Turn, step: string): boolean {
  return turn.flow.steps[step]?.matter !== undefined && stepStatus(stateOf(turn), step) === 'ready'
}

function refuseNode(turn: Turn, step: string): void {
  refuseTurn(turn, {
    code: 'caseflow/not-a-ready-node',
    message: `"${step}" is not a node of this bundle that is ready for a child.`,
    data: { step },
  })
}

/** A case without that gap has nothing to settle. */
export function gapSettled(turn: Turn, { material, status }: Body<'gap-settled'>): void {
  const open = Object.values(stateOf(turn).gaps).filter((gap) => gap.material === material && gap.status === 'open')
  for (const gap of open) emit(turn, { type: status === 'closed' ? 'gap-closed' : 'gap-lapsed', gap: gap.id })
  if (open.length > 0) advance(turn)
}

export function setData(turn: Turn, { changes }: Body<'set-data'>): void {
  if (Object.keys(changes).length === 0) return
  emit(turn, { type: 'data-set', changes })
  advance(turn)
}

/** Law of calendar versions: open clocks are computed anew and say from which date to which and why; stopped ones are history. */
export function recalendar(turn: Turn, { why, was }: Body<'recalendar'>): void {
  for (const [clock, state] of Object.entries(stateOf(turn).clocks)) {
    if (!isLive(state)) continue
    const from = was?.[clock] ?? null
    const to = due(countOf(state), turn.calendar).dueAt
    if (was?.[clock] !== undefined && from === to) continue
    emit(turn, { type: 'clock-recomputed', clock, from, to, calendarVersion: turn.calendar.version, why })
  }
}

/** What a move to this version of the flow would change: to be shown before anybody moves a case (law 8). */
export function migrationDifference(flow: Flow, state: CaseState): Data {
  const steps = Object.keys(state.steps)
  const clocks = Object.keys(state.clocks)
  return {
    stepsGone: steps.filter((id) => flow.steps[id] === undefined),
    stepsNew: flow.order.filter((id) => !steps.includes(id)),
    clocksGone: clocks.filter((id) => flow.clocks[id] === undefined),
    clocksNew: Object.keys(flow.clocks).filter((id) => !clocks.includes(id)),
  }
}

export function migrate(turn: Turn): void {
  const state = stateOf(turn)
  if (state.flow !== turn.flow.id) {
    const message = `The case runs "${state.flow}"; it can only move to another version of that flow, not to "${turn.flow.id}".`
    refuseTurn(turn, { code: 'caseflow/migration-other-flow', message })
    return
  }
  if (state.flowVersion === turn.flow.version) return
  const stranded = Object.keys(state.steps).filter((id) => turn.flow.steps[id] === undefined && stepStatus(state, id) === 'ready')
  if (stranded.length > 0) {
    const message = `Work is open at steps that the new version does not have (${stranded.join(', ')}); finish or return it first.`
    refuseTurn(turn, { code: 'caseflow/migration-strands-work', message, data: { steps: stranded } })
    return
  }
  emit(turn, { type: 'case-migrated', from: state.flowVersion, to: turn.flow.version, difference: migrationDifference(turn.flow, state) })
  for (const id of Object.keys(state.clocks)) {
    if (turn.flow.clocks[id] === undefined && isLive(state.clocks[id])) emit(turn, { type: 'clock-stopped', clock: id })
  }
  advance(turn)
}
