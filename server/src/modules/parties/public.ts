/** 主体: the only door of this module for others. Made once by the composition; takes the caller's connection or transaction each time. */
import type { Text } from '@yichuang/caseflow'
import { makeCreditCode } from '@yichuang/codes'
import { type CityPack, inRegion, regionPath } from '@yichuang/pack'
import { ok, type Result, refuse, unwrap } from '@yichuang/result'
import type { Instant, PlainDate } from '@yichuang/workday'
import type { Principal } from '../../platform/access.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { assembleFacts, type PartyFacts } from './core/facts.ts'
import { checkCode } from './core/kinds.ts'
import { close, convert, found, type Registered, type Registration, registerFacts, representativeOf } from './core/registration.ts'
import type { Capacity, PartyKind, PartyRecord } from './core/vocabulary.ts'
import { loadDemo } from './demo.ts'
import { addEvent, addFacts, addOfficers, addParties, changeParty, markSucceeded, nextRegisterSerial, putPeople } from './store.ts'
import {
  findActsFor,
  findEventsOfCase,
  findEventsOfRoot,
  findFacts,
  findNames,
  findOfficers,
  findPartyRow,
  findPerson,
  findPosts,
  findStaff,
  listParties,
  lockParty,
  type Staff,
} from './views.ts'

export type { PartyFacts } from './core/facts.ts'
export { counterServes } from './core/reach.ts'
export { type Registration, representativeOf } from './core/registration.ts'
export type { PartyKind, PartyRecord } from './core/vocabulary.ts'
export { addPerson, addPost, endPost, isRegistered, type NewPerson, type PostWish } from './staffing.ts'
export type { Staff } from './views.ts'

/** With the kind of each party, which screens show and access does not need. */
export type PartyPrincipal = Omit<Principal, 'parties'> & {
  readonly parties: readonly { readonly id: string; readonly name: string; readonly kind: string; readonly as: string }[]
}
export type NewParty = {
  readonly kind: PartyKind
  readonly name: string
  readonly creditCode?: string
  readonly region: string
  readonly synthetic: boolean
}

export type Parties = {
  findPrincipal(db: Queries, person: string): Promise<PartyPrincipal | null>
  /** Who works at the organisation, of those with one of the roles when roles are given. One row per post. */
  principalsOfOrg(db: Queries, org: string, roles?: readonly string[]): Promise<Staff[]>
  /** Posts at organisations whose region is that region or one above it: supervision, discipline. */
  principalsOver(db: Queries, region: string, roles?: readonly string[]): Promise<Staff[]>
  /** Who may act for the party today. */
  peopleOfParty(db: Queries, partyId: string): Promise<{ readonly person: string; readonly as: Capacity }[]>
  /** For the sender of messages only: the number never leaves by a read path. */
  mobileOf(db: Queries, person: string): Promise<string | null>
  namesOf(db: Queries, people: readonly string[]): Promise<ReadonlyMap<string, Text>>
  findParty(db: Queries, partyId: string): Promise<PartyRecord | null>
  /** By id; those that are not there are left out. */
  findParties(db: Queries, partyIds: readonly string[]): Promise<ReadonlyMap<string, PartyRecord>>
  partyFacts(db: Queries, partyId: string): Promise<PartyFacts | null>
  createParty(tx: Queries, party: NewParty): Promise<Result<PartyRecord>>
  /** Changes the register once per case; answers the party that stands after it. */
  recordRegistration(tx: Queries, wish: Registration): Promise<Result<PartyRecord>>
  /** Who the matters of a root case are for: the party it founded, else the one it was opened for. */
  partyOfRoot(db: Queries, rootId: string, partyId: string): Promise<string>
  /** Demonstration people, posts and parties of the pack; idempotent. */
  loadDemo(tx: Queries): Promise<void>
}

export type PartiesParts = { readonly pack: CityPack; readonly now: () => Instant }

export function makeParties({ pack, now }: PartiesParts): Parties {
  const today = () => pack.calendar.dateOf(now())
  return {
    findPrincipal: (db, person) => findPrincipal(db, pack, { person, on: today() }),
    principalsOfOrg: (db, org, roles) => findStaff(db, [org], roles ?? null),
    principalsOver: (db, region, roles) => {
      const above = [...pack.orgs.values()].filter((org) => inRegion(pack, region, org.region))
      return findStaff(
        db,
        above.map((org) => org.id),
        roles ?? null,
      )
    },
    peopleOfParty: async (db, partyId) => {
      const officers = await findOfficers(db, partyId, today())
      return officers.map(({ person, as }) => ({ person, as }))
    },
    mobileOf: async (db, person) => (await findPerson(db, person))?.mobile ?? null,
    namesOf: findNames,
    findParty: findPartyRow,
    findParties: async (db, ids) => new Map((await listParties(db, ids)).map((party) => [party.id, party])),
    partyFacts: async (db, partyId) => {
      const [party, facts] = await Promise.all([findPartyRow(db, partyId), findFacts(db, partyId)])
      return party === null ? null : assembleFacts(party, facts, today())
    },
    createParty: (tx, party) => createParty(tx, pack, { ...party, at: now(), on: today() }),
    recordRegistration: (tx, wish) => recordRegistration(tx, pack, wish),
    partyOfRoot: async (db, rootId, partyId) => {
      const events = await findEventsOfRoot(db, rootId)
      return events.find((event) => event.change === 'found')?.party_id ?? partyId
    },
    loadDemo: (tx) => loadDemo(tx, { pack, now: now(), on: today() }),
  }
}

async function findPrincipal(
  db: Queries,
  pack: CityPack,
  { person, on }: { person: string; on: PlainDate },
): Promise<PartyPrincipal | null> {
  const [row, posts, parties] = await Promise.all([findPerson(db, person), findPosts(db, person), findActsFor(db, person, on)])
  if (row === null) return null
  return {
    person,
    name: row.name,
    // A post at an organisation that the pack no longer has opens nothing.
    posts: posts.flatMap((post) => {
      const org = pack.orgs.get(post.org)
      return org === undefined ? [] : [{ ...post, orgPath: org.path, regionPath: regionPath(pack, org.region) }]
    }),
    parties,
    demo: row.synthetic,
  }
}

type Moment = { readonly at: Instant; readonly on: PlainDate }

async function createParty(tx: Queries, pack: CityPack, party: NewParty & Moment): Promise<Result<PartyRecord>> {
  const code = checkCode(party.kind, party.creditCode)
  if (!code.ok) return code
  const region = pack.regions.get(party.region)
  if (region === undefined) return refuse('parties/region-unknown', `There is no region ${party.region}: choose one of the list.`)
  const record: PartyRecord = {
    id: uuidv7(party.at),
    kind: party.kind,
    name: party.name.trim(),
    creditCode: code.value,
    region: region.code,
    regionPath: region.path,
    status: 'active',
    foundedOn: null,
    synthetic: party.synthetic,
    recordedAt: party.at,
  }
  if ((await addParties(tx, [record])).length === 0) {
    return refuse(
      'parties/already-there',
      'A party with this credit code is recorded already: search for it by the code, at a hall of its region.',
    )
  }
  await addEvent(tx, {
    partyId: record.id,
    at: party.at,
    change: 'recorded',
    caseId: null,
    rootId: null,
    related: null,
    before: null,
    after: record,
  })
  if (record.kind === 'person') await addSelf(tx, record, party.on)
  return ok(record)
}

/** A natural person is recorded as a person too, who acts for herself: whoever wrote her down does not stand for her. */
async function addSelf(tx: Queries, { id, name, synthetic }: PartyRecord, since: PlainDate): Promise<void> {
  await putPeople(tx, [{ person: id, name: { zh: name }, idCard: null, mobile: null, synthetic }])
  await addOfficers(tx, [{ partyId: id, person: id, as: 'owner', since, until: null }])
}

async function recordRegistration(tx: Queries, pack: CityPack, wish: Registration): Promise<Result<PartyRecord>> {
  const done = (await findEventsOfCase(tx, wish.caseId)).find((event) => event.change === wish.change)
  const before = await lockParty(tx, wish.partyId)
  if (done !== undefined) {
    const stands = await findPartyRow(tx, done.party_id)
    if (stands !== null) return ok(stands)
  }
  if (before === null) return refuse('parties/unknown', `There is no party ${wish.partyId} in the register.`)
  const registered = await decide(tx, pack, wish, before)
  if (!registered.ok) return registered
  await write(tx, wish, registered.value, before)
  return ok(registered.value.party)
}

async function decide(tx: Queries, pack: CityPack, wish: Registration, party: PartyRecord): Promise<Result<Registered>> {
  switch (wish.change) {
    case 'convert':
      return convert(party, await findOfficers(tx, party.id, wish.on), wish, registerFacts(pack, wish))
    case 'close': {
      const events = await findEventsOfRoot(tx, wish.rootId)
      return close(party, events.find((event) => event.change === 'found')?.party_id ?? null)
    }
    case 'found':
      return decideFounding(tx, pack, wish, party)
    default:
      return wish.change satisfies never
  }
}

async function decideFounding(tx: Queries, pack: CityPack, wish: Registration, party: PartyRecord): Promise<Result<Registered>> {
  const events = await findEventsOfRoot(tx, wish.rootId)
  const predecessor = events.find((event) => event.change === 'close')?.party_id ?? null
  const creditCode = await allotCode(tx, wish.region.slice(0, 6))
  const own = await findOfficers(tx, party.id, wish.on)
  const officers = representativeOf(own, null) === null && predecessor !== null ? await findOfficers(tx, predecessor, wish.on) : own
  const { name: applying, synthetic } = party
  return found(
    wish,
    { creditCode, regionPath: regionPath(pack, wish.region), synthetic, predecessor, applying, officers },
    registerFacts(pack, wish),
  )
}

/** YC + 6 digits: organisation codes of this series are ours and synthetic; the check characters are real arithmetic. */
async function allotCode(tx: Queries, region: string): Promise<string> {
  const serial = await nextRegisterSerial(tx, region)
  return unwrap(makeCreditCode({ registrar: '9', category: '1', region, organisation: `YC${String(serial).padStart(6, '0')}` }))
}

async function write(tx: Queries, wish: Registration, { party, facts, officers, related }: Registered, before: PartyRecord): Promise<void> {
  const isNew = wish.change === 'found'
  if (isNew) await addParties(tx, [party])
  else await changeParty(tx, party)
  await addFacts(tx, party.id, facts, wish.at)
  await addOfficers(
    tx,
    officers.map((officer) => ({ ...officer, partyId: party.id })),
  )
  if (isNew && related !== null) await markSucceeded(tx, related)
  const { at, change, caseId, rootId } = wish
  await addEvent(tx, { partyId: party.id, at, change, caseId, rootId, related, before: isNew ? null : before, after: party })
}
