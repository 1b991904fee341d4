/** The pages, built when they are missing or their sources have changed; otherwise nothing happens. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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
  const { code, output } = await runNode(
    'node_modules/vite/bin/vite.js',
    ['build', '--logLevel', 'warn', '--emptyOutDir'],
    join(ROOT, 'web'),
  )
  if (code !== 0) throw new Error(`${output}\n\nthe pages could not be built; mend what is said above and run this again`)
  writeFileSync(STAMP, wanted)
  console.log(`  done in ${((performance.now() - started) / 1000).toFixed(0)} s`)
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
