/**
 * From `npm start` to the first useful answers: the page, the health and the first answer of the API. The first run is that of a fresh copy of
 * the project with its packages installed: the pages are built, the database is made. Later runs find all of it. Run: `npm run bench start`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectFiles } from '../tools/sources.ts'
import { median } from './cases/crew.ts'
import { freePort, ROOT, stopChild } from './house/house.ts'
import { scaleOf } from './measure.ts'
import { report } from './report.ts'

const PATIENCE_MS = 180_000
const FIRST_GOAL_MS = 20_000
const LATER_GOAL_MS = 4000
/** What a newcomer asks for, in this order of usefulness. */
const ASKED = { health: '/api/health', page: '/', api: '/api/v1/bundles' } as const
type Times = { readonly [asked in keyof typeof ASKED]: number }

const laterRuns = Math.max(2, Math.round(5 * scaleOf(process.argv)))
const folder = mkdtempSync(join(tmpdir(), 'yichuang-bench-start-'))
// The user that runs PostgreSQL for root must come in: otherwise the data would lie elsewhere and stay there.
chmodSync(folder, 0o755)
let running: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end().finally(() => process.exit(1)))
try {
  copyProject()
  const first = await startOnce()
  console.log(`first run: ${words(first)}`)
  const later: Times[] = []
  for (let run = 0; run < laterRuns; run += 1) {
    const times = await startOnce()
    later.push(times)
    console.log(`later run: ${words(times)}`)
  }
  const all = (times: Times) => Math.max(...Object.values(times))
  const usual = median(later.map(all))
  await report(
    'start',
    [
      {
        what: 'first run after install: page, health and API',
        figure: all(first) / 1000,
        unit: ' s',
        goal: { words: '≤ 20 s', met: all(first) <= FIRST_GOAL_MS },
      },
      { what: 'later runs: page, health and API', figure: usual / 1000, unit: ' s', goal: { words: '≤ 4 s', met: usual <= LATER_GOAL_MS } },
      { what: 'later runs: health', figure: median(later.map((times) => times.health)) / 1000, unit: ' s' },
      { what: 'later runs: page', figure: median(later.map((times) => times.page)) / 1000, unit: ' s' },
      { what: 'later runs: first answer of the API', figure: median(later.map((times) => times.api)) / 1000, unit: ' s' },
    ],
    { laterRuns, first, later, pagesBuiltInFirstRun: existsSync(join(ROOT, 'web', 'index.html')) },
  )
} finally {
  await end()
}

/**
 * As a fresh clone: what is under version control, nothing that was built, and packages of its own. They are copied, never linked: the start may
 * install, npm empties the folder it installs into, and through a link that folder would be the real one.
 */
function copyProject(): void {
  for (const path of projectFiles()) cpSync(join(ROOT, path), join(folder, path))
  const modules = join(folder, 'node_modules')
  cpSync(join(ROOT, 'node_modules'), modules, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
  const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')))
  writeFileSync(join(modules, '.yichuang-lock'), lock.digest('hex'))
  refuseWayOut(modules)
}

/** Neither the folder nor a package of ours in it leads out of the copy. */
function refuseWayOut(modules: string): void {
  const places = [modules, ...readdirSync(join(modules, '@yichuang')).map((name) => join(modules, '@yichuang', name))]
  const out = places.find((place) => !realpathSync(place).startsWith(realpathSync(folder)))
  if (out !== undefined) throw new Error(`${out} leads out of the copy of the project: nothing is started there`)
}

async function startOnce(): Promise<Times> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: '',
    YICHUANG_DATA: join(folder, 'var'),
    LOG_LEVEL: 'error',
  }
  const began = performance.now()
  const child = spawn(process.execPath, ['tools/bootstrap.mjs', 'start'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  running = child
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000)
    })
  }
  const answered = async (path: string) => {
    while (!(await isThere(`http://127.0.0.1:${port}${path}`))) {
      if (child.exitCode !== null || performance.now() - began > PATIENCE_MS) throw new Error(`it did not start:\n${said}`)
      await sleep(20)
    }
    return performance.now() - began
  }
  const [health, page, api] = await Promise.all([answered(ASKED.health), answered(ASKED.page), answered(ASKED.api)])
  await stopChild(child)
  return { health, page, api }
}

async function isThere(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { accept: 'text/html, application/json' }, signal: AbortSignal.timeout(5000) })
    return response.ok && (await response.text()).length > 0
  } catch {
    return false
  }
}

async function end(): Promise<void> {
  if (running !== undefined) await stopChild(running)
  rmSync(folder, { recursive: true, force: true })
}

function words(times: Times): string {
  return Object.entries(times)
    .map(([asked, ms]) => `${asked} ${(ms / 1000).toFixed(1)} s`)
    .join(', ')
}
