/** Writes of parties. Each may run again without a second effect: consumers and the demonstration loader repeat themselves. */
import type { Text } from '@yichuang/caseflow'
import type { Instant } from '@yichuang/workday'
import type { Queries } from '../../platform/pg/database.ts'
import { json, statement } from '../../platform/pg/statement.ts'
import type { FactRecord, Officer, PartyRecord } from './core/vocabulary.ts'

const PARTY_ROW = `party_id text, kind text, name text, credit_code text, region text, region_path text, status text, founded_on date,
       synthetic boolean, recorded_at timestamptz`
const PARTY_COLUMNS = 'party_id, kind, name, credit_code, region, region_path, status, founded_on, synthetic, recorded_at'

const insertParties = statement(
  'parties.insert',
  `insert into parties (${PARTY_COLUMNS}) select ${PARTY_COLUMNS.replaceAll(/(\w+)/g, 'p.$1')}
   from jsonb_to_recordset($1::jsonb) as p (${PARTY_ROW})
   on conflict do nothing
   returning parties.party_id`,
  { party_id: 'text' },
)
/** Ids of those that were not there yet; a taken credit code counts as there. */
export async function addParties(tx: Queries, parties: readonly PartyRecord[]): Promise<string[]> {
  return (await tx.query(insertParties, [json(parties.map(partyRow))])).map((row) => row.party_id)
}

const updateParty = statement(
  'parties.update',
  `update parties set kind = p.kind, name = p.name, status = p.status
   from jsonb_to_record($1::jsonb) as p (${PARTY_ROW}) where parties.party_id = p.party_id`,
)
export async function changeParty(tx: Queries, party: PartyRecord): Promise<void> {
  await tx.run(updateParty, [json(partyRow(party))])
}

function partyRow(party: PartyRecord) {
  return {
    party_id: party.id,
    kind: party.kind,
    name: party.name,
    credit_code: party.creditCode,
    region: party.region,
    region_path: party.regionPath,
    status: party.status,
    founded_on: party.foundedOn,
    synthetic: party.synthetic,
    recorded_at: party.recordedAt,
  }
}

// A fact that says what the row before it says, from the same source and day, is no news.
const insertFacts = statement(
  'parties.insert-facts',
  `insert into party_facts (party_id, fact, seq, value, source, as_of, recorded_at)
   select $1, f.fact, coalesce(latest.seq, 0) + 1, coalesce(f.value, 'null'::jsonb), f.source, f.as_of, $3::timestamptz
   from jsonb_to_recordset($2::jsonb) as f (fact text, value jsonb, source jsonb, as_of date)
   left join lateral (
     select party_facts.seq, party_facts.value, party_facts.source, party_facts.as_of from party_facts
     where party_facts.party_id = $1 and party_facts.fact = f.fact order by party_facts.seq desc limit 1
   ) latest on true
   where (latest.value, latest.source, latest.as_of) is distinct from (coalesce(f.value, 'null'::jsonb), f.source, f.as_of)`,
)
export async function addFacts(tx: Queries, partyId: string, facts: readonly FactRecord[], at: Instant): Promise<void> {
  if (facts.length === 0) return
  const rows = facts.map((fact) => ({ fact: fact.fact, value: fact.value, source: fact.source, as_of: fact.asOf }))
  await tx.run(insertFacts, [partyId, json(rows), at])
}

const insertFirstFacts = statement(
  'parties.insert-first-facts',
  `insert into party_facts (party_id, fact, seq, value, source, as_of, recorded_at)
   select f.party_id, f.fact, 1, coalesce(f.value, 'null'::jsonb), f.source, f.as_of, $2::timestamptz
   from jsonb_to_recordset($1::jsonb) as f (party_id text, fact text, value jsonb, source jsonb, as_of date)
   on conflict do nothing`,
)
export type PartyFact = FactRecord & { readonly partyId: string }
/** Facts of parties that came from outside with a history of their own: never on top of what is known already. */
export async function addFirstFacts(tx: Queries, facts: readonly PartyFact[], at: Instant): Promise<void> {
  const rows = facts.map((one) => ({ party_id: one.partyId, fact: one.fact, value: one.value, source: one.source, as_of: one.asOf }))
  await tx.run(insertFirstFacts, [json(rows), at])
}

const insertOfficers = statement(
  'parties.insert-officers',
  `insert into party_people (party_id, person, as_role, since, until)
   select o.party_id, o.person, o.as_role, o.since, o.until
   from jsonb_to_recordset($1::jsonb) as o (party_id text, person text, as_role text, since date, until date)
   on conflict do nothing`,
)
export type PartyOfficer = Officer & { readonly partyId: string }
export async function addOfficers(tx: Queries, officers: readonly PartyOfficer[]): Promise<void> {
  if (officers.length === 0) return
  const rows = officers.map((one) => ({ party_id: one.partyId, person: one.person, as_role: one.as, since: one.since, until: one.until }))
  await tx.run(insertOfficers, [json(rows)])
}

const insertEvent = statement(
  'parties.insert-event',
  `insert into party_events (party_id, seq, at, change, case_id, root_id, related, before, after)
   select $1, coalesce(max(party_events.seq), 0) + 1, $2::timestamptz, $3, $4::uuid, $5::uuid, $6, $7::jsonb, $8::jsonb
   from party_events where party_events.party_id = $1`,
)
export type PartyEvent = {
  readonly partyId: string
  readonly at: Instant
  readonly change: 'recorded' | 'convert' | 'close' | 'found'
  readonly caseId: string | null
  readonly rootId: string | null
  readonly related: string | null
  readonly before: PartyRecord | null
  readonly after: PartyRecord
}
export async function addEvent(tx: Queries, event: PartyEvent): Promise<void> {
  const { partyId, at, change, caseId, rootId, related, before, after } = event
  await tx.run(insertEvent, [partyId, at, change, caseId, rootId, related, json(before), json(after)])
}

const markConverted = statement(
  'parties.mark-converted',
  `update parties set status = 'converted' where parties.party_id = $1 and parties.status = 'cancelled'`,
)
export async function markSucceeded(tx: Queries, partyId: string): Promise<void> {
  await tx.run(markConverted, [partyId])
}

const takeSerial = statement(
  'parties.take-serial',
  `insert into register_serials (region, last) values ($1, 1)
   on conflict (region) do update set last = register_serials.last + 1 returning register_serials.last`,
  { last: 'int4' },
)
export async function nextRegisterSerial(tx: Queries, region: string): Promise<number> {
  return (await tx.one(takeSerial, [region])).last
}

const insertReveal = statement(
  'parties.insert-reveal',
  'insert into party_reveals (party_id, id, who, whose, why, at) values ($1, $2::uuid, $3, $4, $5, $6::timestamptz)',
)
export type Reveal = {
  readonly partyId: string
  readonly id: string
  readonly who: string
  readonly whose: string
  readonly why: string
  readonly at: Instant
}
export async function addReveal(tx: Queries, { partyId, id, who, whose, why, at }: Reveal): Promise<void> {
  await tx.run(insertReveal, [partyId, id, who, whose, why, at])
}

const upsertPeople = statement(
  'parties.upsert-people',
  `insert into people (person, name, id_card, mobile, synthetic)
   select p.person, p.name, p.id_card, p.mobile, p.synthetic
   from jsonb_to_recordset($1::jsonb) as p (person text, name jsonb, id_card text, mobile text, synthetic boolean)
   on conflict (person) do update set name = excluded.name, id_card = excluded.id_card, mobile = excluded.mobile`,
)
export type PersonRow = {
  readonly person: string
  readonly name: Text
  readonly idCard: string | null
  readonly mobile: string | null
  readonly synthetic: boolean
}
export async function putPeople(tx: Queries, people: readonly PersonRow[]): Promise<void> {
  await tx.run(upsertPeople, [json(people.map(({ idCard, ...person }) => ({ ...person, id_card: idCard })))])
}

const replacePosts = statement(
  'parties.replace-posts',
  `with wanted as (
     select w.person, w.desk, w.org, array(select jsonb_array_elements_text(w.roles)) as roles
     from jsonb_to_recordset($2::jsonb) as w (person text, desk text, org text, roles jsonb)
   ), gone as (
     delete from posts where posts.person = any($1::text[])
       and not exists (select 1 from wanted where (wanted.person, wanted.desk, wanted.org) = (posts.person, posts.desk, posts.org))
   )
   insert into posts (person, desk, org, roles) select wanted.person, wanted.desk, wanted.org, wanted.roles from wanted
   on conflict (person, desk, org) do update set roles = excluded.roles`,
)
export type PostRow = { readonly person: string; readonly desk: string; readonly org: string; readonly roles: readonly string[] }
/** All posts of these people, and no others: a post that a pack no longer names ends. */
export async function putPosts(tx: Queries, people: readonly string[], posts: readonly PostRow[]): Promise<void> {
  await tx.run(replacePosts, [people, json(posts)])
}
