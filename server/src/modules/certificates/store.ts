/** Writes of certificates: each repeatable, because messages come at least once. */
import type { Text } from '@yichuang/caseflow'
import type { Instant, PlainDate } from '@yichuang/workday'
import type { Queries } from '../../platform/pg/database.ts'
import { json, statement } from '../../platform/pg/statement.ts'
import type { Face } from './core/issuing.ts'
import type { KeptStatus } from './core/validity.ts'

export type NewCertificate = {
  readonly partyId: string
  readonly id: string
  readonly type: string
  readonly title: Text
  readonly identifier: string
  readonly number: string
  readonly version: number
  readonly holder: string
  readonly issuer: string
  readonly issuerName: Text
  readonly issuedOn: PlainDate
  readonly validUntil: PlainDate | null
  readonly caseId: string | null
  readonly face: Face
  readonly synthetic: boolean
}

const insertCertificate = statement(
  'certificates.insert',
  `insert into certificates (party_id, id, type, title, identifier, number, version, holder, issuer, issuer_name, issued_on, valid_until,
     status, case_id, face, synthetic)
   select c.party_id, c.id, c.type, c.title, c.identifier, c.number, c.version, c.holder, c.issuer, c.issuer_name, c.issued_on, c.valid_until,
     'valid', c.case_id, c.face, c.synthetic
   from jsonb_to_record($1::jsonb) as c (party_id text, id uuid, type text, title jsonb, identifier text, number text, version integer, holder text,
     issuer text, issuer_name jsonb, issued_on date, valid_until date, case_id uuid, face jsonb, synthetic boolean)
   on conflict do nothing
   returning certificates.id`,
  { id: 'uuid' },
)
/** false: it was there already. */
export async function addCertificate(tx: Queries, one: NewCertificate): Promise<boolean> {
  const row = {
    ...one,
    party_id: one.partyId,
    issuer_name: one.issuerName,
    issued_on: one.issuedOn,
    valid_until: one.validUntil,
    case_id: one.caseId,
  }
  return (await tx.query(insertCertificate, [json(row)])).length === 1
}

const setStatus = statement(
  'certificates.set-status',
  'update certificates set status = $3 where certificates.party_id = $1 and certificates.id = $2::uuid and certificates.status <> $3',
)
/** false: it had that status already. */
export async function changeStatus(tx: Queries, partyId: string, id: string, status: KeptStatus): Promise<boolean> {
  return (await tx.run(setStatus, [partyId, id, status])) === 1
}

const insertHistory = statement(
  'certificates.insert-history',
  `insert into certificate_history (party_id, certificate_id, seq, at, status, words, case_id)
   select $1, $2::uuid, coalesce(max(certificate_history.seq), 0) + 1, $3::timestamptz, $4, $5::jsonb, $6::uuid
   from certificate_history where certificate_history.party_id = $1 and certificate_history.certificate_id = $2::uuid`,
)
export type Happened = {
  readonly partyId: string
  readonly id: string
  readonly at: Instant
  readonly status: KeptStatus
  readonly words: Text
  readonly caseId: string | null
}
export async function addHistory(tx: Queries, { partyId, id, at, status, words, caseId }: Happened): Promise<void> {
  await tx.run(insertHistory, [partyId, id, at, status, json(words), caseId])
}

const takeSerial = statement(
  'certificates.take-serial',
  `insert into certificate_serials (type, year, last) values ($1, $2::integer, 1)
   on conflict (type, year) do update set last = certificate_serials.last + 1 returning certificate_serials.last`,
  { last: 'int4' },
)
export async function nextSerial(tx: Queries, type: string, year: number): Promise<number> {
  return (await tx.one(takeSerial, [type, year])).last
}
