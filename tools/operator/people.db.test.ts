/** A real installation is staffed by commands: a person, her posts, her account. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import { addPerson, addPost, endPost, makeParties } from '../../server/src/modules/parties/public.ts'
import { openDatabase } from '../../server/src/platform/pg/database.ts'
import { hashPassword } from '../../server/src/platform/sessions/passwords.ts'
import { testCity, testDatabase, testServer, whenDone } from '../../server/test/harness.ts'
import { save } from './database.ts'

const PASSWORD = 'a long sentence nobody guesses'
const url = await testDatabase()
const db = openDatabase(url)
whenDone(() => db.close())
const pack = await testCity()
const parties = makeParties({ pack, now: () => '2026-03-02T01:00:00.000Z' })
const HALL = { person: 'li.wei', desk: 'counter', org: '990102.hall', role: 'clerk' }
const codeOf = (answer: { ok: boolean; error?: { code: string } }) => (answer.ok ? 'ok' : answer.error?.code)

test('nobody gets an account, or a post, whom the register does not know', async () => {
  const hash = unwrap(await hashPassword(PASSWORD))
  await assert.rejects(save(url, 'li.wei', 'li.wei', hash), /the register knows nobody called li\.wei/)
  assert.equal(codeOf(await addPost(db, pack, HALL)), 'parties/person-unknown')
})

test('a person is entered once, with an id and numbers that can be right', async () => {
  const li = { person: 'li.wei', name: { zh: '示例·李某' }, idCard: '11010519491231002X', mobile: '19900000001' }
  const wrong = [{ person: 'Li Wei' }, { person: 'system' }, { person: 'mei' }, { idCard: '110105194912310021' }, { mobile: '123' }]
  const codes = []
  for (const fault of wrong) codes.push(codeOf(await addPerson(db, pack, { ...li, ...fault })))
  assert.ok(!codes.includes('ok'), codes.join())
  assert.deepEqual(codes.slice(0, 3), ['parties/person-id-invalid', 'parties/person-id-invalid', 'parties/person-already-there'])
  assert.equal(codeOf(await addPerson(db, pack, li)), 'ok')
  assert.equal(codeOf(await addPerson(db, pack, li)), 'parties/person-already-there')
  const principal = await parties.findPrincipal(db, 'li.wei')
  assert.deepEqual([principal?.demo, principal?.posts], [false, []])
})

test('posts are at desks and organisations of the pack, in roles it asks for; they come and go one by one', async () => {
  assert.equal(codeOf(await addPost(db, pack, { ...HALL, desk: 'kitchen' })), 'parties/desk-unknown')
  assert.equal(codeOf(await addPost(db, pack, { ...HALL, org: '990102.moon' })), 'parties/org-unknown')
  assert.equal(codeOf(await addPost(db, pack, { ...HALL, role: 'juggler' })), 'parties/role-unknown')
  const harbour = { ...HALL, desk: 'department', org: '990102.harbour' }
  for (const post of [HALL, HALL, { ...harbour, role: 'handler' }, { ...harbour, role: 'chief' }])
    assert.equal(codeOf(await addPost(db, pack, post)), 'ok')
  const posts = async () => (await parties.findPrincipal(db, 'li.wei'))?.posts.map(({ desk, org, roles }) => [desk, org, ...roles])
  assert.deepEqual(await posts(), [
    ['counter', '990102.hall', 'clerk'],
    ['department', '990102.harbour', 'handler', 'chief'],
  ])
  assert.equal(codeOf(await endPost(db, pack, { ...harbour, role: 'leader' })), 'parties/post-unknown')
  assert.equal(codeOf(await endPost(db, pack, { ...harbour, role: 'chief' })), 'ok')
  assert.equal(codeOf(await endPost(db, pack, { ...harbour, role: 'handler' })), 'ok')
  assert.deepEqual(await posts(), [['counter', '990102.hall', 'clerk']])
})

test('the posts of the demonstration stay the pack’s', async () => {
  assert.equal(codeOf(await addPost(db, pack, { ...HALL, person: 'lan' })), 'parties/person-of-demonstration')
})

test('outside demonstration mode she logs in with her account and works at her desk', async () => {
  await save(url, 'li.wei', 'li.wei', unwrap(await hashPassword(PASSWORD)))
  const server = await testServer({ databaseUrl: url, demo: false })
  const body = JSON.stringify({ account: 'li.wei', password: PASSWORD })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/api/v1/sessions`, { method: 'POST', headers, body })
  const session = (await response.json()) as { desks: string[] }
  assert.deepEqual([response.status, session.desks], [200, ['portal', 'counter']])
})
