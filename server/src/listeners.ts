/** What hears of every move of a case: documents in its own transaction, the rooms by the outbox. The same for the server and for its operator. */
import { CASE_MOVED } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import { makeDocumentIssuer } from './engine/documents/issue.ts'
import type { Engine } from './engine/engine.ts'
import { caseMoved } from './engine/messages.ts'
import type { OnMove } from './engine/run.ts'
import { consumers as certificatesConsumers } from './modules/certificates/jobs.ts'
import { consumers as noticesConsumers } from './modules/notices/jobs.ts'
import type { Parties } from './modules/parties/public.ts'
import { consumers as reviewsConsumers } from './modules/reviews/jobs.ts'
import type { Outbox } from './platform/outbox.ts'
import { registered } from './registered.ts'

export function moveListeners({ pack, outbox }: { readonly pack: CityPack; readonly outbox: Outbox }): readonly OnMove[] {
  return [
    makeDocumentIssuer({ pack }),
    (tx, move) => outbox.publish(tx, { topic: CASE_MOVED, key: move.record.rootId, payload: caseMoved(move) }),
  ]
}

export type ConsumerParts = {
  readonly pack: CityPack
  readonly parties: Parties
  readonly outbox: Outbox
  readonly engine: Pick<Engine, 'tellFamily'>
  readonly sms: Parameters<typeof noticesConsumers>[0]['sms']
}

/** To be called before anything moves: messages are written for those who are known then. */
export function registerConsumers({ pack, parties, outbox, engine, sms }: ConsumerParts): void {
  certificatesConsumers({ pack, parties, outbox, onRegistered: (tx, root, party) => engine.tellFamily(tx, root, registered(party)) })
  noticesConsumers({ pack, parties, outbox, sms })
  reviewsConsumers({ pack, outbox })
}
