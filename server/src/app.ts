/** Composition root: every part is made here and passed by hand, top to bottom. */
import { readFileSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { CityPack } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { openSmsFile } from './adapters/sms-file.ts'
import { type City, openCity } from './city.ts'
import type { Config } from './config.ts'
import { makeStage, playDemonstration } from './demonstration.ts'
import type { CaseViewParts } from './engine/case-view/view.ts'
import { lazyFonts } from './engine/documents/fonts.ts'
import { documentRoutes } from './engine/documents/routes.ts'
import { documentRowsOf } from './engine/documents/views.ts'
import { makeEngine } from './engine/engine.ts'
import { type Flows, keepPackVersion, makeFlows } from './engine/flows.ts'
import { makeObligationQueue, type ObligationQueue } from './engine/obligations.ts'
import { parkedObligations } from './engine/parked.ts'
import { ensureEventPartitions } from './engine/partitions.ts'
import { recomputeCalendars } from './engine/recalendar.ts'
import { engineRoutes } from './engine/routes.ts'
import { makeSerials } from './engine/serials.ts'
import { findFilesInCases } from './engine/uploads.ts'
import { findVisibleFile } from './engine/views.ts'
import { sightOf } from './engine/visibility.ts'
import { moveListeners, registerConsumers } from './listeners.ts'
import { applicationsRoutes } from './modules/applications/routes.ts'
import { isWrittenDown } from './modules/applications/store.ts'
import type { ApplicationsParts } from './modules/applications/submit.ts'
import { findFilesInDrafts } from './modules/applications/views.ts'
import { type Certificates, makeCertificates } from './modules/certificates/public.ts'
import { routes as certificatesRoutes } from './modules/certificates/routes.ts'
import { mattersRoutes } from './modules/matters/routes.ts'
import { readAll, unreadOf } from './modules/notices/public.ts'
import { routes as noticesRoutes } from './modules/notices/routes.ts'
import { makeParties, type Parties } from './modules/parties/public.ts'
import { routes as partiesRoutes } from './modules/parties/routes.ts'
import { routes as reviewsRoutes } from './modules/reviews/routes.ts'
import { makePeople } from './people.ts'
import { registerDemoClock } from './platform/demo.ts'
import { type Files, openFiles } from './platform/files/files.ts'
import { registerFiles } from './platform/files/routes.ts'
import { sweepUploads } from './platform/files/sweep.ts'
import type { Door } from './platform/http/door.ts'
import { registerHealth } from './platform/http/health.ts'
import { forgetOldKeys } from './platform/http/idempotency.ts'
import { createHttp, type Http } from './platform/http/server.ts'
import { registerWeb } from './platform/http/web.ts'
import { type Jobs, makeJobs } from './platform/jobs.ts'
import { makeOutbox, type Outbox } from './platform/outbox.ts'
import { parkedMessages } from './platform/parked.ts'
import { type Database, openDatabase, type Queries } from './platform/pg/database.ts'
import { type People, registerSessions } from './platform/sessions/routes.ts'
import { deleteDeadSessions } from './platform/sessions/store.ts'
import { type Logger, makeMetrics } from './platform/telemetry.ts'
import { type Clock, openClock, realTime } from './platform/time.ts'

export type AppOptions = {
  readonly config: Config
  /** Of the migrated database. */
  readonly databaseUrl: string
  readonly log: Logger
  /** Already listening; made here when absent. */
  readonly door?: Door
  readonly checkAnswers?: boolean
  /** Opens the place where an upload is written first; another one only in tests of full disks. */
  readonly openUpload?: (path: string) => Promise<FileHandle>
  /** In demonstration mode, plays the pack's cases on a database that has none, and hears how it went. Absent: none are played. */
  readonly demonstrate?: (line: string) => void
}

export type App = {
  readonly db: Database
  readonly clock: Clock
  readonly outbox: Outbox
  readonly jobs: Jobs
  readonly files: Files
  readonly http: Http
  readonly pack: CityPack
  readonly obligations: ObligationQueue
  /** Names of demonstration people, for the start message. */
  readonly people: People
  /** Fires what is due and delivers what waits, until nothing is left; answers how many obligations fired. */
  settle(): Promise<number>
  stop(): Promise<void>
}

const HOUR = 3600
const CALENDARS = 'recompute-calendars'

export async function createApp(options: AppOptions): Promise<App> {
  const { config, databaseUrl, log, door, checkAnswers = false, openUpload, demonstrate } = options
  // ground
  const { pack, files: packFiles } = unwrapOrExplain(await openCity(config.pack))
  const version = readVersion(config.root)
  const db = openDatabase(databaseUrl)
  const clock = await openClock(db, config.demo)
  const metrics = makeMetrics()
  const outbox = makeOutbox({ db, log })
  const jobs = makeJobs(db, log)
  const uploads = join(config.data, 'files')
  const files = await openFiles({ db, folder: uploads, ...(openUpload === undefined ? {} : { openNew: openUpload }) })
  const http = await createHttp({ db, clock, log, metrics, version, checkAnswers, ...(door === undefined ? {} : { door }) })
  const stage = makeStage(clock)
  const { now } = stage

  // engine
  // A pool of its own: blocks are reserved while transactions hold the connections of the other.
  const numbers = openDatabase(databaseUrl, { connections: 1 })
  const serials = makeSerials(numbers)
  await keepPackVersion(db, pack, packFiles, now())
  const flows = makeFlows(pack)
  const engine = makeEngine({
    pack,
    flows,
    now,
    serials,
    onMove: moveListeners({ pack, outbox }),
  })
  const obligations = makeObligationQueue({ db, engine, now, report: (error) => log.error({ err: error }, 'an obligation failed') })

  // modules
  const parties = makeParties({ pack, now })
  const certificates = makeCertificates({ pack, now })
  const people = makePeople({ db, pack, parties, demo: config.demo, unread: (person) => unreadOf(db, person) })
  const sms = await openSmsFile({ folder: join(config.data, 'outbox'), now: realTime })
  registerConsumers({ pack, parties, outbox, engine, sms })
  if (config.demo) await loadDemonstration(db, parties, certificates)

  // doors
  const view = caseViewParts({ pack, flows, now, parties, certificates, files })
  const parked = async () => ({ outbox: await parkedMessages.count(db), obligations: await parkedObligations.count(db) })
  registerHealth(http.app, { db, version, pack: `${pack.id}@${pack.version}`, lag: outbox.lag, parked, metrics })
  registerSessions(http, { db, demo: config.demo, people })
  registerFiles(http, { files, mayRead: async (principal, file) => (await findVisibleFile(db, sightOf(principal), file.id)) !== null })
  documentRoutes(http.app, { db, publicUrl: config.publicUrl, fonts: lazyFonts() })
  mattersRoutes(http, { pack, clock, demo: config.demo })
  engineRoutes(http, { db, engine, view, pack })
  partiesRoutes(http, { db, pack, parties, isWrittenDown })
  certificatesRoutes(http, { db, pack })
  noticesRoutes(http, { db })
  reviewsRoutes(http, { db, pack, act: engine.act })
  const applications: ApplicationsParts = {
    db,
    pack,
    engine,
    parties,
    knowledge: (queries, party) => knowledgeOf(queries, { parties, certificates }, party),
    uploads: view.fileFacts,
  }
  applicationsRoutes(http, applications)
  const settle = () => settleAll(obligations, outbox)
  registerDemoClock(http, clock, settle)
  await registerWeb(http.app, join(config.root, 'web', 'dist'))

  // the past of a demonstration, before anybody comes in
  if (config.demo && demonstrate !== undefined) {
    await playDemonstration({
      db,
      pack,
      stage,
      engine,
      obligations,
      outbox,
      parties,
      notices: { readAll },
      files,
      view,
      applications,
      say: demonstrate,
    })
  }

  // work in the background
  const recalendar = { db, pack, flows, engine, report: (error: unknown) => log.error({ err: error }, 'a case was not told the calendar') }
  jobs.every(HOUR, CALENDARS, () => recomputeCalendars(recalendar))
  await ensureEventPartitions(db, now())
  jobs.every(HOUR, 'months-of-the-record', () => ensureEventPartitions(db, now()))
  jobs.every(HOUR, 'forget-old-keys', () => forgetOldKeys(db))
  jobs.every(HOUR, 'delete-dead-sessions', () => deleteDeadSessions(db))
  jobs.every(HOUR, 'sweep-uploads', () => sweepUploads({ db, folder: uploads, now, referenced: referencedFiles }))
  await outbox.start()
  jobs.start()
  obligations.start()
  // A calendar that came with this start is counted with at once, while people work already.
  jobs.runNow(CALENDARS).catch((error) => log.warn({ err: error }, 'calendars could not be recomputed'))
  await http.open()
  return {
    ...{ db, clock, outbox, jobs, files, http, pack, obligations, people, settle },
    stop: async () => {
      await http.close()
      await jobs.stop()
      await obligations.stop()
      await outbox.stop()
      await clock.stop()
      await numbers.close()
      await db.close()
    },
  }
}

function unwrapOrExplain(city: Awaited<ReturnType<typeof openCity>>): City {
  if (!city.ok) throw new Error(city.error.message)
  return unwrap(city)
}

async function settleAll(obligations: ObligationQueue, outbox: Outbox): Promise<number> {
  let fired = 0
  for (;;) {
    const now = await obligations.fireDue()
    const delivered = await outbox.drain()
    fired += now
    if (now === 0 && delivered === 0) return fired
  }
}

function loadDemonstration(db: Database, parties: Parties, certificates: Certificates): Promise<void> {
  return db.tx(async (tx) => {
    await parties.loadDemo(tx)
    await certificates.loadDemo(tx)
  })
}

/** Uploads that a case or an unfinished application refers to. */
async function referencedFiles(db: Queries, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set([...(await findFilesInDrafts(db, ids)), ...(await findFilesInCases(db, ids))])
}

type Known = { readonly parties: Parties; readonly certificates: Certificates }

async function knowledgeOf(db: Parameters<Parties['partyFacts']>[0], { parties, certificates }: Known, party: string) {
  const [facts, held] = await Promise.all([parties.partyFacts(db, party), certificates.heldBy(db, party)])
  if (facts === null) return null
  const { id, kind, name, region } = facts.party
  return { id, kind, name, region, party: facts.facts, facts: facts.known, certificates: held }
}

type ViewSources = Known & { readonly pack: CityPack; readonly flows: Flows; readonly now: () => string; readonly files: Files }

/** What the engine asks of the house to show a case. */
function caseViewParts({ pack, flows, now, parties, certificates, files }: ViewSources): CaseViewParts {
  return {
    pack,
    flows,
    now,
    names: parties.namesOf,
    party: async (db, id) => {
      const party = await parties.findParty(db, id)
      return party === null
        ? null
        : { id, name: party.name, kind: party.kind, ...(party.creditCode === null ? {} : { creditCode: party.creditCode }) }
    },
    certificates: async (db, cases) =>
      (await certificates.ofCases(db, cases)).map(({ id, title, number, status }) => ({ id, title, number, status })),
    documents: (db, cases) => documentRowsOf(db, pack, cases),
    staffOf: (db, org) => parties.principalsOfOrg(db, org),
    fileFacts: async (db, ids) => {
      const found = await files.findAll(db, ids)
      return new Map(found.map(({ id, bytes, mediaType, uploadedBy }) => [id, { bytes, type: mediaType, by: uploadedBy }]))
    },
  }
}

function readVersion(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}
