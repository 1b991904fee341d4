/** What a decision wishes of other cases. The engine carries it out in the same transaction; telling twice is harmless. */
import { FOLLOW_PARENT } from './kernel-actions.ts'
import { isSettled, stepStatus } from './state.ts'
import type { CaseEvent, CaseState, Flow, FollowUp } from './vocabulary.ts'

/** `state` is the state after `events`. `tell-children` concerns the children that are still open. */
export function followUps(flow: Flow, state: CaseState, events: readonly CaseEvent[]): readonly FollowUp[] {
  return [...events.flatMap((event) => ofEvent(flow, state, event)), ...toParent(flow, state, events)]
}

function ofEvent(flow: Flow, state: CaseState, event: CaseEvent): FollowUp[] {
  if (event.type === 'step-readied') {
    const matter = flow.steps[event.step]?.matter
    return matter === undefined || state.status === 'ended' ? [] : [{ type: 'open-child', step: event.step, matter, org: event.org }]
  }
  if (event.type === 'gap-closed' || event.type === 'gap-lapsed') {
    const material = state.gaps[event.gap]?.material ?? event.gap
    const status = event.type === 'gap-closed' ? 'closed' : 'lapsed'
    return hasNodes(flow) ? [{ type: 'tell-children', command: { type: 'gap-settled', material, status } }] : []
  }
  if (event.type === 'case-reopened') return state.parent === undefined ? [] : [{ type: 'tell-parent-reopened', ...state.parent }]
  if (event.type === 'case-ended') return endOfChildren(flow, state, event)
  if (event.type === 'obligation-fired' && event.opens !== undefined) {
    return [{ type: 'open-supervision', flow: event.opens, level: event.level, clock: event.clock }]
  }
  return []
}

function hasNodes(flow: Flow): boolean {
  return flow.order.some((id) => flow.steps[id]?.matter !== undefined)
}

/** A bundle that was withdrawn or ended takes its open children with it. */
function endOfChildren(flow: Flow, state: CaseState, { outcome, reason }: CaseEvent & { readonly type: 'case-ended' }): FollowUp[] {
  const open = flow.order.some(
    (id) => flow.steps[id]?.matter !== undefined && state.steps[id]?.childId !== undefined && stepStatus(state, id) === 'ready',
  )
  if (!open) return []
  const input = { outcome: outcome === 'withdrawn' ? 'withdrawn' : 'ended', ...(reason === undefined ? {} : { reason }) }
  return [{ type: 'tell-children', command: { type: 'act', action: FOLLOW_PARENT, input } }]
}

/** The parent hears when the child has ended, and before that when its result is there: its outcome known and every issuing step settled. */
function toParent(flow: Flow, state: CaseState, events: readonly CaseEvent[]): FollowUp[] {
  const { parent, outcome } = state
  if (parent === undefined || outcome === undefined) return []
  const moved = events.some(
    ({ type }) => type === 'case-ended' || type === 'step-finished' || type === 'step-skipped' || type === 'step-not-needed',
  )
  if (!moved || (state.status !== 'ended' && !isResultThere(flow, state))) return []
  return [{ type: 'tell-parent', ...parent, outcome }]
}

function isResultThere(flow: Flow, state: CaseState): boolean {
  const issuing = flow.order.filter((id) => flow.steps[id]?.issues)
  return issuing.length > 0 && issuing.every((id) => isSettled(stepStatus(state, id)))
}
