import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, day, inCity, longDay, monthsTitle, weekday } from './dates.ts'

test("a moment is read on the city's calendar, not on the reader's", () => {
  assert.deepEqual(inCity('2026-11-27T16:30:00.000Z'), { date: '2026-11-28', time: '00:30' })
  assert.deepEqual(inCity('2026-11-27'), { date: '2026-11-27', time: null })
})

test('a day carries its weekday, and its year when that is another one', () => {
  assert.equal(day('2026-11-27', '2026-01-01'), '11月27日 周五')
  assert.equal(day('2025-11-27', '2026-01-01'), '2025年11月27日 周四')
  assert.equal(longDay('2026-11-27'), '2026年11月27日')
})

test('days are added over months, years and leap days', () => {
  assert.equal(addDays('2026-12-31', 1), '2027-01-01')
  assert.equal(addDays('2028-03-01', -1), '2028-02-29')
  assert.equal(weekday('2026-11-27'), 5)
})

test('one month or two in a title', () => {
  assert.equal(monthsTitle('2026-11-02', '2026-11-27'), '2026年11月')
  assert.equal(monthsTitle('2026-11-27', '2026-12-01'), '2026年11月 – 2026年12月')
})
