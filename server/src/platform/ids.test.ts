import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from './ids.ts'

test('an id carries its moment, version and variant', () => {
  const id = uuidv7('2026-03-02T01:00:00.000Z')
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(Number.parseInt(id.replace(/-/g, '').slice(0, 12), 16), Date.parse('2026-03-02T01:00:00.000Z'))
})

test('ids of one millisecond keep their order and are never the same', () => {
  const ids = Array.from({ length: 20_000 }, () => uuidv7(1_800_000_000_000))
  assert.deepEqual([...ids].sort(), ids)
  assert.equal(new Set(ids).size, ids.length)
})

test('a later moment sorts later', () => {
  assert.ok(uuidv7(1_800_000_000_000) < uuidv7(1_800_000_000_001))
})
