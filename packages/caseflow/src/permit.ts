/**
 * Who may do what, when: one table, read by `decide` and by `available` alike. A check gives null or the refusal, whose message says how to mend it.
 */

import type { Refusal } from '@yichuang/result'
import { addLimit, type Calendar, due, type Instant } from '@yichuang/workday'
import { actionsOf } from './flow.ts'
import { countOf, factsOf, isLive, orgOf, stepStatus } from './state.ts'
import type { ActionDef, Actor, CaseState, ClockDef, Data, EffectName, Flow, StepDef, StepState } from './vocabulary.ts'

export type Ask = {
  readonly flow: Flow
  readonly state: CaseState
  readonly actor: Actor
  readonly calendar: Calendar
  readonly at: Instant
  readonly action: ActionDef
  readonly step?: StepDef
}

/**
 * handler: a post at the step's desk in the step's organisation · co-handler: a post in an organisation that was asked ·
 * supervisor: a supervision desk · owner: a working desk of the case's own organisation · at-work: that, or the desk and organisation of
 * a step that is ready · keeper: the case's own organisation or the counter that took it in · officer: a post in any organisation that has
 * ever had to do with the case.
 */
type Who = 'handler' | 'co-handler' | 'supervisor' | 'owner' | 'at-work' | 'keeper' | 'officer'

type Rule = {
  /** On the staff's side. Applicants must act for the party; the system is the engine. */
  readonly who: Who
  /** The applicant's side may as well, whosesoever the action is. */
  readonly both?: true
  /** One of these roles, unless the flow names another. */
  readonly roles?: readonly string[]
  /** Accepted in a suspended scope (law 4), after the end (law 5), while the applicant is to supply, while another person has taken the step. */
  readonly suspended?: true
  readonly ended?: true
  readonly waiting?: true
  readonly taken?: true
  readonly state?: (ask: Ask) => Refusal | null
}

const HANDLER: Rule = { who: 'handler' }
const RULES: { readonly [effect in EffectName]: Rule } = {
  complete: HANDLER,
  return: HANDLER,
  'wait-for-applicant': { who: 'handler', state: whileNotAsked },
  supply: { who: 'handler', waiting: true, taken: true, state: whileWaiting },
  suspend: { who: 'at-work' },
  resume: { who: 'at-work', suspended: true, state: whileSuspended },
  extend: { who: 'owner', state: whileExtendable },
  transfer: HANDLER,
  assign: { who: 'handler', taken: true, waiting: true },
  claim: { who: 'handler', waiting: true, state: whileFree },
  release: { who: 'handler', waiting: true, state: whileTaken },
  'co-handle': HANDLER,
  'answer-co-handling': { who: 'co-handler', taken: true, waiting: true },
  end: { who: 'handler', waiting: true },
  withdraw: { who: 'owner', suspended: true, waiting: true, taken: true, state: whileParented },
  reopen: { who: 'owner', roles: ['head', 'chief'], ended: true, state: whileReopenable },
  supervise: { who: 'supervisor', waiting: true, taken: true },
  comment: { who: 'officer', both: true, suspended: true, waiting: true, taken: true },
  attach: { who: 'officer', both: true, suspended: true, waiting: true, taken: true },
  'close-gap': { who: 'keeper', both: true, waiting: true, taken: true, state: whileGapOpen },
  rate: { who: 'officer', ended: true, state: whileRatable },
  'continue-without': HANDLER,
  'answer-card': { who: 'officer', state: whileCardOpen },
}

function refusal(code: string, message: string, data?: Refusal['data']): Refusal {
  return data === undefined ? { code, message } : { code, message, data }
}

/** Null when the actor may take the action now; input is checked apart. */
export function permit(ask: Ask): Refusal | null {
  return (
    checkTime(ask) ?? checkStep(ask) ?? checkSuspension(ask) ?? checkActor(ask) ?? checkHands(ask) ?? checkState(ask) ?? checkCondition(ask)
  )
}

function checkTime({ state, action }: Ask): Refusal | null {
  const { ended } = RULES[action.effect]
  if (state.status === 'ended') {
    if (ended) return null
    return refusal(
      'caseflow/case-ended',
      `The case ended on ${state.endedAt} (${state.outcome}); only rating and reopening are possible now.`,
      {
        endedAt: state.endedAt,
        outcome: state.outcome,
      },
    )
  }
  return ended ? refusal('caseflow/case-not-ended', 'The case is still open; this is possible when it has ended.') : null
}

export function checkStep({ state, step }: Ask): Refusal | null {
  if (step === undefined) return null
  const known = state.steps[step.id]
  const status = stepStatus(state, step.id)
  if (status === 'ready') return null
  if (status === 'done' && known !== undefined) return finishedBy(step, known)
  const data = { step: step.id, status, missing: known?.missing ?? [] }
  if (status === 'unknown') {
    return refusal(
      'caseflow/not-yet',
      `Whether "${step.title.zh}" is needed is not known yet; still missing: ${data.missing.join(', ')}.`,
      data,
    )
  }
  return refusal('caseflow/step-not-ready', `The step "${step.title.zh}" is ${status}; it can be worked on when it is ready.`, data)
}

/** Law 7: whoever comes second hears who was first, when, and with what. */
function finishedBy(step: StepDef, { doneBy, doneAt, action }: StepState): Refusal {
  const words = `The step "${step.title.zh}" was finished by ${doneBy} at ${doneAt} with "${action}"; look at the case again.`
  return refusal('caseflow/already-taken', words, { step: step.id, by: doneBy, at: doneAt, action })
}

function checkSuspension({ state, action, step }: Ask): Refusal | null {
  const { suspension } = state
  if (suspension === undefined || RULES[action.effect].suspended) return null
  if (suspension.step !== undefined && suspension.step !== step?.id) return null
  const { basis, since, until } = suspension
  return refusal('caseflow/case-suspended', `The case is suspended (${basis}) since ${since}, planned until ${until}; resume it first.`, {
    basis,
    since,
    until,
  })
}

export function checkActor(ask: Ask): Refusal | null {
  const { actor, action } = ask
  const anybody = RULES[action.effect].both === true
  if (actor.side === 'applicant') {
    if (action.by !== 'applicant' && !anybody) return refusal('caseflow/not-your-side', 'This action belongs to the officers of the case.')
    return actor.forParty
      ? null
      : refusal('caseflow/not-your-party', 'You do not act for the party of this case; ask it for an authorisation.')
  }
  if (actor.side === 'system') return action.by === 'system' ? null : refusal('caseflow/not-your-side', 'This action belongs to people.')
  if (action.by !== 'staff' && !anybody) return refusal('caseflow/not-your-side', `This action belongs to the ${action.by}.`)
  return checkPosts(ask)
}

function checkPosts(ask: Ask): Refusal | null {
  const posts = postsFor(ask)
  if (posts.length === 0) return refusal('caseflow/not-your-desk', `This action belongs to ${placeOf(ask)}; none of your posts is there.`)
  const roles = rolesFor(ask)
  if (roles.length === 0 || posts.some((post) => roles.some((role) => post.roles.includes(role)))) return null
  const words = roles.map((role) => `"${role}"`).join(' or ')
  return refusal('caseflow/not-your-role', `This action needs the role ${words} at that desk.`, { role: roles[0] ?? '', roles })
}

function rolesFor({ action, step }: Ask): readonly string[] {
  if (action.role !== undefined) return [action.role]
  const { who, roles = [] } = RULES[action.effect]
  return who === 'handler' && action.effect !== 'claim' && step?.role !== undefined ? [step.role] : roles
}

function placeOf({ state, action, step }: Ask): string {
  if (step !== undefined) return `the desk "${step.desk}" of ${state.steps[step.id]?.org}`
  switch (RULES[action.effect].who) {
    case 'owner':
      return `the organisation whose case it is (${state.org})`
    case 'at-work':
      return `whoever works on the case now, or the organisation whose case it is (${state.org})`
    case 'keeper':
      return `the counter that took the case in (${state.acceptor ?? state.org}) or the organisation whose case it is (${state.org})`
    default:
      return 'an organisation of this case'
  }
}

type Post = Actor['posts'][number]

/** The posts under which the actor may take the action, role aside. */
export function postsFor(ask: Ask): Post[] {
  const { actor, action, step, state } = ask
  const { who, both } = RULES[action.effect]
  if (who === 'supervisor') return actor.posts.filter((post) => post.desk === 'supervision')
  if (step === undefined || both) return actor.posts.filter((post) => holds(ask, post))
  const own = state.steps[step.id]
  if (who === 'co-handler') return actor.posts.filter((post) => isAsked(own, post.org))
  return actor.posts.filter((post) => post.desk === step.desk && post.org === own?.org)
}

/** Whether a post has a say over the case as a whole. */
function holds(ask: Ask, post: Post): boolean {
  const { state, action } = ask
  switch (RULES[action.effect].who) {
    case 'owner':
      return isOwner(ask, post)
    case 'at-work':
      return isOwner(ask, post) || isAtWork(ask, post)
    case 'keeper':
      return post.org === (state.acceptor ?? state.org) || isOwner(ask, post)
    default:
      return orgsOf(state).has(post.org)
  }
}

/** At the case's own organisation: the department, or a desk at which the flow has that organisation work. */
function isOwner({ flow, state }: Ask, { desk, org }: Post): boolean {
  if (org !== state.org) return false
  return desk === 'department' || Object.values(flow.steps).some((step) => step.desk === desk && orgOf(step, state) === org)
}

function isAtWork({ flow, state }: Ask, { desk, org }: Post): boolean {
  return Object.values(flow.steps).some((step) => {
    const own = state.steps[step.id]
    return own?.status === 'ready' && own.org === org && step.desk === desk
  })
}

function isAsked(step: StepState | undefined, org: string): boolean {
  const asked = step?.coHandling?.[org]
  return asked !== undefined && asked.answeredAt === undefined
}

/** Organisations that have to do with the case. */
function orgsOf(state: CaseState): Set<string> {
  const orgs = new Set([state.org])
  if (state.acceptor !== undefined) orgs.add(state.acceptor)
  for (const step of Object.values(state.steps)) {
    orgs.add(step.org)
    for (const asked of Object.keys(step.coHandling ?? {})) orgs.add(asked)
  }
  return orgs
}

function checkHands({ state, actor, action, step }: Ask): Refusal | null {
  if (step === undefined) return null
  const rule = RULES[action.effect]
  if (state.waiting?.step === step.id && !rule.waiting) {
    return refusal('caseflow/waiting-for-applicant', 'The applicant has been asked to supply; the step goes on when that has come in.', {
      since: state.waiting.since,
    })
  }
  const { assignee, takenAt } = state.steps[step.id] ?? {}
  if (assignee === undefined || assignee === actor.person || rule.taken || actor.side !== 'staff') return null
  const words = `The step "${step.title.zh}" was taken by ${assignee} at ${takenAt}; it must be put back or assigned to you first.`
  return refusal('caseflow/already-taken', words, { step: step.id, by: assignee, at: takenAt, action: 'claim' })
}

function checkState(ask: Ask): Refusal | null {
  return RULES[ask.action.effect].state?.(ask) ?? null
}

/** Whether the action's own condition holds; one that reads what the action is told is checked with the input (`checkConditionOn`). */
function checkCondition(ask: Ask): Refusal | null {
  return readsInput(ask) ? null : conditionRefusal(ask)
}

function readsInput({ action, state }: Ask): boolean {
  const onRecord = (field: string): boolean => field === 'gaps' || (field === 'outcome' ? state.outcome : state.data[field]) !== undefined
  const told = action.needs.map((need) => need.field).filter((field) => !onRecord(field))
  return action.when?.names.some((name) => name.startsWith('input.') || told.includes(name.split('.')[0] ?? '')) ?? false
}

export function conditionRefusal({ state, action }: Ask, input?: Data): Refusal | null {
  if (action.when === undefined) return null
  const verdict = action.when.evaluate(factsOf(state, input))
  const { source } = action.when
  if (verdict.value === 'unknown') {
    const { missing } = verdict
    return refusal('caseflow/not-yet', `Whether "${action.title.zh}" is possible is not known yet; still missing: ${missing.join(', ')}.`, {
      missing,
    })
  }
  if (verdict.value) return null
  const words = action.whyNot === undefined ? {} : { words: action.whyNot }
  return refusal('caseflow/condition-not-met', `"${action.title.zh}" is possible only when ${source}.`, { condition: source, ...words })
}

/** The engine withdraws children only. */
function whileParented({ state, action }: Ask): Refusal | null {
  return action.by !== 'system' || state.parent !== undefined ? null : refusal('caseflow/no-parent', 'The case belongs to no bundle.')
}

/** 一次告知: everything that is to be corrected is told at once (行政许可法 art. 32). */
function whileNotAsked({ state, action, step }: Ask): Refusal | null {
  if (action.repeatable || step === undefined || !state.corrected?.includes(step.id)) return null
  const words =
    'The applicant has been told once what to correct; by law everything is told at once (行政许可法第三十二条). Accept or decline.'
  return refusal('caseflow/correction-once', words, { step: step.id, law: '行政许可法第三十二条' })
}

function whileWaiting({ state, step }: Ask): Refusal | null {
  if (state.waiting !== undefined && (step === undefined || state.waiting.step === step.id)) return null
  return refusal('caseflow/nothing-asked', 'Nothing has been asked of the applicant at this step.')
}

function whileSuspended({ state }: Ask): Refusal | null {
  return state.suspension === undefined ? refusal('caseflow/not-suspended', 'The case is not suspended.') : null
}

function whileFree({ state, step }: Ask): Refusal | null {
  const own = state.steps[step?.id ?? '']
  if (own?.assignee === undefined) return null
  return refusal('caseflow/already-taken', `${own.assignee} took this step at ${own.takenAt}.`, {
    by: own.assignee,
    at: own.takenAt,
    action: 'claim',
  })
}

function whileTaken({ state, step }: Ask): Refusal | null {
  return state.steps[step?.id ?? '']?.assignee === undefined ? refusal('caseflow/not-taken', 'Nobody has taken this step.') : null
}

function whileGapOpen({ state }: Ask): Refusal | null {
  const open = Object.values(state.gaps).some((gap) => gap.status === 'open')
  return open ? null : refusal('caseflow/no-open-gap', 'The case has no open gap.')
}

function whileCardOpen({ state }: Ask): Refusal | null {
  const open = state.cards.some((card) => card.reason === undefined)
  return open ? null : refusal('caseflow/no-open-card', 'No card of this case waits for a reason.')
}

function whileRatable(ask: Ask): Refusal | null {
  const { rating } = ask.state
  if (rating !== undefined)
    return refusal('caseflow/already-rated', `The case was rated on ${rating.at}; one rating per case.`, { at: rating.at })
  return withinWindow(ask, ask.flow.ratingWindow, 'caseflow/rating-too-late')
}

/** What its applicant took back is not for the house to take up again: it can be applied for anew. */
function whileReopenable(ask: Ask): Refusal | null {
  const { flow, state } = ask
  const late = withinWindow(ask, flow.reopenWindow, 'caseflow/reopen-too-late')
  if (late !== null || !withdrawals(flow).has(state.outcome ?? '')) return late
  return refusal('caseflow/withdrawn', 'The applicant withdrew this case; it cannot be reopened, but the same can be applied for again.')
}

/** The outcomes under which an applicant takes a case back. */
function withdrawals(flow: Flow): Set<string> {
  const own = actionsOf(flow).flatMap(({ action }) => (action.effect === 'withdraw' && action.by === 'applicant' ? [action.outcome] : []))
  return new Set(['withdrawn', ...own.filter((outcome) => outcome !== undefined)])
}

function withinWindow({ state, calendar, at }: Ask, window: Flow['reopenWindow'], code: string): Refusal | null {
  const until = window.n > 0 && state.endedAt !== undefined ? addLimit(state.endedAt, window, calendar).dueAt : null
  if (until !== null && at <= until) return null
  return refusal(code, until === null ? 'This flow does not provide for it.' : `This was possible until ${until}.`, { until })
}

/** Why a clock cannot be extended by this actor now, or null. Once, by the role that the flow names, before it expires (行政许可法 art. 42). */
export function extensionRefusal(ask: Ask, clock: ClockDef): Refusal | null {
  const known = ask.state.clocks[clock.id]
  if (clock.extend === undefined) return refusal('caseflow/extension-not-provided', `The limit "${clock.id}" cannot be extended.`)
  if (!isLive(known)) return refusal('caseflow/clock-not-running', `The clock "${clock.id}" is not running.`)
  if (known.extensions.length > 0) return refusal('caseflow/extension-twice', `The limit "${clock.id}" has been extended once already.`)
  const { dueAt } = due(countOf(known), ask.calendar)
  if (dueAt !== null && ask.at > dueAt) {
    return refusal('caseflow/extension-too-late', `The limit "${clock.id}" expired at ${dueAt}; an extension must be decided before.`, {
      dueAt,
    })
  }
  const role = clock.extend.by
  if (postsFor(ask).some((post) => post.roles.includes(role))) return null
  return refusal('caseflow/not-your-role', `An extension is for the role "${role}" to decide.`, { role })
}

function whileExtendable(ask: Ask): Refusal | null {
  const refusals = Object.values(ask.flow.clocks)
    .filter((clock) => clock.extend !== undefined)
    .map((clock) => extensionRefusal(ask, clock))
  if (refusals.includes(null)) return null
  return refusals[0] ?? refusal('caseflow/extension-not-provided', 'No limit of this flow can be extended.')
}
