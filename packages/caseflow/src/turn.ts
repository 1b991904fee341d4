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
}

export type Setting = { readonly flow: Flow; readonly calendar: Calendar; readonly command: Command }

export function startTurn({ flow, calendar, command }: Setting, draft: Draft, org?: string): Turn {
  return { flow, calendar, at: command.at, actor: command.actor.person, org, events: [], draft, refusal: null, facts: null }
}

export function emit(turn: Turn, fact: CaseFact): void {
  const event: CaseEvent =
    turn.org === undefined ? { at: turn.at, actor: turn.actor, ...fact } : { at: turn.at, actor: turn.actor, org: turn.org, ...fact }
  turn.events.push(event)
  turn.facts = null
  apply(turn.draft, event)
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
