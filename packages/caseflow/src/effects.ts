/** What each kernel verb does. The actor, the step and the input have been checked; what is left are checks of values against the case. */
import type { Refusal } from '@yichuang/result'
import { addLimit, type Limit, limitText } from '@yichuang/workday'
import { CORRECTION, reachMilestone, syncPauses } from './clocks.ts'
import { downstreamOf } from './graph.ts'
import { momentFrom, textOf } from './input.ts'
import { FOLLOW_PARENT } from './kernel-actions.ts'
import { type Ask, extensionRefusal, postsFor } from './permit.ts'
import { advance, endCase, finishStep } from './progress.ts'
import { reopenAt, returnTo } from './rewind.ts'
import { failedNodes, isSettled, limitFrom, stepStatus } from './state.ts'
import { emit, refuseTurn, stateOf, type Turn } from './turn.ts'
import type { CorrectionItem, Data, EffectName, Json } from './vocabulary.ts'

export type Call = { readonly ask: Ask; readonly input: Data }
type Effect = (turn: Turn, call: Call) => void

const nothing: Effect = () => {}

export const EFFECT: { readonly [effect in EffectName]: Effect } = {
  complete: (turn, call) => {
    finish(turn, call)
    advance(turn)
  },
  return: (turn, { ask }) => returnTo(turn, ask.action.to ?? ''),
  'wait-for-applicant': waitForApplicant,
  supply,
  suspend,
  resume: (turn) => {
    emit(turn, { type: 'resumed' })
    advance(turn)
  },
  extend,
  transfer: (turn, { ask, input }) => {
    emit(turn, { type: 'step-transferred', step: stepId(ask), org: textOf(input.org) })
    advance(turn)
  },
  assign: (turn, { ask, input }) => emit(turn, { type: 'step-claimed', step: stepId(ask), person: textOf(input.person) }),
  claim: (turn, { ask }) => emit(turn, { type: 'step-claimed', step: stepId(ask), person: ask.actor.person }),
  release: (turn, { ask }) => {
    emit(turn, { type: 'step-released', step: stepId(ask) })
    advance(turn)
  },
  'co-handle': (turn, { ask, input }) =>
    emit(turn, { type: 'co-handling-asked', step: stepId(ask), orgs: input.orgs as readonly string[] }),
  'answer-co-handling': (turn, { ask, input }) => {
    emit(turn, { type: 'co-handling-answered', step: stepId(ask), org: postsFor(ask)[0]?.org ?? '', opinion: textOf(input.opinion) })
  },
  end: (turn, call) => {
    finish(turn, call)
    endCase(turn, call.ask.action.outcome ?? 'ended', reasonOf(call.input))
  },
  withdraw: (turn, { ask, input }) => {
    const told = ask.action.id === FOLLOW_PARENT ? textOf(input.outcome) : ''
    mark(turn, ask)
    endCase(turn, told || (ask.action.outcome ?? 'withdrawn'), reasonOf(input))
  },
  reopen,
  supervise: (turn, { ask, input }) => emit(turn, { type: 'supervised', by: ask.actor.person, reason: textOf(input.reason) }),
  comment: nothing,
  attach: nothing,
  'close-gap': closeGap,
  rate: (turn, { input }) => emit(turn, { type: 'rated', stars: Number(input.stars), words: textOf(input.words) }),
  'continue-without': continueWithout,
  'answer-card': answerCard,
}

function stepId(ask: Ask): string {
  return ask.step?.id ?? ''
}

function reasonOf(input: Data): string | undefined {
  return textOf(input.reason) || undefined
}

function mark(turn: Turn, { action }: Ask): void {
  if (action.marks !== undefined) reachMilestone(turn, action.marks)
}

function finish(turn: Turn, { ask, input }: Call): void {
  for (const need of ask.action.needs) if (need.type === 'gaps') openGaps(turn, input[need.field])
  if (ask.step === undefined) mark(turn, ask)
  else finishStep(turn, ask.step, ask.action)
}

function openGaps(turn: Turn, value: Json | undefined): void {
  for (const item of Array.isArray(value) ? (value as readonly Data[]) : []) {
    const limit = limitFrom(item.limit)
    if (limit === null) continue
    const material = textOf(item.material)
    const words = { title: textOf(item.title), consequence: textOf(item.consequence) }
    emit(turn, { type: 'gap-opened', gap: freeGapId(turn, material), material, ...words, limit, openedAt: turn.at })
  }
}

function freeGapId(turn: Turn, material: string): string {
  const { gaps } = stateOf(turn)
  let id = material
  for (let n = 2; gaps[id] !== undefined; n++) id = `${material}-${n}`
  return id
}

function waitForApplicant(turn: Turn, { ask, input }: Call): void {
  const items = input.items as unknown as readonly CorrectionItem[]
  const until = momentFrom(input.until, turn.calendar)
  const asked = { type: 'correction-requested', step: stepId(ask), items } as const
  emit(turn, until === undefined ? asked : { ...asked, until })
  mark(turn, ask)
}

/** The clocks that the request for correction had stopped go on with what was left of them. */
function supply(turn: Turn, { ask }: Call): void {
  const { waiting, clocks } = stateOf(turn)
  if (waiting === undefined) return
  emit(turn, { type: 'correction-supplied', step: waiting.step })
  const requests = Object.values(turn.flow.steps[waiting.step]?.actions ?? {}).filter((action) => action.effect === 'wait-for-applicant')
  const marks = requests.map((action) => action.marks)
  for (const clock of Object.values(turn.flow.clocks)) {
    if (clocks[clock.id]?.stoppedAt !== waiting.since || !clock.stops.some((stop) => marks.includes(stop))) continue
    emit(turn, { type: 'clock-continued', clock: clock.id, basis: CORRECTION })
  }
  mark(turn, ask)
  syncPauses(turn)
}

function suspend(turn: Turn, { ask, input }: Call): void {
  const until = momentFrom(input.until, turn.calendar)
  if (until === undefined || until <= turn.at) {
    const message = `A suspension needs a planned end after now (${turn.at}); it was given ${textOf(input.until)}.`
    refuseTurn(turn, { code: 'caseflow/suspension-end-past', message, data: { fields: ['until'] } })
    return
  }
  const basis = textOf(input.basis)
  const tooLong = beyondMost(turn, basis, until)
  if (tooLong !== null) {
    refuseTurn(turn, tooLong)
    return
  }
  const suspended = { type: 'suspended', basis, reason: textOf(input.reason), until } as const
  emit(turn, ask.step === undefined ? suspended : { ...suspended, step: ask.step.id })
  syncPauses(turn)
}

/** A special procedure lasts no longer than the pack allows, counted from its start; a date is its close of business. */
function beyondMost({ flow, calendar, at }: Turn, basis: string, until: string): Refusal | null {
  const most = flow.bases[basis]?.most
  const latest = most === undefined ? null : addLimit(at, most, calendar).dueAt
  if (most === undefined || latest === null || until <= latest) return null
  const message = `A special procedure "${basis}" may last ${limitText(most, 'en')} at most: until ${latest}.`
  return { code: 'caseflow/suspension-too-long', message, data: { fields: ['until'], most, until: latest } }
}

function extend(turn: Turn, { ask, input }: Call): void {
  const provided = Object.values(turn.flow.clocks).filter((clock) => clock.extend !== undefined)
  const named = textOf(input.clock)
  const able = provided.find((clock) => extensionRefusal(ask, clock) === null)
  const clock = named === '' ? able : turn.flow.clocks[named]
  const by = limitFrom(input.by)
  if (clock === undefined || by === null) {
    const words = `There is no clock "${named}"; these can be extended: ${provided.map((one) => one.id).join(', ')}.`
    refuseTurn(turn, { code: 'caseflow/input-invalid', message: words, data: { fields: ['clock'] } })
    return
  }
  const refusal = extensionRefusal(ask, clock)
  if (refusal !== null) {
    refuseTurn(turn, refusal)
    return
  }
  if (clock.extend !== undefined && !isWithin(by, clock.extend.most)) {
    const message = `The limit "${clock.id}" may be extended by at most ${clock.extend.most.n} ${clock.extend.most.unit}s, counted in that unit.`
    refuseTurn(turn, { code: 'caseflow/extension-too-long', message, data: { fields: ['by'], most: clock.extend.most } })
    return
  }
  emit(turn, { type: 'clock-extended', clock: clock.id, by, basis: textOf(input.basis), reason: textOf(input.reason) })
}

function isWithin(by: Limit, most: Limit): boolean {
  return by.unit === most.unit && by.n > 0 && by.n <= most.n
}

/**
 * The step that the flow names, if the case had come so far; else where it stood: steps that were open at the end are open again, and
 * without any, the step that was finished last.
 */
function reopen(turn: Turn, { ask, input }: Call): void {
  emit(turn, { type: 'case-reopened', reason: textOf(input.reason) })
  const named = turn.flow.steps[ask.action.to ?? '']
  const { steps } = stateOf(turn)
  const reached = named?.after.every((id) => isSettled(stepStatus(stateOf(turn), id))) ?? false
  const stood = Object.values(steps).some((step) => step.status === 'ready') ? null : lastFinished(turn)
  reopenAt(turn, named !== undefined && reached ? named.id : stood)
}

function lastFinished(turn: Turn): string | null {
  const [last] = Object.entries(stateOf(turn).steps)
    .filter(([id, step]) => step.status === 'done' && turn.flow.steps[id]?.matter === undefined)
    .sort(([, a], [, b]) => ((a.doneAt ?? '') < (b.doneAt ?? '') ? 1 : -1))
  return last?.[0] ?? null
}

function closeGap(turn: Turn, { input }: Call): void {
  const id = textOf(input.gap)
  const { gaps } = stateOf(turn)
  if (gaps[id]?.status !== 'open') {
    const open = Object.values(gaps).filter((gap) => gap.status === 'open')
    const message = `"${id}" is not an open gap of this case; open are: ${open.map((gap) => gap.id).join(', ')}.`
    refuseTurn(turn, { code: 'caseflow/gap-not-open', message, data: { fields: ['gap'] } })
    return
  }
  emit(turn, { type: 'gap-closed', gap: id })
  advance(turn)
}

function answerCard(turn: Turn, { input }: Call): void {
  const [clock, level] = [textOf(input.clock), textOf(input.level)]
  const open = stateOf(turn).cards.some((card) => card.clock === clock && card.level === level && card.reason === undefined)
  if (open) {
    emit(turn, { type: 'card-answered', clock, level, reason: textOf(input.reason) })
    return
  }
  const message = `No card "${level}" on the clock "${clock}" waits for a reason.`
  refuseTurn(turn, { code: 'caseflow/no-open-card', message, data: { fields: ['clock', 'level'] } })
}

/** The lead goes on without the nodes that failed: they are settled, and nodes that needed their result are not needed any more. */
function continueWithout(turn: Turn, call: Call): void {
  for (const node of failedNodes(turn.flow, stateOf(turn))) {
    emit(turn, { type: 'step-finished', step: node, action: 'continue-without' })
    for (const later of downstreamOf(turn.flow.steps, node)) {
      const status = stepStatus(stateOf(turn), later)
      if (turn.flow.steps[later]?.matter === undefined || (status !== 'waiting' && status !== 'unknown')) continue
      emit(turn, { type: 'step-not-needed', step: later, why: `continued-without:${node}` })
    }
  }
  finish(turn, call)
  advance(turn)
}
