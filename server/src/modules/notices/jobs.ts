/** What runs from the outbox: notices for every move and certificate, and short messages for the important ones. */
import { CASE_MOVED, type CaseMoved } from '@yichuang/caseflow'
import type { Outbox } from '../../platform/outbox.ts'
import { CERTIFICATE_ISSUED, type CertificateIssued } from '../certificates/public.ts'
import { type DeliverParts, isTold, tellOfCertificate, tellOfMove } from './deliver.ts'
import { SMS_WANTED, type Sms, type SmsWanted } from './messages.ts'

export type ConsumersParts = Omit<DeliverParts, 'outbox'> & { readonly outbox: Outbox; readonly sms: Sms }

export function consumers(parts: ConsumersParts): void {
  parts.outbox.consume(
    'notices',
    [CASE_MOVED, CERTIFICATE_ISSUED],
    (message, tx) =>
      message.topic === CASE_MOVED
        ? tellOfMove(tx, parts, message.payload as CaseMoved)
        : tellOfCertificate(tx, parts, message.payload as CertificateIssued),
    { wants: (message) => message.topic !== CASE_MOVED || isTold(parts.pack, message.payload as CaseMoved) },
  )
  parts.outbox.consume('sms', [SMS_WANTED], async (message, tx) => {
    const { notice, person, text } = message.payload as SmsWanted
    const mobile = await parts.parties.mobileOf(tx, person)
    if (mobile !== null) await parts.sms.send({ id: notice, mobile, text })
  })
}
