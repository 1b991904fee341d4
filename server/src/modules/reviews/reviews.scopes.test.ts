/** The list of ratings, as every role, against an oracle that knows who works where. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listReviews } from '@yichuang/contract'
import { openRoom, serve } from '../../../test/rooms.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { routes } from './routes.ts'
import { addReview } from './store.ts'

const room = await openRoom()
const { ask } = await serve(room, (http) => routes(http, { ...room, act: room.engine.act }))

const RATED: readonly (readonly [string, string])[] = [
  ['990102.hall', '990102001'],
  ['990102.harbour', '990102001'],
  ['990102.health', '990102002'],
  ['990102.fishery', '990102001'],
  ['990100.lighthouse', '990102001'],
  ['990103.harbour', '990103100'],
  ['990171.park', '990171001'],
]
await room.db.tx(async (tx) => {
  for (const [org, region] of RATED) {
    const regionPath = room.pack.regions.get(region)?.path ?? ''
    const at = room.now()
    await addReview(tx, { caseId: uuidv7(at), id: uuidv7(at), at, stars: 3, words: org, org, regionPath, matter: { zh: '某事项' } })
  }
})

const ORACLE: { readonly [person: string]: readonly string[] } = {
  mei: [],
  lan: ['990102.hall'],
  hai: ['990102.harbour'],
  wei: ['990102.health'],
  yu: ['990102.fishery'],
  deng: ['990100.lighthouse'],
  gang: ['990171.park'],
  du: RATED.map(([org]) => org), // supervises the whole city
}

test('the oracle speaks of everybody', () => {
  assert.deepEqual(Object.keys(ORACLE).sort(), room.pack.demo.people.map((person) => person.id).sort())
})

for (const [person, orgs] of Object.entries(ORACLE)) {
  test(`${person} reads ratings of ${orgs.length} organisations, in rows, count and average`, async () => {
    const { body } = await ask(person, listReviews)
    assert.deepEqual(body.rows.map((row) => row.words).sort(), [...orgs].sort())
    assert.equal(body.count.total, orgs.length)
    assert.equal(body.byStars[2], orgs.length)
    assert.equal(body.average, orgs.length === 0 ? null : 3)
  })
}

test('a guest reads nothing', async () => {
  assert.equal((await ask(null, listReviews)).status, 401)
})
