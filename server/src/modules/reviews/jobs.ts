/** What runs from the outbox: ratings become rows that say nothing of who gave them. */

import { CASE_MOVED, type CaseMoved } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import { uuidv7 } from '../../platform/ids.ts'
import type { Outbox } from '../../platform/outbox.ts'
import type { Tx } from '../../platform/pg/database.ts'
import { addReview } from './store.ts'

export type ConsumersParts = { readonly outbox: Outbox; readonly pack: CityPack }

export function consumers({ outbox, pack }: ConsumersParts): void {
  outbox.consume('reviews', [CASE_MOVED], (message, tx) => project(tx, pack, message.payload as CaseMoved), {
    wants: (message) => (message.payload as CaseMoved).events.some((event) => event.type === 'rated'),
  })
}

async function project(tx: Tx, pack: CityPack, moved: CaseMoved): Promise<void> {
  for (const event of moved.events) {
    if (event.type !== 'rated') continue
    await addReview(tx, {
      caseId: moved.caseId,
      id: uuidv7(event.at),
      at: event.at,
      stars: event.stars,
      words: event.words,
      org: moved.org,
      regionPath: pack.regions.get(moved.region)?.path ?? '',
      matter: moved.title,
    })
  }
}
