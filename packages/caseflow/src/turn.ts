/** One command being decided: events so far, and the state that they lead to. */

import type { Refusal } from '@yichuang/result'
import type { Calendar, Instant } from '@yichuang/workday'
import { apply, type Draft } from './evolve.ts'
import { factsOf } from './state.ts'
import type { CaseEvent, CaseFact, CaseState, Command, Data, Flow } from './vocabulary.ts'

export type Turn = {
  readonly flow: Flow
  readonly calendar: Calendar
  readonly at: Instant
  readonly actor: string
  readonly org: string | undefined
  readonly events: CaseEvent[]
  readonly draft: Draft
  /** The first thing that stood in the way; the turn is then thrown away as a whole. */
  refusal: Refusal | null
  facts: Data | null
  /** Which conditions that have been decided may answer differently now. */
  stale: Stale
}

/** nothing, those that read the named fact, or all. */
export type Stale = 'nothing' | 'outcome' | 'gaps' | 'all'

export type Setting = { readonly flow: Flow; readonly calendar: Calendar; readonly command: Command }

export function startTurn({ flow, calendar, command }: Setting, draft: Draft, org?: string): Turn {
  return {
    flow,
    calendar,
    at: command.at,
    actor: command.actor.person,
    org,
    events: [],
    draft,
    refusal: null,
    facts: null,
    stale: 'nothing',
  }
}

export function emit(turn: Turn, fact: CaseFact): void {
  const event: CaseEvent =
    turn.org === undefined ? { at: turn.at, actor: turn.actor, ...fact } : { at: turn.at, actor: turn.actor, org: turn.org, ...fact }
  turn.events.push(event)
  turn.facts = null
  turn.stale = staler(turn.stale, staleBy(fact))
  apply(turn.draft, event)
}

function staler(before: Stale, now: Stale): Stale {
  if (now === 'nothing' || before === now) return before
  return before === 'nothing' ? now : 'all'
}

const STALE: { readonly [type in CaseFact['type']]?: Stale } = {
  'data-set': 'all',
  'case-migrated': 'all',
  // Facts may have changed meanwhile.
  resumed: 'all',
  'step-superseded': 'all',
  'step-released': 'all',
  'step-transferred': 'all',
  'gap-opened': 'gaps',
  'gap-closed': 'gaps',
  'gap-lapsed': 'gaps',
}

function staleBy(fact: CaseFact): Stale {
  if (fact.type === 'step-finished' && fact.outcome !== undefined) return 'outcome'
  return STALE[fact.type] ?? 'nothing'
}

export function stateOf(turn: Turn): CaseState {
  return turn.draft.state
}

export function factsIn(turn: Turn): Data {
  turn.facts ??= factsOf(turn.draft.state)
  return turn.facts
}

export function refuseTurn(turn: Turn, refusal: Refusal): void {
  turn.refusal ??= refusal
}
