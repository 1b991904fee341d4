/** All source files of the project that git knows or would know: path from the root → text. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')
const IGNORED = new Set(['node_modules', '.git', '.runtime', 'var', 'dist', 'fonts', 'test-results'])

/** Files under version control, or (in an unpacked archive) all but what is built. */
export function projectFiles(root: string = ROOT): string[] {
  if (existsSync(join(root, '.git'))) {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    })
    return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
  }
  return walk(root, '')
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : walk(root, path)
    return [path]
  })
}

const CODE = /^(?:packages|server|web|tools|bench)\/.*\.(?:ts|tsx|mjs|cjs)$/

export function readSources(root: string = ROOT): Map<string, string> {
  const files = projectFiles(root).filter((path) => CODE.test(path))
  return new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}
