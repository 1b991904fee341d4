/**
 * The server is killed without warning, again and again, while people work; then PostgreSQL is. What was acknowledged is there once,
 * what was not is there whole or not at all, every moment that came due fired once, and everybody who was to be told was told.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeFlows } from '../src/engine/flows.ts'
import { replayCases } from '../src/engine/replay.ts'
import { findEvents } from '../src/engine/store.ts'
import { migrate, readMigrations } from '../src/platform/migrations.ts'
import { type Database, openDatabase } from '../src/platform/pg/database.ts'
import { startEmbedded } from '../src/platform/pg/embedded.ts'
import { assembled } from '../src/platform/pg/statement.ts'
import { MONDAY, setClock, testCity, testDatabase, testFolder, whenDone } from './harness.ts'
import { type Load, startLoad } from './load.ts'
import { player } from './play.ts'
import { caseIds, checkRecord, PROJECTIONS, projectionsOf } from './projections.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const KILLS = 30
const WORKERS = 4

type Victim = {
  readonly url: string
  /** Starts the server unless it runs; waits until it is well, or only so many milliseconds. */
  start(ms?: number): Promise<void>
  kill(): Promise<void>
}

async function makeVictim(databaseUrl: string): Promise<Victim> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    ...{ PORT: String(port), DATABASE_URL: databaseUrl, YICHUANG_DATA: await testFolder(), YICHUANG_PACK: 'packs/tidewater' },
    ...{ YICHUANG_DEMO: '1', LOG_LEVEL: 'error', NODE_TEST_CONTEXT: '' },
  }
  let child: ChildProcess | undefined
  let words = ''
  const kill = async () => {
    const dying = child
    child = undefined
    if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return
    const gone = new Promise((done) => dying.once('exit', done))
    dying.kill('SIGKILL')
    await gone
  }
  whenDone(kill)
  return {
    url,
    start: async (ms = 60_000) => {
      if (child === undefined) {
        const fresh = spawn(process.execPath, [join(ROOT, 'server', 'src', 'main.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
        fresh.stderr.on('data', (chunk) => {
          words = (words + String(chunk)).slice(-4000)
        })
        fresh.stdout.resume()
        child = fresh
      }
      for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) {
        if (child?.exitCode !== null && child !== undefined) throw new Error(`the server ended by itself: ${words}`)
        if (await isWell(url)) return
      }
      if (ms === 60_000) throw new Error(`the server does not come up: ${words}`)
    },
    kill,
  }
}

async function isWell(url: string): Promise<boolean> {
  return fetch(`${url}/api/health`).then(
    (response) => response.ok,
    () => false,
  )
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** Waits until everything that is due has been done and delivered, by the server's own means. */
async function comeToRest(db: Database, url: string): Promise<string> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
    const { now } = await player(url).advance('PT0S')
    const waiting = await count(db, 'select count(*)::integer as n from outbox where outbox.parked_at is null')
    const due = assembled('select count(*)::integer as n from obligations where obligations.due_at <= $1::timestamptz', { n: 'int4' })
    if (waiting === 0 && (await db.one(due, [now])).n === 0) return now
  }
  throw new Error('the outbox or the queue of obligations does not empty')
}

async function count(db: Database, sql: string): Promise<number> {
  return (await db.one(assembled(sql, { n: 'int4' }))).n
}

async function audit(db: Database, url: string, load: Load): Promise<void> {
  const now = await comeToRest(db, url)
  assert.deepEqual(load.oddities, [])
  const ids = await caseIds(db)
  const pack = await testCity()
  for (const id of ids) await checkRecord(db, pack, id, now)
  await checkAcknowledged(db, load)
  await checkConsequences(db)
  const before = await projectionsOf(db)
  await replayCases(db, { pack, flows: makeFlows(pack) })
  const after = await projectionsOf(db)
  for (const table of Object.keys(PROJECTIONS) as (keyof typeof PROJECTIONS)[]) assert.deepEqual(after[table], before[table], table)
}

/** From the clients' log: what was acknowledged is in the record once, what nobody waited for once at most. */
async function checkAcknowledged(db: Database, load: Load): Promise<void> {
  const byCase = Map.groupBy(load.log, (sent) => sent.caseId)
  for (const [caseId, sents] of byCase) {
    const taken = (await findEvents(db, caseId)).flatMap((event) => (event.type === 'action-taken' ? [event] : []))
    for (const { action, step, text, end, person } of sents) {
      const found = taken.filter(
        (event) => event.action === action && (event.step ?? null) === step && (text === null || event.input.text === text),
      )
      const least = end === 'acknowledged' ? 1 : 0
      assert.ok(
        found.length >= least && found.length <= 1,
        `${action} of ${person} on ${caseId} was ${end} and is there ${found.length} times`,
      )
    }
  }
  for (const { caseId, party } of load.submitted) {
    const cases = await db.query(
      assembled('select cases.id from cases where cases.party_id = $1 and cases.parent_id is null', { id: 'uuid' }),
      [party],
    )
    assert.deepEqual(
      cases.map((row) => row.id),
      [caseId],
    )
  }
}

/** What one case raised in another, in the register and in the wallet happened with it, once. */
async function checkConsequences(db: Database): Promise<void> {
  const orphans = `select count(*)::integer as n from case_events e
    where e.type = 'child-opened' and not exists (select 1 from cases where cases.id = (e.data->>'childId')::uuid and cases.parent_id = e.case_id)`
  assert.equal(await count(db, orphans), 0, 'a part was opened in the record and has no case')
  const unheard = `select count(*)::integer as n from cases child join cases parent on parent.id = child.parent_id
    where child.status = 'ended' and parent.state->'steps'->child.parent_step->>'outcome' is null`
  assert.equal(await count(db, unheard), 0, 'a part ended and its bundle does not know')
  const decided = `select count(*)::integer as n from case_events e where e.type = 'action-taken' and e.data->>'action' = 'hand-over' and e.data->>'step' = 'deliver'
    and exists (select 1 from cases where cases.id = e.case_id and cases.matter = 'stall-registration')`
  const licences = `select count(*)::integer as n from certificates where certificates.type = 'stall-licence'`
  assert.equal(await count(db, licences), await count(db, decided), 'licences and decisions differ in number')
  assert.equal(await count(db, 'select count(*)::integer as n from outbox'), 0, 'a message was parked')
  const doubles = `select count(*)::integer as n from (select 1 from certificates group by certificates.case_id, certificates.type having count(*) > 1) twice`
  assert.equal(await count(db, doubles), 0, 'a certificate was issued twice')
}

describe('killed', () => {
  it(`the server, ${KILLS} times at random moments under load: nothing acknowledged is lost, nothing is half done, nothing happens twice`, async () => {
    const databaseUrl = await testDatabase()
    await setClock(databaseUrl, MONDAY)
    const victim = await makeVictim(databaseUrl)
    await victim.start()
    const load = await startLoad(victim.url, WORKERS)
    whenDone(async () => load.abort())
    for (let kills = 1; kills <= KILLS; kills += 1) {
      await sleep(Math.random() * 600)
      await victim.kill()
      // One in three dies again while it is coming up.
      await victim.start(kills % 3 === 0 ? 200 + Math.random() * 800 : undefined)
    }
    await victim.start()
    await load.stop()
    const db = openDatabase(databaseUrl)
    whenDone(() => db.close())
    assert.ok(load.repeats() > KILLS / 2, 'hardly a request was in flight when the server died')
    assert.ok(load.submitted.length > 10, `only ${load.submitted.length} families were begun`)
    await audit(db, victim.url, load)
  })

  it('PostgreSQL itself, by the kernel: it recovers, the server finds it again, and nothing acknowledged is lost', async () => {
    const data = await testFolder()
    const embedded = await startEmbedded({ data })
    whenDone(embedded.stop)
    await migrate(embedded.url, await readMigrations())
    await setClock(embedded.url, MONDAY)
    const victim = await makeVictim(embedded.url)
    await victim.start()
    const load = await startLoad(victim.url, WORKERS)
    whenDone(async () => load.abort())
    for (let kills = 0; kills < 2; kills += 1) {
      await sleep(1500 + Math.random() * 500)
      const pid = await embedded.pid()
      assert.ok(pid !== null)
      process.kill(pid, 'SIGKILL')
      while (await isWell(victim.url)) await sleep(10)
      for (const end = Date.now() + 60_000; Date.now() < end && !(await isWell(victim.url)); ) await sleep(50)
    }
    await sleep(500)
    await load.stop()
    const db = openDatabase(embedded.url)
    assert.ok(load.log.filter((sent) => sent.end === 'acknowledged').length > 20)
    await audit(db, victim.url, load)
    await victim.kill()
    await db.close()
  })
})
