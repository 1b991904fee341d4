/** 证照: the only door of this module for others. */
import type { Text } from '@yichuang/caseflow'
import type { CityPack, HeldCertificate } from '@yichuang/pack'
import type { Instant, PlainDate } from '@yichuang/workday'
import type { Queries } from '../../platform/pg/database.ts'
import { type CertificateStatus, statusOn } from './core/validity.ts'
import { loadDemo } from './demo.ts'
import { type CertificateRow, findOfCases, findOfParties } from './views.ts'

export { CERTIFICATE_ISSUED, type CertificateIssued } from './messages.ts'

/** A certificate as plans and pre-filled forms use it. */
export type Held = HeldCertificate & {
  readonly id: string
  readonly title: Text
  readonly number: string
  readonly status: CertificateStatus
  readonly validUntil: PlainDate | null
  readonly caseId: string | null
  readonly face: { readonly [field: string]: unknown }
}

export type Certificates = {
  /** Those that are valid today, newest first. */
  heldBy(db: Queries, partyId: string): Promise<Held[]>
  /** Issued by these cases, whatever became of them since. */
  ofCases(db: Queries, cases: readonly string[]): Promise<Held[]>
  loadDemo(tx: Queries): Promise<void>
}

export function makeCertificates({ pack, now }: { readonly pack: CityPack; readonly now: () => Instant }): Certificates {
  const held = (row: CertificateRow): Held => ({
    id: row.id,
    type: row.type,
    title: row.title,
    number: row.number,
    status: statusOn(row.status, row.valid_until, pack.calendar.dateOf(now())),
    validUntil: row.valid_until,
    caseId: row.case_id,
    face: Object.fromEntries(row.face.map(({ id, value }) => [id, value])),
  })
  return {
    heldBy: async (db, partyId) => (await findOfParties(db, [partyId])).map(held).filter((one) => one.status === 'valid'),
    ofCases: async (db, cases) => (await findOfCases(db, cases)).map(held),
    loadDemo: (tx) => loadDemo(tx, pack),
  }
}
