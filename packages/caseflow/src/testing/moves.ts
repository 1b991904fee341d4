/** What could happen next in a case: every allowed action of every actor with an input that fits, and what the engine might tell. */
import type { Calendar, Instant } from '@yichuang/workday'
import { available } from '../available.ts'
import { decide } from '../decide.ts'
import { fold } from '../evolve.ts'
import { obligations } from '../obligations.ts'
import { stepStatus } from '../state.ts'
import type { Actor, AvailableAction, CaseEvent, CaseState, Command, CommandBody, Data, Flow, Json, Need, NeedType } from '../vocabulary.ts'
import { actors } from './tidewater.ts'

export type Scene = {
  readonly flow: Flow
  readonly calendar: Calendar
  readonly at: Instant
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
}
export type Move = { readonly name: string; readonly command: Command }

const DAY = 86_400_000

export function later(at: Instant, days: number): Instant {
  return new Date(Date.parse(at) + days * DAY).toISOString()
}

/** An input that satisfies the needs of an action in this situation. */
export function inputFor(needs: readonly Need[], { state, at }: Pick<Scene, 'state' | 'at'>): Data {
  const card = state.cards.find((one) => one.reason === undefined)
  const gap = Object.values(state.gaps).find((one) => one.status === 'open')
  const samples: { readonly [type in NeedType]: Json } = {
    text: 'x',
    items: [{ item: '图', reason: '缺页' }],
    gaps: [{ material: 'plan', title: '图', limit: '3 workdays', consequence: '撤回', tolerable: true }],
    instant: later(at, 5),
    date: later(at, 5).slice(0, 10),
    limit: '2 workdays',
    basis: 'storm',
    org: 'harbour',
    orgs: ['customs'],
    person: 'officer',
    boolean: true,
    number: 1,
    files: ['f'],
    stars: 4,
    json: {},
  }
  const special: Data = { gap: gap?.id ?? 'none', clock: card?.clock ?? 'none', level: card?.level ?? 'none' }
  const told = needs.filter((need) => need.required).map((need) => [need.field, special[need.field] ?? samples[need.type]] as const)
  return Object.fromEntries(told)
}

export function commandOf(
  offer: Pick<AvailableAction, 'action' | 'step' | 'needs'>,
  actor: Actor,
  scene: Pick<Scene, 'state' | 'at'>,
): Command {
  const act = { at: scene.at, actor, type: 'act', action: offer.action, input: inputFor(offer.needs, scene) } as const
  return offer.step === undefined ? act : { ...act, step: offer.step }
}

export function peopleMoves(scene: Scene): Move[] {
  const { flow, state, calendar, at } = scene
  return Object.values(actors).flatMap((actor) =>
    available(flow, state, actor, calendar, at)
      .filter((offer) => offer.refusal === undefined)
      .map((offer) => ({ name: `${offer.step ?? ''}/${offer.action}`, command: commandOf(offer, actor, scene) })),
  )
}

export function childMoves({ flow, state, at }: Scene): Move[] {
  if (state.status === 'ended') return []
  const tell = (name: string, body: CommandBody): Move => ({ name, command: { at, actor: actors.engine, ...body } })
  return flow.order.flatMap((step) => {
    if (flow.steps[step]?.matter === undefined || stepStatus(state, step) !== 'ready' || state.steps[step]?.outcome !== undefined) return []
    const childId = `child-${step}`
    if (state.steps[step]?.childId === undefined) return [tell(`${step}/opened`, { type: 'child-opened', step, childId })]
    return ['granted', 'refused'].map((outcome) => tell(`${step}/${outcome}`, { type: 'child-ended', step, childId, outcome }))
  })
}

/** The next obligation when its moment comes, and facts that change. */
export function engineMoves({ flow, state, calendar, at }: Scene): Move[] {
  const [next] = obligations(flow, state, calendar)
  const actor = actors.engine
  const moves: Move[] = []
  if (next !== undefined) {
    const { clock, level, dueAt } = next
    moves.push({ name: `fire ${clock}/${level}`, command: { at: dueAt > at ? dueAt : at, actor, type: 'fire', clock, level, dueAt } })
  }
  if (state.status === 'ended') return moves
  moves.push(...reopenedChildren({ flow, state, calendar, at }))
  for (const answer of [true, false]) {
    const changes: Data = { matter: { on_site: answer }, answers: { fishes: answer } }
    moves.push({ name: `facts ${answer}`, command: { at, actor, type: 'set-data', changes } })
  }
  return moves
}

/** Children that had ended and are taken up again, where the bundle lets them. */
function reopenedChildren({ flow, state, calendar, at }: Omit<Scene, 'events'>): Move[] {
  return Object.entries(state.steps).flatMap(([step, { childId, outcome }]) => {
    if (childId === undefined || outcome === undefined) return []
    const command: Command = { at, actor: actors.engine, type: 'child-reopened', step, childId }
    return decide(flow, state, command, calendar).ok ? [{ name: `${step}/reopened`, command }] : []
  })
}

/** The situation after a command that must be accepted. */
export function follow(scene: Scene, command: Command): Scene {
  const decided = decide(scene.flow, scene.state, command, scene.calendar)
  if (!decided.ok) throw new Error(`${JSON.stringify(command)} was refused: ${decided.error.code} ${decided.error.message}`)
  return { ...scene, at: command.at, state: fold(decided.value, scene.state), events: [...scene.events, ...decided.value] }
}

export function begin(
  flow: Flow,
  data: Data,
  scene: { readonly calendar: Calendar; readonly at: Instant; readonly parent?: CaseState['parent'] },
): Scene {
  const { calendar, at, parent } = scene
  const place = { caseId: 'c1', kind: flow.kind, org: 'harbour', acceptor: 'hall', region: '990000', data }
  const command: Command = { at, actor: actors.owner, type: 'open', ...place, ...(parent === undefined ? {} : { parent }) }
  const decided = decide(flow, null, command, calendar)
  if (!decided.ok) throw new Error(decided.error.message)
  return { flow, calendar, at, state: fold(decided.value), events: decided.value }
}
