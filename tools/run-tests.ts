/**
 * `npm test`: the checks, then every `*.test.ts`. With words behind it: only test files whose path contains one of them.
 * The last line is `N passed, N failed` (and `, N skipped`); the exit code follows.
 */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run as runNodeTests } from 'node:test'
import { inspect } from 'node:util'
import { ensureBrowser, INSTALL } from './browser.ts'
import { runChecks } from './run-check.ts'
import { makeFonts } from './run-start.ts'
import { projectFiles, ROOT } from './sources.ts'
import { buildWeb } from './web-build.ts'

export type Totals = { passed: number; failed: number; skipped: number }

const TEST_FILE = /^(?:packages|server|web|tools|bench)\/.*\.test\.tsx?$/
const NEEDS_BROWSER = /\.browser\.test\.ts$/
const LONGEST_MS = 20 * 60_000

export async function run(words: readonly string[]): Promise<void> {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 }
  if (words.length === 0) add(totals, { ...(await runChecks()), skipped: 0 })
  const chosen = projectFiles().filter((path) => TEST_FILE.test(path) && (words.length === 0 || words.some((word) => path.includes(word))))
  if (chosen.length === 0) throw new Error(`no test file's path contains ${words.join(' or ')}`)
  const files = await prepare(chosen, totals)
  add(totals, await runFiles(files))
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
  console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`)
  process.exitCode = totals.failed > 0 ? 1 : 0
}

function add(totals: Totals, more: Totals): void {
  totals.passed += more.passed
  totals.failed += more.failed
  totals.skipped += more.skipped
}

/** What some tests need: fonts for documents, pages and a browser for browser tests. Files that cannot run are counted as skipped. */
async function prepare(files: readonly string[], totals: Totals): Promise<string[]> {
  if (files.some((path) => path.startsWith('server/'))) await makeFonts()
  const browser = files.filter((path) => NEEDS_BROWSER.test(path))
  if (browser.length === 0) return [...files]
  if (await ensureBrowser()) {
    await buildWeb()
    return [...files]
  }
  console.log(`No browser (or no Chinese font), so these are skipped; this installs both, as root:  ${INSTALL}`)
  for (const path of browser) console.log(`- ${path} skipped`)
  totals.skipped += browser.length
  return files.filter((path) => !NEEDS_BROWSER.test(path))
}

async function runFiles(files: readonly string[]): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 }
  if (files.length === 0) return totals
  const concurrency = Math.max(2, availableParallelism())
  const started = performance.now()
  const stream = runNodeTests({ files: files.map((path) => join(ROOT, path)), concurrency, timeout: LONGEST_MS })
  stream.on('test:fail', (event) => {
    if (event.details.type === 'suite') return
    console.log(`✖ ${place(event.file)} › ${event.name}\n${reason(event.details.error).replace(/^/gm, '    ')}`)
  })
  stream.on('test:stderr', ({ message }) => process.stderr.write(message))
  stream.on('test:summary', ({ file, counts, duration_ms }) => {
    const failed = counts.tests - counts.passed - counts.skipped - counts.todo
    if (file === undefined) return add(totals, { passed: counts.passed, failed, skipped: counts.skipped + counts.todo })
    const parts = [`${counts.passed} passed`, failed > 0 ? `${failed} failed` : '', counts.skipped > 0 ? `${counts.skipped} skipped` : '']
    console.log(`${failed === 0 ? '✔' : '✖'} ${place(file)}  ${parts.filter(Boolean).join(', ')}  ${(duration_ms / 1000).toFixed(1)} s`)
  })
  // Somebody has to read the stream, or it stands still.
  for await (const _ of stream);
  console.log(`${files.length} test files in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  return totals
}

function place(file: string | undefined): string {
  return (file ?? '').replace(`${ROOT}/`, '')
}

function reason(error: Error): string {
  const cause = error.cause ?? error
  return inspect(cause, { depth: 4, colors: false, breakLength: 120 }).split('\n').slice(0, 40).join('\n')
}
