/**
 * The product's own server on the imaginary city, with one door more: complaints are opened by a bundle or a hotline in the product, and by
 * one command here. It stands behind the same sessions, validation, idempotency and transaction as every other command.
 */
import { CASE_MOVED } from '@yichuang/caseflow'
import * as api from '@yichuang/contract'
import { ok } from '@yichuang/result'
import { createApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config.ts'
import { makeEngine } from '../../server/src/engine/engine.ts'
import { makeFlows } from '../../server/src/engine/flows.ts'
import { caseMoved } from '../../server/src/engine/messages.ts'
import { makeSerials } from '../../server/src/engine/serials.ts'
import { type Door, makeDoor } from '../../server/src/platform/http/door.ts'
import { createHttp } from '../../server/src/platform/http/server.ts'
import { openDatabase } from '../../server/src/platform/pg/database.ts'
import { registerSessions } from '../../server/src/platform/sessions/routes.ts'
import { makeLog, makeMetrics } from '../../server/src/platform/telemetry.ts'
import { openComplaint, PLACE } from './complaints-words.ts'

const config = readConfig(process.env)
if (!config.ok) throw new Error(config.error.message)
const { value } = config
const databaseUrl = value.databaseUrl ?? ''
const log = makeLog(value.logLevel)
const door = makeDoor()
await door.listen(value.port, value.host)

/** What the product opens is kept closed until the other door is there too. */
let product: Parameters<Door['open']>[0] = () => {}
let desk: Parameters<Door['open']>[0] = () => {}
const doorOf = (open: Door['open']): Door => ({ ...door, open, close: async () => {} })

const app = await createApp({
  config: value,
  databaseUrl,
  log,
  door: doorOf((inside) => {
    product = inside
  }),
})
const { db, clock, outbox, pack } = app
const http = await createHttp({
  ...{ db, clock, log, metrics: makeMetrics(), version: '0' },
  door: doorOf((inside) => {
    desk = inside
  }),
})
const numbers = openDatabase(databaseUrl, { connections: 1 })
const engine = makeEngine({
  pack,
  flows: makeFlows(pack),
  now: () => clock.now(),
  serials: makeSerials(numbers),
  onMove: [(tx, move) => outbox.publish(tx, { topic: CASE_MOVED, key: move.record.rootId, payload: caseMoved(move) })],
})
registerSessions(http, { db, demo: true, people: app.people })
http.command(openComplaint, async ({ body, principal }, tx) => {
  const party = principal.parties[0]
  if (party === undefined) throw new Error('who complains acts for a party')
  const opened = await engine.open(
    tx,
    {
      flow: 'complaint',
      kind: 'complaint',
      title: { zh: body.about, en: 'A synthetic complaint' },
      party: { id: party.id, name: party.name },
      applicant: principal.person,
      region: PLACE.region,
      org: PLACE.org,
      acceptor: PLACE.hall,
      data: { words: body.about },
    },
    { person: principal.person, side: 'applicant', posts: [], forParty: true },
  )
  return opened.ok ? ok({ id: opened.value.id, version: opened.value.version }) : opened
})
await http.open()
const mine = `/api/v1${api.addressOf(openComplaint, {}, {}).slice('/api/v1'.length)}`
door.open((request, response) => (request.url === mine ? desk : product)(request, response))

process.once('SIGTERM', () => {
  void (async () => {
    await door.close(1000)
    await app.stop()
    await numbers.close()
    process.exit(0)
  })()
})
