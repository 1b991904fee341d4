/** What tests of the server stand on: a database of their own, cloned from a migrated template; a server of their own on a free port. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { CityPack, PackFile } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { type App, type AppOptions, createApp } from '../src/app.ts'
import { loadCity, readPackFiles } from '../src/city.ts'
import { type Config, readConfig } from '../src/config.ts'
import { withDatabase } from '../src/platform/pg/embedded.ts'
import { makeLog } from '../src/platform/telemetry.ts'
import { sharedCluster, TEMPLATE, withClient } from './cluster.ts'

const leftovers: (() => Promise<unknown>)[] = []
// Registered when the file is loaded: this belongs to the whole file, wherever the harness is called.
after(async () => {
  const failures: unknown[] = []
  for (const clean of leftovers.reverse()) await Promise.resolve(clean()).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
})

/** Done when the file's tests have run; the last first. */
export function whenDone(clean: () => Promise<unknown>): void {
  leftovers.push(clean)
}

/** Connection string of a fresh, migrated, empty database; it goes when the file's tests have run. */
export async function testDatabase(): Promise<string> {
  const cluster = await sharedCluster()
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await withClient(cluster, (client) => client.query(`create database ${name} template ${TEMPLATE}`))
  whenDone(() => withClient(cluster, (client) => client.query(`drop database if exists ${name} with (force)`)))
  return withDatabase(cluster, name)
}

/** While `work` runs, nobody can connect to the database, and whoever was connected is cut off. */
export async function withoutDatabase(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  const name = /^[^?]*\/([^/?]+)/.exec(databaseUrl)?.[1] ?? ''
  const cluster = withDatabase(databaseUrl, 'postgres')
  await withClient(cluster, async (client) => {
    await client.query(`alter database ${name} with allow_connections false`)
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  })
  try {
    await work()
  } finally {
    await withClient(cluster, (client) => client.query(`alter database ${name} with allow_connections true`))
  }
}

/** A folder that goes when the file's tests have run. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'yichuang-test-'))
  whenDone(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export type TestServer = {
  readonly app: App
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  readonly databaseUrl: string
  readonly config: Config
  stop(): Promise<void>
}

export type TestServerOptions = {
  /** Folder of the pack, from the root of the project; the imaginary city unless told. */
  readonly pack?: string
  readonly demo?: boolean
  /** An existing database, to start again on what another server left. */
  readonly databaseUrl?: string
  /** The product's time at the start, in demonstration mode: a moment ahead of the wall clock, or tests would depend on the day they run. */
  readonly at?: string
  /** Opens the place where an upload is written first: for full disks. */
  readonly openUpload?: AppOptions['openUpload']
  /** Plays the pack's demonstration cases first; tests have their own cases unless they ask for these. */
  readonly demonstrate?: AppOptions['demonstrate']
}

/** A Monday morning in years without a published calendar: Monday to Friday are working days, and nothing else is known of them. */
export const MONDAY = '2035-03-05T01:30:00.000Z'

/** The imaginary city, compiled; or the pack in another folder. */
export async function testCity(folder = 'packs/tidewater'): Promise<CityPack> {
  return unwrap(await loadCity(join(import.meta.dirname, '..', '..', folder)))
}

/** The files of the imaginary city, to be changed before they are compiled. */
export function testCityFiles(): Promise<PackFile[]> {
  return readPackFiles(join(import.meta.dirname, '..', '..', 'packs', 'tidewater'))
}

export type NewPerson = {
  readonly id: string
  readonly posts?: readonly { readonly desk: string; readonly org: string; readonly roles: readonly string[] }[]
  readonly actsFor?: readonly { readonly party: string; readonly as: 'owner' | 'legal-representative' | 'agent' }[]
}

/** Puts an invented person into the register of a server's database; in demonstration mode they log in by id. */
export async function addPerson(databaseUrl: string, { id, posts = [], actsFor = [] }: NewPerson): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const name = JSON.stringify({ zh: `示例·${id}` })
    await client.query('insert into people (person, name, synthetic) values ($1, $2, true)', [id, name])
    for (const { desk, org, roles } of posts)
      await client.query('insert into posts (person, desk, org, roles) values ($1, $2, $3, $4)', [id, desk, org, roles])
    for (const { party, as } of actsFor)
      await client.query("insert into party_people (party_id, person, as_role, since) values ($1, $2, $3, '1900-01-01')", [party, id, as])
  })
}

/** Moves the product's clock of a database ahead to a moment; for servers that are not started yet. */
export async function setClock(databaseUrl: string, at: string): Promise<void> {
  const ahead = Date.parse(at) - Date.now()
  if (ahead < 0) throw new Error(`${at} is past: the demonstration clock runs ahead of the wall clock only`)
  await withClient(databaseUrl, (client) => client.query('update demo_clock set offset_ms = $1', [ahead]))
}

export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const databaseUrl = options.databaseUrl ?? (await testDatabase())
  if (options.at !== undefined) await setClock(databaseUrl, options.at)
  const data = await testFolder()
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    YICHUANG_DATA: data,
    YICHUANG_PACK: options.pack ?? 'packs/tidewater',
    YICHUANG_DEMO: options.demo === false ? '0' : '1',
    LOG_LEVEL: 'error',
  })
  if (!config.ok) throw new Error(config.error.message)
  const { openUpload, demonstrate } = options
  const extra = { ...(openUpload === undefined ? {} : { openUpload }), ...(demonstrate === undefined ? {} : { demonstrate }) }
  const app = await createApp({ config: config.value, databaseUrl, log: makeLog('error'), checkAnswers: true, ...extra })
  const port = await app.http.door.listen(0, '127.0.0.1')
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= app.stop()
    return stopped
  }
  whenDone(stop)
  return { app, url: `http://127.0.0.1:${port}`, databaseUrl, config: config.value, stop }
}
