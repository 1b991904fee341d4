/** A city pack from its folder. Reading is here; what a pack means is in packages/pack. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CityPack, compilePack, formatIssue, type PackFile } from '@yichuang/pack'

export type PackFiles = {
  readonly files: readonly PackFile[]
  /** First 12 hex digits of SHA-256 over names and contents in order. */
  readonly version: string
}

export async function readPackFiles(folder: string): Promise<PackFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const named = paths.map((path) => path.replaceAll('\\', '/')).filter((path) => /\.(?:ya?ml|csv)$/.test(path))
  const files = await Promise.all(named.sort().map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })))
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\0${text}\0`)
  return { files, version: hash.digest('hex').slice(0, 12) }
}

/** Throws with every fault of the pack, by file and line. */
export async function loadPack(folder: string): Promise<CityPack> {
  const { files, version } = await readPackFiles(folder).catch((error: Error) => {
    throw new Error(`the pack in ${folder} cannot be read (${error.message}); YICHUANG_PACK must name a folder with a pack.yaml`)
  })
  const pack = compilePack(files, { version })
  if (pack.ok) return pack.value
  const faults = pack.error.map((issue) => formatIssue(issue))
  throw new Error(`the pack in ${folder} has ${faults.length} faults:\n${faults.join('\n')}`)
}
