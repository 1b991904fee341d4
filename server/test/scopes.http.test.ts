/**
 * Who sees what: every reading endpoint of the contract and every path that answers bytes, as every kind of reader, against an oracle that is
 * computed from the records of the cases and not from the queries. An endpoint that nobody put into the table below fails the test.
 */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { CaseEvent, CaseState } from '@yichuang/caseflow'
import { fold, tasks } from '@yichuang/caseflow'
import * as contract from '@yichuang/contract'
import { type CityPack, inRegion } from '@yichuang/pack'
import { findEvents } from '../src/engine/store.ts'
import type { Database } from '../src/platform/pg/database.ts'
import { assembled } from '../src/platform/pg/statement.ts'
import { addPerson, MONDAY, type NewPerson, type TestServer, testServer } from './harness.ts'
import { ALL_IN, ONLY_STALL, type Person, type Player, player } from './play.ts'

// ---------------------------------------------------------------- readers

type Reader = Required<NewPerson> & { readonly what: string }
const reader = (id: string, what: string, { posts = [], actsFor = [] }: Partial<NewPerson> = {}): Reader => ({ id, what, posts, actsFor })
const at = (desk: string, org: string) => ({ posts: [{ desk, org, roles: ['handler', 'chief', 'clerk', 'supervisor'] }] })

/** Those of the pack, as the pack has them, and those whom it lacks. */
const READERS: readonly Reader[] = [
  reader('mei', 'owner of the stall', { actsFor: [{ party: 'mei-stall', as: 'owner' }] }),
  reader('lan', 'clerk of the hall that took it in', at('counter', '990102.hall')),
  reader('hai', 'officer of the lead and first department', at('department', '990102.harbour')),
  reader('wei', 'officer of another department of the bundle', at('department', '990102.health')),
  reader('deng', 'officer of a bureau of the city', at('department', '990100.lighthouse')),
  reader('yu', 'officer of the fishery bureau', at('department', '990102.fishery')),
  reader('gang', 'officer of a park with delegated powers', at('department', '990171.park')),
  {
    ...reader('du', 'supervisor of the whole city'),
    posts: [
      { desk: 'supervision', org: '990100.service', roles: ['supervisor'] },
      { desk: 'admin', org: '990100.service', roles: ['system'] },
    ],
  },
]
const ADDED: readonly Reader[] = [
  reader('agent', 'agent of the company', { actsFor: [{ party: 'tide-company', as: 'agent' }] }),
  reader('nobody', 'somebody without post or party'),
  reader('city-clerk', 'clerk of the hall of the city', at('counter', '990100.hall')),
  reader('far-clerk', 'clerk of the hall of another county', at('counter', '990103.hall')),
  reader('far-officer', 'officer of the same department in another county', at('department', '990103.harbour')),
  reader('asked', 'officer of an organisation whose opinion was asked', at('department', '990100.health')),
  reader('heir', 'officer of an organisation to which a step was passed on', at('department', '990100.fishery')),
  reader('far-health', 'officer in another county of a department that was asked', at('department', '990103.health')),
  reader('far-supervisor', 'supervisor of another county', at('supervision', '990103.service')),
  {
    ...reader('thrice', 'owner of the stall who works on it and supervises its county: every row is seen on three grounds, and comes once'),
    posts: [
      { desk: 'department', org: '990102.harbour', roles: ['handler'] },
      { desk: 'supervision', org: '990102.service', roles: ['supervisor'] },
    ],
    actsFor: [{ party: 'mei-stall', as: 'owner' }],
  },
  reader('admin', 'administrator without any other desk', at('admin', '990100.service')),
  reader('both', 'officer who also owns the stall', {
    ...at('department', '990103.harbour'),
    actsFor: [{ party: 'mei-stall', as: 'agent' }],
  }),
]

// ---------------------------------------------------------------- oracle

type Known = {
  readonly id: string
  readonly rootId: string
  readonly party: string
  readonly region: string
  readonly open: boolean
  readonly light: string
  readonly state: CaseState
  /** Every organisation that the record names as having a part. */
  readonly orgs: ReadonlySet<string>
}

let server: TestServer
let play: Player
let pack: CityPack
let cases: Known[]
const people = new Map<string, Person>()
const everybody = [...READERS, ...ADDED]

function sees({ posts, actsFor }: Reader, one: Known): boolean {
  return actsFor.some(({ party }) => party === one.party) || seesByOffice({ posts }, one)
}

function seesByOffice({ posts }: Pick<Reader, 'posts'>, one: Known): boolean {
  return posts.some(({ desk, org }) => {
    if (desk === 'admin') return false
    const supervised = desk === 'supervision' && inRegion(pack, one.region, pack.orgs.get(org)?.region ?? '')
    return supervised || one.orgs.has(org)
  })
}

function orgsIn(events: readonly CaseEvent[]): Set<string> {
  const orgs = new Set<string>()
  for (const event of events) {
    if (event.type === 'case-opened') for (const org of [event.org, event.acceptor]) if (org !== undefined) orgs.add(org)
    if (event.type === 'step-readied' || event.type === 'step-transferred') orgs.add(event.org)
    if (event.type === 'co-handling-asked') for (const org of event.orgs) orgs.add(org)
  }
  return orgs
}

async function readCases(db: Database): Promise<Known[]> {
  const rows = await db.query(
    assembled('select cases.id, cases.root_id, cases.party_id, cases.region, cases.light from cases', {
      id: 'uuid',
      root_id: 'uuid',
      party_id: 'text',
      region: 'text',
      light: 'text',
    }),
  )
  return Promise.all(
    rows.map(async ({ id, root_id: rootId, party_id: party, region, light }) => {
      const events = (await findEvents(db, id)).map(({ seq: _, ...event }) => event)
      const state = fold(events)
      return { id, rootId, party, region, light, open: state.status === 'open', state, orgs: orgsIn(events) }
    }),
  )
}

const sorted = (values: Iterable<string>) => [...new Set(values)].sort()

async function rows<T extends string>(sql: string, columns: readonly T[]): Promise<{ [column in T]: string }[]> {
  const typed = Object.fromEntries(columns.map((column) => [column, 'text'])) as { [column in T]: 'text' }
  return (await server.app.db.query(assembled(sql, typed))) as { [column in T]: string }[]
}

// ---------------------------------------------------------------- fixture

/** A bundle at work with a part that was passed on and one about which the city was asked; one of a park; one declined; one late. */
async function liveABit(): Promise<void> {
  const as = (id: string) => people.get(id) ?? assert.fail(id)
  const mei = as('mei')
  const lan = as('lan')
  const { case: stall } = await mei.submitStall({ answers: ALL_IN })
  let view = await lan.act(stall, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
  const childOf = (node: string) => view.steps.find((step) => step.id === node)?.child?.id ?? assert.fail(node)
  await as('hai').act(childOf('register'), 'co-handle', 'review', { orgs: ['990100.health'] })
  for (const [action, step] of [
    ['pass', 'review'],
    ['grant', 'decide'],
    ['hand-over', 'deliver'],
  ] as const)
    await as('hai').act(childOf('register'), action, step)
  await as('yu').act(childOf('tag'), 'transfer', 'handle', { org: '990100.fishery', reason: '船在外港' })
  view = await mei.see(stall)
  const { file, name } = await mei.upload('kitchen-plan.pdf')
  await mei.act(stall, 'close-gap', undefined, { gap: 'kitchen-plan', files: [{ file, name, material: 'kitchen-plan' }] })
  await mei.act(childOf('insurance'), 'withdraw')
  await mei.act(childOf('insurance'), 'rate', undefined, { stars: 4 })

  const agent = as('agent')
  const { case: company } = await agent.submitStall({
    party: 'tide-company',
    region: '990171001',
    answers: { ...ONLY_STALL, cooks: true, tables: 2 },
  })
  const cityClerk = as('city-clerk')
  view = await cityClerk.act(company, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
  await as('gang').act(childOf('register'), 'comment', undefined, { text: '已收到' })

  const far = as('far-clerk')
  const third = await far.call(contract.createParty, { body: { kind: 'person', name: '示例·第三人', region: '990103100' } })
  const { case: declined } = await far.submitStall({ party: third.id, answers: ONLY_STALL })
  await far.act(declined, 'decline', 'intake', { reason: '不在本县', remedies: '可申请复议' })
  await mei.draftStall({ answers: ONLY_STALL })
  await far.draftStall({ party: third.id, answers: ONLY_STALL })
  await play.advance('P16D')
  // What met somebody else at work is delivered a second later.
  do await server.app.settle()
  while ((await rows('select outbox.id::text from outbox', ['id'])).length > 0)
}

before(async () => {
  server = await testServer({ at: MONDAY })
  play = player(server.url)
  pack = server.app.pack
  for (const person of ADDED) await addPerson(server.databaseUrl, person)
  for (const { id } of everybody) people.set(id, await play.as(id))
  await liveABit()
  cases = await readCases(server.app.db)
  for (const { party_id: party, case_id: id } of await rows(
    'select party_events.party_id, party_events.case_id::text from party_events where party_events.case_id is not null',
    ['party_id', 'case_id'],
  ))
    founded.set(party, [...(founded.get(party) ?? []), id])
  for (const { file_id: file, case_id: id } of await rows('select case_files.file_id, case_files.case_id::text from case_files', [
    'file_id',
    'case_id',
  ]))
    attached.set(file, [...(attached.get(file) ?? []), byId(id).rootId])
})

// ---------------------------------------------------------------- endpoints

type Endpoint = contract.Endpoint
type Check = (reader: Reader, person: Person) => Promise<void>

/** Status and JSON of a request under somebody's name, or nobody's. */
async function ask(person: Person | null, path: string): Promise<{ status: number; body: never; bytes: Buffer }> {
  const response = person === null ? await fetch(server.url + path) : await person.fetch(path)
  const bytes = Buffer.from(await response.arrayBuffer())
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return { status: response.status, body: (isJson ? JSON.parse(bytes.toString()) : null) as never, bytes }
}

const address = (endpoint: Endpoint, params: object = {}, query: object = {}) => contract.addressOf(endpoint, params, query)

/** The same for everybody who is logged in (or for guests too, where the contract says public). */
function alike(endpoint: Endpoint, params: () => object = () => ({}), query: object = {}): Check {
  let first: unknown
  return async (_reader, person) => {
    const { status, body } = await ask(person, address(endpoint, params(), query))
    assert.equal(status, 200)
    const { now: _, checkedAt: __, ...answer } = body as { now?: string; checkedAt?: string }
    first ??= answer
    assert.deepEqual(answer, first)
  }
}

type CaseRows = { rows: { id: string }[]; next: string | null; count: { total: number; exact: boolean } }

async function allPages(person: Person, endpoint: Endpoint, query: object): Promise<{ ids: string[]; total: number }> {
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { status, body } = await ask(person, address(endpoint, {}, { ...query, limit: 3, ...(cursor === undefined ? {} : { cursor }) }))
    assert.equal(status, 200)
    const page = body as CaseRows
    ids.push(...page.rows.map((row) => row.id))
    if (page.next === null) return { ids, total: page.count.total }
    cursor = page.next
  }
}

function listed(endpoint: Endpoint, query: object, belongs: (reader: Reader, one: Known) => boolean): Check {
  return async (reader, person) => {
    const { ids, total } = await allPages(person, endpoint, query)
    const wanted = sorted(cases.filter((one) => belongs(reader, one)).map((one) => one.id))
    assert.deepEqual(sorted(ids), wanted, JSON.stringify(query))
    assert.equal(ids.length, wanted.length, 'a row came twice')
    assert.equal(total, wanted.length, 'the count knows more than the list')
  }
}

const both =
  (...checks: readonly Check[]): Check =>
  async (reader, person) => {
    for (const check of checks) await check(reader, person)
  }

/** For every thing there is: the path answers when the oracle says so, and "unknown" when not. */
function each<T>(
  things: () => Promise<readonly T[]>,
  path: (thing: T) => string,
  may: (reader: Reader, thing: T) => boolean,
  look?: (body: never, thing: T, reader: Reader) => void,
): Check {
  return async (reader, person) => {
    const all = await things()
    assert.ok(all.length > 0)
    for (const thing of all) {
      const { status, body } = await ask(person, path(thing))
      assert.equal(status, may(reader, thing) ? 200 : 404, `${path(thing)} ${JSON.stringify(thing).slice(0, 200)}`)
      if (status === 200) look?.(body, thing, reader)
    }
  }
}

const byId = (id: string) => cases.find((one) => one.id === id) ?? assert.fail(`no case ${id}`)
const seesId = (reader: Reader, id: string) => sees(reader, byId(id))

/** Inside a case that may be seen, nothing of one that may not: parts, documents, links, history; personal numbers masked for officers. */
function insideCase(view: contract.CaseView, one: Known, reader: Reader): void {
  for (const step of view.steps)
    if (step.child !== undefined) assert.equal(step.child.visible, seesId(reader, step.child.id), `part ${step.child.no}`)
  for (const document of view.documents) assert.ok(seesId(reader, document.case), `document ${document.no}`)
  for (const line of view.timeline) if (line.case !== undefined) assert.ok(seesId(reader, line.case.id), `line ${line.seq}`)
  for (const other of view.history) assert.ok(seesId(reader, other.id), `history ${other.no}`)
  const mobiles = view.form.flatMap((section) => section.fields).filter((field) => field.type === 'mobile')
  const own = reader.actsFor.some(({ party }) => party === one.party)
  for (const field of mobiles) assert.equal(String(field.value).includes('*'), !own, `mobile ${String(field.value)}`)
  if (own)
    for (const line of view.timeline)
      assert.doesNotMatch(line.by.zh, /小蓝|老海|小卫|老邓|小于|小港/, 'officers are shown to applicants as their organisation')
}

function tasksFor({ posts }: Reader): string[] {
  const flows = pack.flows
  return cases.flatMap(({ id, state, open }) => {
    const flow = flows.get(state.flow)
    if (!open || flow === undefined) return []
    return tasks(flow, state)
      .filter((task) => posts.some((post) => post.org === task.org && (post.desk === task.desk || task.as === 'co-handler')))
      .map((task) => `${id} ${task.step} ${task.org}`)
  })
}

const READS: { readonly [endpoint: string]: Check } = {
  getCity: alike(contract.getCity),
  listBundles: alike(contract.listBundles),
  getBundle: alike(contract.getBundle, () => ({ bundle: 'open-stall' })),
  listMatters: alike(contract.listMatters),
  getMatter: alike(contract.getMatter, () => ({ matter: 'lamp-permit' })),
  listRegions: alike(contract.listRegions),
  listOrgs: alike(contract.listOrgs),
  listDemoPeople: alike(contract.listDemoPeople),
  getDueDate: alike(contract.getDueDate, () => ({}), { from: '2035-03-05', limit: 5 }),
  verifyCertificate: async (reader, person) => {
    const [one] = await rows('select certificates.identifier from certificates order by 1 limit 1', ['identifier'])
    await alike(contract.verifyCertificate, () => ({ identifier: one?.identifier }))(reader, person)
  },
  getSession: async (reader, person) => {
    const { body } = await ask(person, address(contract.getSession))
    const session = body as contract.Session
    assert.equal(session.person, reader.id)
    assert.deepEqual(
      sorted(session.posts.map((post) => `${post.desk} ${post.org}`)),
      sorted(reader.posts.map((post) => `${post.desk} ${post.org}`)),
    )
  },
  listCases: both(
    listed(contract.listCases, {}, sees),
    listed(
      contract.listCases,
      { mine: true },
      ({ actsFor }, one) => one.id === one.rootId && actsFor.some(({ party }) => party === one.party),
    ),
    listed(contract.listCases, { status: 'open' }, (reader, one) => one.open && sees(reader, one)),
    listed(contract.listCases, { q: '海味' }, (reader, one) => /海味/.test(wordsIn(one)) && sees(reader, one)),
    listed(contract.listCases, { light: 'red' }, (reader, one) => one.light === 'red' && sees(reader, one)),
  ),
  listLate: both(
    listed(contract.listLate, {}, (reader, one) => one.open && ['blue', 'yellow', 'red'].includes(one.light) && seesByOffice(reader, one)),
    async (reader, person) => {
      const { body } = await ask(person, address(contract.listLate, {}, { limit: 100 }))
      const { byOrg, rows: late } = body as { byOrg: { blue: number; yellow: number; red: number }[]; rows: unknown[] }
      assert.equal(
        byOrg.reduce((sum, { blue, yellow, red }) => sum + blue + yellow + red, 0),
        late.length,
        reader.what,
      )
    },
  ),
  listInbox: async (reader, person) => {
    const { body } = await ask(person, address(contract.listInbox, {}, { limit: 100 }))
    const { rows: found, count } = body as { rows: contract.TaskRow[]; count: { total: number } }
    const shorts = new Map([...pack.orgs.values()].map((org) => [org.short.zh, org.id]))
    assert.deepEqual(
      sorted(found.map((row) => `${row.case} ${row.step}`)),
      sorted(tasksFor(reader).map((task) => task.split(' ').slice(0, 2).join(' '))),
    )
    assert.equal(found.length, tasksFor(reader).length)
    assert.equal(count.total, found.length)
    assert.ok(found.every((row) => shorts.has(row.org.zh)))
  },
  getCase: each(
    async () => cases,
    (one) => address(contract.getCase, { case: one.id }),
    sees,
    (view, one, reader) => insideCase(view as contract.CaseView, one, reader),
  ),
  explainClock: each(
    async () => cases.flatMap((one) => Object.keys(one.state.clocks).map((clock) => ({ one, clock }))),
    ({ one, clock }) => address(contract.explainClock, { case: one.id, clock }),
    (reader, { one }) => sees(reader, one),
  ),
  listDrafts: async (reader, person) => {
    const { body } = await ask(person, address(contract.listDrafts))
    const all = await rows('select drafts.id::text, drafts.party_id, drafts.person from drafts where drafts.submitted_case is null', [
      'id',
      'party_id',
      'person',
    ])
    assert.deepEqual(
      sorted((body as { drafts: { id: string }[] }).drafts.map((one) => one.id)),
      sorted(all.filter((one) => seesDraft(reader, one)).map((one) => one.id)),
    )
  },
  getDraft: each(
    () => rows('select drafts.id::text, drafts.party_id, drafts.person from drafts', ['id', 'party_id', 'person']),
    (one) => address(contract.getDraft, { draft: one.id }),
    seesDraft,
  ),
  listMyParties: async (reader, person) => {
    const { body } = await ask(person, address(contract.listMyParties))
    const { parties } = body as { parties: { id: string }[] }
    for (const { party } of reader.actsFor) assert.ok(parties.some((one) => one.id === party))
    // Whoever applied for the stall also acts for the company that was founded with it.
    const founded = await rows("select party_people.party_id from party_people where party_people.person = 'mei'", ['party_id'])
    const allowed = new Set([...reader.actsFor.map((one) => one.party), ...(reader.id === 'mei' ? founded.map((one) => one.party_id) : [])])
    assert.deepEqual(
      parties.filter((one) => !allowed.has(one.id)),
      [],
    )
  },
  findParties: async (reader, person) => {
    const { status, body } = await ask(person, address(contract.findParties, {}, { q: '示例' }))
    assert.equal(status, reader.posts.some((post) => post.desk === 'counter') ? 200 : 403)
    if (status !== 200) return
    const all = await rows("select parties.party_id as id, parties.region from parties where parties.name like '示例%'", ['id', 'region'])
    assert.deepEqual(
      sorted((body as { parties: { id: string }[] }).parties.map((one) => one.id)),
      sorted(all.filter((one) => counterServes(reader, one.region)).map((one) => one.id)),
    )
  },
  getParty: each(
    () => rows('select parties.party_id as id, parties.region from parties', ['id', 'region']),
    (party) => address(contract.getParty, { party: party.id }),
    (reader, { id, region }) => counterServes(reader, region) || seesParty(reader, id),
    (body, _party, reader) => {
      const party = body as contract.Party
      for (const person of party.people) {
        assert.ok(person.idCard === undefined || person.idCard.includes('*'), `${reader.what} reads an identity number`)
        assert.ok(person.mobile === undefined || person.mobile.includes('*'), `${reader.what} reads a mobile number`)
      }
    },
  ),
  listCertificates: async (reader, person) => {
    const all = await rows('select certificates.id::text, certificates.party_id, certificates.case_id::text from certificates', [
      'id',
      'party_id',
      'case_id',
    ])
    const { body } = await ask(person, address(contract.listCertificates))
    const acted = await actsFor(reader)
    assert.deepEqual(sorted(idsIn(body)), sorted(all.filter((one) => acted.has(one.party_id)).map((one) => one.id)))
    for (const party of sorted(all.map((one) => one.party_id))) {
      const { body: seen } = await ask(person, address(contract.listCertificates, {}, { party }))
      assert.deepEqual(
        sorted(idsIn(seen)),
        sorted(all.filter((one) => one.party_id === party && seesCertificate(reader, one, acted)).map((one) => one.id)),
      )
    }
  },
  getCertificate: async (reader, person) => {
    const all = await rows('select certificates.id::text, certificates.party_id, certificates.case_id::text from certificates', [
      'id',
      'party_id',
      'case_id',
    ])
    const acted = await actsFor(reader)
    for (const one of all) {
      const { status } = await ask(person, address(contract.getCertificate, { certificate: one.id }))
      assert.equal(status, seesCertificate(reader, one, acted) ? 200 : 404)
    }
  },
  listNotices: async (reader, person) => {
    const own = await rows(`select notices.id::text from notices where notices.person = '${reader.id}'`, ['id'])
    const { body } = await ask(person, address(contract.listNotices, {}, { limit: 100 }))
    const page = body as { rows: contract.Notice[] }
    assert.deepEqual(sorted(page.rows.map((one) => one.id)), sorted(own.map((one) => one.id)))
    for (const notice of page.rows)
      if (notice.case !== undefined) assert.ok(seesId(reader, notice.case), `a notice to ${reader.what} of a case they may not see`)
  },
  listReviews: async (reader, person) => {
    const { status, body, bytes } = await ask(person, address(contract.listReviews))
    assert.equal(status, 200)
    const all = await rows('select reviews.id::text, reviews.org, reviews.region_path from reviews', ['id', 'org', 'region_path'])
    assert.ok(all.length > 0)
    const mine = all.filter(({ org, region_path: path }) =>
      reader.posts.some(
        (post) =>
          post.desk !== 'admin' &&
          (post.org === org || (post.desk === 'supervision' && path.includes(`${pack.orgs.get(post.org)?.region}/`))),
      ),
    )
    assert.deepEqual(sorted((body as { rows: { id: string }[] }).rows.map((one) => one.id)), sorted(mine.map((one) => one.id)))
    for (const one of cases) assert.ok(!bytes.includes(one.id), 'a review says which case it is of')
  },
}

function wordsIn(one: Known): string {
  const named = one.state.data.party as { name?: string } | undefined
  const supervised = one.state.data.about as { title?: { zh?: string } } | undefined
  const title = pack.matters.get(String((one.state.data.matter as { id?: string } | undefined)?.id))?.title.zh ?? ''
  const bundle = (one.state.data.bundle as { title?: { zh?: string } } | undefined)?.title?.zh ?? ''
  const first = one.state.parent === undefined ? bundle : title
  return `${first} ${supervised?.title?.zh ?? ''} ${named?.name ?? ''} ${FIRST_NAMES[one.party] ?? ''}`
}
/** What parties were called when their cases were opened. */
const FIRST_NAMES: { readonly [party: string]: string } = { 'mei-stall': '示例·阿梅海味', 'tide-company': '示例·潮汐海产公司' }

/** A hall serves its own region: the one of the city, the whole city. */
function counterServes({ posts }: Pick<Reader, 'posts'>, region: string): boolean {
  return posts.some(({ desk, org }) => desk === 'counter' && inRegion(pack, region, pack.orgs.get(org)?.region ?? ''))
}

function seesDraft(reader: Reader, draft: { party_id: string; person: string }): boolean {
  return draft.person === reader.id || reader.actsFor.some((one) => one.party === draft.party_id)
}

async function actsFor(reader: Reader): Promise<Set<string>> {
  const all = await rows(`select party_people.party_id from party_people where party_people.person = '${reader.id}'`, ['party_id'])
  return new Set(all.map((one) => one.party_id))
}

/** Parties founded in a case that may be seen, besides those whose cases are. */
function seesParty(reader: Reader, party: string): boolean {
  if (reader.actsFor.some((one) => one.party === party) || cases.some((one) => one.party === party && sees(reader, one))) return true
  return (founded.get(party) ?? []).some((id) => seesId(reader, id)) || (reader.id === 'mei' && founded.has(party))
}
const founded = new Map<string, string[]>()

function seesCertificate(reader: Reader, one: { party_id: string; case_id: string | null }, acted: ReadonlySet<string>): boolean {
  if (acted.has(one.party_id) || (one.case_id !== null && seesId(reader, one.case_id))) return true
  return cases.some((known) => known.party === one.party_id && sees(reader, known))
}

const idsIn = (body: unknown) => (body as { certificates: { id: string }[] }).certificates.map((one) => one.id)

/** Paths that answer bytes. */
const BYTES: { readonly [path: string]: Check } = {
  'documents as pages': each(
    () => rows('select documents.id::text, documents.case_id::text from documents', ['id', 'case_id']),
    (one) => contract.documentPath(one.id, 'html'),
    (reader, one) => seesId(reader, one.case_id),
  ),
  'documents as PDF': each(
    () => rows('select documents.id::text, documents.case_id::text from documents order by documents.id limit 2', ['id', 'case_id']),
    (one) => contract.documentPath(one.id, 'pdf'),
    (reader, one) => seesId(reader, one.case_id),
  ),
  'uploaded files': each(
    () => rows('select files.id::text, files.uploaded_by from files', ['id', 'uploaded_by']),
    (one) => contract.filePath(one.id),
    (reader, one) =>
      one.uploaded_by === reader.id ||
      (attached.get(one.id) ?? []).some((root) => cases.some((known) => known.rootId === root && sees(reader, known))),
  ),
}
const attached = new Map<string, string[]>()

// ---------------------------------------------------------------- the matrix

const isEndpoint = (one: unknown): one is Endpoint => typeof one === 'object' && one !== null && 'method' in one && 'path' in one
const ENDPOINTS = (Object.values(contract) as unknown[]).filter(isEndpoint)

describe('the matrix', () => {
  it('speaks of every reading endpoint of the contract, of every person and of every kind of case', () => {
    const reading = ENDPOINTS.filter((endpoint) => endpoint.method === 'GET').map((endpoint) => endpoint.id)
    assert.deepEqual(Object.keys(READS).sort(), reading.sort())
    assert.deepEqual(READERS.map((one) => one.id).sort(), pack.demo.people.map((one) => one.id).sort())
    assert.deepEqual(sorted(cases.map((one) => one.state.kind)), ['bundle', 'permit', 'supervision'])
    assert.ok(cases.some((one) => !one.open) && cases.length > 8)
    const kinds = new Set(everybody.map((one) => cases.filter((known) => sees(one, known)).length))
    assert.ok(kinds.has(0) && kinds.has(cases.length) && kinds.size > 5, 'the readers do not differ')
  })

  it('tells a guest nothing but what is public', async () => {
    const params = {
      case: cases[0]?.id,
      draft: cases[0]?.id,
      certificate: cases[0]?.id,
      clock: 'promised',
      party: 'mei-stall',
      bundle: 'open-stall',
      matter: 'lamp-permit',
    }
    for (const endpoint of ENDPOINTS.filter((one) => one.method === 'GET' && one.id !== 'verifyCertificate')) {
      const { status } = await ask(null, address(endpoint, params, { q: '示例', from: '2035-03-05', limit: 5 }))
      assert.equal(status, endpoint.access === 'public' ? 200 : 401, endpoint.id)
    }
    const [document] = await rows('select documents.id::text from documents limit 1', ['id'])
    const [file] = await rows('select files.id::text from files limit 1', ['id'])
    for (const path of [
      contract.documentPath(document?.id ?? '', 'html'),
      contract.documentPath(document?.id ?? '', 'pdf'),
      contract.filePath(file?.id ?? ''),
    ])
      assert.equal((await ask(null, path)).status, 401, path)
    assert.equal((await ask(null, contract.qrPath('/verify/x'))).status, 200)
  })
})

for (const [name, check] of [...Object.entries(READS), ...Object.entries(BYTES)]) {
  describe(name, () => {
    for (const one of everybody) {
      it(one.what, async () => check(one, people.get(one.id) ?? assert.fail(one.id)))
    }
  })
}
