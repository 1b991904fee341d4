import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Bundle } from '@yichuang/pack'
import { checkAnswers } from './answers.ts'

const options = [
  { value: 'a', title: { zh: '甲' } },
  { value: 'b', title: { zh: '乙' } },
]
const question = (id: string, type: Bundle['questions'][number]['type'], more = {}) => ({
  id,
  type,
  text: { zh: id },
  prefill: [],
  ...more,
})
const bundle = {
  id: 'demo',
  questions: [
    question('cooks', 'boolean'),
    question('tables', 'number'),
    question('kind', 'choice', { options }),
    question('goods', 'choices', { options }),
  ],
} as unknown as Bundle

it('takes the values that a question allows', () => {
  const answers = { cooks: true, tables: 4, kind: 'a', goods: ['a', 'b'] }
  assert.deepEqual(checkAnswers(bundle, answers), { ok: true, value: answers })
  assert.deepEqual(checkAnswers(bundle, { goods: [] }), { ok: true, value: { goods: [] } })
})

it('null takes an answer back', () =>
  assert.deepEqual(checkAnswers(bundle, { cooks: null, tables: 2 }), { ok: true, value: { tables: 2 } }))

for (const [id, value] of [
  ['cooks', 'yes'],
  ['cooks', 1],
  ['tables', '4'],
  ['tables', Number.POSITIVE_INFINITY],
  ['kind', 'c'],
  ['kind', ['a']],
  ['goods', 'a'],
  ['goods', ['a', 'c']],
  ['boats', true],
] as const) {
  it(`refuses ${JSON.stringify(value)} to ${id} and says what would be right`, () => {
    const checked = checkAnswers(bundle, { [id]: value })
    assert.equal(checked.ok, false)
    if (checked.ok) return
    assert.equal(checked.error.code, 'applications/answer-invalid')
    assert.deepEqual(checked.error.data, { question: id })
    assert.match(checked.error.message, /Answer|Possible|asks/)
  })
}
