/** The city pack from its folder: every YAML and CSV file, its content hash as version, compiled; every fault with file and line. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { type CityPack, compilePack, type PackFile, type PackIssue } from '@yichuang/pack'
import { ok, type Result, refuse } from '@yichuang/result'

const KINDS = /\.(ya?ml|csv)$/

export async function readPackFiles(folder: string): Promise<PackFile[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = names.filter((entry) => entry.isFile() && KINDS.test(entry.name)).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    paths.sort().map(async (path) => ({ path: relative(folder, path).split(sep).join('/'), text: await readFile(path, 'utf8') })),
  )
}

/** First 12 hexadecimal digits of SHA-256 over the sorted files. */
export function packVersion(files: readonly PackFile[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.path}\0${file.text}\0`)
  return hash.digest('hex').slice(0, 12)
}

export type City = { readonly pack: CityPack; readonly files: readonly PackFile[] }

/** The pack with the files it came from. */
export async function openCity(folder: string): Promise<Result<City>> {
  const files = await readPackFiles(folder).catch(() => [])
  if (files.length === 0)
    return refuse('pack/not-found', `there is no city pack in ${folder}; set YICHUANG_PACK to a folder with pack.yaml in it`)
  const compiled = compilePack(files, { version: packVersion(files) })
  if (compiled.ok) return ok({ pack: compiled.value, files })
  return refuse(
    'pack/faulty',
    `the city pack in ${folder} has faults; mend them and start again:\n${compiled.error.slice(0, 50).map(issueLine).join('\n')}`,
  )
}

export async function loadCity(folder: string): Promise<Result<CityPack>> {
  const city = await openCity(folder)
  return city.ok ? ok(city.value.pack) : city
}

export function issueLine(issue: PackIssue): string {
  return `  ${issue.file}:${issue.line}:${issue.column} ${issue.severity} ${issue.code} ${issue.message}`
}
