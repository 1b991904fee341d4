import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import { ask, makeStage } from '../../../test/stage.ts'
import { assembled } from '../pg/statement.ts'
import { hashPassword } from './passwords.ts'
import { accounts, deleteDeadSessions, MOST_FAILURES, openSession } from './store.ts'

const stage = await makeStage()
const PASSWORD = 'a long sentence nobody guesses'
await accounts.save(stage.db, 'anna', 'Anna@hall', unwrap(await hashPassword(PASSWORD)))

const sessions = `${stage.url}/api/v1/sessions`
const current = `${sessions}/current`
const logIn = (body: object, headers: Record<string, string> = {}) => ask(sessions, { body, headers })
const cookieOf = (headers: Headers) => (headers.get('set-cookie') ?? '').split(';')[0] ?? ''

test('a demonstration person logs in by name; the cookie is hers alone and scripts cannot read it', async () => {
  const { status, body, headers } = await logIn({ person: 'anna' }, { 'x-requested-with': 'yichuang' })
  assert.equal(status, 200)
  assert.deepEqual([body.person, body.token], ['anna', undefined])
  assert.match(headers.get('set-cookie') ?? '', /^yichuang_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const me = await ask(current, { headers: { cookie: cookieOf(headers) } })
  assert.deepEqual([me.status, me.body.person], [200, 'anna'])
})

test('a program gets a token and logs out with it', async () => {
  const { body } = await logIn({ person: 'bo' })
  const token = String(body.token)
  assert.equal((await ask(current, {}, token)).body.person, 'bo')
  assert.equal((await ask(current, { method: 'DELETE' }, token)).status, 200)
  const after = await ask(current, {}, token)
  assert.deepEqual([after.status, after.body.code], [401, 'sessions/not-logged-in'])
})

test('account and password work, whatever the case of the account', async () => {
  const { status, body } = await logIn({ account: 'anna@HALL', password: PASSWORD })
  assert.deepEqual([status, body.person], [200, 'anna'])
})

const WRONG: readonly [string, object, number, string][] = [
  ['nobody’s name', { person: 'ghost' }, 401, 'sessions/person-unknown'],
  ['the name of a real person', { person: 'real' }, 401, 'sessions/person-unknown'],
  ['no account at all', { account: 'ghost', password: PASSWORD }, 401, 'sessions/wrong-credentials'],
  ['nothing', {}, 401, 'sessions/wrong-credentials'],
]
for (const [what, body, status, code] of WRONG) {
  test(`${what} is ${code}`, async () => {
    const answer = await logIn(body)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  })
}

const unlock = (account: string) =>
  stage.db.run(
    assembled("update people_accounts set locked_until = now() - interval '1 second' where account = $1 and locked_until > now()", {}),
    [account],
  )

test('after five wrong passwords the account is locked, for the right one too, in the words of an account that is not there', async () => {
  await accounts.save(stage.db, 'bo', 'bo', unwrap(await hashPassword(PASSWORD)))
  for (let n = 0; n < MOST_FAILURES; n += 1) assert.equal((await logIn({ account: 'bo', password: 'wrong' })).status, 401)
  const locked = await logIn({ account: 'bo', password: PASSWORD })
  const nobody = await logIn({ account: 'ghost', password: PASSWORD })
  assert.deepEqual([locked.status, locked.body.code], [401, 'sessions/wrong-credentials'])
  assert.deepEqual([locked.status, locked.body.detail], [nobody.status, nobody.body.detail])
  assert.equal(await unlock('bo'), 1)
  assert.equal((await logIn({ account: 'bo', password: PASSWORD })).status, 200)
})

test('of many tries side by side only five are compared with the password', async () => {
  await accounts.save(stage.db, 'bo', 'bo', unwrap(await hashPassword(PASSWORD)))
  const tries = await Promise.all(Array.from({ length: 4 * MOST_FAILURES }, () => accounts.attempt(stage.db, 'bo')))
  assert.equal(tries.filter((tried) => tried !== null).length, MOST_FAILURES)
  assert.equal((await logIn({ account: 'bo', password: PASSWORD })).status, 401)
})

test('a right password takes the failures before it back, also as the last try before the lock', async () => {
  await accounts.save(stage.db, 'bo', 'bo', unwrap(await hashPassword(PASSWORD)))
  for (let round = 0; round < 2; round += 1) {
    for (let n = 1; n < MOST_FAILURES; n += 1) assert.equal((await logIn({ account: 'bo', password: 'wrong' })).status, 401)
    assert.equal((await logIn({ account: 'bo', password: PASSWORD })).status, 200)
  }
})

test('a session ends after its idle time, and is then deleted', async () => {
  const token = String((await logIn({ person: 'bo' })).body.token)
  await stage.db.run(assembled("update sessions set seen_at = now() - interval '9 hours' where person = 'bo'", {}))
  assert.equal((await ask(current, {}, token)).status, 401)
  assert.ok((await deleteDeadSessions(stage.db)) >= 1)
})

test('moving the demonstration clock logs nobody out', async () => {
  const token = String((await logIn({ person: 'anna' })).body.token)
  const moved = await ask(`${stage.url}/api/v1/demo/clock`, { body: { advance: 'P30D' } })
  assert.deepEqual([moved.status, moved.body.fired], [200, 0])
  assert.equal((await ask(current, {}, token)).status, 200)
})

test('a token in the database is a hash: a copy of the table opens nothing', async () => {
  const token = String((await logIn({ person: 'anna' })).body.token)
  const rows = await stage.db.query(assembled('select sessions::text as everything from sessions', { everything: 'text' }))
  const hex = Buffer.from(token).toString('hex')
  assert.ok(rows.every(({ everything }) => !everything.includes(token) && !everything.includes(hex)))
})

test('a foreign page cannot change anything with our cookie', async () => {
  const upload = `${stage.url}/api/v1/files`
  const cookie = cookieOf((await logIn({ person: 'anna' })).headers)
  const form = () => {
    const data = new FormData()
    data.set('file', new Blob(['%PDF-1.7 made up for this test']), 'a.pdf')
    return data
  }
  const foreign = await ask(upload, { body: form(), headers: { cookie } })
  assert.deepEqual([foreign.status, foreign.body.code], [403, 'platform/cross-site'])
  const told = await ask(upload, { body: form(), headers: { cookie, 'x-requested-with': 'yichuang', 'sec-fetch-site': 'cross-site' } })
  assert.equal(told.status, 403)
  const own = await ask(upload, { body: form(), headers: { cookie, 'x-requested-with': 'yichuang' } })
  assert.deepEqual([own.status, own.body.name], [200, 'a.pdf'])
})

test('an uploaded file is read by its owner and is not there for others', async () => {
  const [anna, bo] = [String((await logIn({ person: 'anna' })).body.token), String((await logIn({ person: 'bo' })).body.token)]
  const data = new FormData()
  data.set('file', new Blob(['%PDF-1.7 made up for this test']), '平面图.pdf')
  const { body } = await ask(`${stage.url}/api/v1/files`, { body: data }, anna)
  const at = `${stage.url}/api/v1/files/${body.file}`
  const mine = await ask(at, {}, anna)
  assert.deepEqual([mine.status, mine.text, mine.headers.get('content-type')], [200, '%PDF-1.7 made up for this test', 'application/pdf'])
  assert.match(mine.headers.get('content-security-policy') ?? '', /sandbox/)
  const [hers, nobodys] = [await ask(at, {}, bo), await ask(at)]
  assert.deepEqual([hers.status, hers.body.code, nobodys.status], [404, 'files/unknown', 401])
})

test('an upload without its part is told what to send', async () => {
  const token = String((await logIn({ person: 'anna' })).body.token)
  const other = new FormData()
  other.set('picture', new Blob(['x']), 'a.png')
  assert.equal((await ask(`${stage.url}/api/v1/files`, { body: other }, token)).status, 400)
  assert.equal((await ask(`${stage.url}/api/v1/files`, { body: {} }, token)).status, 415)
})

test('outside demonstration mode nobody logs in by name, and time stands where it is', async () => {
  const real = await makeStage({ demo: false })
  const byName = await ask(`${real.url}/api/v1/sessions`, { body: { person: 'anna' } })
  assert.deepEqual([byName.status, byName.body.code], [403, 'sessions/not-a-demonstration'])
  const people = await ask(`${real.url}/api/v1/demo/people`)
  assert.deepEqual([people.status, people.body.code], [403, 'demo/not-a-demonstration'])
  const clock = await ask(`${real.url}/api/v1/demo/clock`, { body: { advance: 'P1D' } })
  assert.deepEqual([clock.status, clock.body.code], [403, 'demo/not-a-demonstration'])
})

test('sessions of a demonstration end with it; one opened with a password goes on', async () => {
  const real = await makeStage({ demo: false })
  const [byName, byPassword] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')]
  const hashOf = (token: string) => createHash('sha256').update(token).digest()
  await openSession(real.db, hashOf(byName), 'anna', 'demonstration')
  await openSession(real.db, hashOf(byPassword), 'anna', 'password')
  const at = `${real.url}/api/v1/sessions/current`
  const [gone, goesOn] = [await ask(at, {}, byName), await ask(at, {}, byPassword)]
  assert.deepEqual([gone.status, gone.body.code, goesOn.status], [401, 'sessions/not-logged-in', 200])
})

test('a real person logs in with a password, beside a demonstration too', async () => {
  await accounts.save(stage.db, 'real', 'real', unwrap(await hashPassword(PASSWORD)))
  const { status, body } = await logIn({ account: 'real', password: PASSWORD })
  assert.deepEqual([status, body.person], [200, 'real'])
})
