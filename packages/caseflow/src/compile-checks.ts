/** Cross-checks of a flow that has been read: references, graph, milestones. */
import { ACCEPTED, actionsOf, type FlowContext, findDeemed, RECEIVED, STEP_CLOCK } from './flow.ts'
import { downstreamOf, findCycle, upstreamOf } from './graph.ts'
import { type Path, type Reading, suggest } from './reading.ts'
import type { ActionDef, ClockDef, Flow, StepDef } from './vocabulary.ts'

export function checkFlow(reading: Reading, flow: Flow, context: FlowContext): void {
  if (Object.keys(flow.steps).length === 0) reading.add(['steps'], 'no-steps', 'A flow needs at least one step.')
  for (const step of Object.values(flow.steps)) checkStep(reading, flow, step, context)
  checkGraph(reading, flow)
  for (const { action, step, path } of actionsOf(flow))
    checkAction(reading, flow, { action, path, ...(step === undefined ? {} : { step }) }, context)
  const milestones = milestonesOf(flow)
  for (const clock of Object.values(flow.clocks)) checkClock(reading, flow, clock, milestones)
}

function known(
  reading: Reading,
  id: string,
  names: Iterable<string>,
  place: { readonly path: Path; readonly code: string; readonly what: string },
): void {
  const list = [...names]
  if (list.includes(id)) return
  reading.add(place.path, place.code, `There is no ${place.what} "${id}"${suggest(id, list)}.`)
}

function checkStep(reading: Reading, flow: Flow, step: StepDef, context: FlowContext): void {
  const path = ['steps', step.id]
  for (const [index, before] of step.after.entries()) {
    known(reading, before, Object.keys(flow.steps), { path: [...path, 'after', index], code: 'unknown-step', what: 'step' })
  }
  if (step.special !== undefined)
    known(reading, step.special, context.bases.keys(), { path: [...path, 'special'], code: 'unknown-basis', what: 'special procedure' })
  if (step.matter !== undefined && context.matters !== undefined) {
    known(reading, step.matter, context.matters, { path: [...path, 'matter'], code: 'unknown-matter', what: 'matter' })
  }
  if (step.inBundle !== undefined) checkInBundle(reading, step, [...path, 'in_bundle'])
}

function checkInBundle(reading: Reading, step: StepDef, path: Path): void {
  const action = step.actions[step.inBundle ?? '']
  if (action === undefined) {
    reading.add(
      path,
      'unknown-action',
      `The step has no action "${step.inBundle}"${suggest(step.inBundle ?? '', Object.keys(step.actions))}.`,
    )
  } else if (action.effect !== 'complete') {
    reading.add(
      path,
      'in-bundle-not-complete',
      `The engine can only take an action that completes the step; "${action.id}" has the effect ${action.effect}.`,
    )
  }
}

function checkGraph(reading: Reading, flow: Flow): void {
  const cycle = findCycle(flow.steps)
  if (cycle !== null) {
    const [first = ''] = cycle
    reading.add(['steps', first, 'after'], 'cycle', `These steps wait for each other: ${cycle.join(' → ')}.`)
    return
  }
  for (const step of Object.values(flow.steps)) {
    if (canFinish(flow, step)) continue
    reading.add(['steps', step.id, 'actions'], 'no-way-out', `No action completes the step "${step.id}", so it can never be finished.`)
    for (const later of downstreamOf(flow.steps, step.id)) {
      reading.add(
        ['steps', later],
        'unreachable',
        `The step "${later}" can never become ready: it waits for "${step.id}", which can never be finished.`,
      )
    }
  }
}

function canFinish(flow: Flow, step: StepDef): boolean {
  if (step.matter !== undefined) return true
  const effects = Object.values(step.actions).map((action) => action.effect)
  if (effects.some((effect) => effect === 'complete' || effect === 'continue-without')) return true
  // A last step may do nothing but end the case.
  return effects.includes('end') && downstreamOf(flow.steps, step.id).size === 0
}

type Place = { readonly action: ActionDef; readonly step?: StepDef; readonly path: Path }

function checkAction(reading: Reading, flow: Flow, place: Place, context: FlowContext): void {
  const { action, step, path } = place
  if (action.document !== undefined && context.documents !== undefined) {
    known(reading, action.document, context.documents, { path: [...path, 'document'], code: 'unknown-document', what: 'document' })
  }
  if (action.to !== undefined)
    known(reading, action.to, Object.keys(flow.steps), { path: [...path, 'to'], code: 'unknown-step', what: 'step' })
  if (action.effect === 'return') checkReturn(reading, flow, place)
  if (step === undefined && NEEDS_STEP.includes(action.effect)) {
    reading.add([...path, 'effect'], 'effect-needs-step', `The effect ${action.effect} works on a step; list the action under a step.`)
  }
}

const NEEDS_STEP: readonly string[] = [
  'complete',
  'return',
  'wait-for-applicant',
  'supply',
  'claim',
  'release',
  'assign',
  'transfer',
  'co-handle',
  'answer-co-handling',
  'continue-without',
]

function checkReturn(reading: Reading, flow: Flow, { action, step, path }: Place): void {
  const { to } = action
  if (to === undefined) {
    reading.add(path, 'missing-key', 'The key "to" is missing: to which step does this return?')
    return
  }
  if (step === undefined || flow.steps[to] === undefined) return
  if (to !== step.id && !upstreamOf(flow.steps, step.id).has(to)) {
    reading.add([...path, 'to'], 'return-not-upstream', `"${step.id}" does not wait for "${to}", so it cannot return to it.`)
  }
  const node = [to, ...downstreamOf(flow.steps, to)].find((id) => flow.steps[id]?.matter !== undefined)
  if (node !== undefined)
    reading.add([...path, 'to'], 'return-over-node', `A return to "${to}" would take back "${node}", which is a case of its own.`)
}

/** Milestones that something marks: the engine at opening, actions, and deemed acceptance. */
function milestonesOf(flow: Flow): Set<string> {
  const marked = actionsOf(flow).flatMap(({ action }) => (action.marks === undefined ? [] : [action.marks]))
  const deemed = Object.values(flow.clocks).some((clock) => clock.onBreach?.effect === 'deem-accepted') ? [ACCEPTED] : []
  return new Set([RECEIVED, ...marked, ...deemed])
}

function checkClock(reading: Reading, flow: Flow, clock: ClockDef, milestones: ReadonlySet<string>): void {
  if (clock.id.startsWith(STEP_CLOCK)) return
  const path = ['clocks', clock.id]
  const check = (id: string, at: Path): void => {
    if (id === '' || milestones.has(id)) return
    reading.add(at, 'unmarked-milestone', `No action marks the milestone "${id}"${suggest(id, [...milestones])}.`)
  }
  check(clock.starts, [...path, 'starts'])
  for (const [index, stop] of clock.stops.entries()) check(stop, [...path, 'stops', index])
  if (clock.onBreach !== undefined && findDeemed(flow, clock) === null) {
    reading.add(
      [...path, 'on_breach'],
      'deemed-without-action',
      `No step has an action that completes it and marks one of: ${clock.stops.join(', ')}.`,
    )
  }
}
