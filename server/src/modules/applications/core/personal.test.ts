import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskField, maskForm, type Shape, unmaskForm } from './personal.ts'

const MOBILE: Shape = { id: 'mobile', type: 'mobile' }
const PARTNERS: Shape = {
  id: 'partners',
  type: 'list',
  fields: [
    { id: 'name', type: 'text' },
    { id: 'id_card', type: 'id-card' },
  ],
}
const FIELDS = [MOBILE, PARTNERS, { id: 'note', type: 'text' } as const]
const [FIRST, SECOND] = ['990102199101010119', '990102199201010220'] as const
// The same first three and last four digits as FIRST, on another day.
const ALIKE = '990102195001020119'
const row = (name: string, id_card: string) => ({ name, id_card })

test('whole numbers are masked, in lists too; what is half typed and what is no personal number stays', () => {
  assert.deepEqual(maskForm(FIELDS, { mobile: '19900000001', partners: [row('甲', FIRST)], note: '19900000001', other: 1 }), {
    mobile: '199****0001',
    partners: [row('甲', '990***********0119')],
    note: '19900000001',
    other: 1,
  })
  assert.equal(maskField(MOBILE, '1990'), '1990')
  assert.equal(maskField(MOBILE, ' 199 0000 0001'), '199****0001', 'as the check reads it')
  assert.equal(maskField(PARTNERS, '?'), '?')
})

test('a mask that comes back is what was saved; else what is known, and then nothing was written', () => {
  const sent = { mobile: '199****0001' }
  assert.deepEqual(unmaskForm(FIELDS, sent, { mobile: '19900000001' }), { mobile: '19900000001' })
  assert.deepEqual(unmaskForm([{ ...MOBILE, value: '19900000001' }], sent, {}), {})
  assert.deepEqual(unmaskForm([{ ...MOBILE, value: '19900000001' }], { mobile: '19900000002' }, {}), { mobile: '19900000002' })
  assert.deepEqual(unmaskForm([{ ...MOBILE, value: '19900000003' }], sent, {}), sent, 'a mask of something else hides nothing')
})

test('rows may go, come and move: a mask goes with its row', () => {
  const saved = { partners: [row('甲', FIRST), row('乙', SECOND)] }
  const [first, second] = (maskForm(FIELDS, saved).partners ?? []) as [object, object]
  const back = (partners: unknown) => unmaskForm(FIELDS, { partners }, saved).partners
  assert.deepEqual(back([first, second]), saved.partners)
  assert.deepEqual(back([second]), [row('乙', SECOND)])
  assert.deepEqual(back([row('丙', ALIKE), { ...first, name: '改名' }]), [row('丙', ALIKE), row('改名', FIRST)])
})

test('of two numbers that look alike none is guessed', () => {
  const masked = '990***********0119'
  const saved = { partners: [row('甲', FIRST), row('乙', ALIKE)] }
  const back = (partners: unknown) => unmaskForm(FIELDS, { partners }, saved).partners
  assert.deepEqual(back([row('乙', masked), row('甲', masked)]), [row('乙', ALIKE), row('甲', FIRST)], 'told apart by the rest of the row')
  assert.deepEqual(back([row('丙', masked)]), [row('丙', masked)])
})
