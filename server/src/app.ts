/** Composition root: every part is made here and passed by hand, top to bottom. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { registerDemoClock } from './platform/demo.ts'
import { type Files, openFiles } from './platform/files/files.ts'
import { registerFiles } from './platform/files/routes.ts'
import type { Door } from './platform/http/door.ts'
import { registerHealth } from './platform/http/health.ts'
import { forgetOldKeys } from './platform/http/idempotency.ts'
import { createHttp, type Http } from './platform/http/server.ts'
import { registerWeb } from './platform/http/web.ts'
import { type Jobs, makeJobs } from './platform/jobs.ts'
import { makeOutbox, type Outbox } from './platform/outbox.ts'
import { type Database, openDatabase } from './platform/pg/database.ts'
import { type People, registerSessions } from './platform/sessions/routes.ts'
import { deleteDeadSessions } from './platform/sessions/store.ts'
import { type Logger, makeMetrics } from './platform/telemetry.ts'
import { type Clock, openClock } from './platform/time.ts'

export type AppOptions = {
  readonly config: Config
  /** Of the migrated database. */
  readonly databaseUrl: string
  readonly log: Logger
  /** Already listening; made here when absent. */
  readonly door?: Door
  readonly checkAnswers?: boolean
}

export type App = {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
  readonly jobs: Jobs
  readonly files: Files
  readonly http: Http
  /** Names of demonstration people, for the start message. */
  readonly people: People
  stop(): Promise<void>
}

const HOUR = 3600

export async function createApp({ config, databaseUrl, log, door, checkAnswers = false }: AppOptions): Promise<App> {
  const version = readVersion(config.root)
  const db = openDatabase(databaseUrl)
  const clock = await openClock(db, config.demo)
  const metrics = makeMetrics()
  const outbox = makeOutbox({ db, log })
  const jobs = makeJobs(db, log)
  const files = await openFiles({ db, folder: join(config.data, 'files') })
  const http = await createHttp({ db, clock, log, metrics, version, checkAnswers, ...(door === undefined ? {} : { door }) })
  const people: People = { find: async () => null, describe: () => Promise.reject(new Error('nobody')), demonstration: async () => [] }

  registerHealth(http.app, { db, version, pack: config.pack.split('/').at(-1) ?? '', lag: outbox.lag, metrics })
  registerSessions(http, { db, demo: config.demo, people })
  registerFiles(http, { files, mayRead: async () => false })
  registerDemoClock(http, clock, () => outbox.drain())
  await registerWeb(http.app, join(config.root, 'web', 'dist'))

  jobs.every(HOUR, 'forget-old-keys', () => forgetOldKeys(db))
  jobs.every(HOUR, 'delete-dead-sessions', () => deleteDeadSessions(db))
  await outbox.start()
  jobs.start()
  await http.open()
  return {
    ...{ db, clock, outbox, jobs, files, http, people },
    stop: async () => {
      await http.close()
      await jobs.stop()
      await outbox.stop()
      await clock.stop()
      await db.close()
    },
  }
}

function readVersion(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}
