/** The pages, built when they are missing or their sources have changed; otherwise nothing happens. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFiles, ROOT } from './sources.ts'
import { runNode } from './steps.ts'

const DIST = join(ROOT, 'web', 'dist')
const STAMP = join(DIST, '.built-from')
const SOURCES = /^(?:web\/(?!test\/)|packages\/[^/]+\/src\/|package-lock\.json$)(?!.*\.test\.tsx?$)/

export async function buildWeb(): Promise<void> {
  if (!existsSync(join(ROOT, 'web', 'index.html'))) return
  const wanted = fingerprint()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  const started = performance.now()
  console.log('Building the pages …')
  // Built beside and then put in place: a server that starts or serves meanwhile always finds whole pages.
  const beside = join(ROOT, 'var', `pages-${process.pid}`)
  const { code, output } = await runNode(
    'node_modules/vite/bin/vite.js',
    ['build', '--logLevel', 'warn', '--outDir', beside, '--emptyOutDir'],
    join(ROOT, 'web'),
  )
  if (code !== 0) throw new Error(`${output}\n\nthe pages could not be built; mend what is said above and run this again`)
  writeFileSync(join(beside, '.built-from'), wanted)
  putInPlace(beside)
  console.log(`  done in ${((performance.now() - started) / 1000).toFixed(0)} s`)
}

function putInPlace(beside: string): void {
  const before = `${beside}-before`
  if (existsSync(DIST)) renameSync(DIST, before)
  renameSync(beside, DIST)
  rmSync(before, { recursive: true, force: true })
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const path of projectFiles()
    .filter((one) => SOURCES.test(one))
    .sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  return hash.digest('hex')
}
