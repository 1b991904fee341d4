/** What is known of a party, as plans and conditions read it, and what it is called on screens. Pure. */
import type { Data, Json, Text } from '@yichuang/caseflow'
import type { CityPack, KnownFact } from '@yichuang/pack'
import type { PlainDate } from '@yichuang/workday'
import type { FactRecord, PartyRecord } from './vocabulary.ts'

export type PartyFacts = {
  readonly party: PartyRecord
  /** snake_case facts for conditions: `party.kind`, `party.sells_food`; dotted facts are nested. */
  readonly facts: Data
  /** The same with source and day, for prefilling and SourceBadge. */
  readonly known: readonly KnownFact[]
}

const REGISTER: Text = { zh: '市场主体登记', en: 'Market entity register' }

/** What the party's own row says goes before facts of the same name: the register decides what a party is called. */
export function assembleFacts(party: PartyRecord, rows: readonly FactRecord[], on: PlainDate): PartyFacts {
  const own = ownFacts(party)
  const names = new Set(own.map(([fact]) => fact))
  const others = rows.filter((row) => !names.has(row.fact))
  const facts: { [name: string]: Json } = {}
  for (const { fact, value } of others) put(facts, fact.split('.'), value as Json)
  for (const [fact, value] of own) facts[fact] = value
  const known = [
    ...own.map(([fact, value]) => ({ fact, value, source: REGISTER, asOf: on })),
    ...others.map(({ fact, value, source, asOf }) => ({ fact, value, source, asOf })),
  ]
  return { party, facts, known }
}

function ownFacts(party: PartyRecord): [string, Json][] {
  const all: [string, Json | null][] = [
    ['kind', party.kind],
    ['name', party.name],
    ['credit_code', party.creditCode],
    ['region', party.region],
    ['status', party.status],
    ['founded_on', party.foundedOn],
  ]
  return all.filter(([, value]) => value !== null)
}

function put(into: { [name: string]: Json }, [name = '', ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    into[name] = value
    return
  }
  const inner = into[name]
  const next = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...(inner as { [name: string]: Json }) } : {}
  put(next, rest, value)
  into[name] = next
}

/** Facts may be written with or without `party.` in packs; they are kept without. */
export function factName(written: string): string {
  return written.startsWith('party.') ? written.slice('party.'.length) : written
}

type Titling = Pick<CityPack, 'certificates' | 'bundles' | 'materials'>
type Named = { readonly fact: string; readonly title: Text }

/**
 * Words for facts, from the places of the pack that speak of them: faces of certificates, fields filled from the register, materials that are
 * shared data, and questions that have the fact's own name. A question that merely starts from a fact asks for something else.
 */
export function factTitles(pack: Titling): ReadonlyMap<string, Text> {
  const titles = new Map<string, Text>(OWN_TITLES)
  for (const { fact, title } of [...onFaces(pack), ...inForms(pack), ...shared(pack), ...asked(pack)]) {
    if (!titles.has(fact)) titles.set(fact, title)
  }
  return titles
}

function onFaces({ certificates }: Titling): Named[] {
  const fields = [...certificates.values()].flatMap((type) => type.fields).filter((field) => field.from.startsWith('party.'))
  return fields.map(({ from, title }) => ({ fact: factName(from), title }))
}

const REGISTER_PREFILL = 'register:'

function inForms({ bundles }: Titling): Named[] {
  const fields = [...bundles.values()].flatMap((bundle) => bundle.form).flatMap((section) => section.fields)
  return fields.flatMap(({ prefill, title }) => {
    const from = prefill.filter((one) => one.startsWith(REGISTER_PREFILL))
    return from.map((one) => ({ fact: factName(one.slice(REGISTER_PREFILL.length)), title }))
  })
}

function shared({ materials }: Titling): Named[] {
  return [...materials.values()].flatMap(({ obtain, title }) =>
    obtain.flatMap((way) => (way.way === 'share' ? [{ fact: factName(way.fact), title }] : [])),
  )
}

function asked({ bundles }: Titling): Named[] {
  const questions = [...bundles.values()].flatMap((bundle) => bundle.questions)
  return questions
    .filter(({ id, prefill }) => prefill.some((one) => factName(one.replace(REGISTER_PREFILL, '')) === id))
    .map(({ id, text }) => ({ fact: id, title: text }))
}

const OWN_TITLES: readonly (readonly [string, Text])[] = [
  ['kind', { zh: '主体类别', en: 'Kind of party' }],
  ['status', { zh: '登记状态', en: 'Status in the register' }],
  ['region', { zh: '登记区划', en: 'Region of registration' }],
]
