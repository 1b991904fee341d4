/** What a granted case issues, replaces or cancels. Pure: events, matter and facts in; certificates to be written out. */
import type { Json, MovedEvent, Text } from '@yichuang/caseflow'
import { makeCertificateId } from '@yichuang/codes'
import type { Bundle, CertificateType, CityPack, Matter, Org } from '@yichuang/pack'
import { ok, type Result } from '@yichuang/result'
import type { Instant, PlainDate } from '@yichuang/workday'
import { lastDay } from './validity.ts'

const GRANTING = new Set(['granted', 'completed'])

/** The earliest moment in these events at which the case was granted: the decision, or the end where a flow decides by ending. */
export function grantedAt(events: readonly MovedEvent[]): Instant | null {
  const granting = events.some((event) => event.type === 'step-finished' && GRANTING.has(event.outcome ?? ''))
  const first = events.find(
    (event) =>
      (granting && event.type === 'milestone-reached' && event.milestone === 'decided') ||
      (event.type === 'case-ended' && GRANTING.has(event.outcome)),
  )
  return first?.at ?? null
}

export type Wish = { readonly type: CertificateType; readonly mode: 'issue' | 'replace' | 'cancel' }

/** Results of the matter that are certificates, in the order of the guide. */
export function wishesOf(pack: Pick<CityPack, 'certificates'>, matter: Matter): Wish[] {
  return matter.results.flatMap(({ certificate, mode }) => {
    const type = certificate === undefined ? undefined : pack.certificates.get(certificate)
    return type === undefined || mode === 'none' ? [] : [{ type, mode }]
  })
}

/** Types that the register itself issues: results of nodes at which some bundle founds or converts a party. */
export function registerTypes(pack: Pick<CityPack, 'bundles' | 'matters'>): ReadonlySet<string> {
  const types = new Set<string>()
  for (const bundle of pack.bundles.values()) {
    const nodes = new Set(bundle.register.filter(({ change }) => change === 'found' || change === 'convert').map(({ node }) => node))
    const matters = bundle.nodes.filter((node) => nodes.has(node.id)).map((node) => pack.matters.get(node.matter))
    for (const result of matters.flatMap((matter) => matter?.results ?? [])) {
      if (result.certificate !== undefined && result.mode !== 'cancel') types.add(result.certificate)
    }
  }
  return types
}

/** The form with choices as the words that the applicant saw: a licence says 有限责任公司, not `limited`. */
export function inWords(bundle: Bundle | undefined, form: Values): Values {
  const fields = (bundle?.form ?? []).flatMap((section) => section.fields)
  const words = fields.flatMap(({ id, options }): [string, string][] => {
    const option = options?.find((one) => one.value === form[id])
    return option === undefined ? [] : [[id, option.title.zh]]
  })
  return { ...form, ...Object.fromEntries(words) }
}
type Values = { readonly [field: string]: unknown }

export type FaceFacts = { readonly [root: string]: unknown }
export type Face = readonly { readonly id: string; readonly title: Text; readonly value: Json }[]

/**
 * Fields without a value are left off: an empty line on a licence invites somebody to fill it. Of a certificate that is replaced the lines stay
 * that this case says nothing of: a change of holder does not take away the licensed items.
 */
export function faceOf(type: CertificateType, facts: FaceFacts, earlier: Face = []): Face {
  return type.fields.flatMap(({ id, title, from }) => {
    const value = lookUp(facts, from.split('.')) ?? earlier.find((field) => field.id === id)?.value
    return value === undefined || value === null || value === '' ? [] : [{ id, title, value: value as Json }]
  })
}

function lookUp(facts: unknown, path: readonly string[]): unknown {
  let value: unknown = facts
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as { readonly [name: string]: unknown })[name]
  }
  return value
}

/** The certificate that is replaced, as far as the next one goes on from it. */
export type Earlier = {
  readonly id: string
  readonly partyId: string
  readonly number: string
  readonly version: number
  readonly validUntil: PlainDate | null
  readonly face: Face
}
export type Draft = {
  readonly number: string
  readonly version: number
  readonly identifier: string
  readonly validUntil: PlainDate | null
}

/**
 * Number, version and identifier. A change keeps number and validity and counts the version up; a new holder begins anew.
 * The serial of the identifier is the number without what the standard does not allow in it.
 */
export function draftOf(
  type: CertificateType,
  issuer: Pick<Org, 'creditCode'>,
  given: { readonly issuedOn: PlainDate; readonly number: string; readonly earlier: Earlier | null },
): Result<Draft> {
  const { issuedOn, number, earlier } = given
  const version = (earlier?.version ?? 0) + 1
  const running = earlier !== null && (earlier.validUntil === null || earlier.validUntil >= issuedOn)
  const until = running ? ok(earlier.validUntil) : lastDay(issuedOn, type.validFor)
  if (!until.ok) return until
  const identifier = identifierOf(type, issuer, number, version)
  return identifier.ok ? ok({ number, version, identifier: identifier.value, validUntil: until.value }) : identifier
}

export function identifierOf(type: CertificateType, issuer: Pick<Org, 'creditCode'>, number: string, version: number): Result<string> {
  const serial = number.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  return makeCertificateId({ type: type.typeCode, issuer: issuer.creditCode, serial, version: String(version).padStart(3, '0') })
}

/** `YZ` + 2026 + six digits. */
export function numberOf(type: CertificateType, year: number, serial: number): string {
  return `${type.prefix}${year}${String(serial).padStart(6, '0')}`
}
