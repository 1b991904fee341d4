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
import type { PartyRecord } from './core/vocabulary.ts'
import type { Parties } from './public.ts'
import { addReveal } from './store.ts'
import { findFacts, findOfficers, findVisibleParty, listParties, type OfficerRow, searchParties } from './views.ts'

export type PartyRoutesParts = { readonly db: Queries; readonly pack: CityPack; readonly parties: Parties }

export function routes(http: Pick<Http, 'answer' | 'command'>, parts: PartyRoutesParts): void {
  const { db, pack, parties } = parts
  const screen = makeScreen(pack)

  http.answer(listMyParties, async ({ principal }) => {
    const ids = principal.parties.map((party) => party.id)
    return ok({ parties: (await listParties(db, ids)).map(screen.card) })
  })

  http.answer(findParties, async ({ principal, query }) => {
    if (!atCounter(principal)) return notYourDesk()
    const text = query.q.trim()
    if (!looksLikeCode(text)) return ok({ parties: (await searchParties(db, text, '')).map(screen.card) })
    const code = readCode(text)
    return code.ok ? ok({ parties: (await searchParties(db, text, code.value)).map(screen.card) }) : code
  })

  http.answer(getParty, async ({ principal, params, now }) => {
    const party = await findVisibleParty(db, sightOf(principal), atCounter(principal), params.party)
    if (party === null) return unknown()
    return ok(await screen.party(db, party, { on: pack.calendar.dateOf(now), full: actsFor(principal, party.id) }))
  })

  http.command(createParty, async ({ principal, body, now }, tx) => {
    if (!atCounter(principal)) return notYourDesk()
    const made = await parties.createParty(tx, { ...body, synthetic: principal.demo })
    if (!made.ok) return made
    return ok(await screen.party(tx, made.value, { on: pack.calendar.dateOf(now), full: false }))
  })

  http.command(
    revealPerson,
    async ({ principal, params, body, now }, tx) => {
      const party = await findVisibleParty(tx, sightOf(principal), atCounter(principal), params.party)
      if (party === null) return unknown()
      const officer = (await findOfficers(tx, party.id, pack.calendar.dateOf(now))).find((one) => one.person === body.person)
      const allowed = mayReveal(principal, body.person, officer)
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

/** Those who work on cases may need a number to call; supervision looks at cases, not at people. Everybody may see what is kept of themselves. */
function mayReveal(principal: Principal, person: string, officer: OfficerRow | undefined): Result<OfficerRow> {
  const works = principal.posts.some((post) => post.desk === 'counter' || post.desk === 'department')
  if (officer !== undefined && (works || person === principal.person)) return ok(officer)
  const message = works
    ? 'This person does not act for this party; look at the list of its people.'
    : 'Only counter and department staff who handle a case of this party may see this, or the person concerned.'
  return refuse('parties/reveal-not-allowed', message)
}

function notYourDesk(): Result<never> {
  return refuse('parties/not-your-desk', 'Only a counter clerk may search and record parties; open the counter desk, or ask one.')
}

function unknown(): Result<never, Refusal> {
  return refuse('parties/unknown', 'There is no such party, or you may not see it.')
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
