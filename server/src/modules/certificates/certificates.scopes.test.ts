/** Every read path of certificates, as every role, against an oracle that knows who acts for whom and where cases lie. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getCertificate, listCertificates } from '@yichuang/contract'
import { actAs, openBundle, openRoom, serve } from '../../../test/rooms.ts'
import { assembled, typed } from '../../platform/pg/statement.ts'
import { routes } from './routes.ts'

const room = await openRoom()
const { ask } = await serve(room, (http) => routes(http, room))

const root = await openBundle(room, {
  bundle: 'open-stall',
  party: 'mei-stall',
  applicant: 'mei',
  answers: { cooks: false, at_night: false, own_boat: false, insured: false },
  form: { stall_name: '示例·新摊', quay: 'north' },
})
await actAs(room, 'lan', { case: root, step: 'intake', action: 'accept' })
const child = await room.db.one(assembled('select cases.id from cases where cases.parent_id = $1::uuid', { id: 'uuid' }), [root])
await actAs(room, 'hai', { case: child.id, step: 'review', action: 'pass' })
await actAs(room, 'hai', { case: child.id, step: 'decide', action: 'grant' })
await room.outbox.drain()

const all = assembled('select certificates.id, certificates.party_id as party, certificates.type from certificates', {
  id: 'uuid',
  party: 'text',
  type: typed<'net-tag' | 'stall-licence'>('text'),
})
const CERTIFICATES = await room.db.query(all)
const BOTH = ['net-tag', 'stall-licence']
/** Who sees which certificate, and why. */
const ORACLE: { readonly [person: string]: readonly string[] } = {
  mei: BOTH, // acts for the stall, and for the company that was founded
  lan: BOTH, // took the case of the stall in
  hai: BOTH, // leads the bundle, issued the licence
  du: BOTH, // supervises the region
  wei: [],
  deng: [],
  yu: [], // issued the net tag long ago; sees no case of its holder now
  gang: [],
}

test('the oracle speaks of everybody and of every certificate', () => {
  assert.deepEqual(Object.keys(ORACLE).sort(), room.pack.demo.people.map((person) => person.id).sort())
  assert.deepEqual(CERTIFICATES.map(({ type }) => type).sort(), BOTH)
})

for (const [person, visible] of Object.entries(ORACLE)) {
  for (const { id, party, type } of CERTIFICATES) {
    test(`${person} ${visible.includes(type) ? 'sees' : 'does not see'} the ${type}`, async () => {
      const one = await ask(person, getCertificate, { params: { certificate: id } })
      assert.equal(one.status, visible.includes(type) ? 200 : 404)
      const listed = await ask(person, listCertificates, { query: { party } })
      assert.deepEqual(
        listed.body.certificates.map((certificate) => certificate.type),
        visible.includes(type) ? [type] : [],
      )
    })
  }
  test(`the wallet of ${person} holds what their parties hold`, async () => {
    const wallet = (await ask(person, listCertificates)).body.certificates.map((certificate) => certificate.type)
    assert.deepEqual(wallet.sort(), person === 'mei' ? BOTH : [])
  })
}

test('a guest sees nothing but what verification shows', async () => {
  assert.equal((await ask(null, listCertificates)).status, 401)
  for (const { id } of CERTIFICATES) assert.equal((await ask(null, getCertificate, { params: { certificate: id } })).status, 401)
})
