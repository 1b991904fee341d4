import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { endpoint, Uuid } from '@yichuang/contract'
import { ok, refuse } from '@yichuang/result'
import Type from 'typebox'
import { type Ask, ask, makeStage, tokenOf } from '../../../test/stage.ts'
import { assembled } from '../pg/statement.ts'

const Made = Type.Object({ n: Type.Integer() })
const add = endpoint({ id: 'test.add', at: 'POST /tests', summary: 'Adds', body: Type.Object({ n: Type.Integer() }), answer: Made })
const put = endpoint({ id: 'test.put', at: 'PUT /tests/:n', summary: 'Puts', params: Type.Object({ n: Type.Integer() }), answer: Made })
const versioned = endpoint({ id: 'test.versioned', at: 'GET /tests/:id', summary: 'Gets', params: Type.Object({ id: Uuid }), answer: Made })
const wrong = endpoint({ id: 'test.wrong', at: 'GET /wrong', summary: 'Lies', access: 'public', answer: Made })
const insert = assembled('insert into made (n) values ($1)', {})

const stage = await makeStage({
  more: (http) => {
    http.command(add, async ({ body, etag }, tx) => {
      await tx.run(insert, [body.n])
      if (body.n === 13) return refuse('tests/unlucky', 'thirteen is not taken; send another number')
      if (body.n === 500) throw new Error('the inside of the server')
      etag(body.n)
      return ok({ n: body.n })
    })
    http.command(put, async ({ params }, tx) => ok({ n: await tx.run(insert, [params.n]) }))
    http.answer(versioned, async ({ ifMatch }) => ok({ n: ifMatch() ?? 0 }))
    http.answer(wrong, async () => ok({ n: 'many' } as never))
  },
})
await stage.db.run(assembled('create table made (n int not null)', {}))
const token = await tokenOf(stage, 'anna')
const count = async () => (await stage.db.one(assembled('select count(*) as n from made', { n: 'int8' }))).n
const send = (path: string, how: Ask = {}, as = token) => ask(`${stage.url}/api/v1${path}`, how, as)
const key = (value: string) => ({ 'idempotency-key': value })

test('a command without a key is refused and changes nothing', async () => {
  const before = await count()
  const { status, body } = await send('/tests', { body: { n: 1 } })
  assert.deepEqual([status, body.code], [400, 'platform/idempotency-key-missing'])
  assert.equal(await count(), before)
})

test('the same key and request is answered again, with its headers, and carried out once', async () => {
  const before = await count()
  const mine = key(randomUUID())
  const first = await send('/tests', { body: { n: 7 }, headers: mine })
  const again = await send('/tests', { body: { n: 7 }, headers: mine })
  assert.deepEqual([first.status, first.body, first.headers.get('etag')], [200, { n: 7 }, '"7"'])
  assert.deepEqual([again.status, again.body, again.headers.get('etag')], [200, { n: 7 }, '"7"'])
  assert.deepEqual([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')], [null, 'true'])
  assert.equal((await count()) - before, 1)
})

test('twenty of the same at the same moment are carried out once', async () => {
  const before = await count()
  const mine = key(randomUUID())
  const answers = await Promise.all(Array.from({ length: 20 }, () => send('/tests', { body: { n: 8 }, headers: mine })))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.equal((await count()) - before, 1)
})

test('the same key with another request is refused; another person’s key is her own', async () => {
  const mine = key(randomUUID())
  await send('/tests', { body: { n: 1 }, headers: mine })
  const other = await send('/tests', { body: { n: 2 }, headers: mine })
  assert.deepEqual([other.status, other.body.code], [422, 'platform/idempotency-key-reused'])
  const hers = await send('/tests', { body: { n: 2 }, headers: mine }, await tokenOf(stage, 'bo'))
  assert.equal(hers.status, 200)
})

test('a refusal undoes what was written, and its key may be used again', async () => {
  const before = await count()
  const mine = key(randomUUID())
  const refused = await send('/tests', { body: { n: 13 }, headers: mine })
  assert.deepEqual([refused.status, refused.body.code], [422, 'tests/unlucky'])
  assert.match(String(refused.headers.get('content-type')), /^application\/problem\+json/)
  assert.equal(await count(), before)
  assert.equal((await send('/tests', { body: { n: 14 }, headers: mine })).status, 200)
})

test('a bug undoes what was written and tells only its number', async () => {
  const before = await count()
  const { status, body } = await send('/tests', { body: { n: 500 }, headers: key(randomUUID()) })
  assert.deepEqual([status, body.code], [500, 'platform/bug'])
  assert.ok(!JSON.stringify(body).includes('inside of the server'))
  assert.match(String(body.request), /^[0-9a-f-]{36}$/)
  assert.equal(await count(), before)
})

test('PUT is repeatable by nature and needs no key, but honours one', async () => {
  assert.equal((await send('/tests/5', { method: 'PUT' })).status, 200)
  const before = await count()
  const mine = key(randomUUID())
  await send('/tests/5', { method: 'PUT', headers: mine })
  await send('/tests/5', { method: 'PUT', headers: mine })
  assert.equal((await count()) - before, 1)
})

test('If-Match arrives as a version', async () => {
  const at = `/tests/${randomUUID()}`
  assert.deepEqual((await send(at, { headers: { 'if-match': '"3"' } })).body, { n: 3 })
  assert.equal((await send(at, { headers: { 'if-match': 'three' } })).status, 400)
})

test('an answer that breaks its own schema is a bug where answers are checked', async () => {
  assert.equal((await send('/wrong')).status, 500)
})

const BAD: readonly [string, string, Ask, number, string][] = [
  ['a body that is not JSON', '/tests', { body: '{"n":', headers: key('k1') }, 400, 'platform/body-unreadable'],
  [
    'a body of another type',
    '/tests',
    { body: 'n=1', headers: { ...key('k2'), 'content-type': 'text/plain' } },
    415,
    'platform/media-type-unsupported',
  ],
  ['a body without its field', '/tests', { body: {}, headers: key('k3') }, 400, 'platform/request-invalid'],
  [
    'a body that reaches for prototypes',
    '/tests',
    { body: '{"n":1,"__proto__":{"x":1}}', headers: key('k4') },
    400,
    'platform/body-unreadable',
  ],
  ['a body of two megabytes', '/tests', { body: { n: 1, x: 'x'.repeat(2 << 20) }, headers: key('k5') }, 413, 'platform/body-too-large'],
  ['an id that is none', '/tests/nobody', {}, 400, 'platform/request-invalid'],
  ['a key that is too long', '/tests', { body: { n: 1 }, headers: key('k'.repeat(201)) }, 400, 'platform/idempotency-key-missing'],
  ['a path that is not there', '/nowhere', {}, 404, 'platform/not-found'],
]
for (const [what, path, how, status, code] of BAD) {
  test(`${what} is ${status} ${code}, with how to mend it`, async () => {
    const answer = await send(path, how)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
    assert.ok(String(answer.body.detail).length > 10)
  })
}

test('without a session a command is refused before it is looked at', async () => {
  const { status, body } = await ask(`${stage.url}/api/v1/tests`, { body: { n: 1 }, headers: key('k6') })
  assert.deepEqual([status, body.code], [401, 'sessions/not-logged-in'])
})
