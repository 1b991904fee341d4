/** The message of a move, for the outbox. */
import type { CaseEvent, CaseMoved, MovedEvent } from '@yichuang/caseflow'
import type { Move } from './run.ts'

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
