/** A house of its own for a benchmark: a throw-away PostgreSQL with every safety of the real one, and servers in processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { migrate, readMigrations } from '../../server/src/platform/migrations.ts'
import { clientConfig } from '../../server/src/platform/pg/database.ts'
import { startEmbedded, withDatabase } from '../../server/src/platform/pg/embedded.ts'

export const ROOT = join(import.meta.dirname, '..', '..')
const PATIENCE_MS = 60_000

export type House = {
  readonly folder: string
  readonly databaseUrl: string
  /** A fresh, migrated database in the same PostgreSQL; answers its address. */
  database(name: string): Promise<string>
  serve(options: ServeOptions): Promise<Served>
  /** PostgreSQL stopped and started again: settings of `alter system` come into force. */
  restart(): Promise<void>
  stop(): Promise<void>
}
export type ServeOptions = {
  readonly databaseUrl: string
  /** Folder of the pack from the root of the project. */
  readonly pack?: string
  /** The program; the product's own `main.ts` unless told. */
  readonly program?: string
}
export type Served = { readonly url: string; readonly pid: number; stop(): Promise<void> }

/** Everything it started goes with it, whatever ends the benchmark; a benchmark that takes longer than `minutes` is ended. */
export async function openHouse(minutes: number): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'yichuang-bench-'))
  let embedded = await startEmbedded({ data: folder })
  const servers: Served[] = []
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= (async () => {
      for (const server of servers) await server.stop()
      await embedded.stop()
      await rm(embedded.folder, { recursive: true, force: true })
      await rm(folder, { recursive: true, force: true })
    })()
    return stopped
  }
  const giveUp = (words: string) => {
    console.error(words)
    void stop().finally(() => process.exit(1))
  }
  setTimeout(() => giveUp(`more than ${minutes} minutes: given up`), minutes * 60_000).unref()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => giveUp(`${signal}: stopping`))
  process.once('uncaughtException', (error) => giveUp(String(error.stack)))
  process.once('unhandledRejection', (error) => giveUp(error instanceof Error ? String(error.stack) : String(error)))
  await migrate(embedded.url, await readMigrations())
  return {
    folder,
    databaseUrl: embedded.url,
    database: async (name) => {
      await withClient(embedded.url, (client) => client.query(`create database ${name}`))
      const url = withDatabase(embedded.url, name)
      await migrate(url, await readMigrations())
      return url
    },
    serve: async (options) => {
      const server = await serve(folder, options)
      servers.push(server)
      return server
    },
    restart: async () => {
      await embedded.stop()
      embedded = await startEmbedded({ data: folder })
    },
    stop,
  }
}

async function serve(folder: string, { databaseUrl, pack, program }: ServeOptions): Promise<Served> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    YICHUANG_DATA: folder,
    YICHUANG_DEMO: '1',
    LOG_LEVEL: 'warn',
    ...(pack === undefined ? {} : { YICHUANG_PACK: pack }),
  }
  const profile = process.env.BENCH_PROFILE === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
  const child = spawn(process.execPath, ['--no-warnings', ...profile, program ?? join(ROOT, 'server', 'src', 'main.ts')], {
    env,
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000)
    })
  }
  for (const deadline = Date.now() + PATIENCE_MS; !(await isUp(url)); await sleep(100)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${said}`)
  }
  const warned = said.length
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      await stopChild(child)
      if (process.env.BENCH_PROFILE !== undefined) console.error(said.slice(warned))
    },
  }
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await gone
  clearTimeout(late)
}

export async function isUp(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2000) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(clientConfig(url))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
