/**
 * Backup of the embedded cluster while it runs, with what its three programs can do: `pg_backup_start`, copy, `pg_backup_stop`, and the
 * write-ahead log up to there. Restored, it recovers to the end of the copied log: every transaction that was acknowledged before the end is there.
 */
import { existsSync } from 'node:fs'
import { chmod, chown, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { livingPostmaster } from './postmaster.ts'
import { findHome, findIdentity, type Identity } from './runner.ts'

/** Contents that belong to the running cluster, not to the data (PostgreSQL manual, 25.3.4). */
const EMPTY = new Set(['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'])
const LEFT_OUT = /^(?:postmaster\.(?:pid|opts)|pg_internal\.init.*|pgsql_tmp.*|backup_label|tablespace_map)$/

export type BackedUp = { readonly files: number; readonly bytes: number }

/** Copies the cluster behind `url`, whose data folder is `<cluster>/data`, to `target` (which must not be there). */
export async function backupCluster(url: string, cluster: string, target: string): Promise<BackedUp> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query("select pg_backup_start('yichuang', true)")
    const data = join(cluster, 'data')
    const copied = await copyData(data, target)
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    await writeFile(join(target, 'backup_label'), rows[0]?.labelfile ?? '')
    const log = await copyLog(join(data, 'pg_wal'), join(target, 'pg_wal'))
    return { files: copied.files + log.files, bytes: copied.bytes + log.bytes }
  } finally {
    await client.end()
  }
}

async function copyData(from: string, to: string): Promise<BackedUp> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  let total: BackedUp = { files: 0, bytes: 0 }
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) {
      const inside = EMPTY.has(entry.name) ? await emptyFolders(source, target) : await copyData(source, target)
      total = sum(total, inside)
    } else if (entry.isFile()) total = sum(total, await copyOne(source, target))
  }
  return total
}

const NOTHING: BackedUp = { files: 0, bytes: 0 }
const sum = (a: BackedUp, b: BackedUp): BackedUp => ({ files: a.files + b.files, bytes: a.bytes + b.bytes })

/** PostgreSQL wants the folders themselves (`pg_wal/archive_status`) to be there. */
async function emptyFolders(from: string, to: string): Promise<BackedUp> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory() && from.endsWith('pg_wal')) await mkdir(join(to, entry.name), { mode: 0o700 })
  }
  return NOTHING
}

/** A table dropped or a segment recycled while we copy is no loss: the log says so too. */
async function copyOne(source: string, target: string): Promise<BackedUp> {
  try {
    const bytes = await readFile(source)
    await writeFile(target, bytes, { mode: 0o600 })
    return { files: 1, bytes: bytes.length }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING
    throw error
  }
}

async function copyLog(from: string, to: string): Promise<BackedUp> {
  const segments = (await readdir(from)).filter((name) => /^[0-9A-F]{24}$|\.history$/.test(name))
  let total = NOTHING
  for (const name of segments.sort()) total = sum(total, await copyOne(join(from, name), join(to, name)))
  return total
}

export class RestoreRefused extends Error {}

/** Puts a copy made by `backupCluster` in the place of the embedded cluster of `data`. What was there is kept beside and named. */
export async function restoreCluster(source: string, data: string): Promise<{ readonly folder: string; readonly kept: string | null }> {
  const identity = findIdentity()
  const home = await findHome(data, identity)
  const target = join(home.folder, 'data')
  if ((await livingPostmaster(target)) !== null) throw new RestoreRefused('the embedded PostgreSQL is running; stop the server first')
  if (!existsSync(join(source, 'backup_label'))) throw new RestoreRefused(`${source} is not a whole backup: it has no backup_label`)
  const fresh = `${target}.restored`
  await rm(fresh, { recursive: true, force: true })
  await copyTree(source, fresh, identity)
  const kept = existsSync(target) ? `${target}.before-${new Date().toISOString().replace(/[:.]/g, '-')}` : null
  if (kept !== null) await rename(target, kept)
  await rename(fresh, target)
  return { folder: home.folder, kept }
}

async function copyTree(from: string, to: string, identity: Identity | null): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target, identity)
    else {
      await copyFile(source, target)
      await own(target, 0o600, identity)
    }
  }
  await own(to, 0o700, identity)
}

async function own(path: string, mode: number, identity: Identity | null): Promise<void> {
  await chmod(path, mode)
  if (identity !== null) await chown(path, identity.uid, identity.gid)
}
