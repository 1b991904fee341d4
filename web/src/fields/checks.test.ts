import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checkAddress,
  checkChoice,
  checkCreditCode,
  checkDate,
  checkIdCard,
  checkMobile,
  checkMoney,
  checkNumber,
  checkText,
} from './checks.ts'
import type { FieldShape } from './vocabulary.ts'

const field = (more: Partial<FieldShape> = {}): FieldShape => ({
  id: 'f',
  title: { zh: '甲' },
  type: 'text',
  required: true,
  editable: true,
  ...more,
})

test('a date must be a day that exists', () => {
  assert.equal(checkDate('2028-02-29'), null)
  for (const wrong of ['2026-02-29', '2026-02-30', '2026-13-01', '26-01-01', 'tomorrow'])
    assert.equal(checkDate(wrong)?.key, 'field.error.date', wrong)
})

test('money has at most two decimals and is not negative', () => {
  for (const right of [0, 0.01, 50000, 1234.56]) assert.equal(checkMoney(right, field()), null, String(right))
  for (const wrong of [-1, 0.001, 'fifty']) assert.equal(checkMoney(wrong, field())?.key, 'field.error.money', String(wrong))
  assert.deepEqual(checkMoney(0, field({ min: 1 })), { key: 'field.error.min', params: { n: 1 } })
})

test('a number keeps its bounds', () => {
  assert.equal(checkNumber(5, field({ min: 5, max: 12 })), null)
  assert.equal(checkNumber(4, field({ min: 5, max: 12 }))?.key, 'field.error.min')
  assert.equal(checkNumber(13, field({ min: 5, max: 12 }))?.key, 'field.error.max')
  assert.equal(checkNumber('12a', field())?.key, 'field.error.number')
})

test('a text is measured without its margins and matched as a whole', () => {
  assert.equal(checkText('  ab ', field({ min: 2 })), null)
  assert.deepEqual(checkText('abcd', field({ max: 3 })), { key: 'field.error.long', params: { n: 3, over: 1 } })
  assert.equal(checkText('a1', field({ pattern: '[a-z]+' }))?.key, 'field.error.pattern')
})

test('a choice is one of its options', () => {
  const shape = field({ options: [{ value: 'a', title: { zh: '甲' } }] })
  assert.equal(checkChoice('a', shape), null)
  assert.equal(checkChoice('b', shape)?.key, 'field.error.choose')
})

test('codes say what is wrong: length or check character', () => {
  assert.equal(checkCreditCode('92430211MA9001014F'), null)
  assert.equal(checkCreditCode('92430211MA9001014E')?.key, 'field.error.creditCode')
  assert.deepEqual(checkCreditCode('9243'), { key: 'field.error.creditCodeLength', params: { n: 4 } })
  assert.equal(checkIdCard('430211190002020022'), null)
  assert.equal(checkIdCard('430211190002020023')?.key, 'field.error.idCard')
  assert.equal(checkIdCard('43')?.key, 'field.error.idCardLength')
  assert.equal(checkMobile('19900000001'), null)
  assert.equal(checkMobile('29900000001')?.key, 'field.error.mobile')
  assert.equal(checkMobile('199****0001'), null, 'shown masked, left as it is')
  assert.equal(checkMobile('199****001')?.key, 'field.error.mobile')
  assert.equal(checkIdCard('990***********077X'), null)
})

test('an address goes down to the number', () => {
  assert.equal(checkAddress('天元区示范路 18 号'), null)
  assert.equal(checkAddress('天元区')?.key, 'field.error.address')
})
