/** A server to play against: the one that runs, or one of our own on a throw-away database. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../sources.ts'

export type TourServer = { readonly url: string; stop(): Promise<void> }

const PATIENCE_MS = 90_000

export async function findServer(given?: string): Promise<TourServer> {
  const url = (given ?? `http://127.0.0.1:${process.env.PORT ?? 8430}`).replace(/\/$/, '')
  if (await answers(url)) return { url, stop: async () => {} }
  if (given !== undefined) throw new Error(`no server answers at ${given}/api/health; start it with npm start, or leave --url out`)
  return startOwn()
}

async function startOwn(): Promise<TourServer> {
  const folder = await mkdtemp(join(tmpdir(), 'yichuang-tour-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  console.log('没有正在运行的服务，先起一个临时的 / no server is running, starting one on a throw-away database …')
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: '',
    YICHUANG_DATA: folder,
    YICHUANG_DEMO: '1',
    LOG_LEVEL: 'error',
  }
  const child = spawn(process.execPath, ['--no-warnings', join(ROOT, 'server', 'src', 'main.ts')], {
    env,
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const deadline = Date.now() + PATIENCE_MS
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${said}`)
    await sleep(200)
  }
  return { url, stop: () => stopOwn(child, folder) }
}

async function stopOwn(child: ChildProcess, folder: string): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await gone
  await rm(folder, { recursive: true, force: true })
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2000) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
