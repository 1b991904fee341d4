/**
 * A room of the house with its neighbours: the imaginary city, its people and parties, the engine and the outbox, on a database of its own.
 * Callers are named by a header, so that a test says who reads without opening sessions. Time stands where the test puts it.
 */
import { join } from 'node:path'
import type { Actor } from '@yichuang/caseflow'
import { CASE_MOVED } from '@yichuang/caseflow'
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, Problem } from '@yichuang/contract'
import { type CityPack, hallFor } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { loadCity } from '../src/city.ts'
import { type Engine, makeEngine } from '../src/engine/engine.ts'
import { makeFlows } from '../src/engine/flows.ts'
import { caseMoved } from '../src/engine/messages.ts'
import type { Opening } from '../src/engine/openings.ts'
import { makeSerials } from '../src/engine/serials.ts'
import { consumers as issueCertificates } from '../src/modules/certificates/jobs.ts'
import { type Certificates, makeCertificates } from '../src/modules/certificates/public.ts'
import { makeParties, type Parties } from '../src/modules/parties/public.ts'
import { createHttp, type Http } from '../src/platform/http/server.ts'
import { makeOutbox, type Outbox } from '../src/platform/outbox.ts'
import { type Database, openDatabase } from '../src/platform/pg/database.ts'
import { makeLog, makeMetrics } from '../src/platform/telemetry.ts'
import type { Clock } from '../src/platform/time.ts'
import { registered } from '../src/registered.ts'
import { testDatabase, whenDone } from './harness.ts'

export type Room = {
  readonly db: Database
  readonly pack: CityPack
  readonly outbox: Outbox
  readonly engine: Engine
  readonly parties: Parties
  readonly certificates: Certificates
  readonly now: () => string
  /** `ticking`: one millisecond further whenever somebody looks. */
  setTime(instant: string, how?: { readonly ticking: boolean }): void
}

export const START = '2026-03-02T01:00:00.000Z'

let city: Promise<CityPack> | undefined
export function tidewater(): Promise<CityPack> {
  city ??= loadCity(join(import.meta.dirname, '..', '..', 'packs', 'tidewater')).then(unwrap)
  return city
}

export async function openRoom(change: (pack: CityPack) => CityPack = (pack) => pack): Promise<Room> {
  const pack = change(await tidewater())
  const db = openDatabase(await testDatabase())
  whenDone(() => db.close())
  let time = START
  let step = 0
  const now = () => {
    time = new Date(Date.parse(time) + step).toISOString()
    return time
  }
  const outbox = makeOutbox({ db, log: makeLog('silent'), retryMs: () => 0 })
  const parties = makeParties({ pack, now })
  const certificates = makeCertificates({ pack, now })
  issueCertificates({ outbox, pack, parties, onRegistered: (tx, root, party) => engine.tellFamily(tx, root, registered(party)) })
  const engine = makeEngine({
    pack,
    flows: makeFlows(pack),
    now,
    serials: makeSerials(db),
    onMove: [(tx, move) => outbox.publish(tx, { topic: CASE_MOVED, key: move.record.rootId, payload: caseMoved(move) })],
  })
  await db.tx(async (tx) => {
    await parties.loadDemo(tx)
    await certificates.loadDemo(tx)
  })
  const setTime: Room['setTime'] = (instant, how) => {
    time = instant
    step = how?.ticking === true ? 1 : 0
  }
  return { db, pack, outbox, engine, parties, certificates, now, setTime }
}

/** The same JSON twice: as the endpoint's answer and as the problem it may be. */
export type Answered<E extends Endpoint> = { readonly status: number; readonly body: AnswerOf<E>; readonly problem: Problem }

export type Served = {
  readonly url: string
  /** Calls an endpoint as that person; null for a guest. */
  ask<E extends Endpoint>(person: string | null, endpoint: E, what?: What<E>): Promise<Answered<E>>
}

export type What<E extends Endpoint> = {
  readonly params?: ParamsOf<E>
  readonly query?: { readonly [name: string]: string }
  readonly body?: BodyOf<E>
}

let keys = 0

export async function serve(room: Room, register: (http: Http) => void): Promise<Served> {
  const clock: Clock = {
    now: room.now,
    offsetMs: () => 0,
    advance: () => Promise.reject(new Error('the test moves the time')),
    listen: () => () => {},
    stop: async () => {},
  }
  const log = makeLog('error')
  const http = await createHttp({ db: room.db, clock, log, metrics: makeMetrics(), version: '0', checkAnswers: true })
  http.authenticateWith(async (request) => {
    const person = request.headers['x-person']
    const principal = typeof person === 'string' ? await room.parties.findPrincipal(room.db, person) : null
    return principal === null ? null : { principal, way: 'bearer' }
  })
  register(http)
  await http.open()
  const port = await http.door.listen(0, '127.0.0.1')
  whenDone(() => http.close())
  const url = `http://127.0.0.1:${port}/api/v1`
  return { url, ask: (person, endpoint, what) => ask(url, person, endpoint, what ?? {}) }
}

async function ask<E extends Endpoint>(url: string, person: string | null, endpoint: E, what: What<E>): Promise<Answered<E>> {
  keys += 1
  const values = (what.params ?? {}) as { readonly [name: string]: string }
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const query = new URLSearchParams(what.query).toString()
  const sends = endpoint.method !== 'GET'
  const headers = {
    ...(person === null ? {} : { 'x-person': person }),
    ...(sends ? { 'content-type': 'application/json', 'idempotency-key': `test-${keys}` } : {}),
  }
  const body = sends ? { body: JSON.stringify(what.body ?? {}) } : {}
  const answer = await fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, { method: endpoint.method, headers, ...body })
  const json = await answer.json()
  return { status: answer.status, body: json as AnswerOf<E>, problem: json as Problem }
}

/** Opens a case of a bundle for a party, as its applicant. */
export async function openBundle(room: Room, wish: BundleWish): Promise<string> {
  const { pack } = room
  const bundle = pack.bundles.get(wish.bundle)
  const party = await room.parties.partyFacts(room.db, wish.party)
  const region = wish.region ?? '990102001'
  const hall = hallFor(pack, region)
  const lead = pack.orgs.get(`${region.slice(0, 6)}.${bundle?.lead}`) ?? hall
  if (bundle === undefined || party === null || hall === null || lead === null)
    throw new Error(`cannot open ${wish.bundle} for ${wish.party}`)
  const opening: Opening = {
    flow: bundle.flow,
    kind: 'bundle',
    title: bundle.title,
    bundle: bundle.id,
    party: { id: party.party.id, name: party.party.name },
    applicant: wish.applicant,
    region,
    org: lead.id,
    acceptor: hall.id,
    data: {
      answers: wish.answers,
      form: wish.form,
      party: party.facts,
      bundle: { limits: { promised: { n: 4, unit: 'workday' } } },
    },
    ...(wish.notNeeded === undefined ? {} : { notNeeded: wish.notNeeded }),
  }
  const actor: Actor = { person: wish.applicant, side: 'applicant', posts: [], forParty: true }
  return room.db.tx(async (tx) => unwrap(await room.engine.open(tx, opening, actor)).id)
}
export type BundleWish = {
  readonly bundle: string
  readonly party: string
  readonly applicant: string
  readonly answers: Opening['data']
  readonly form: Opening['data']
  readonly region?: string
  readonly notNeeded?: { readonly [step: string]: string }
}

export type ActWish = { readonly case: string; readonly action: string; readonly step?: string; readonly input?: Opening['data'] }

/** Takes an action as a person with all their posts. */
export async function actAs(room: Room, person: string, wish: ActWish): Promise<void> {
  const principal = await room.parties.findPrincipal(room.db, person)
  if (principal === null) throw new Error(`there is no ${person}`)
  const actor: Actor = { person, side: 'staff', posts: principal.posts, forParty: false }
  const { step, action, input = {} } = wish
  const act = { caseId: wish.case, action, input, ...(step === undefined ? {} : { step }) }
  await room.db.tx(async (tx) => unwrap(await room.engine.act(tx, act, actor)))
}
