/** A platform without a city: the HTTP server, sessions, files and clock alone, with people made for the test. */
import { join } from 'node:path'
import type { Session } from '@yichuang/contract'
import type { Principal } from '../src/platform/access.ts'
import { registerDemoClock } from '../src/platform/demo.ts'
import { type Files, openFiles } from '../src/platform/files/files.ts'
import { registerFiles } from '../src/platform/files/routes.ts'
import { type Parked, registerHealth } from '../src/platform/http/health.ts'
import { createHttp, type Http } from '../src/platform/http/server.ts'
import { registerWeb } from '../src/platform/http/web.ts'
import { type Database, openDatabase } from '../src/platform/pg/database.ts'
import { type People, registerSessions } from '../src/platform/sessions/routes.ts'
import { makeLog, makeMetrics } from '../src/platform/telemetry.ts'
import { openClock } from '../src/platform/time.ts'
import { testDatabase, testFolder, whenDone } from './harness.ts'

export type Stage = {
  readonly db: Database
  readonly http: Http
  readonly files: Files
  readonly url: string
  readonly databaseUrl: string
}

export type StageOptions = {
  readonly demo?: boolean
  readonly webFolder?: string
  readonly requestsPerMinute?: number
  /** Parked work, as health is to see it. */
  readonly parked?: () => Promise<Parked>
  /** More routes, before the doors open. */
  readonly more?: (http: Http, db: Database) => void
}

const person = (id: string, demo = true): Principal => ({ person: id, name: { zh: id }, posts: [], parties: [], demo })
const KNOWN = new Map([...['anna', 'bo'].map((id) => person(id)), person('real', false)].map((one) => [one.person, one]))

export const people: People = {
  find: async (id) => KNOWN.get(id) ?? null,
  describe: async ({ person, name }): Promise<Session> => ({ person, name, desks: ['portal'], posts: [], actsFor: [], unread: 0 }),
  demonstration: async () =>
    [...KNOWN.values()].filter(({ demo }) => demo).map(({ person: id, name }) => ({ id, name, role: name, desks: ['portal'] })),
}

const nothingParked = async () => ({ outbox: 0, obligations: 0 })

export async function makeStage(options: StageOptions = {}): Promise<Stage> {
  const { demo = true, webFolder, requestsPerMinute = 1200, parked = nothingParked, more } = options
  const databaseUrl = await testDatabase()
  const db = openDatabase(databaseUrl)
  const clock = await openClock(db, demo)
  const metrics = makeMetrics()
  const http = await createHttp({ db, clock, log: makeLog('silent'), metrics, version: '0.0.0', checkAnswers: true, requestsPerMinute })
  const files = await openFiles({ db, folder: join(await testFolder(), 'files') })
  registerHealth(http.app, { db, version: '0.0.0', pack: 'none', lag: async () => 0, parked, metrics })
  registerSessions(http, { db, demo, people })
  registerFiles(http, { files, mayRead: async () => false })
  registerDemoClock(http, clock, async () => 0)
  more?.(http, db)
  await registerWeb(http.app, webFolder ?? (await testFolder()))
  const port = await http.door.listen(0, '127.0.0.1')
  await http.open()
  whenDone(async () => {
    await http.close()
    await clock.stop()
    await db.close()
  })
  return { db, http, files, url: `http://127.0.0.1:${port}`, databaseUrl }
}

export type Asked = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers; readonly text: string }
export type Ask = { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> }

/** One request; a `body` that is not text goes as JSON, a bearer token as `token`. */
export async function ask(url: string, { method, body, headers = {} }: Ask = {}, token?: string): Promise<Asked> {
  const raw = typeof body === 'string' || body instanceof FormData
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : {}, headers: response.headers, text }
}

export async function tokenOf(stage: Stage, id: string): Promise<string> {
  const { body } = await ask(`${stage.url}/api/v1/sessions`, { body: { person: id } })
  return String(body.token)
}
