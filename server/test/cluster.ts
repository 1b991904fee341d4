/**
 * One throw-away PostgreSQL for all test files of a run: the first that needs it starts it, the others find it by a lock file, and a guard
 * process stops it and deletes the folder when the run has ended, however it ended.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { migrate, readMigrations } from '../src/platform/migrations.ts'
import { startEmbedded, withDatabase } from '../src/platform/pg/embedded.ts'

export const TEMPLATE = 'yichuang_template'
const PATIENCE_MS = 120_000

/** Test files run as children of the runner: its process is the run. A file started by hand is a run of its own. */
const OWNER = process.env.NODE_TEST_CONTEXT === undefined ? process.pid : process.ppid
const BASE = join(tmpdir(), `yichuang-tests-${userInfo().uid}`)

/** Connection string of the shared cluster, with a migrated database called `TEMPLATE`. */
export async function sharedCluster(): Promise<string> {
  await mkdir(BASE, { recursive: true })
  const folder = join(BASE, `${OWNER}-${startOf(OWNER)}`)
  const first = await mkdir(folder).then(
    () => true,
    () => false,
  )
  if (first) return begin(folder)
  return waitFor(folder)
}

async function begin(folder: string): Promise<string> {
  await sweep()
  guard(folder)
  try {
    const embedded = await startEmbedded({ data: folder, durable: false })
    await writeFile(join(folder, 'home'), embedded.folder)
    await makeTemplate(embedded.url)
    await writeFile(join(folder, 'url'), embedded.url)
    return embedded.url
  } catch (error) {
    await writeFile(join(folder, 'failed'), String((error as Error).stack))
    throw error
  }
}

async function makeTemplate(url: string): Promise<void> {
  await withClient(url, (client) => client.query(`create database ${TEMPLATE}`))
  await migrate(withDatabase(url, TEMPLATE), await readMigrations())
}

async function waitFor(folder: string): Promise<string> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) {
    if (existsSync(join(folder, 'url'))) return readFile(join(folder, 'url'), 'utf8')
    if (existsSync(join(folder, 'failed'))) throw new Error(await readFile(join(folder, 'failed'), 'utf8'))
  }
  throw new Error(`the test cluster in ${folder} did not come up`)
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The guard outlives everybody: it has no terminal, no group and no parent that could take it along. */
function guard(folder: string): void {
  const script = join(import.meta.dirname, 'guard.ts')
  const child = spawn(process.execPath, [script, String(OWNER), startOf(OWNER), folder], { detached: true, stdio: 'ignore' })
  child.unref()
}

/** Clusters whose run is gone and whose guard was killed too. */
async function sweep(): Promise<void> {
  for (const name of await readdir(BASE)) {
    const [owner = '', start = ''] = name.split('-')
    if (startOf(Number(owner)) === start) continue
    spawn(process.execPath, [join(import.meta.dirname, 'guard.ts'), owner, start, join(BASE, name)], {
      detached: true,
      stdio: 'ignore',
    }).unref()
  }
}

/** A pid alone may be somebody else's later: with its start time it is not. Empty when there is no such process. */
export function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return existsSync('/proc/self') ? '' : aliveElsewhere(pid)
  }
}

function aliveElsewhere(pid: number): string {
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch {
    return ''
  }
}

export async function removeCluster(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
