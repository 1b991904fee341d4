import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase, whenDone } from '../../test/harness.ts'
import { type Delivered, makeOutbox, type Outbox } from './outbox.ts'
import { parkedMessages } from './parked.ts'
import { type Database, openDatabase } from './pg/database.ts'
import { assembled } from './pg/statement.ts'
import { makeLog } from './telemetry.ts'

const log = makeLog('silent')

async function freshDatabase(): Promise<Database> {
  const db = openDatabase(await testDatabase())
  whenDone(() => db.close())
  return db
}

function outboxOn(db: Database): Outbox {
  const outbox = makeOutbox({ db, log, retryMs: () => 0 })
  whenDone(() => outbox.stop())
  return outbox
}

const say = (db: Database, outbox: Outbox, key: string, payload: unknown) =>
  db.tx((tx) => outbox.publish(tx, { topic: 'moved', key, payload }))
const left = (db: Database) =>
  db.query(
    assembled(
      'select outbox.consumer, outbox.attempts, outbox.error, outbox.parked_at is not null as parked from outbox order by id',
      LEFT,
    ),
  )
const LEFT = { consumer: 'text', attempts: 'int4', error: 'text?', parked: 'bool' } as const

test('each consumer of a topic hears each message, and only after the commit', async () => {
  const db = await freshDatabase()
  const outbox = outboxOn(db)
  const heard: string[] = []
  outbox.consume('first', ['moved'], async ({ payload }) => void heard.push(`first ${payload}`))
  outbox.consume('second', ['moved', 'other'], async ({ payload }) => void heard.push(`second ${payload}`))
  outbox.consume('third', ['other'], async () => void heard.push('third'))
  const undone = db.tx(async (tx) => {
    await outbox.publish(tx, { topic: 'moved', key: 'a', payload: 'undone' })
    throw new Error('no')
  })
  await assert.rejects(undone)
  await say(db, outbox, 'a', 'done')
  assert.equal(await outbox.drain(), 2)
  assert.deepEqual(heard.sort(), ['first done', 'second done'])
  assert.deepEqual(await left(db), [])
})

test('messages of one key come in order, whatever fails in between; other keys do not wait', async () => {
  const db = await freshDatabase()
  const outbox = outboxOn(db)
  const heard: string[] = []
  let failures = 2
  outbox.consume('c', ['moved'], async ({ key, payload }) => {
    if (key === 'a' && payload === 1 && failures > 0) {
      failures -= 1
      throw new Error('not yet')
    }
    heard.push(`${key}${payload}`)
  })
  for (const n of [1, 2, 3]) await say(db, outbox, 'a', n)
  await say(db, outbox, 'b', 1)
  await outbox.drain()
  assert.deepEqual(
    heard.filter((one) => one.startsWith('a')).filter((one, at, all) => all.indexOf(one) === at),
    ['a1', 'a2', 'a3'],
  )
  assert.ok(heard.includes('b1'))
  assert.deepEqual(await left(db), [])
})

test('a poisoned message is parked after ten tries with its error, and then its key goes on', async () => {
  const db = await freshDatabase()
  const outbox = outboxOn(db)
  const heard: unknown[] = []
  let tries = 0
  outbox.consume('c', ['moved'], async ({ payload, attempt }) => {
    if (payload !== 'poison') return void heard.push(payload)
    tries = attempt
    throw new Error('cannot be digested')
  })
  await say(db, outbox, 'a', 'poison')
  await say(db, outbox, 'a', 'food')
  await outbox.drain()
  assert.deepEqual([tries, heard], [10, ['food']])
  assert.deepEqual(await left(db), [{ consumer: 'c', attempts: 10, error: 'Error: cannot be digested', parked: true }])
  assert.equal(await outbox.lag(), 0)
})

test('where the consumer holds to the order, a parked message keeps back its key alone, until it is tried again', async () => {
  const db = await freshDatabase()
  const outbox = outboxOn(db)
  const heard: string[] = []
  let mended = false
  const take = (name: string) => async (message: Delivered) => {
    if (message.payload === 'poison' && !mended) throw new Error('cannot be digested')
    heard.push(`${name} ${message.key} ${message.payload}`)
  }
  outbox.consume('strict', ['moved'], take('strict'), { holdsKey: true })
  outbox.consume('loose', ['moved'], take('loose'))
  await say(db, outbox, 'a', 'poison')
  await say(db, outbox, 'a', 'food')
  await say(db, outbox, 'b', 'food')
  await outbox.drain()
  assert.deepEqual([...heard].sort(), ['loose a food', 'loose b food', 'strict b food'])
  assert.equal(await parkedMessages.count(db), 2)
  const shown = (await parkedMessages.list(db)).map(({ consumer, key, error }) => `${consumer} ${key} ${error}`)
  assert.deepEqual(shown.sort(), ['loose a Error: cannot be digested', 'strict a Error: cannot be digested'])
  mended = true
  heard.length = 0
  assert.equal(await parkedMessages.retry(db), 2)
  await outbox.drain()
  assert.deepEqual(
    heard.filter((one) => one.startsWith('strict')),
    ['strict a poison', 'strict a food'],
  )
  assert.deepEqual([await parkedMessages.count(db), await left(db)], [0, []])
})

test('what a handler wrote is undone with its failure, so that in the end it is there once', async () => {
  const db = await freshDatabase()
  await db.run(assembled('create table seen (payload text)', {}))
  const outbox = outboxOn(db)
  let failed = false
  outbox.consume('c', ['moved'], async (message: Delivered, tx) => {
    await tx.run(assembled('insert into seen (payload) values ($1)', {}), [String(message.payload)])
    if (failed) return
    failed = true
    throw new Error('after writing')
  })
  await say(db, outbox, 'a', 'one')
  await say(db, outbox, 'b', 'two')
  await outbox.drain()
  const rows = await db.query(assembled('select seen.payload from seen order by seen.payload', { payload: 'text' }))
  assert.deepEqual(rows, [{ payload: 'one' }, { payload: 'two' }])
})

test('two servers share the work: every message once', async () => {
  const db = await freshDatabase()
  const heard: unknown[] = []
  const servers = [outboxOn(db), outboxOn(db)]
  for (const one of servers) one.consume('c', ['moved'], async ({ payload }) => void heard.push(payload))
  const [first] = servers as [Outbox, Outbox]
  for (let n = 0; n < 200; n += 1) await say(db, first, `k${n % 7}`, n)
  while ((await Promise.all(servers.map((one) => one.drain()))).some((n) => n > 0));
  assert.deepEqual(
    heard.map(Number).sort((a, b) => a - b),
    Array.from({ length: 200 }, (_, n) => n),
  )
})

test('a running worker delivers by itself, what others wrote too; stopping waits for the message in hand', async () => {
  const db = await freshDatabase()
  const [writer, worker] = [outboxOn(db), outboxOn(db)]
  let begun = () => {}
  const inHand = new Promise<void>((done) => (begun = done))
  let finished = false
  writer.consume('c', ['moved'], async () => {})
  worker.consume('c', ['moved'], async () => {
    begun()
    await new Promise((done) => setTimeout(done, 50))
    finished = true
  })
  await worker.start()
  await say(db, writer, 'a', 1)
  await inHand
  await worker.stop()
  assert.ok(finished)
  assert.deepEqual(await left(db), [])
})
