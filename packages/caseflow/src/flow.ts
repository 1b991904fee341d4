/** What a compiled flow knows about itself. */
import type { Path } from './reading.ts'
import type { ActionDef, BasisDef, ClockDef, Flow, LadderLevel, StepDef } from './vocabulary.ts'

/** What a flow may refer to. Sets that are not given are not checked. */
export type FlowContext = {
  readonly ladders: { readonly [id: string]: readonly LadderLevel[] }
  /** Special procedures whose time is not counted. */
  readonly bases: ReadonlyMap<string, BasisDef>
  readonly documents?: ReadonlySet<string>
  readonly matters?: ReadonlySet<string>
  /** Version of flows that name none: usually the pack's. */
  readonly version?: string
}

/** Prefix of a step's own clock: `step:review`. Ladder levels watch all of them under the name `step`. */
export const STEP_CLOCK = 'step:'

/** Marked by the engine when a case is opened. */
export const RECEIVED = 'received'
export const ACCEPTED = 'accepted'

/** Everything that somebody may do in a flow, with the path of its place in the source. */
export function actionsOf(flow: Flow): { readonly action: ActionDef; readonly step?: StepDef; readonly path: Path }[] {
  const ofCase = Object.values(flow.actions).map((action) => ({ action, path: ['actions', action.id] }))
  const ofSteps = Object.values(flow.steps).flatMap((step) =>
    Object.values(step.actions).map((action) => ({ action, step, path: ['steps', step.id, 'actions', action.id] })),
  )
  return [...ofCase, ...ofSteps]
}

/** What the engine does when a deemed outcome takes place: which action at which step. */
export function findDeemed(flow: Flow, clock: ClockDef): { readonly step: StepDef; readonly action: ActionDef } | null {
  for (const id of flow.order) {
    const step = flow.steps[id]
    const action = Object.values(step?.actions ?? {}).find((candidate) => fits(candidate, clock))
    if (step !== undefined && action !== undefined) return { step, action }
  }
  return null
}

function fits(action: ActionDef, clock: ClockDef): boolean {
  if (action.effect !== 'complete' || action.marks === undefined || !clock.stops.includes(action.marks)) return false
  if (clock.onBreach?.action !== undefined) return action.id === clock.onBreach.action
  return clock.onBreach?.effect !== 'deem-accepted' || action.marks === ACCEPTED
}

type Rare = { readonly leads: readonly StepDef[]; readonly specials: readonly { readonly id: string; readonly special: string }[] }

/** Found once per flow: every command asks, few flows have any. */
const RARE = new WeakMap<Flow, Rare>()

function rareOf(flow: Flow): Rare {
  const known = RARE.get(flow)
  if (known !== undefined) return known
  const steps = Object.values(flow.steps)
  const specials = steps.flatMap(({ id, special }) => (special === undefined ? [] : [{ id, special }]))
  const rare = { leads: steps.filter((step) => step.onFailure), specials }
  RARE.set(flow, rare)
  return rare
}

/** Steps that are ready only while a node has failed. */
export function leadsOf(flow: Flow): Rare['leads'] {
  return rareOf(flow).leads
}

/** Steps of special procedures, while which clocks pause. */
export function specialsOf(flow: Flow): Rare['specials'] {
  return rareOf(flow).specials
}
