import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import fc from 'fast-check'
import { formatLimit, type Limit, limitText, parseLimit, UNITS } from './index.ts'

const READ: readonly (readonly [string, Limit, string, string])[] = [
  ['5 workdays', { n: 5, unit: 'workday' }, '5个工作日', '5 working days'],
  ['1 workday', { n: 1, unit: 'workday' }, '1个工作日', '1 working day'],
  ['instant', { n: 0, unit: 'workday' }, '即办', 'same day'],
  ['4 working-hours', { n: 4, unit: 'working-hour' }, '4个工作时', '4 working hours'],
  ['10 days', { n: 10, unit: 'day' }, '10个自然日', '10 calendar days'],
  ['3 months', { n: 3, unit: 'month' }, '3个月', '3 months'],
  ['2 hours', { n: 2, unit: 'hour' }, '2小时', '2 hours'],
  ['15 minutes', { n: 15, unit: 'minute' }, '15分钟', '15 minutes'],
  ['0.5 hours', { n: 0.5, unit: 'hour' }, '0.5小时', '0.5 hours'],
]

for (const [text, limit, zh, en] of READ) {
  test(`${text} is read, written and said`, () => {
    assert.deepEqual(unwrap(parseLimit(text)), limit)
    assert.equal(formatLimit(limit), text)
    assert.deepEqual([limitText(limit, 'zh'), limitText(limit, 'en')], [zh, en])
  })
}

test('Other writings of the same are read too', () => {
  assert.deepEqual(unwrap(parseLimit('0 workdays')), unwrap(parseLimit('instant')))
  assert.deepEqual(unwrap(parseLimit(' 5  workday ')), unwrap(parseLimit('5 workdays')))
})

for (const text of [
  '',
  '5',
  'workdays',
  '0.5 workdays',
  '1.5 days',
  '2.5 months',
  '-1 workdays',
  '5 weeks',
  '5workdays',
  '5 Workdays',
  '1e3 hours',
  '100001 hours',
  '5 workdays or so',
]) {
  test(`"${text}" is no limit`, () => {
    const result = parseLimit(text)
    assert.equal(result.ok, false)
    assert.equal(!result.ok && result.error.code, 'workday/limit-malformed')
    assert.equal(!result.ok && result.error.data?.text, text)
  })
}

test('What is written can be read again', () => {
  const limit = fc.record({ n: fc.integer({ min: 0, max: 100_000 }), unit: fc.constantFrom(...UNITS) }, { noNullPrototype: true })
  fc.assert(fc.property(limit, (given) => assert.deepEqual(unwrap(parseLimit(formatLimit(given))), given)))
})
