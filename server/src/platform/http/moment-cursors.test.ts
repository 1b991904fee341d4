import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeCursor } from './cursors.ts'
import { decodeMomentCursor } from './moment-cursors.ts'

test('what was encoded is decoded', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), fc.uuid(), (date, id) => {
      const at = date.toISOString()
      assert.deepEqual(decodeMomentCursor(encodeCursor([at, id])), { ok: true, value: { at, id } })
    }),
  )
})

test('no cursor is the first page', () => assert.deepEqual(decodeMomentCursor(undefined), { ok: true, value: null }))

const ID = '00000000-0000-7000-8000-000000000001'
const WRONG: readonly (readonly [string, readonly (string | number | null)[]])[] = [
  ['no moment', ['yesterday', ID]],
  ['a moment that does not exist', ['2026-13-45T00:00:00.000Z', ID]],
  ['no id', ['2026-03-02T01:00:00.000Z', 'first']],
  ['a number', ['2026-03-02T01:00:00.000Z', 7]],
  ['nothing', [null, null]],
  ['one part', ['2026-03-02T01:00:00.000Z']],
]
for (const [what, key] of WRONG) {
  test(`${what} is refused`, () => {
    const decoded = decodeMomentCursor(encodeCursor(key))
    assert.equal(decoded.ok ? '' : decoded.error.code, 'platform/cursor-invalid')
  })
}
