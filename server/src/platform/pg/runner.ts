/** Whose programs run: PostgreSQL refuses to run as root, so root lends it the uid of `postgres` or `nobody`, and a place that uid can enter. */
import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, chown, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'

export type Identity = { readonly name: string; readonly uid: number; readonly gid: number }

/** Null for an ordinary user: programs run as ourselves. */
export function findIdentity(): Identity | null {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name)
    const gid = idOf('-g', name)
    if (uid !== null && gid !== null && uid !== 0) return { name, uid, gid }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it; create one, or set DATABASE_URL')
}

function idOf(flag: '-u' | '-g', name: string): number | null {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
  const id = Number.parseInt(stdout, 10)
  return status === 0 && Number.isInteger(id) ? id : null
}

export type Home = { readonly folder: string; readonly moved: boolean }

/** `<data>/postgres`, or a folder under /var/lib when the identity cannot enter the project (root's home has mode 0700, say). */
export async function findHome(data: string, identity: Identity | null): Promise<Home> {
  const folder = join(resolve(data), 'postgres')
  await mkdir(folder, { recursive: true, mode: 0o755 })
  if (identity === null) return { folder, moved: false }
  if (canEnter(folder, identity)) return { folder: await handOver(folder, identity), moved: false }
  const elsewhere = join('/var/lib/yichuang', createHash('sha256').update(folder).digest('hex').slice(0, 12))
  await mkdir(elsewhere, { recursive: true, mode: 0o755 })
  await chmod('/var/lib/yichuang', 0o755)
  return { folder: await handOver(elsewhere, identity), moved: true }
}

function canEnter(folder: string, identity: Identity): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'test -x "$0" && test -r "$0"', folder], { ...ids(identity), cwd: '/' })
  return status === 0
}

async function handOver(folder: string, identity: Identity): Promise<string> {
  await chown(folder, identity.uid, identity.gid)
  await chmod(folder, 0o755)
  return folder
}

const ids = (identity: Identity | null) => (identity === null ? {} : { uid: identity.uid, gid: identity.gid })

export type Ran = { readonly code: number; readonly output: string }

/** Runs a program to its end as the identity; never throws for an exit code. */
export function run(program: string, args: readonly string[], identity: Identity | null): Promise<Ran> {
  // A clean environment: settings for other PostgreSQL servers (PGDATA, PGPORT) must not reach this one.
  const env = process.platform === 'win32' ? {} : { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', HOME: '/' } }
  return new Promise((done) => {
    execFile(program, [...args], { ...ids(identity), cwd: '/', ...env, maxBuffer: 1 << 22 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      done({ code, output: `${stdout}${stderr}${code === 1 && error !== null && stderr === '' ? error.message : ''}`.trim() })
    })
  })
}

export async function ownFolder(folder: string, mode: number, identity: Identity | null): Promise<void> {
  await mkdir(folder, { recursive: true, mode })
  if (identity !== null) await chown(folder, identity.uid, identity.gid)
  await chmod(folder, mode)
}
