/** The launcher against real clusters of its own: these are killed. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { testFolder, whenDone } from '../../../test/harness.ts'
import { backupCluster, restoreCluster } from './backup.ts'
import { type Database, openDatabase } from './database.ts'
import { type Embedded, type EmbeddedOptions, startEmbedded, withDatabase } from './embedded.ts'
import { assembled } from './statement.ts'

/** Open to the user that runs PostgreSQL for root; temporary folders are not. */
async function openFolder(): Promise<string> {
  const folder = await testFolder()
  await chmod(folder, 0o755)
  return folder
}

async function start(options: EmbeddedOptions): Promise<Embedded> {
  const embedded = await startEmbedded(options)
  whenDone(embedded.stop)
  return embedded
}

const insert = assembled('insert into kept (n) values ($1)', {})
const keptIn = async (db: Database) =>
  (await db.query(assembled('select kept.n from kept order by kept.n', { n: 'int4' }))).map((row) => row.n)

async function withDb<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase(url, { connections: 4 })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

test('what was acknowledged survives kill -9 of PostgreSQL, which comes back by itself', async () => {
  const said: string[] = []
  const embedded = await start({ data: await openFolder(), say: (line) => said.push(line) })
  await withDb(embedded.url, async (db) => {
    await db.run(assembled('create table kept (n int primary key)', {}))
    const acknowledged: number[] = []
    const pid = await embedded.pid()
    assert.ok(pid !== null)
    let dead = false
    const writer = (async () => {
      for (let n = 0; !dead; n += 1) {
        await db.run(insert, [n]).then(
          () => acknowledged.push(n),
          () => (dead = true),
        )
      }
    })()
    while (acknowledged.length < 50) await sleep(5)
    process.kill(pid, 'SIGKILL')
    await writer
    let kept: number[] | null = null
    while (kept === null) {
      await sleep(100)
      kept = await keptIn(db).catch(() => null)
    }
    const there = new Set(kept)
    assert.deepEqual(
      acknowledged.filter((n) => !there.has(n)),
      [],
    )
    assert.notEqual(await embedded.pid(), pid)
    assert.match(said.join('\n'), /has died; starting it again/)
  })
})

test('a server that was killed leaves PostgreSQL running; the next one adopts it and stops it in the end', async () => {
  const data = await openFolder()
  const source = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
    const e = await startEmbedded({ data: ${JSON.stringify(data)} }); console.log(await e.pid()); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module-typescript', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  child.kill('SIGKILL')
  await once(child, 'exit')
  const embedded = await start({ data })
  assert.equal(await embedded.pid(), Number(line.toString()))
  await embedded.stop()
  assert.equal(await embedded.pid(), null)
})

test('two processes share a cluster: the first that stops leaves it to the other', async () => {
  const data = await openFolder()
  const embedded = await start({ data })
  const source = `import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
    const e = await startEmbedded({ data: ${JSON.stringify(data)} }); await e.stop()`
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module-typescript', '-e', source], { stdio: 'inherit' })
  await once(child, 'exit')
  assert.notEqual(await embedded.pid(), null)
})

test('Chinese sorts by pinyin, is found inside words, and the cluster listens to nobody from outside', async () => {
  const embedded = await start({ data: await openFolder(), durable: false })
  await withDb(embedded.url, async (db) => {
    const sorted = await db.query(
      assembled("select word from (values ('株洲'), ('湘潭'), ('衡阳')) as w (word) order by word", { word: 'text' }),
    )
    assert.deepEqual(
      sorted.map(({ word }) => word),
      ['衡阳', '湘潭', '株洲'],
    )
    await db.run(assembled('create extension pg_trgm', {}))
    const found = await db.one(assembled("select array_length(show_trgm('天元区'), 1) as n", { n: 'int4' }))
    assert.ok(found.n > 0)
    const listens = await db.one(assembled("select current_setting('listen_addresses') as where_to", { where_to: 'text' }))
    assert.equal(listens.where_to, '')
  })
})

test('over a loopback port a password is asked for', async () => {
  const embedded = await start({ data: await openFolder(), durable: false, port: true })
  assert.match(embedded.url, /^postgres:\/\/yichuang:[0-9a-f]{48}@127\.0\.0\.1:\d+\/yichuang$/)
  await withDb(embedded.url, (db) => db.query(assembled('select 1 as one', { one: 'int4' })))
  await assert.rejects(
    withDb(embedded.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), (db) => db.query(assembled('select 1 as one', { one: 'int4' }))),
  )
})

test('in a place that only we may enter it runs all the same: here, or for root where its user can', async () => {
  const closed = join(await testFolder(), 'only for us')
  await mkdir(closed)
  await chmod(closed, 0o700)
  const said: string[] = []
  const embedded = await start({ data: closed, durable: false, say: (line) => said.push(line) })
  await withDb(embedded.url, (db) => db.query(assembled('select 1 as one', { one: 'int4' })))
  const root = process.getuid?.() === 0
  assert.equal(embedded.folder.startsWith('/var/lib/yichuang/'), root)
  assert.equal(/cannot enter/.test(said.join()), root)
  await embedded.stop()
  if (root) await rm(embedded.folder, { recursive: true, force: true })
})

test('a backup taken under load holds everything acknowledged before it ended, and is restored beside the old data', async () => {
  const embedded = await start({ data: await openFolder() })
  const target = join(await openFolder(), 'copy')
  const acknowledged: number[] = []
  await withDb(embedded.url, async (db) => {
    await db.run(assembled('create table kept (n int primary key)', {}))
    let going = true
    const writer = (async () => {
      for (let n = 0; going; n += 1) {
        await db.run(insert, [n])
        acknowledged.push(n)
      }
    })()
    while (acknowledged.length < 50) await sleep(5)
    const before = acknowledged.length
    const copied = await backupCluster(embedded.url, embedded.folder, target)
    going = false
    await writer
    assert.ok(copied.files > 100)
    acknowledged.length = before
  })
  const elsewhere = await openFolder()
  const old = await start({ data: elsewhere, durable: false })
  await assert.rejects(restoreCluster(target, elsewhere), /stop the server first/)
  await old.stop()
  const { folder, kept } = await restoreCluster(target, elsewhere)
  assert.ok(kept !== null && (await readdir(folder)).some((name) => kept.endsWith(name)))
  const restored = await start({ data: elsewhere })
  const there = new Set(await withDb(withDatabase(restored.url, 'yichuang'), keptIn))
  assert.deepEqual(
    acknowledged.filter((n) => !there.has(n)),
    [],
  )
})

test('half a backup is refused', async () => {
  await assert.rejects(restoreCluster(await openFolder(), await openFolder()), /not a whole backup/)
})
