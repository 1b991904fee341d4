import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeOutbox } from '../../server/src/platform/outbox.ts'
import { openDatabase } from '../../server/src/platform/pg/database.ts'
import { makeLog } from '../../server/src/platform/telemetry.ts'
import { testDatabase, whenDone } from '../../server/test/harness.ts'
import { listAndRetry } from './parked.ts'

test('an operator sees what was given up, with its error, and gives it to the server again', async () => {
  const db = openDatabase(await testDatabase())
  whenDone(() => db.close())
  const outbox = makeOutbox({ db, log: makeLog('silent'), retryMs: () => 0 })
  let mended = false
  outbox.consume('ear', ['moved'], async () => {
    if (!mended) throw new Error('cannot be digested')
  })
  await db.tx((tx) => outbox.publish(tx, { topic: 'moved', key: 'a', payload: 1 }))
  await outbox.drain()
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  assert.equal(await listAndRetry(db, false, say), 1)
  assert.match(lines[0] ?? '', /^\d{4}-.*Z {2}message \d+ of moved for ear, key a: Error: cannot be digested$/)
  mended = true
  assert.equal(await listAndRetry(db, true, say), 0)
  assert.equal(lines.at(-1), '1 messages and 0 due moments will be tried again')
  assert.equal(await outbox.drain(), 1)
  assert.equal(await listAndRetry(db, false, say), 0)
  assert.equal(lines.at(-1), '0 messages and 0 due moments are parked')
})
