import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import fc from 'fast-check'
import { lastDay, statusOn } from './validity.ts'

/** Issued on, valid for, last valid day: a period of years ends with the day before its anniversary. */
const TABLE: readonly [string, string | null, string | null][] = [
  ['2026-11-23', 'P5Y', '2031-11-22'],
  ['2026-01-01', 'P1Y', '2026-12-31'],
  ['2024-02-29', 'P1Y', '2025-02-27'],
  ['2024-02-29', 'P4Y', '2028-02-28'],
  ['2026-01-31', 'P1M', '2026-02-27'],
  ['2026-11-23', 'P30D', '2026-12-22'],
  ['2026-12-31', 'P1D', '2026-12-31'],
  ['2026-12-15', 'P1Y1M1D', '2028-01-15'],
  ['2026-11-23', null, null],
]
for (const [issued, validFor, last] of TABLE) {
  test(`issued ${issued} for ${validFor ?? 'ever'}: valid through ${last ?? 'ever'}`, () => {
    assert.equal(unwrap(lastDay(issued, validFor)), last)
  })
}

test('what is no duration of days is refused with an example', () => {
  for (const text of ['5Y', 'P', 'PT5H', 'P-1Y', 'P1.5Y', '']) {
    const refused = lastDay('2026-11-23', text)
    assert.equal(refused.ok ? '' : refused.error.code, 'certificates/duration-invalid', text)
  }
})

const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10))

test('longer is never shorter', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), (issued, years, more) => {
      assert.ok((unwrap(lastDay(issued, `P${years}Y`)) ?? '') <= (unwrap(lastDay(issued, `P${years + more}Y`)) ?? ''))
    }),
  )
})

test('a certificate is valid on its last day and expired on the next; only valid ones expire', () => {
  assert.equal(statusOn('valid', '2031-11-22', '2031-11-22'), 'valid')
  assert.equal(statusOn('valid', '2031-11-22', '2031-11-23'), 'expired')
  assert.equal(statusOn('valid', null, '2999-01-01'), 'valid')
  assert.equal(statusOn('replaced', '2031-11-22', '2032-01-01'), 'replaced')
})
