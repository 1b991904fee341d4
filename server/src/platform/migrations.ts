/**
 * Migrations: plain SQL files, `0001-what-it-does.sql`, applied once each in a fixed order (platform, engine, modules), each in a transaction.
 * A file that was applied may not change: its checksum is kept. One migrator at a time, by advisory lock.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import pg from 'pg'
import { clientConfig } from './pg/database.ts'
import { DatabaseUnavailable, isLost } from './pg/errors.ts'

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

/** Modules whose tables others refer to come first; the rest follows by name. */
const MODULES_FIRST = ['parties', 'matters', 'applications', 'certificates', 'notices', 'reviews']

const SERVER_SOURCE = join(import.meta.dirname, '..')

/** All migrations of the server in the order in which they apply. `source` is `server/src` unless told. */
export async function readMigrations(source: string = SERVER_SOURCE): Promise<Migration[]> {
  const rank = (module: string) => (MODULES_FIRST.includes(module) ? MODULES_FIRST.indexOf(module) : MODULES_FIRST.length)
  const modules = (await names(join(source, 'modules'))).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const rooms = ['platform', 'engine', ...modules.map((module) => join('modules', module))]
  const perRoom = await Promise.all(rooms.map((room) => readRoom(source, room)))
  return perRoom.flat()
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
}

async function readRoom(source: string, room: string): Promise<Migration[]> {
  const folder = join(source, room, 'migrations')
  const files = (await names(folder)).filter((file) => file.endsWith('.sql')).sort()
  const odd = files.find((file) => !/^\d{4}-[a-z0-9-]+\.sql$/.test(file))
  if (odd !== undefined) throw new Error(`migration ${join(folder, odd)} must be called like 0001-what-it-does.sql`)
  return Promise.all(files.map((file) => readMigration(source, join(folder, file))))
}

async function readMigration(source: string, path: string): Promise<Migration> {
  const sql = await readFile(path, 'utf8')
  const name = relative(source, path)
    .replaceAll('\\', '/')
    .replace('modules/', '')
    .replace('/migrations/', '/')
    .replace(/\.sql$/, '')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}

export class MigrationRefused extends Error {
  readonly code: string
  constructor(code: 'migrations/file-changed' | 'migrations/failed' | 'migrations/newer-schema', message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'MigrationRefused'
    this.code = code
  }
}

const LOCK = 'yichuang migrations'
const TABLE = `create table if not exists schema_migrations (
  name text primary key,
  checksum text not null,
  applied_at timestamptz not null default now()
)`

/** Brings the schema up to date; answers the names that were applied now. Running it again changes nothing. */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client(clientConfig(url))
  // A connection that breaks fails the statement in flight; the event itself must not end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [LOCK])
    await client.query(TABLE)
    const pending = await pendingOf(client, migrations)
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  } catch (error) {
    throw isLost(error) ? new DatabaseUnavailable(error) : error
  } finally {
    await client.end().catch(() => {})
  }
}

async function pendingOf(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select schema_migrations.name, schema_migrations.checksum from schema_migrations',
  )
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))
  const changed = migrations.find((m) => applied.has(m.name) && applied.get(m.name) !== m.checksum)
  if (changed !== undefined) {
    throw new MigrationRefused(
      'migrations/file-changed',
      `migration ${changed.name} was changed after it had been applied; restore the file and put the change into a new one`,
    )
  }
  const known = new Set(migrations.map((migration) => migration.name))
  const unknown = [...applied.keys()].find((name) => !known.has(name))
  if (unknown !== undefined) {
    throw new MigrationRefused(
      'migrations/newer-schema',
      `the database has migration ${unknown}, which this version does not know; run a newer version`,
    )
  }
  return migrations.filter((migration) => !applied.has(migration.name))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [migration.name, migration.checksum])
    await client.query('commit')
  } catch (error) {
    if (isLost(error)) throw error
    await client.query('rollback')
    throw new MigrationRefused(
      'migrations/failed',
      `migration ${migration.name} failed and was rolled back: ${(error as Error).message}`,
      error,
    )
  }
}
