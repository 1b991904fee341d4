/** decide: what happens when somebody wants something. Pure: moment, ids and calendar arrive with the call. */

import { err, ok, type Refusal, type Result, refuse } from '@yichuang/result'
import type { Calendar } from '@yichuang/workday'
import { reachMilestone } from './clocks.ts'
import { fire } from './deadlines.ts'
import { EFFECT } from './effects.ts'
import { draftOf, openState } from './evolve.ts'
import { RECEIVED } from './flow.ts'
import { childEnded, childOpened, childReopened, gapSettled, migrate, recalendar, setData } from './housekeeping.ts'
import { checkInput } from './input.ts'
import { type Ask, conditionRefusal, permit, postsFor } from './permit.ts'
import { advance } from './progress.ts'
import { suggest } from './reading.ts'
import { emit, type Setting, startTurn, type Turn } from './turn.ts'
import type { ActionDef, CaseEvent, CaseState, Command, CommandBody, Data, Flow } from './vocabulary.ts'

/** `state` is what the events lead to: `fold(events, before)`. */
export type Decided = { readonly events: readonly CaseEvent[]; readonly state: CaseState }
type Decision = Result<Decided, Refusal>
type With<T extends CommandBody['type']> = Command & { readonly type: T }

/**
 * The events that a command leads to, or why it cannot be. `state` is null for `open` only. No events is an answer too:
 * what the engine tells a second time changes nothing.
 */
export function decide(flow: Flow, state: CaseState | null, command: Command, calendar: Calendar): Result<readonly CaseEvent[], Refusal> {
  const decided = decideAndFold(flow, state, command, calendar)
  return decided.ok ? ok(decided.value.events) : decided
}

/** The same with the state that was reached, which deciding has folded already. */
export function decideAndFold(flow: Flow, state: CaseState | null, command: Command, calendar: Calendar): Decision {
  const setting = { flow, calendar, command }
  if (command.type === 'open')
    return state === null ? open(setting, command) : refuse('caseflow/case-exists', `The case ${state.id} is open already.`)
  if (state === null) return refuse('caseflow/case-unknown', 'There is no such case; open it first.')
  if (command.type === 'act') return act(setting, state, command)
  return runEngineCommand(setting, state, command)
}

function finishTurn(turn: Turn): Decision {
  return turn.refusal === null ? ok({ events: turn.events, state: turn.draft.state }) : err(turn.refusal)
}

function open(setting: Setting, command: With<'open'>): Decision {
  const { at, actor, caseId, kind, org, acceptor, region, parent, data, gaps = [], notNeeded = {} } = command
  const opened: CaseEvent & { readonly type: 'case-opened' } = {
    at,
    actor: actor.person,
    type: 'case-opened',
    caseId,
    flow: setting.flow.id,
    flowVersion: setting.flow.version,
    kind,
    org,
    ...(acceptor === undefined ? {} : { acceptor }),
    region,
    ...(parent === undefined ? {} : { parent }),
    data,
    calendarVersion: setting.calendar.version,
  }
  const turn = startTurn(setting, draftOf(openState(opened)))
  turn.events.push(opened)
  for (const { id: gap, material, title, limit, consequence, openedAt, status } of gaps) {
    if (status === 'open') emit(turn, { type: 'gap-opened', gap, material, title, limit, consequence, openedAt })
  }
  for (const [step, why] of Object.entries(notNeeded)) {
    if (setting.flow.steps[step] === undefined)
      return refuse('caseflow/step-unknown', `The plan leaves out "${step}", which is no step of this flow.`)
    emit(turn, { type: 'step-not-needed', step, why })
  }
  reachMilestone(turn, RECEIVED)
  advance(turn)
  return finishTurn(turn)
}

function act(setting: Setting, state: CaseState, command: With<'act'>): Decision {
  const found = findAction(setting.flow, command)
  if (!found.ok) return found
  const { flow, calendar } = setting
  const step = command.step === undefined ? undefined : flow.steps[command.step]
  const base = { flow, state, actor: command.actor, calendar, at: command.at, action: found.value }
  const ask: Ask = step === undefined ? base : { ...base, step }
  const refusal = permit(ask)
  if (refusal !== null) return err(refusal)
  const input = checkInput(found.value.needs, command.input, flow)
  if (!input.ok) return input
  const unmet = conditionRefusal(ask, input.value)
  return unmet === null ? take(setting, ask, input.value) : err(unmet)
}

function findAction(flow: Flow, { action, step }: With<'act'>): Result<ActionDef, Refusal> {
  if (step !== undefined && flow.steps[step] === undefined) {
    return refuse('caseflow/step-unknown', `This flow has no step "${step}"${suggest(step, Object.keys(flow.steps))}.`, { step })
  }
  const actions = step === undefined ? flow.actions : (flow.steps[step]?.actions ?? {})
  const found = actions[action]
  if (found !== undefined) return ok(found)
  return refuse('caseflow/action-unknown', `There is no action "${action}" here${suggest(action, Object.keys(actions))}.`, { action, step })
}

function take(setting: Setting, ask: Ask, input: Data): Decision {
  const { action, step, actor } = ask
  const turn = startTurn(setting, draftOf(ask.state), actor.side === 'staff' ? postsFor(ask)[0]?.org : undefined)
  emit(turn, {
    type: 'action-taken',
    action: action.id,
    ...(step === undefined ? {} : { step: step.id }),
    effect: action.effect,
    input,
    ...(action.document === undefined ? {} : { document: action.document }),
  })
  EFFECT[action.effect](turn, { ask, input })
  return finishTurn(turn)
}

type EngineCommand = Exclude<Command, { readonly type: 'open' | 'act' }>

/** The engine tells; versions and calendars may also be moved by an administrator. */
function mayCommand({ actor, type }: EngineCommand): boolean {
  if (actor.side === 'system') return true
  if (actor.side !== 'staff') return false
  return (type === 'migrate' || type === 'recalendar') && actor.posts.some((post) => post.desk === 'admin')
}

function runEngineCommand(setting: Setting, state: CaseState, command: EngineCommand): Decision {
  if (!mayCommand(command)) return refuse('caseflow/engine-only', `The command ${command.type} belongs to the engine.`)
  if (state.status === 'ended') return afterEnd(state, command)
  const turn = startTurn(setting, draftOf(state))
  switch (command.type) {
    case 'child-opened':
      childOpened(turn, command)
      break
    case 'child-ended':
      childEnded(turn, command)
      break
    case 'child-reopened':
      childReopened(turn, command)
      break
    case 'gap-settled':
      gapSettled(turn, command)
      break
    case 'fire':
      fire(turn, command)
      break
    case 'recalendar':
      recalendar(turn, command)
      break
    case 'set-data':
      setData(turn, command)
      break
    case 'migrate':
      migrate(turn)
      break
    default:
      command satisfies never
  }
  return finishTurn(turn)
}

/** Law 5. What other cases tell an ended one is heard and changes nothing; everything else is refused. */
function afterEnd(state: CaseState, { type }: EngineCommand): Decision {
  if (type === 'child-ended' || type === 'gap-settled' || type === 'recalendar') return ok({ events: [], state })
  if (type === 'child-reopened') {
    const words = `The bundle ended on ${state.endedAt}; reopen the bundle first, then this case.`
    return refuse('caseflow/bundle-ended', words, { endedAt: state.endedAt })
  }
  return refuse('caseflow/case-ended', `The case ended on ${state.endedAt}; the command ${type} comes too late.`, {
    endedAt: state.endedAt,
  })
}
