/** Every read path of parties, as every role, against an oracle that knows who acts for whom and where cases lie. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findParties, getParty, listMyParties } from '@yichuang/contract'
import { openBundle, openRoom, serve } from '../../../test/rooms.ts'
import { routes } from './routes.ts'

const room = await openRoom()
const { ask } = await serve(room, (http) => routes(http, { ...room, isWrittenDown: async () => false }))
await openBundle(room, { bundle: 'open-stall', party: 'mei-stall', applicant: 'mei', answers: {}, form: {} })

const PARTIES = ['mei-stall', 'tide-company']
/** Who sees which party, and why. */
const ORACLE: { readonly [person: string]: readonly string[] } = {
  mei: ['mei-stall'], // acts for it
  gang: ['tide-company'], // acts for it; no case of the stall in the zone
  lan: ['mei-stall'], // counter of its county; the company is of the harbour zone
  hai: ['mei-stall'], // harbour leads the bundle
  wei: [],
  deng: [],
  yu: [],
  du: ['mei-stall'], // supervises the region of the case
}

test('the oracle speaks of everybody', () => {
  assert.deepEqual(Object.keys(ORACLE).sort(), room.pack.demo.people.map((person) => person.id).sort())
})

for (const [person, visible] of Object.entries(ORACLE)) {
  for (const party of PARTIES) {
    test(`${person} ${visible.includes(party) ? 'sees' : 'does not see'} ${party}`, async () => {
      const answer = await ask(person, getParty, { params: { party } })
      assert.equal(answer.status, visible.includes(party) ? 200 : 404)
      const whole = JSON.stringify(answer.body)
      for (const secret of room.pack.demo.people.flatMap((one) => [one.idCard, one.mobile])) {
        assert.equal(whole.includes(secret), false, 'a number in full')
      }
    })
  }
  test(`${person} lists own parties only, and searches from a counter only`, async () => {
    const own = (await ask(person, listMyParties)).body.parties.map((party) => party.id)
    const acting = room.pack.demo.people.find((one) => one.id === person)?.actsFor.map((one) => one.party)
    assert.deepEqual(own, acting)
    const search = await ask(person, findParties, { query: { q: '示例' } })
    assert.equal(search.status, person === 'lan' ? 200 : 403)
  })
}

test('a guest sees nothing', async () => {
  for (const party of PARTIES) assert.equal((await ask(null, getParty, { params: { party } })).status, 401)
  assert.equal((await ask(null, listMyParties)).status, 401)
})
