/** What runs from the outbox: every case that moves may have been granted. */
import { CASE_MOVED, type CaseMoved } from '@yichuang/caseflow'
import type { Outbox } from '../../platform/outbox.ts'
import { grantedAt } from './core/issuing.ts'
import { type IssueParts, issueFor } from './issue.ts'

export type ConsumersParts = Omit<IssueParts, 'outbox'> & { readonly outbox: Outbox }

export function consumers(parts: ConsumersParts): void {
  parts.outbox.consume(
    'certificates',
    [CASE_MOVED],
    (message, tx) => issueFor(tx, parts, message.payload as CaseMoved),
    // A registration is told to the open cases of its family, where people are at work.
    // What a later grant registers stands on what the earlier one did: after a parked one its family waits.
    { wants: (message) => grantedAt((message.payload as CaseMoved).events) !== null, batch: 1, holdsKey: true },
  )
}
