/**
 * The embedded database: a real PostgreSQL started by us, in a folder of ours, reachable by nobody else. Survives the death of either side:
 * when we were killed it is adopted at the next start, when it was killed it is started again while we live.
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findPackage, layOut } from './binaries.ts'
import { isAlive, livingPostmaster, pidFile, removeForeignLock } from './postmaster.ts'
import { findHome, findIdentity, type Identity, ownFolder, run } from './runner.ts'
import { clusterSettings } from './settings.ts'

export type EmbeddedOptions = {
  /** The folder of `YICHUANG_DATA`; the cluster lives in `postgres/` below it. */
  readonly data: string
  readonly say?: (line: string) => void
  /** Off only for throw-away clusters of tests. */
  readonly durable?: boolean
  /** A loopback port with a password in place of a Unix socket; always so on Windows. */
  readonly port?: boolean
}

export type Embedded = {
  readonly url: string
  readonly folder: string
  /** Process id of the postmaster now. */
  pid(): Promise<number | null>
  /** Stops PostgreSQL unless another process still uses it. */
  stop(): Promise<void>
}

type Cluster = {
  readonly folder: string
  readonly bin: string
  readonly data: string
  readonly identity: Identity | null
  readonly durable: boolean
  readonly port: boolean
  readonly say: (line: string) => void
}

const DATABASE = 'yichuang'
/** How long a killed cluster may take to let go of its memory and recover. */
const PATIENCE_MS = 60_000

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const cluster = await prepare(options)
  await register(cluster)
  if (!existsSync(join(cluster.data, 'PG_VERSION'))) await initialise(cluster)
  const url = await ensureRunning(cluster)
  await ensureDatabase(url)
  let stopping = false
  let restart: Promise<void> | null = null
  const watch = setInterval(() => {
    // One at a time: two that start the same cluster would trip over each other.
    if (stopping || restart !== null) return
    restart = restartIfDead(cluster)
      .catch((error: Error) => cluster.say(`embedded PostgreSQL could not be started again: ${error.message}`))
      .finally(() => {
        restart = null
      })
  }, 1000)
  watch.unref()
  return {
    url: withDatabase(url, DATABASE),
    folder: cluster.folder,
    pid: () => livingPostmaster(cluster.data),
    stop: async () => {
      stopping = true
      clearInterval(watch)
      await restart
      await stopCluster(cluster)
    },
  }
}

async function prepare(options: EmbeddedOptions): Promise<Cluster> {
  const say = options.say ?? (() => {})
  const identity = findIdentity()
  const home = await findHome(options.data, identity)
  if (home.moved) say(`user ${identity?.name} cannot enter ${options.data}: PostgreSQL keeps its data in ${home.folder}`)
  const binaries = await findPackage()
  const dist = join(home.folder, `dist-${binaries.version}`)
  await layOut(binaries, dist)
  return {
    folder: home.folder,
    bin: join(dist, 'native', 'bin'),
    data: join(home.folder, 'data'),
    identity,
    durable: options.durable ?? true,
    port: options.port ?? process.platform === 'win32',
    say,
  }
}

async function initialise(cluster: Cluster): Promise<void> {
  const fresh = `${cluster.data}.new`
  await rm(fresh, { recursive: true, force: true })
  const secret = join(cluster.folder, 'password')
  await writeFile(secret, randomBytes(24).toString('hex'), { mode: 0o600 })
  if (cluster.identity !== null) await chown(secret, cluster.identity.uid, cluster.identity.gid)
  // With LC_CTYPE=C pg_trgm would be blind to Chinese; C.UTF-8 is missing on some systems, where the next one stands in.
  let ran = { code: 1, output: '' }
  for (const locale of ['C.UTF-8', 'en_US.UTF-8']) {
    const how = [`--locale=${locale}`, '--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--encoding=UTF8', '--no-instructions']
    const who = ['--username=yichuang', `--pwfile=${secret}`, cluster.port ? '--auth=scram-sha-256' : '--auth=trust']
    ran = await run(join(cluster.bin, 'initdb'), [`--pgdata=${fresh}`, ...how, ...who], cluster.identity)
    if (ran.code === 0) break
  }
  if (ran.code !== 0) throw new Error(`initdb failed: ${ran.output}; mend this or set DATABASE_URL`)
  await appendFile(join(fresh, 'postgresql.conf'), `\ninclude = 'yichuang.conf'\n`)
  await rename(fresh, cluster.data)
}

/** Brings the cluster to life, or adopts a living one. Answers the connection string of the maintenance database. */
async function ensureRunning(cluster: Cluster): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const pid = await livingPostmaster(cluster.data)
    if (pid === null) await start(cluster)
    const url = await address(cluster)
    if (url !== null && (await answers(url))) return url
    if (Date.now() > deadline) throw new Error(`embedded PostgreSQL does not answer; see ${join(cluster.folder, 'postgres.log')}`)
    await sleep(200)
  }
}

async function start(cluster: Cluster): Promise<void> {
  await removeForeignLock(cluster.data)
  const socket = await socketFolder(cluster)
  const port = cluster.port ? await freePort() : 5432
  const conf = join(cluster.data, 'yichuang.conf')
  await writeFile(conf, clusterSettings({ memory: totalmem(), durable: cluster.durable, socket, port }))
  if (cluster.identity !== null) await chown(conf, cluster.identity.uid, cluster.identity.gid)
  const log = join(cluster.folder, 'postgres.log')
  const ran = await run(join(cluster.bin, 'pg_ctl'), ['start', '-w', '-t', '60', '-D', cluster.data, '-l', log], cluster.identity)
  // After a kill the orphans may hold the shared memory for some seconds: the caller tries again.
  if (ran.code !== 0) cluster.say(`PostgreSQL is not up yet: ${ran.output.split('\n').at(-1) ?? ''}`)
}

async function restartIfDead(cluster: Cluster): Promise<void> {
  if ((await livingPostmaster(cluster.data)) !== null) return
  cluster.say('embedded PostgreSQL has died; starting it again')
  await ensureRunning(cluster)
}

/** A Unix socket path may have 107 bytes at most; a deep project gets a short private folder elsewhere. */
async function socketFolder(cluster: Cluster): Promise<string | null> {
  if (cluster.port) return null
  const near = join(cluster.folder, 'run')
  const short = join(tmpdir(), `yichuang-${createHash('sha256').update(cluster.folder).digest('hex').slice(0, 12)}`)
  const folder = Buffer.byteLength(near) <= 80 ? near : short
  await ownFolder(folder, 0o700, cluster.identity)
  return folder
}

/** Read from the running cluster's own notes: line 4 is the port, line 5 the socket folder. */
async function address(cluster: Cluster): Promise<string | null> {
  const lines = await pidFile(cluster.data)
  const port = lines[3]
  const socket = lines[4] ?? ''
  if (port === undefined || port === '') return null
  if (socket !== '') return `postgres://yichuang@/postgres?host=${encodeURIComponent(socket)}&port=${port}`
  const password = await readFile(join(cluster.folder, 'password'), 'utf8')
  return `postgres://yichuang:${password}@127.0.0.1:${port}/postgres`
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where pg_database.datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** The same cluster, another database of it. */
export function withDatabase(url: string, database: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*)\/[^?]*/, `$1/${database}`)
}

async function register(cluster: Cluster): Promise<void> {
  const users = join(cluster.folder, 'users')
  await mkdir(users, { recursive: true })
  await writeFile(join(users, String(process.pid)), '')
}

async function stopCluster(cluster: Cluster): Promise<void> {
  const users = join(cluster.folder, 'users')
  await rm(join(users, String(process.pid)), { force: true })
  for (const user of await readdir(users).catch(() => [])) {
    if (isAlive(Number(user))) return
    await rm(join(users, user), { force: true })
  }
  if ((await livingPostmaster(cluster.data)) === null) return
  const ran = await run(join(cluster.bin, 'pg_ctl'), ['stop', '-w', '-m', 'fast', '-t', '30', '-D', cluster.data], cluster.identity)
  if (ran.code !== 0 && (await livingPostmaster(cluster.data)) !== null) cluster.say(`PostgreSQL did not stop: ${ran.output}`)
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no free port'))))
    })
  })
}
