import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase, whenDone } from '../../test/harness.ts'
import { makeJobs } from './jobs.ts'
import { openDatabase } from './pg/database.ts'
import { makeLog } from './telemetry.ts'

const db = openDatabase(await testDatabase())
whenDone(() => db.close())
const log = makeLog('silent')

test('a job leaves its runs, its failures and its last error', async () => {
  const jobs = makeJobs(db, log)
  const outcomes = [new Error('disk is shy'), null]
  jobs.every(3600, 'tidy', async () => {
    const outcome = outcomes.shift()
    if (outcome != null) throw outcome
  })
  assert.equal(await jobs.runNow('tidy'), true)
  const [failed] = await jobs.list()
  assert.deepEqual([failed?.runs, failed?.failures, failed?.error], [1, 1, 'Error: disk is shy'])
  await jobs.runNow('tidy')
  const [mended] = await jobs.list()
  assert.deepEqual([mended?.runs, mended?.failures, mended?.error], [2, 1, null])
  assert.ok(mended?.started_at !== null && mended?.finished_at !== null)
  await jobs.stop()
})

test('of two servers one runs a job, the other leaves it', async () => {
  const servers = [makeJobs(db, log), makeJobs(db, log)]
  let release = () => {}
  let entered = () => {}
  const inside = new Promise<void>((done) => (entered = done))
  const gate = new Promise<void>((done) => (release = done))
  let runs = 0
  for (const jobs of servers) {
    jobs.every(3600, 'alone', async () => {
      runs += 1
      entered()
      await gate
    })
  }
  const [first, second] = servers
  const running = first?.runNow('alone')
  await inside
  assert.equal(await second?.runNow('alone'), false)
  release()
  assert.equal(await running, true)
  assert.equal(runs, 1)
  for (const jobs of servers) await jobs.stop()
})

test('a job runs by itself, and stopping waits for the run in hand', async () => {
  const jobs = makeJobs(db, log)
  let entered = () => {}
  const inside = new Promise<void>((done) => (entered = done))
  let finished = false
  jobs.every(0.01, 'pulse', async () => {
    entered()
    await new Promise((done) => setTimeout(done, 30))
    finished = true
  })
  jobs.start()
  await inside
  await jobs.stop()
  assert.ok(finished)
})
