/** Reads of certificates. By screen with the reader's sight; by identifier for everybody, with the holder masked. */
import type { Text } from '@yichuang/caseflow'
import type { Instant } from '@yichuang/workday'
import { type Sight, sightParams, VISIBLE } from '../../engine/visibility.ts'
import type { RowOf } from '../../platform/pg/columns.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { statement, typed } from '../../platform/pg/statement.ts'
import type { Earlier, Face } from './core/issuing.ts'
import type { KeptStatus } from './core/validity.ts'

const columns = {
  party_id: 'text',
  id: 'uuid',
  type: 'text',
  title: typed<Text>('jsonb'),
  identifier: 'text',
  number: 'text',
  version: 'int4',
  holder: 'text',
  issuer: 'text',
  issuer_name: typed<Text>('jsonb'),
  issued_on: 'date',
  valid_until: 'date?',
  status: typed<KeptStatus>('text'),
  case_id: 'uuid?',
  face: typed<Face>('jsonb'),
  synthetic: 'bool',
} as const
export type CertificateRow = RowOf<typeof columns>
const CERTIFICATE = Object.keys(columns)
  .map((column) => `certificates.${column}`)
  .join(', ')
const NEWEST_FIRST = 'order by certificates.issued_on desc, certificates.id desc'

// Seen by those who act for the holder, and by those who see a case of the holder or the case that issued it.
const SEEN = `(certificates.party_id = any($1::text[])
  or exists (select 1 from cases where cases.party_id = certificates.party_id and ${VISIBLE})
  or exists (select 1 from cases where cases.id = certificates.case_id and ${VISIBLE}))`

const ofParties = statement(
  'certificates.of-parties',
  `select ${CERTIFICATE} from certificates where certificates.party_id = any($1::text[]) ${NEWEST_FIRST}`,
  columns,
)
export async function findOfParties(db: Queries, parties: readonly string[]): Promise<CertificateRow[]> {
  return parties.length === 0 ? [] : db.query(ofParties, [parties])
}

const seenOfParty = statement(
  'certificates.seen-of-party',
  `select ${CERTIFICATE} from certificates where certificates.party_id = $4 and ${SEEN} ${NEWEST_FIRST}`,
  columns,
)
export async function findSeenOfParty(db: Queries, sight: Sight, party: string): Promise<CertificateRow[]> {
  return db.query(seenOfParty, [...sightParams(sight), party])
}

const seenById = statement(
  'certificates.seen',
  `select ${CERTIFICATE} from certificates where certificates.id = $4::uuid and ${SEEN}`,
  columns,
)
export async function findSeen(db: Queries, sight: Sight, id: string): Promise<CertificateRow | null> {
  return db.maybe(seenById, [...sightParams(sight), id])
}

const byIdentifier = statement(
  'certificates.by-identifier',
  `select ${CERTIFICATE} from certificates where certificates.identifier = $1 order by certificates.id limit 1`,
  columns,
)
export async function findByIdentifier(db: Queries, identifier: string): Promise<CertificateRow | null> {
  return db.maybe(byIdentifier, [identifier])
}

const ofCases = statement(
  'certificates.of-cases',
  `select ${CERTIFICATE} from certificates where certificates.case_id = any($1::uuid[]) order by certificates.issued_on, certificates.id`,
  columns,
)
export async function findOfCases(db: Queries, cases: readonly string[]): Promise<CertificateRow[]> {
  return cases.length === 0 ? [] : db.query(ofCases, [cases])
}

const issuedBy = statement(
  'certificates.issued-by',
  'select certificates.id from certificates where certificates.case_id = $1::uuid and certificates.type = $2',
  { id: 'uuid' },
)
export async function wasIssued(tx: Queries, caseId: string, type: string): Promise<boolean> {
  return (await tx.query(issuedBy, [caseId, type])).length > 0
}

const current = statement(
  'certificates.current',
  `select ${CERTIFICATE} from certificates
   where certificates.party_id = any($1::text[]) and certificates.type = $2 and certificates.status in ('valid', 'suspended')
   order by certificates.party_id = $3 desc, certificates.issued_on desc, certificates.id desc limit 1 for update`,
  columns,
)
/** The certificate of that type which the holder, or who was the holder before, has now. */
export async function lockCurrent(tx: Queries, parties: readonly [string, string], type: string): Promise<Earlier | null> {
  const row = await tx.maybe(current, [parties, type, parties[0]])
  return row === null
    ? null
    : { id: row.id, partyId: row.party_id, number: row.number, version: row.version, validUntil: row.valid_until, face: row.face }
}

const historyOf = statement(
  'certificates.history',
  `select certificate_history.at, certificate_history.status, certificate_history.words from certificate_history
   where certificate_history.party_id = $1 and certificate_history.certificate_id = $2::uuid order by certificate_history.seq`,
  { at: 'timestamptz', status: typed<KeptStatus>('text'), words: typed<Text>('jsonb') },
)
export async function findHistory(db: Queries, partyId: string, id: string): Promise<{ at: Instant; status: KeptStatus; words: Text }[]> {
  return db.query(historyOf, [partyId, id])
}

const nodeOf = statement('certificates.node-of-case', 'select cases.parent_step from cases where cases.id = $1::uuid', {
  parent_step: 'text?',
})
/** The bundle's node that this case runs, or null. */
export async function findNode(db: Queries, caseId: string): Promise<string | null> {
  return (await db.maybe(nodeOf, [caseId]))?.parent_step ?? null
}
