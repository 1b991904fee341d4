/** 换发: a register that converts and permits that follow, on a city whose bundle does so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle, CityPack, Matter } from '@yichuang/pack'
import { actAs, openBundle, openRoom } from '../../../test/rooms.ts'
import { assembled, typed } from '../../platform/pg/statement.ts'
import { findOfParties } from './views.ts'

/** The opening of a stall as a conversion: the licence and the net tag are replaced instead of issued. */
function converting(pack: CityPack): CityPack {
  const replace = (matter: Matter): Matter => ({
    ...matter,
    results: matter.results.map((result) => ({ ...result, mode: 'replace' as const })),
  })
  const bundle = pack.bundles.get('open-stall') as Bundle
  const matters = new Map(pack.matters)
  for (const id of ['stall-registration', 'net-tag-filing']) matters.set(id, replace(matters.get(id) as Matter))
  const changed: Bundle = { ...bundle, register: [{ node: 'register', change: 'convert' }] }
  return { ...pack, matters, bundles: new Map(pack.bundles).set('open-stall', changed) }
}

const room = await openRoom(converting)
const { db, outbox, parties } = room
const children = assembled('select cases.id, cases.parent_step as step from cases where cases.parent_id = $1::uuid', {
  id: 'uuid',
  step: typed<string>('text'),
})

test('conversion keeps the holder; its certificates are replaced under their numbers', async () => {
  const root = await openBundle(room, {
    bundle: 'open-stall',
    party: 'mei-stall',
    applicant: 'mei',
    answers: { cooks: false, at_night: false, own_boat: true, insured: false },
    form: { stall_name: '示例·阿梅海味有限公司', quay: 'south' },
  })
  await actAs(room, 'lan', { case: root, step: 'intake', action: 'accept' })
  const of = async (step: string) => (await db.query(children, [root])).find((one) => one.step === step)?.id ?? assert.fail(step)
  const registering = await of('register')
  await actAs(room, 'hai', { case: registering, step: 'review', action: 'pass' })
  await actAs(room, 'hai', { case: registering, step: 'decide', action: 'grant' })
  await outbox.drain()
  await actAs(room, 'yu', { case: await of('tag'), step: 'handle', action: 'finish' })
  await outbox.drain()

  const party = await parties.findParty(db, 'mei-stall')
  assert.equal(party?.kind, 'enterprise')
  assert.equal(party?.name, '示例·阿梅海味有限公司')
  assert.equal(party?.creditCode, '92990102MA90000113')
  const rows = (await findOfParties(db, ['mei-stall'])).map(({ type, number, version, status, holder }) => ({
    type,
    number,
    version,
    status,
    holder,
  }))
  const holder = '示例·阿梅海味有限公司'
  assert.deepEqual(
    rows.sort((a, b) => (a.type + a.version < b.type + b.version ? -1 : 1)),
    [
      { type: 'net-tag', number: 'CW-0001', version: 1, status: 'replaced', holder: '示例·阿梅海味' },
      { type: 'net-tag', number: 'CW-0001', version: 2, status: 'valid', holder },
      { type: 'stall-licence', number: 'CT2026000001', version: 1, status: 'valid', holder },
    ],
  )
})
