/**
 * The fold: case = fold(evolve, null, events). It decides nothing and knows no flow, so that browser and server fold alike;
 * whatever had to be decided is written in the events.
 */
import type { Pause } from '@yichuang/workday'
import { mergeData } from './merge.ts'
import type { CaseEvent, CaseFact, CaseState, ClockState, EventMeta, Gap, StepState } from './vocabulary.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Records = 'steps' | 'milestones' | 'clocks' | 'gaps'

/** A state that is being written: its records are copied once, on their first change, and belong to the draft from then on. */
export type Draft = { readonly state: Writable<CaseState>; readonly owned: { [record in Records]: boolean } }

export function draftOf(state: CaseState): Draft {
  return { state: { ...state }, owned: { steps: false, milestones: false, clocks: false, gaps: false } }
}

/** The state after one more event. The first event of a case is `case-opened`. */
export function evolve(state: CaseState | null, event: CaseEvent): CaseState {
  return fold([event], state)
}

/** The state after all the events; faster than one `evolve` at a time. */
export function fold(events: readonly CaseEvent[], from: CaseState | null = null): CaseState {
  const [first, ...rest] = events
  if (from === null) {
    if (first?.type !== 'case-opened') throw new Error('a case begins with the event case-opened')
    return fold(rest, openState(first))
  }
  const draft = draftOf(from)
  for (const event of events) apply(draft, event)
  return draft.state
}

export function openState(event: CaseEvent & { readonly type: 'case-opened' }): CaseState {
  const { caseId, flow, flowVersion, kind, org, acceptor, region, parent, data, calendarVersion, at } = event
  const state: Writable<CaseState> = {
    id: caseId,
    flow,
    flowVersion,
    kind,
    status: 'open',
    seq: 1,
    openedAt: at,
    org,
    region,
    data,
    steps: {},
    milestones: {},
    clocks: {},
    gaps: {},
    cards: [],
    calendarVersion,
  }
  if (acceptor !== undefined) state.acceptor = acceptor
  if (parent !== undefined) state.parent = parent
  return state
}

export function apply(draft: Draft, event: CaseEvent): void {
  draft.state.seq += 1
  const fold = FOLDS[event.type] as (draft: Draft, event: CaseEvent) => void
  fold(draft, event)
}

function own<R extends Records>(draft: Draft, record: R): Writable<CaseState[R]> {
  if (!draft.owned[record]) {
    draft.state[record] = { ...draft.state[record] }
    draft.owned[record] = true
  }
  return draft.state[record] as Writable<CaseState[R]>
}

const NO_STEP: StepState = { status: 'waiting', round: 0, org: '' }

function setStep(draft: Draft, id: string, change: (step: StepState) => StepState): void {
  own(draft, 'steps')[id] = change(draft.state.steps[id] ?? NO_STEP)
}

function setClock(draft: Draft, id: string, change: (clock: ClockState) => ClockState): void {
  const clock = draft.state.clocks[id]
  if (clock !== undefined) own(draft, 'clocks')[id] = change(clock)
}

function setGap(draft: Draft, id: string, change: (gap: Gap) => Gap): void {
  const gap = draft.state.gaps[id]
  if (gap !== undefined) own(draft, 'gaps')[id] = change(gap)
}

/** What stays of a step when it starts over: its round, organisation and child. */
function kept({ round, org, childId }: StepState, status: StepState['status']): StepState {
  return childId === undefined ? { status, round, org } : { status, round, org, childId }
}

function closePause(pauses: readonly Pause[], at: string): readonly Pause[] {
  const last = pauses.at(-1)
  return last === undefined || last.to !== undefined ? pauses : [...pauses.slice(0, -1), { ...last, to: at }]
}

/** The outcome of the step that was finished last among those that have one and still count. */
function latestOutcome(state: CaseState): string | undefined {
  let latest: StepState | undefined
  for (const step of Object.values(state.steps)) {
    if (step.outcome === undefined || step.status !== 'done' || step.childId !== undefined) continue
    if (latest === undefined || (step.doneAt ?? '') >= (latest.doneAt ?? '')) latest = step
  }
  return latest?.outcome
}

function setOutcome(draft: Draft, outcome: string | undefined): void {
  if (outcome === undefined) delete draft.state.outcome
  else draft.state.outcome = outcome
}

type Of<T extends CaseFact['type']> = EventMeta & Extract<CaseFact, { readonly type: T }>
type Folds = { readonly [T in CaseFact['type']]: (draft: Draft, event: Of<T>) => void }

const nothing = (): void => {}

const FOLDS: Folds = {
  'case-opened': () => {
    throw new Error('a case is opened once')
  },
  'action-taken': nothing,
  'step-readied': (draft, { step, round, org, at }) => {
    setStep(draft, step, (before) => ({ ...kept(before, 'ready'), round, org, readyAt: at }))
  },
  'step-skipped': (draft, { step, why }) => setStep(draft, step, (before) => ({ ...kept(before, 'skipped'), why })),
  'step-not-needed': (draft, { step, why }) => setStep(draft, step, (before) => ({ ...kept(before, 'not-needed'), why })),
  'step-unknown': (draft, { step, missing }) => setStep(draft, step, (before) => ({ ...kept(before, 'unknown'), missing })),
  'step-finished': (draft, { step, action, outcome, at, actor }) => {
    setStep(draft, step, (before) => {
      const done = { ...before, status: 'done' as const, doneAt: at, doneBy: actor, action }
      return outcome === undefined ? done : { ...done, outcome }
    })
    if (outcome !== undefined) draft.state.outcome = outcome
    if (draft.state.waiting?.step === step) delete draft.state.waiting
  },
  'step-superseded': (draft, { step }) => {
    setStep(draft, step, (before) => kept(before, 'waiting'))
    if (draft.state.waiting?.step === step) delete draft.state.waiting
    setOutcome(draft, latestOutcome(draft.state))
  },
  'step-claimed': (draft, { step, person, at }) => setStep(draft, step, (before) => ({ ...before, assignee: person, takenAt: at })),
  'step-released': (draft, { step }) => setStep(draft, step, unassigned),
  'step-transferred': (draft, { step, org }) => setStep(draft, step, (before) => ({ ...unassigned(before), org })),
  'co-handling-asked': (draft, { step, orgs, at }) => {
    const asked = Object.fromEntries(orgs.map((org) => [org, { askedAt: at }]))
    setStep(draft, step, (before) => ({ ...before, coHandling: { ...before.coHandling, ...asked } }))
  },
  'co-handling-answered': (draft, { step, org, opinion, at }) => {
    setStep(draft, step, (before) => {
      const askedAt = before.coHandling?.[org]?.askedAt ?? at
      return { ...before, coHandling: { ...before.coHandling, [org]: { askedAt, answeredAt: at, opinion } } }
    })
  },
  'child-opened': (draft, { step, childId }) => setStep(draft, step, (before) => ({ ...before, childId })),
  'child-ended': (draft, { step, childId, outcome }) => setStep(draft, step, (before) => ({ ...before, childId, outcome })),
  'child-reopened': (draft, { step, at }) => setStep(draft, step, (before) => ({ ...kept(before, 'ready'), readyAt: at })),
  'milestone-reached': (draft, { milestone, at, since }) => {
    own(draft, 'milestones')[milestone] = since ?? at
  },
  'milestone-superseded': (draft, { milestone }) => {
    delete own(draft, 'milestones')[milestone]
  },
  'clock-started': (draft, { clock, limit, startedAt }) => {
    own(draft, 'clocks')[clock] = { status: 'running', startedAt, limit, extensions: [], pauses: [], fired: [] }
  },
  'clock-paused': (draft, { clock, basis, until, at }) => {
    const pause: Pause = until === undefined ? { from: at, basis } : { from: at, basis, until }
    setClock(draft, clock, (before) => ({ ...before, status: 'paused', pauses: [...before.pauses, pause] }))
  },
  'clock-resumed': (draft, { clock, at }) => {
    setClock(draft, clock, (before) => ({ ...before, status: 'running', pauses: closePause(before.pauses, at) }))
  },
  'clock-extended': (draft, { clock, by }) => {
    setClock(draft, clock, (before) => ({ ...before, extensions: [...before.extensions, by] }))
  },
  'clock-stopped': (draft, { clock, at }) => {
    setClock(draft, clock, (before) => ({ ...before, status: 'stopped', stoppedAt: at, pauses: closePause(before.pauses, at) }))
  },
  'clock-superseded': (draft, { clock }) => {
    delete own(draft, 'clocks')[clock]
  },
  'clock-continued': (draft, { clock, basis, at }) => {
    setClock(draft, clock, ({ stoppedAt, ...before }) => {
      if (basis === undefined || stoppedAt === undefined) return { ...before, status: 'running' }
      return { ...before, status: 'running', pauses: [...before.pauses, { from: stoppedAt, to: at, basis }] }
    })
  },
  'clock-recomputed': (draft, { calendarVersion }) => {
    draft.state.calendarVersion = calendarVersion
  },
  suspended: (draft, { basis, reason, until, step, at }) => {
    const suspension = { basis, reason, since: at, until }
    draft.state.suspension = step === undefined ? suspension : { ...suspension, step }
  },
  resumed: (draft) => {
    delete draft.state.suspension
  },
  'correction-requested': (draft, { step, items, until, at }) => {
    const waiting = { step, items, since: at }
    draft.state.waiting = until === undefined ? waiting : { ...waiting, until }
    draft.state.corrected = [...new Set([...(draft.state.corrected ?? []), step])]
  },
  'correction-supplied': (draft) => {
    delete draft.state.waiting
  },
  'gap-opened': (draft, { gap, material, title, limit, consequence, openedAt }) => {
    own(draft, 'gaps')[gap] = { id: gap, material, title, openedAt, limit, consequence, status: 'open' }
  },
  'gap-closed': (draft, { gap, at }) => setGap(draft, gap, (before) => ({ ...before, status: 'closed', closedAt: at })),
  'gap-lapsed': (draft, { gap, at }) => setGap(draft, gap, (before) => ({ ...before, status: 'lapsed', closedAt: at })),
  'obligation-fired': foldFired,
  'card-answered': (draft, { clock, level, reason }) => {
    draft.state.cards = draft.state.cards.map((card) => {
      return card.clock === clock && card.level === level && card.reason === undefined ? { ...card, reason } : card
    })
  },
  'data-set': (draft, { changes }) => {
    draft.state.data = mergeData(draft.state.data, changes)
  },
  supervised: nothing,
  rated: (draft, { stars, words, at }) => {
    draft.state.rating = { stars, words, at }
  },
  'case-ended': (draft, { outcome, at }) => {
    draft.state.status = 'ended'
    draft.state.endedAt = at
    draft.state.outcome = outcome
    delete draft.state.suspension
    delete draft.state.waiting
  },
  'case-reopened': (draft) => {
    draft.state.status = 'open'
    delete draft.state.endedAt
    delete draft.state.rating
    setOutcome(draft, latestOutcome(draft.state))
  },
  'case-migrated': (draft, { to }) => {
    draft.state.flowVersion = to
  },
}

function unassigned({ assignee: _, takenAt: __, ...step }: StepState): StepState {
  return step
}

function foldFired(draft: Draft, { clock, level, card, dueAt }: Of<'obligation-fired'>): void {
  if (clock.startsWith('gap:')) setGap(draft, clock.slice(4), (gap) => ({ ...gap, warned: true }))
  else if (clock === 'suspension' && draft.state.suspension !== undefined)
    draft.state.suspension = { ...draft.state.suspension, overdue: true }
  else if (clock === 'correction' && draft.state.waiting !== undefined) draft.state.waiting = { ...draft.state.waiting, overdue: true }
  else setClock(draft, clock, (before) => ({ ...before, fired: [...before.fired, level] }))
  if (card !== undefined) draft.state.cards = [...draft.state.cards, { level, clock, card, at: dueAt }]
}
