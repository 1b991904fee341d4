/** Questions that are asked of a case's state all over the engine. */
import type { Verdict } from '@yichuang/rules'
import { type Count, type Limit, parseLimit } from '@yichuang/workday'
import { isRecord, valueAt } from './merge.ts'
import type { CaseState, ClockDef, ClockState, Data, Flow, Json, StepDef, StepState, StepStatus } from './vocabulary.ts'

export function stepStatus(state: CaseState, id: string): StepStatus {
  return state.steps[id]?.status ?? 'waiting'
}

/** Whoever waits for the step may go on. */
export function isSettled(status: StepStatus): boolean {
  return status === 'done' || status === 'skipped' || status === 'not-needed'
}

/** Not stopped: it has a future. */
export function isLive(clock: ClockState | undefined): clock is ClockState {
  return clock !== undefined && clock.status !== 'stopped'
}

/** A child's outcomes that a bundle counts as failure; every other word is success. */
export const FAILURES: ReadonlySet<string> = new Set(['refused', 'declined', 'withdrawn', 'ended', 'terminated'])

/** A node whose child failed and about which the lead has not decided yet. */
export function isFailedNode(step: StepDef, state: CaseState): boolean {
  const own = state.steps[step.id]
  return step.matter !== undefined && own?.status === 'ready' && own.outcome !== undefined
}

export function failedNodes(flow: Flow, state: CaseState): string[] {
  return Object.values(flow.steps).flatMap((step) => (isFailedNode(step, state) ? [step.id] : []))
}

export function hasOpenGap(state: CaseState): boolean {
  for (const id in state.gaps) if (state.gaps[id]?.status === 'open') return true
  return false
}

export function isWholeSuspended({ suspension }: CaseState): boolean {
  return suspension !== undefined && suspension.step === undefined
}

/**
 * What conditions see: the case's data, its outcome so far and its gaps. What an action is told is at `input.<field>`; under its plain name it
 * stands in only where the record is silent.
 */
export function factsOf(state: CaseState, input: Data = {}): Data {
  const gaps = Object.values(state.gaps).map(({ material, title, status }) => ({ material, title, status }))
  const facts = { ...state.data, gaps }
  const record = state.outcome === undefined ? facts : { ...facts, outcome: state.outcome }
  return Object.keys(input).length === 0 ? record : { ...input, ...record, input }
}

const ALWAYS: Verdict = { value: true }

export function verdictOf(step: StepDef, facts: () => Data): Verdict {
  return step.when === undefined ? ALWAYS : step.when.evaluate(facts())
}

/**
 * `case` and `acceptor` are the case's own; any other key is looked up in the case's data at `orgs.<key>`, where whoever opens the
 * case puts the organisations of its region; without an entry the key itself is the organisation.
 */
export function orgOf(step: StepDef, state: CaseState): string {
  if (step.org === 'case') return state.org
  if (step.org === 'acceptor') return state.acceptor ?? state.org
  const orgs = state.data.orgs
  const found = isRecord(orgs) ? orgs[step.org] : undefined
  return typeof found === 'string' ? found : step.org
}

/** The clock's limit for this case, null when its data does not have it. */
export function limitFor(clock: ClockDef, state: CaseState): Limit | null {
  return 'path' in clock.limit ? limitFrom(valueAt(state.data, clock.limit.path)) : clock.limit
}

/** `5 workdays` or `{ n: 5, unit: workday }`. */
export function limitFrom(value: Json | undefined): Limit | null {
  const text = isRecord(value) ? `${String(value.n)} ${String(value.unit)}` : value
  const parsed = typeof text === 'string' ? parseLimit(text) : null
  return parsed?.ok ? parsed.value : null
}

/** For `due`, `elapsed`, `explain` and the rest of the working-day clock. */
export function countOf({ startedAt, limit, extensions, pauses }: ClockState): Count {
  return { startedAt, limit, extensions, pauses }
}

export function roundOf(step: StepState | undefined): number {
  return step?.round ?? 0
}
