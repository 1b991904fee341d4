import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tidewater } from '../../../../test/rooms.ts'
import { assembleFacts, factName, factTitles } from './facts.ts'
import type { PartyRecord } from './vocabulary.ts'

const STALL: PartyRecord = {
  id: 'stall',
  kind: 'sole-trader',
  name: '示例·阿梅海味',
  creditCode: '92990102MA90000113',
  region: '990102001',
  regionPath: '990100/990102/990102001/',
  status: 'active',
  foundedOn: null,
  synthetic: true,
  recordedAt: '2026-03-02T01:00:00.000Z',
}
const row = (fact: string, value: unknown) => ({ fact, value, source: { zh: '某库' }, asOf: '2026-01-15' })

test('facts are nested by their dots and keep source and day', () => {
  const { facts, known } = assembleFacts(STALL, [row('has_boat', true), row('kitchen.taps', 2), row('kitchen.area', 9)], '2026-03-02')
  assert.deepEqual(facts.has_boat, true)
  assert.deepEqual(facts.kitchen, { taps: 2, area: 9 })
  assert.deepEqual(
    known.find((one) => one.fact === 'kitchen.area'),
    { fact: 'kitchen.area', value: 9, source: { zh: '某库' }, asOf: '2026-01-15' },
  )
})

test('the register goes before what others say of the same thing', () => {
  const { facts, known } = assembleFacts(STALL, [row('name', '旧名')], '2026-03-02')
  assert.equal(facts.name, '示例·阿梅海味')
  assert.deepEqual(
    known.filter((one) => one.fact === 'name').map((one) => one.value),
    ['示例·阿梅海味'],
  )
})

test('what is not known is absent, not null: unknown is not false', () => {
  const { facts } = assembleFacts({ ...STALL, creditCode: null }, [], '2026-03-02')
  assert.equal('credit_code' in facts, false)
  assert.equal('founded_on' in facts, false)
})

test('facts are called without their prefix and titled by the pack', async () => {
  assert.equal(factName('party.has_boat'), 'has_boat')
  assert.equal(factName('has_boat'), 'has_boat')
  const titles = factTitles(await tidewater())
  assert.equal(titles.get('name')?.zh, '摊主')
  assert.equal(titles.get('mobile')?.en, 'Mobile')
  assert.equal(titles.has('has_boat'), false, 'two questions start from it, neither is called so')
})
