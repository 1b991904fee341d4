/** Packs for the command line: read, check, say what is wrong where. */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { checkPack, formatIssue, type PackCheck } from '@yichuang/pack'
import { packVersion, readPackFiles } from '../server/src/city.ts'
import { ROOT } from './sources.ts'

export type Checked = PackCheck & { readonly errors: readonly string[]; readonly warnings: readonly string[] }

export async function checkPackFolder(folder: string): Promise<Checked> {
  if (!existsSync(join(folder, 'pack.yaml'))) throw new Error(`${folder} is not a pack: it has no pack.yaml`)
  const files = await readPackFiles(folder)
  const check = checkPack(files, { version: packVersion(files) })
  const lines = (severity: 'error' | 'warning') =>
    check.issues
      .filter((issue) => issue.severity === severity)
      .map((issue) => formatIssue({ ...issue, file: join(relative(ROOT, folder), issue.file) }))
  return { ...check, errors: lines('error'), warnings: lines('warning') }
}
