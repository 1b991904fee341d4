/** What the engine tells the rest of the house, in the transaction in which it happened: one message per case moved. */
import type { CaseEvent, CaseFact, Light, Text } from '@yichuang/caseflow'
import type { Move } from './run.ts'

export const CASE_MOVED = 'case.moved'

/** `case-opened` comes without its data, which may be large and is on the case. */
type WithoutData<E> = E extends { type: 'case-opened' } ? Omit<E, 'data'> : E
export type MovedEvent = {
  readonly at: string
  readonly actor: string
  readonly org?: string
  readonly seq: number
} & WithoutData<CaseFact>

export type CaseMoved = {
  readonly caseId: string
  readonly rootId: string
  readonly parentId: string | null
  readonly no: string
  readonly kind: string
  readonly matter: string | null
  readonly bundle: string | null
  readonly title: Text
  readonly partyId: string
  readonly partyName: string
  readonly applicant: string
  readonly org: string
  readonly acceptor: string | null
  readonly region: string
  readonly status: string
  readonly outcome: string | null
  readonly light: Light
  readonly isNew: boolean
  readonly events: readonly MovedEvent[]
}

export function caseMoved({ record, events, isNew, light }: Move): CaseMoved {
  const { state } = record
  const before = state.seq - events.length
  return {
    caseId: record.id,
    rootId: record.rootId,
    parentId: record.parentId,
    no: record.no,
    kind: state.kind,
    matter: record.matter,
    bundle: record.bundle,
    title: record.title,
    partyId: record.partyId,
    partyName: record.partyName,
    applicant: record.applicant,
    org: state.org,
    acceptor: state.acceptor ?? null,
    region: state.region,
    status: state.status,
    outcome: state.outcome ?? null,
    light,
    isNew,
    events: events.map((event, i) => moved(event, before + i + 1)),
  }
}

function moved(event: CaseEvent, seq: number): MovedEvent {
  if (event.type !== 'case-opened') return { ...event, seq }
  const { data: _large, ...rest } = event
  return { ...rest, seq }
}
