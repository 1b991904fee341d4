/** What this module tells others: one message per certificate issued, in the transaction in which it was. */
import type { Text } from '@yichuang/caseflow'
import type { Instant } from '@yichuang/workday'

export const CERTIFICATE_ISSUED = 'certificate.issued'

export type CertificateIssued = {
  readonly certificateId: string
  readonly caseId: string
  readonly rootId: string
  readonly partyId: string
  readonly holder: string
  readonly type: string
  readonly title: Text
  readonly number: string
  readonly issuer: Text
  /** An earlier certificate of the holder has lost its place to this one. */
  readonly replaces: boolean
  readonly at: Instant
}
