/** 主体 over HTTP: my parties, the counter's search, one party, recording one, and the audited look at personal data. */
import { maskIdCard, maskMobile, maskName } from '@yichuang/codes'
import { createParty, findParties, getParty, listMyParties, type Party, type PartyCard, revealPerson } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import { ok, type Refusal, type Result, refuse } from '@yichuang/result'
import { sightOf } from '../../engine/visibility.ts'
import type { Principal } from '../../platform/access.ts'
import type { Http } from '../../platform/http/server.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { factTitles } from './core/facts.ts'
import { looksLikeCode, readCode } from './core/kinds.ts'
import { maskValue } from './core/masking.ts'
import { counterServes, servedRegions } from './core/reach.ts'
import type { PartyRecord } from './core/vocabulary.ts'
import type { Parties } from './public.ts'
import { addReveal } from './store.ts'
import { findFacts, findOfficers, findStaff, findVisibleParty, hasCaseAt, listParties, type OfficerRow, searchParties } from './views.ts'

export type PartyRoutesParts = {
  readonly db: Queries
  readonly pack: CityPack
  readonly parties: Parties
  /** Whether one of these clerks is writing down an application of the party. */
  readonly isWrittenDown: (db: Queries, party: string, clerks: readonly string[]) => Promise<boolean>
}

export function routes(http: Pick<Http, 'answer' | 'command'>, parts: PartyRoutesParts): void {
  const { db, pack, parties, isWrittenDown } = parts
  const screen = makeScreen(pack)

  http.answer(listMyParties, async ({ principal }) => {
    const ids = principal.parties.map((party) => party.id)
    return ok({ parties: (await listParties(db, ids)).map(screen.card) })
  })

  http.answer(findParties, async ({ principal, query }) => {
    if (!atCounter(principal)) return notYourDesk()
    const text = query.q.trim()
    const code = looksLikeCode(text) ? readCode(text) : ok('')
    if (!code.ok) return code
    const found = await searchParties(db, { name: text, code: code.value }, servedRegions(principal))
    return ok({ parties: found.map(screen.card) })
  })

  http.answer(getParty, async ({ principal, params, now }) => {
    const party = await findVisibleParty(db, partySightOf(principal), params.party)
    if (party === null) return unknown()
    return ok(await screen.party(db, party, { on: pack.calendar.dateOf(now), full: actsFor(principal, party.id) }))
  })

  http.command(createParty, async ({ principal, body, now }, tx) => {
    if (!atCounter(principal)) return notYourDesk()
    const region = pack.regions.get(body.region)
    if (region !== undefined && !counterServes(principal, region.path)) return notYourRegion(region.name.zh)
    const made = await parties.createParty(tx, { ...body, synthetic: principal.demo })
    if (!made.ok) return made
    return ok(await screen.party(tx, made.value, { on: pack.calendar.dateOf(now), full: false }))
  })

  http.command(
    revealPerson,
    async ({ principal, params, body, now }, tx) => {
      const party = await findVisibleParty(tx, partySightOf(principal), params.party)
      if (party === null) return unknown()
      const officer = (await findOfficers(tx, party.id, pack.calendar.dateOf(now))).find((one) => one.person === body.person)
      const works = await worksOnCase(tx, principal, party.id, isWrittenDown)
      const allowed = mayReveal(principal, works, { person: body.person, officer })
      if (!allowed.ok) return allowed
      const { person, name, idCard, mobile } = allowed.value
      await addReveal(tx, { partyId: party.id, id: uuidv7(now), who: principal.person, whose: person, why: body.reason, at: now })
      return ok({ name: name.zh, ...(idCard === null ? {} : { idCard }), ...(mobile === null ? {} : { mobile }) })
    },
    { key: 'unused' },
  )
}

function atCounter(principal: Principal): boolean {
  return principal.posts.some((post) => post.desk === 'counter')
}

function actsFor(principal: Principal, party: string): boolean {
  return principal.parties.some((one) => one.id === party)
}

function partySightOf(principal: Principal) {
  return { ...sightOf(principal), served: servedRegions(principal) }
}

/** A case of the party lies where the reader works, or an application of it is being written down at the reader's counter. */
async function worksOnCase(
  db: Queries,
  { posts }: Principal,
  party: string,
  isWrittenDown: PartyRoutesParts['isWrittenDown'],
): Promise<boolean> {
  const orgsOf = (desks: readonly string[]) => posts.filter((post) => desks.includes(post.desk)).map((post) => post.org)
  if (await hasCaseAt(db, party, orgsOf(['counter', 'department']))) return true
  const colleagues = (await findStaff(db, orgsOf(['counter']), null)).filter((post) => post.desk === 'counter')
  return isWrittenDown(
    db,
    party,
    colleagues.map((post) => post.person),
  )
}

type Wanted = { readonly person: string; readonly officer: OfficerRow | undefined }

/** Those who work on a case may need a number to call; supervision looks at cases, not at people. Everybody may see what is kept of themselves. */
function mayReveal(principal: Principal, works: boolean, { person, officer }: Wanted): Result<OfficerRow> {
  if (officer !== undefined && (works || person === principal.person)) return ok(officer)
  const message = works
    ? 'This person does not act for this party; look at the list of its people.'
    : 'Only staff with a case of this party, or a counter that is writing one down, may see this, or the person concerned.'
  return refuse('parties/reveal-not-allowed', message)
}

function notYourDesk(): Result<never> {
  return refuse('parties/not-your-desk', 'Only a counter clerk may search and record parties; open the counter desk, or ask one.')
}

function notYourRegion(name: string): Result<never> {
  return refuse(
    'parties/not-your-region',
    `Your hall does not serve ${name}: choose a region that it serves, or send the party to the hall there or of the city.`,
  )
}

function unknown(): Result<never, Refusal> {
  return refuse('parties/unknown', 'There is no such party, or neither your hall nor a case of yours has to do with it.')
}

type Look = { readonly on: string; readonly full: boolean }

function makeScreen(pack: CityPack) {
  const titles = factTitles(pack)
  const card = (party: PartyRecord): PartyCard => ({
    id: party.id,
    kind: party.kind,
    name: party.name,
    ...(party.creditCode === null ? {} : { creditCode: party.creditCode }),
    region: { ...(pack.regions.get(party.region)?.name ?? { zh: party.region }) },
    status: party.status,
    synthetic: party.synthetic,
  })
  const party = async (db: Queries, record: PartyRecord, look: Look): Promise<Party> => {
    const [facts, officers] = await Promise.all([findFacts(db, record.id), findOfficers(db, record.id, look.on)])
    return {
      ...card(record),
      facts: facts.map((fact) => ({ ...fact, value: maskValue(fact.value), title: titles.get(fact.fact) ?? { zh: fact.fact } })),
      people: officers.map((officer) => personOf(officer, look.full)),
    }
  }
  return { card, party }
}

/** Those who act for a party know each other by name; numbers are masked for everybody. */
function personOf(officer: OfficerRow, full: boolean): Party['people'][number] {
  return {
    person: officer.person,
    name: full ? officer.name.zh : maskName(officer.name.zh),
    as: officer.as,
    ...(officer.idCard === null ? {} : { idCard: maskIdCard(officer.idCard) }),
    ...(officer.mobile === null ? {} : { mobile: maskMobile(officer.mobile) }),
    until: officer.until,
  }
}
