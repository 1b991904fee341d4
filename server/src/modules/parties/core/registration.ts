/**
 * What a granted registration does to the register. Pure: the party as it stands and the wish in, the party as it will stand out.
 * Which field of a form changes which fact is said by the pack: the face of the certificate names the facts (`party.capital`), the form has
 * a field called so.
 */
import type { CityPack, Field } from '@yichuang/pack'
import { ok, type Refusal, type Result, refuse } from '@yichuang/result'
import type { Instant, PlainDate } from '@yichuang/workday'
import type { FactRecord, Officer, PartyRecord, RegisterChange } from './vocabulary.ts'

export type Facts = { readonly [name: string]: unknown }

export type Registration = {
  readonly change: RegisterChange
  readonly partyId: string
  readonly caseId: string
  readonly rootId: string
  /** Person who applied; represents what is founded only when she is one of the party's own people. */
  readonly applicant: string
  readonly bundle: string
  readonly matter: string
  readonly region: string
  /** As filled in, choices in words. */
  readonly form: Facts
  readonly at: Instant
  readonly on: PlainDate
}

export type Registered = {
  readonly party: PartyRecord
  readonly facts: readonly FactRecord[]
  readonly officers: readonly Officer[]
  /** Party that goes on in another's place, or the one that it goes on from. */
  readonly related: string | null
}

type Wanted = Pick<Registration, 'bundle' | 'matter' | 'form' | 'change'>

/** Facts of the party that the form of this registration sets anew, by the face of the certificates that the matter issues. */
export function registerFacts(pack: Pick<CityPack, 'bundles' | 'matters' | 'certificates'>, wish: Wanted): Facts {
  const results = pack.matters.get(wish.matter)?.results ?? []
  const faces = results.flatMap((result) => pack.certificates.get(result.certificate ?? '')?.fields ?? [])
  const wanted = new Set(faces.filter((field) => field.from.startsWith('party.')).map((field) => field.from.slice('party.'.length)))
  const facts: { [fact: string]: unknown } = {}
  const fields = (pack.bundles.get(wish.bundle)?.form ?? []).flatMap((section) => section.fields)
  for (const fact of wanted) {
    const value = valueFor(fact, wish, fields, pack)
    if (value !== undefined && value !== null && value !== '') facts[fact] = value
  }
  return facts
}

/**
 * The field of the fact's own name; else the first that this matter uses and that is called after it (`new_name`, `company_type`); else, where
 * the party stays the same, the field that was pre-filled with it.
 */
function valueFor(fact: string, wish: Wanted, fields: readonly Field[], pack: Pick<CityPack, 'certificates'>): unknown {
  const { form, matter, change } = wish
  const filled = fields.filter((field) => form[field.id] !== undefined && (field.usedBy?.includes(matter) ?? true))
  const field =
    filled.find((one) => one.id === fact) ??
    filled.find((one) => one.id.endsWith(`_${fact}`)) ??
    (change === 'found' ? undefined : filled.find((one) => one.prefill.some((from) => factOf(from, pack) === fact)))
  return field === undefined ? form[fact] : form[field.id]
}

/** `register:party.name` and `certificate:biz-license.name` both speak of the fact `name`. */
function factOf(prefill: string, pack: Pick<CityPack, 'certificates'>): string | null {
  const register = /^register:(?:party\.)?(.+)$/.exec(prefill)
  if (register?.[1] !== undefined) return register[1]
  const [, type = '', id = ''] = /^certificate:([^.]+)\.(.+)$/.exec(prefill) ?? []
  const from = pack.certificates.get(type)?.fields.find((field) => field.id === id)?.from
  return from?.startsWith('party.') === true ? from.slice('party.'.length) : null
}

/** Facts that are columns of the party itself; the others are kept as facts with source and day. */
const COLUMNS = new Set(['name', 'kind', 'credit_code', 'region', 'status', 'founded_on'])

/** 直接变更: keeps code and founding date; kind, name and what the form says change. */
export function convert(party: PartyRecord, officers: readonly Officer[], wish: Registration, changed: Facts): Result<Registered> {
  if (party.status !== 'active') return gone(party)
  if (party.kind !== 'sole-trader')
    return refuse('parties/not-a-sole-trader', `${party.name} is no sole trader: only a sole trader is turned into an enterprise.`)
  const head = representativeOf(officers, wish.applicant)
  if (head === null) return nobodyRepresents(party.name)
  return ok({
    party: { ...party, kind: 'enterprise', name: nameOf(changed, party.name) },
    facts: factRows(changed, wish),
    officers: [{ person: head, as: 'legal-representative', since: wish.on, until: null }],
    related: null,
  })
}

/**
 * Who represents what becomes of a party: an owner of it (of a natural person: herself), else its legal representative; the one who applied
 * goes first. An agent acts for others, and a clerk only writes down: neither is ever put into the register.
 */
export function representativeOf(officers: readonly Pick<Officer, 'person' | 'as'>[], applicant: string | null): string | null {
  const owners = officers.filter((officer) => officer.as === 'owner')
  const heads = (owners.length > 0 ? owners : officers.filter((officer) => officer.as === 'legal-representative')).map((one) => one.person)
  return applicant !== null && heads.includes(applicant) ? applicant : (heads[0] ?? null)
}

function nobodyRepresents(name: string): Result<never, Refusal> {
  return refuse(
    'parties/nobody-represents',
    `The register knows no owner and no legal representative of ${name}, so nobody can represent the enterprise: have the owner recorded first.`,
  )
}

export function close(party: PartyRecord, successor: string | null): Result<Registered> {
  if (party.status !== 'active') return gone(party)
  return ok({ party: { ...party, status: successor === null ? 'cancelled' : 'converted' }, facts: [], officers: [], related: successor })
}

/** A new enterprise with a code of its own, represented by one of the applying party's own people. Its id is the case that founded it: twice is once. */
export function found(wish: Registration, base: FoundingBase, changed: Facts): Result<Registered> {
  const name = nameOf(changed, '')
  if (name === '')
    return refuse('parties/name-missing', 'The form does not say what the new enterprise is called: the licence needs a name.')
  const head = representativeOf(base.officers, wish.applicant)
  if (head === null) return nobodyRepresents(base.applying)
  return ok({
    party: {
      id: wish.caseId,
      kind: 'enterprise',
      name,
      creditCode: base.creditCode,
      region: wish.region,
      regionPath: base.regionPath,
      status: 'active',
      foundedOn: wish.on,
      synthetic: base.synthetic,
      recordedAt: wish.at,
    },
    facts: factRows(changed, wish),
    officers: [{ person: head, as: 'legal-representative', since: wish.on, until: null }],
    related: base.predecessor,
  })
}
export type FoundingBase = {
  readonly creditCode: string
  readonly regionPath: string
  readonly synthetic: boolean
  readonly predecessor: string | null
  /** Name of the party that applied. */
  readonly applying: string
  /** Its people, or its predecessor's where it has none of its own. */
  readonly officers: readonly Pick<Officer, 'person' | 'as'>[]
}

function gone(party: PartyRecord) {
  return refuse('parties/no-longer-registered', `${party.name} is ${party.status}: the register changes only parties that exist.`)
}

function nameOf(changed: Facts, fallback: string): string {
  return typeof changed.name === 'string' ? changed.name.trim() : fallback
}

function factRows(changed: Facts, wish: Registration): FactRecord[] {
  const source = { zh: '市场主体登记', en: 'Market entity register' }
  const rows = Object.entries(changed).filter(([fact]) => !COLUMNS.has(fact))
  return rows.map(([fact, value]) => ({ fact, value, source, asOf: wish.on }))
}
