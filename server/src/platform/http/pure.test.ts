import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import Type from 'typebox'
import { decodeCursor, encodeCursor } from './cursors.ts'
import { problem, Refused, refusalOf, statusOf } from './problems.ts'
import { checker, type Part } from './validation.ts'
import { etag, ifMatch } from './versions.ts'

const STATUSES: readonly [string, number][] = [
  ['sessions/not-logged-in', 401],
  ['parties/not-your-desk', 403],
  ['demo/not-a-demonstration', 403],
  ['cases/unknown', 404],
  ['applications/draft-unknown', 404],
  ['applications/material-unknown', 422],
  ['cases/changed-meanwhile', 409],
  ['reviews/already-rated', 409],
  ['files/too-large', 413],
  ['files/type-forbidden', 415],
  ['applications/material-missing', 422],
  ['files/disk-full', 507],
  ['platform/database-unavailable', 503],
]
for (const [code, status] of STATUSES) test(`${code} is ${status}`, () => assert.equal(statusOf(code), status))

test('a bug says nothing of the inside', () => {
  const { refusal, bug } = refusalOf(new Error('password of the database is 1234'))
  assert.ok(bug)
  assert.equal(refusal.code, 'platform/bug')
  assert.ok(!JSON.stringify(problem(refusal)).includes('1234'))
})

test('a lost connection is not a bug, whichever way it shows', () => {
  for (const error of [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), Object.assign(new Error('x'), { code: '57P01' })]) {
    assert.equal(refusalOf(error).refusal.code, 'platform/database-unavailable')
  }
})

const body = Type.Object({
  name: Type.String({ minLength: 2 }),
  stars: Type.Integer({ minimum: 1, maximum: 5 }),
  desk: Type.Optional(Type.Enum(['counter', 'department'])),
  rows: Type.Optional(Type.Array(Type.Object({ date: Type.String({ pattern: '^\\d{4}$' }) }))),
})
const faults = (value: unknown, part: Part = 'body') => {
  const result = checker(body, part)(value)
  if (!('error' in result)) return []
  assert.ok(result.error instanceof Refused)
  return (result.error.fields ?? []).map((field) => `${field.path} ${field.message}`)
}

test('each wrong field is named with what would be right', () => {
  assert.deepEqual(faults({ name: '株洲', stars: 5 }), [])
  assert.deepEqual(faults({ stars: 5 }), ['name is missing; send it'])
  assert.deepEqual(faults({ name: 'x', stars: 9, desk: 'bar', rows: [{ date: '20' }] }), [
    'name must have at least 2 characters',
    'stars must be 5 or less',
    'desk must be one of counter, department',
    'rows.0.date must match ^\\d{4}$',
  ])
  assert.deepEqual(faults('text'), [' must be of type object'])
})

test('numbers are read from the address, but never from a body', () => {
  assert.deepEqual(faults({ name: 'ab', stars: '5' }), ['stars must be of type integer'])
  assert.deepEqual(faults({ name: 'ab', stars: '5' }, 'querystring'), [])
})

test('a cursor leads back to its key', () => {
  const part = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (key) => {
      const read = decodeCursor(encodeCursor(key), key.length)
      assert.ok(read.ok)
      assert.deepEqual(read.value, key)
    }),
  )
})

for (const cursor of [
  '',
  'x',
  '%%%',
  encodeCursor(['one']),
  Buffer.from('{"a":1}').toString('base64url'),
  Buffer.from('[[1],2]').toString('base64url'),
]) {
  test(`the cursor ${JSON.stringify(cursor)} is refused for a key of two`, () => {
    const read = decodeCursor(cursor, 2)
    assert.ok(!read.ok && read.error.code === 'platform/cursor-invalid')
  })
}

const MATCHES: readonly [string | undefined, number | null | 'refused'][] = [
  [undefined, null],
  ['*', null],
  ['"7"', 7],
  ['W/"12"', 12],
  ['7', 'refused'],
  ['"seven"', 'refused'],
]
for (const [header, version] of MATCHES) {
  test(`If-Match ${header} is ${version}`, () => {
    const read = ifMatch(header)
    assert.equal(read.ok ? read.value : 'refused', version)
  })
}

test('an ETag leads back to its version', () => {
  const read = ifMatch(etag(42))
  assert.ok(read.ok && read.value === 42)
})
