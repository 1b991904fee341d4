import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PlanField } from '@yichuang/contract'
import fc from 'fast-check'
import { checkForm, takenValue } from './form.ts'

function field(type: PlanField['type'], more: Partial<PlanField> = {}): PlanField {
  return { id: 'x', title: { zh: '某项', en: 'Something' }, type, required: true, editable: true, ...more }
}

const options = [
  { value: 'north', title: { zh: '北' } },
  { value: 'south', title: { zh: '南' } },
]
const columns = [field('text', { id: 'name' }), field('number', { id: 'share', max: 100, required: false })]

/** Type of field, what fits, what does not. */
const TABLE: readonly [string, PlanField, readonly unknown[], readonly unknown[]][] = [
  ['text', field('text', { max: 4, min: 2 }), ['二字', '四个汉字'], ['一', '五个字太多', 7, {}, ['二字']]],
  ['text of a pattern', field('text', { pattern: '^[A-Z]{2}$' }), ['AB'], ['ab', 'ABC']],
  ['text without a most', field('text'), ['x'.repeat(200)], ['x'.repeat(201)]],
  ['number', field('number', { min: 0, max: 9 }), [0, 9, '3.5', ' 4 '], [-1, 10, '十', '1e3', Number.NaN, true, '0x1']],
  ['money', field('money', { min: 1 }), [1, '10000.50'], [0, '一万', '1,000']],
  ['date', field('date'), ['2028-02-29', '2035-03-05'], ['2027-02-29', '2035-3-5', '2035-13-01', 20350305, 'tomorrow']],
  ['choice', field('choice', { options }), ['north'], ['west', 0, ['north']]],
  ['choice without options', field('choice'), [], ['north']],
  ['boolean', field('boolean'), [true, false], ['true', 1]],
  ['credit code', field('credit-code'), ['91990103MA900002XC', ' 91990103ma900002xc '], ['91990103MA900002XD', '91990103', 9]],
  ['mobile', field('mobile'), ['19900000001'], ['12345', 19900000001]],
  ['identity number', field('id-card'), ['990102199101010119'], ['990102199101010118', '990102199102300000']],
  [
    'list',
    field('list', { fields: columns }),
    [[{ name: '甲' }], [{ name: '甲', share: 50 }]],
    ['甲', [{}], [null], [{ name: '甲', share: 101 }], Array(51).fill({ name: '甲' })],
  ],
]

describe('form values', () => {
  for (const [name, one, fits, faulty] of TABLE) {
    it(`${name}: what fits and what does not`, () => {
      for (const value of fits) assert.deepEqual(checkForm([one], { x: value }), [], JSON.stringify(value))
      for (const value of faulty) assert.ok(checkForm([one], { x: value }).length > 0, JSON.stringify(value))
    })
  }

  it('names the row and column of a list, in both languages', () => {
    const [fault, ...others] = checkForm([field('list', { fields: columns })], { x: [{ name: '甲' }, { share: 1 }] })
    assert.deepEqual([fault?.path, others.length], ['x.1.name', 0])
    assert.match(fault?.words.zh ?? '', /请填写「某项」/)
    assert.equal(fault?.message, fault?.words.en)
  })

  it('an empty value is a fault only where one is required', () => {
    for (const value of [undefined, null, '', []]) {
      assert.equal(checkForm([field('text')], { x: value }).length, 1)
      assert.deepEqual(checkForm([field('text', { required: false })], { x: value }), [])
    }
  })

  it('takes what is written, else what is known; a fixed field keeps what is known', () => {
    const known = field('text', { value: '登记的名称' })
    assert.equal(takenValue(known, {}), '登记的名称')
    assert.equal(takenValue(known, { x: '' }), '登记的名称')
    assert.equal(takenValue(known, { x: '改过的' }), '改过的')
    assert.equal(takenValue({ ...known, editable: false }, { x: '改过的' }), '登记的名称')
    assert.equal(takenValue(field('text', { editable: false }), { x: '没有登记过' }), '没有登记过')
  })

  it('whatever comes as JSON is answered with faults that name their fields, never with an exception', () => {
    const fields = TABLE.map(([, one], i) => ({ ...one, id: `f${i}` }))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields.map((one) => one.id), 'other'), fc.jsonValue()), (values) => {
        for (const fault of checkForm(fields, values)) {
          assert.ok(fields.some((one) => fault.path === one.id || fault.path.startsWith(`${one.id}.`)))
          assert.ok(fault.words.zh.length > 3 && fault.words.en.length > 3)
        }
      }),
    )
  })
})
