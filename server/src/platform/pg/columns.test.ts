import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseInt8, parseTimestamptz } from './columns.ts'

const MOMENTS: readonly [string, string][] = [
  ['2026-03-02 01:00:00+00', '2026-03-02T01:00:00.000Z'],
  ['2026-03-02 01:00:00.5+00', '2026-03-02T01:00:00.500Z'],
  ['2026-03-02 23:59:59.999999+00', '2026-03-02T23:59:59.999Z'],
]
for (const [text, instant] of MOMENTS) test(`${text} is ${instant}`, () => assert.equal(parseTimestamptz(text), instant))
for (const text of ['infinity', '2026-03-02 09:00:00+08', '0044-03-15 12:00:00+00 BC']) {
  test(`${text} is refused rather than guessed`, () => assert.throws(() => parseTimestamptz(text), RangeError))
}

test('an int8 that a number cannot hold is refused', () => {
  assert.equal(parseInt8('9007199254740991'), 9007199254740991)
  assert.throws(() => parseInt8('9007199254740992'), RangeError)
})
