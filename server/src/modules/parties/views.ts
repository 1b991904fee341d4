/** Reads of parties. Whatever leaves by a screen carries the reader's sight; what other modules need goes by `public.ts`. */
import type { Text } from '@yichuang/caseflow'
import type { PlainDate } from '@yichuang/workday'
import { type Sight, sightParams, VISIBLE } from '../../engine/visibility.ts'
import type { RowOf } from '../../platform/pg/columns.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { statement, typed } from '../../platform/pg/statement.ts'
import type { Capacity, FactRecord, PartyKind, PartyRecord, PartyStatus } from './core/vocabulary.ts'

const partyColumns = {
  party_id: 'text',
  kind: typed<PartyKind>('text'),
  name: 'text',
  credit_code: 'text?',
  region: 'text',
  region_path: 'text',
  status: typed<PartyStatus>('text'),
  founded_on: 'date?',
  synthetic: 'bool',
  recorded_at: 'timestamptz',
} as const
const PARTY = Object.keys(partyColumns)
  .map((column) => `parties.${column}`)
  .join(', ')

function recordOf(row: RowOf<typeof partyColumns>): PartyRecord {
  return {
    id: row.party_id,
    kind: row.kind,
    name: row.name,
    creditCode: row.credit_code,
    region: row.region,
    regionPath: row.region_path,
    status: row.status,
    foundedOn: row.founded_on,
    synthetic: row.synthetic,
    recordedAt: row.recorded_at,
  }
}

const findById = statement('parties.find', `select ${PARTY} from parties where parties.party_id = $1`, partyColumns)
export async function findPartyRow(db: Queries, id: string): Promise<PartyRecord | null> {
  const row = await db.maybe(findById, [id])
  return row === null ? null : recordOf(row)
}

const lockById = statement('parties.lock', `select ${PARTY} from parties where parties.party_id = $1 for update`, partyColumns)
export async function lockParty(tx: Queries, id: string): Promise<PartyRecord | null> {
  const row = await tx.maybe(lockById, [id])
  return row === null ? null : recordOf(row)
}

const listByIds = statement(
  'parties.list',
  `select ${PARTY} from parties where parties.party_id = any($1::text[]) order by parties.name, parties.party_id`,
  partyColumns,
)
export async function listParties(db: Queries, ids: readonly string[]): Promise<PartyRecord[]> {
  return ids.length === 0 ? [] : (await db.query(listByIds, [ids])).map(recordOf)
}

/** As a pattern: the region and everything below it. */
const below = (regionPath: string) => `${regionPath}%`

export type Sought = { readonly name: string; readonly code: string }

const MOST_FOUND = 20
const searchByName = statement(
  'parties.search',
  `select ${PARTY} from parties where (parties.name like $1 or parties.credit_code = $2) and parties.region_path like any($3::text[])
   order by parties.name, parties.party_id limit ${MOST_FOUND}`,
  partyColumns,
)
/** By the beginning of the name, or by the whole credit code; in or below the regions. */
export async function searchParties(db: Queries, text: Sought, regions: readonly string[]): Promise<PartyRecord[]> {
  const name = `${text.name.replaceAll(/[%_\\]/g, '\\$&')}%`
  return (await db.query(searchByName, [name, text.code, regions.map(below)])).map(recordOf)
}

// A party is seen by those who act for it, by those who see a case of it or the case that founded it, and by the counters of its region ($5).
const visibleParty = statement(
  'parties.find-visible',
  `select ${PARTY} from parties where parties.party_id = $4 and (parties.region_path like any($5::text[]) or parties.party_id = any($1::text[]) or exists (
     select 1 from cases where cases.party_id = $4 and ${VISIBLE}
   ) or exists (
     select 1 from party_events join cases on cases.id = party_events.case_id where party_events.party_id = $4 and ${VISIBLE}
   ))`,
  partyColumns,
)
export type PartySight = Sight & {
  /** Region paths that the reader's counters serve. */
  readonly served: readonly string[]
}
export async function findVisibleParty(db: Queries, sight: PartySight, id: string): Promise<PartyRecord | null> {
  const row = await db.maybe(visibleParty, [...sightParams(sight), id, sight.served.map(below)])
  return row === null ? null : recordOf(row)
}

// $1 the party, $2 organisations: a case of the party, or the one that founded it, lies or lay at one of them.
const caseAt = statement(
  'parties.has-case-at',
  `select exists (
     select 1 from case_orgs join cases on cases.id = case_orgs.case_id
     where case_orgs.org = any($2::text[]) and (cases.party_id = $1 or exists (
       select 1 from party_events where party_events.party_id = $1 and party_events.case_id = cases.id
     ))
   ) as there`,
  { there: 'bool' },
)
export async function hasCaseAt(db: Queries, partyId: string, orgs: readonly string[]): Promise<boolean> {
  return orgs.length > 0 && (await db.one(caseAt, [partyId, orgs])).there
}

const currentFacts = statement(
  'parties.facts',
  `select distinct on (party_facts.fact) party_facts.fact, party_facts.value, party_facts.source, party_facts.as_of
   from party_facts where party_facts.party_id = $1 order by party_facts.fact, party_facts.seq desc`,
  { fact: 'text', value: 'jsonb', source: typed<Text>('jsonb'), as_of: 'date' },
)
export async function findFacts(db: Queries, partyId: string): Promise<FactRecord[]> {
  const rows = await db.query(currentFacts, [partyId])
  return rows.map((row) => ({ fact: row.fact, value: row.value, source: row.source, asOf: row.as_of }))
}

const officersOf = statement(
  'parties.officers',
  `select party_people.person, party_people.as_role, party_people.since, party_people.until, people.name, people.id_card, people.mobile
   from party_people join people on people.person = party_people.person
   where party_people.party_id = $1 and party_people.since <= $2::date and (party_people.until is null or party_people.until >= $2::date)
   order by party_people.as_role desc, party_people.person`,
  {
    person: 'text',
    as_role: typed<Capacity>('text'),
    since: 'date',
    until: 'date?',
    name: typed<Text>('jsonb'),
    id_card: 'text?',
    mobile: 'text?',
  },
)
export type OfficerRow = {
  readonly person: string
  readonly as: Capacity
  readonly since: PlainDate
  readonly until: PlainDate | null
  readonly name: Text
  readonly idCard: string | null
  readonly mobile: string | null
}
/** Those who may act for the party on a day. With personal data: mask before it leaves. */
export async function findOfficers(db: Queries, partyId: string, on: PlainDate): Promise<OfficerRow[]> {
  const rows = await db.query(officersOf, [partyId, on])
  return rows.map(({ as_role, id_card, ...row }) => ({ ...row, as: as_role, idCard: id_card }))
}

const personById = statement(
  'parties.person',
  'select people.person, people.name, people.mobile, people.synthetic from people where people.person = $1',
  { person: 'text', name: typed<Text>('jsonb'), mobile: 'text?', synthetic: 'bool' },
)
export async function findPerson(db: Queries, person: string) {
  return db.maybe(personById, [person])
}

const namesOfPeople = statement('parties.names', 'select people.person, people.name from people where people.person = any($1::text[])', {
  person: 'text',
  name: typed<Text>('jsonb'),
})
export async function findNames(db: Queries, people: readonly string[]): Promise<ReadonlyMap<string, Text>> {
  const rows = people.length === 0 ? [] : await db.query(namesOfPeople, [people])
  return new Map(rows.map((row) => [row.person, row.name]))
}

const postsOf = statement(
  'parties.posts',
  'select posts.desk, posts.org, posts.roles from posts where posts.person = $1 order by posts.desk, posts.org',
  {
    desk: 'text',
    org: 'text',
    roles: 'text[]',
  },
)
export async function findPosts(db: Queries, person: string) {
  return db.query(postsOf, [person])
}

const actsFor = statement(
  'parties.acts-for',
  `select parties.party_id, parties.name, parties.kind, min(party_people.as_role) filter (where party_people.as_role <> 'agent') as chief
   from party_people join parties on parties.party_id = party_people.party_id
   where party_people.person = $1 and party_people.since <= $2::date and (party_people.until is null or party_people.until >= $2::date)
   group by parties.party_id order by parties.name, parties.party_id`,
  { party_id: 'text', name: 'text', kind: 'text', chief: 'text?' },
)
/** One row per party; of several capacities the highest: legal representative, owner, agent. */
export async function findActsFor(db: Queries, person: string, on: PlainDate) {
  const rows = await db.query(actsFor, [person, on])
  return rows.map((row) => ({ id: row.party_id, name: row.name, kind: row.kind, as: row.chief ?? 'agent' }))
}

const staffAt = statement(
  'parties.staff',
  `select posts.person, posts.desk, posts.org, posts.roles from posts
   where posts.org = any($1::text[]) and ($2::text[] is null or posts.roles && $2::text[]) order by posts.person, posts.desk, posts.org`,
  { person: 'text', desk: 'text', org: 'text', roles: 'text[]' },
)
export type Staff = { readonly person: string; readonly desk: string; readonly org: string; readonly roles: readonly string[] }
export async function findStaff(db: Queries, orgs: readonly string[], roles: readonly string[] | null): Promise<Staff[]> {
  return orgs.length === 0 ? [] : db.query(staffAt, [orgs, roles])
}

const eventsOfCase = statement(
  'parties.events-of-case',
  'select party_events.party_id, party_events.change from party_events where party_events.case_id = $1 order by party_events.seq',
  { party_id: 'text', change: typed<'convert' | 'close' | 'found'>('text') },
)
export async function findEventsOfCase(db: Queries, caseId: string) {
  return db.query(eventsOfCase, [caseId])
}

const eventsOfRoot = statement(
  'parties.events-of-root',
  `select party_events.party_id, party_events.change from party_events where party_events.root_id = $1
   order by party_events.at, party_events.party_id, party_events.seq`,
  { party_id: 'text', change: typed<'convert' | 'close' | 'found'>('text') },
)
export async function findEventsOfRoot(db: Queries, rootId: string) {
  return db.query(eventsOfRoot, [rootId])
}
