/** Demonstration people and parties of the pack; loading them again changes nothing that happened since. */
import type { CityPack, DemoParty } from '@yichuang/pack'
import type { Instant, PlainDate } from '@yichuang/workday'
import type { Queries } from '../../platform/pg/database.ts'
import { factName } from './core/facts.ts'
import type { PartyRecord } from './core/vocabulary.ts'
import { addEvent, addFirstFacts, addOfficers, addParties, putPeople, putPosts } from './store.ts'

type LoadParts = { readonly pack: CityPack; readonly now: Instant; readonly on: PlainDate }

export async function loadDemo(tx: Queries, parts: LoadParts): Promise<void> {
  const { people, parties } = parts.pack.demo
  await putPeople(
    tx,
    people.map(({ id, name, idCard, mobile }) => ({ person: id, name, idCard, mobile, synthetic: true })),
  )
  await putPosts(
    tx,
    people.map((person) => person.id),
    people.flatMap((person) => person.posts.map((post) => ({ person: person.id, ...post }))),
  )
  await loadParties(tx, parts, parties)
  const officers = people.flatMap((person) =>
    person.actsFor.map((one) => ({
      partyId: one.party,
      person: person.id,
      as: one.as,
      since: sinceOf(parts, one.party),
      until: one.until,
    })),
  )
  await addOfficers(tx, officers)
}

async function loadParties(tx: Queries, parts: LoadParts, parties: readonly DemoParty[]): Promise<void> {
  const records = parties.map((party) => recordOf(parts, party))
  const fresh = new Set(await addParties(tx, records))
  for (const after of records.filter((record) => fresh.has(record.id))) {
    await addEvent(tx, {
      partyId: after.id,
      at: parts.now,
      change: 'recorded',
      caseId: null,
      rootId: null,
      related: null,
      before: null,
      after,
    })
  }
  const known = parties.flatMap((party) => party.facts.map((fact) => ({ ...fact, fact: factName(fact.fact), partyId: party.id })))
  await addFirstFacts(tx, known, parts.now)
}

function recordOf({ pack, now }: LoadParts, party: DemoParty): PartyRecord {
  return {
    id: party.id,
    kind: party.kind,
    name: party.name.zh,
    creditCode: party.creditCode,
    region: party.region,
    regionPath: pack.regions.get(party.region)?.path ?? '',
    status: 'active',
    foundedOn: foundedOn(party),
    synthetic: true,
    recordedAt: now,
  }
}

function foundedOn(party: DemoParty): PlainDate | null {
  const value = party.facts.find((fact) => factName(fact.fact) === 'founded_on')?.value
  return typeof value === 'string' ? value : null
}

/** Officers of a demonstration party have been so since it was founded: the demonstration clock may stand on any day. */
function sinceOf({ pack }: LoadParts, id: string): PlainDate {
  const party = pack.demo.parties.find((one) => one.id === id)
  return (party === undefined ? null : foundedOn(party)) ?? '1900-01-01'
}
