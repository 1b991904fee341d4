import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase, whenDone } from '../../../test/harness.ts'
import { openDatabase } from './database.ts'
import { brokenUnique, DatabaseUnavailable, TransactionLost } from './errors.ts'
import { assembled, json, statement, typed } from './statement.ts'

const url = await testDatabase()
const db = openDatabase(url)
whenDone(() => db.close())
await db.run(assembled('create table things (id int primary key, n int not null)', {}))

const put = statement('test.put', 'insert into things (id, n) values ($1, $2)')
const bump = statement('test.bump', 'update things set n = things.n + 1 where things.id = $1')
const all = statement('test.all', 'select things.id, things.n from things order by things.id', { id: 'int4', n: 'int4' })
const numberOf = async (id: number) => (await db.query(all)).find((row) => row.id === id)?.n

test('every declared type arrives as promised', async () => {
  const every = statement(
    'test.types',
    `select '0190a000-0000-7000-8000-000000000001'::uuid as u, 7::int8 as i, true as b, 1.50::numeric as m, date '2026-03-02' as d,
       timestamptz '2026-03-02 09:00:00+08' as t, $1::jsonb as j, null::text as nothing, array['株', '洲'] as list, '\\x01ff'::bytea as bytes`,
    {
      ...{ u: 'uuid', i: 'int8', b: 'bool', m: 'numeric', d: 'date', t: 'timestamptz' },
      ...{ j: typed<{ a: number[] }>('jsonb'), nothing: 'text?', list: 'text[]', bytes: 'bytea' },
    },
  )
  const row = await db.one(every, [json({ a: [1, 2] })])
  assert.deepEqual(row, {
    u: '0190a000-0000-7000-8000-000000000001',
    ...{ i: 7, b: true, m: '1.50', d: '2026-03-02', t: '2026-03-02T01:00:00.000Z', j: { a: [1, 2] }, nothing: null, list: ['株', '洲'] },
    bytes: Buffer.from([1, 255]),
  })
})

test('a transaction is all or nothing, and tells after the commit only', async () => {
  const told: string[] = []
  const failing = db.tx(async (tx) => {
    tx.onCommit(() => told.push('first'))
    await tx.run(put, [1, 1])
    throw new Error('no')
  })
  await assert.rejects(failing, /no/)
  assert.equal(await numberOf(1), undefined)
  await db.tx(async (tx) => {
    tx.onCommit(() => told.push('second'))
    await Promise.all([tx.run(put, [1, 1]), tx.run(bump, [1]), tx.run(bump, [1])])
    assert.deepEqual(told, [])
  })
  assert.equal(await numberOf(1), 3)
  assert.deepEqual(told, ['second'])
})

test('a failed statement that nobody waited for does not pass for success', async () => {
  const careless = db.tx(async (tx) => {
    await tx.run(put, [2, 1])
    tx.run(put, [2, 2]).catch(() => {})
  })
  await assert.rejects(careless, TransactionLost)
  assert.equal(await numberOf(2), undefined)
})

test('a broken unique rule is told by its name', async () => {
  await db.run(put, [3, 1])
  const error = await db.run(put, [3, 1]).catch((failure: unknown) => failure)
  assert.equal(brokenUnique(error), 'things_pkey')
})

test('a serialization failure is tried again when asked', async () => {
  await db.run(put, [4, 0])
  let begun = 0
  const raise = () =>
    db.tx(
      async (tx) => {
        begun += 1
        await tx.query(all)
        // Both have read before either writes: one of them must lose.
        await new Promise((done) => setTimeout(done, 30))
        await tx.run(bump, [4])
      },
      { isolation: 'serializable', retries: 5 },
    )
  await Promise.all([raise(), raise()])
  assert.equal(await numberOf(4), 2)
  assert.ok(begun > 2)
})

test('a connection that is cut is told as an unavailable database, and the next request works', async () => {
  const cut = db.tx(async (tx) => {
    const me = await tx.one(assembled('select pg_backend_pid() as pid', { pid: 'int4' }))
    await db.query(assembled('select pg_terminate_backend($1)::text as cut', { cut: 'text' }), [me.pid])
    await tx.query(all)
  })
  await assert.rejects(cut, DatabaseUnavailable)
  assert.ok((await db.query(all)).length > 0)
})

test('no server at all is an unavailable database', async () => {
  const nowhere = openDatabase('postgres://yichuang@127.0.0.1:1/nowhere')
  await assert.rejects(nowhere.query(all), DatabaseUnavailable)
  await assert.rejects(
    nowhere.tx(async () => {}),
    DatabaseUnavailable,
  )
  await nowhere.close()
})

test('one runner at a time holds a lock', async () => {
  const order = await db.locked('the lock', async () => {
    assert.equal(await db.locked('the lock', async () => 'second'), null)
    return 'first'
  })
  assert.equal(order, 'first')
  assert.equal(await db.locked('the lock', async () => 'third'), 'third')
})

test('a listener hears what is said, also after its connection was cut', async () => {
  const heard: string[] = []
  let wake = () => {}
  const stop = await db.listen(['talk'], (_channel, payload) => {
    heard.push(payload)
    wake()
  })
  const hears = async (word: string) => {
    while (!heard.includes(word)) {
      await db.query(assembled(`select pg_notify('talk', $1)::text as told`, { told: 'text' }), [word])
      await Promise.race([new Promise<void>((done) => (wake = done)), new Promise((done) => setTimeout(done, 100))])
    }
  }
  await hears('before')
  await db.query(
    assembled(`select pg_terminate_backend(pid)::text as cut from pg_stat_activity where query = 'listen "talk"'`, { cut: 'text' }),
  )
  await hears('after')
  await stop()
})
