/** Carries out what a granted case issues: the register first, then the certificates, in one transaction with the message. */

import type { CaseMoved } from '@yichuang/caseflow'
import type { CityPack, Matter, Org } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import type { Instant, PlainDate } from '@yichuang/workday'
import { findCase } from '../../engine/store.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Outbox } from '../../platform/outbox.ts'
import type { Tx } from '../../platform/pg/database.ts'
import type { Parties, PartyFacts, PartyRecord } from '../parties/public.ts'
import {
  draftOf,
  type Earlier,
  type FaceFacts,
  faceOf,
  grantedAt,
  inWords,
  numberOf,
  registerTypes,
  type Wish,
  wishesOf,
} from './core/issuing.ts'
import { CERTIFICATE_ISSUED, type CertificateIssued } from './messages.ts'
import { addCertificate, addHistory, changeStatus, nextSerial } from './store.ts'
import { findNode, lockCurrent, wasIssued } from './views.ts'

export type IssueParts = {
  readonly pack: CityPack
  readonly parties: Parties
  readonly outbox: Pick<Outbox, 'publish'>
  /** The register changed: every open case of the root goes on under the new name. */
  readonly onRegistered: (tx: Tx, rootId: string, party: PartyRecord) => Promise<void>
}

/** One case that was granted, with all that its certificates are made of. */
type Granted = {
  readonly moved: CaseMoved
  readonly matter: Matter
  readonly org: Org
  readonly at: Instant
  readonly on: PlainDate
  readonly form: Values
  readonly answers: Values
  readonly holder: PartyFacts
}

export async function issueFor(tx: Tx, parts: IssueParts, moved: CaseMoved): Promise<void> {
  const at = grantedAt(moved.events)
  const matter = parts.pack.matters.get(moved.matter ?? '')
  const org = parts.pack.orgs.get(moved.org)
  if (at === null || matter === undefined || org === undefined) return
  const on = parts.pack.calendar.dateOf(at)
  const said = (await findCase(tx, moved.rootId))?.state.data
  const form = inWords(parts.pack.bundles.get(moved.bundle ?? ''), valuesOf(said?.form))
  const partyId = await register(tx, parts, moved, { at, on, form })
  const holder = await parts.parties.partyFacts(tx, partyId)
  if (holder === null) throw new Error(`case ${moved.no} was granted to party ${partyId}, which is not recorded`)
  const granted: Granted = { moved, matter, org, at, on, form, answers: valuesOf(said?.answers), holder }
  for (const wish of wishesOf(parts.pack, matter)) await carryOut(tx, parts, granted, wish)
}

type Values = { readonly [name: string]: unknown }

function valuesOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
}

type Decision = Pick<Granted, 'at' | 'on' | 'form'>

/** The party that the certificates go to, after the register has changed where the bundle says that this node changes it. */
async function register(
  tx: Tx,
  { pack, parties, onRegistered }: IssueParts,
  moved: CaseMoved,
  { at, on, form }: Decision,
): Promise<string> {
  const node = await findNode(tx, moved.caseId)
  const change = pack.bundles.get(moved.bundle ?? '')?.register.find((one) => one.node === node)?.change ?? 'none'
  if (change === 'none' || moved.bundle === null || moved.matter === null) return parties.partyOfRoot(tx, moved.rootId, moved.partyId)
  const { caseId, rootId, partyId, applicant, bundle, matter, region } = moved
  const party = unwrap(
    await parties.recordRegistration(tx, { change, partyId, caseId, rootId, applicant, bundle, matter, region, form, at, on }),
  )
  if (change === 'close') await retireLicences(tx, pack, moved, at)
  else await onRegistered(tx, rootId, party)
  return party.id
}

/** Whoever is no longer in the register has no licence from it; the permits of others are for their own authorities to settle. */
async function retireLicences(tx: Tx, pack: CityPack, moved: CaseMoved, at: Instant): Promise<void> {
  for (const type of registerTypes(pack)) {
    const licence = await lockCurrent(tx, [moved.partyId, moved.partyId], type)
    if (licence !== null) await retire(tx, { moved, at }, licence, 'cancelled')
  }
}

async function carryOut(tx: Tx, parts: IssueParts, granted: Granted, { type, mode }: Wish): Promise<void> {
  const { moved, holder, org, on } = granted
  if (mode !== 'cancel' && (await wasIssued(tx, moved.caseId, type.id))) return
  const earlier = mode === 'issue' ? null : await lockCurrent(tx, [holder.party.id, moved.partyId], type.id)
  if (earlier !== null) await retire(tx, granted, earlier, mode === 'cancel' ? 'cancelled' : 'replaced')
  if (mode === 'cancel') return
  // A certificate of whoever held it before cannot go on under its number: another party holds the new one.
  const goesOn = earlier !== null && earlier.partyId === holder.party.id ? earlier : null
  const year = Number(on.slice(0, 4))
  const number = goesOn?.number ?? numberOf(type, year, await nextSerial(tx, type.id, year))
  const draft = unwrap(draftOf(type, org, { issuedOn: on, number, earlier: goesOn }))
  const id = uuidv7(granted.at)
  const certificate = {
    ...draft,
    partyId: holder.party.id,
    id,
    type: type.id,
    title: type.title,
    holder: holder.party.name,
    issuer: org.id,
    issuerName: org.name,
    issuedOn: on,
    caseId: moved.caseId,
    face: faceOf(type, faceFacts(granted), earlier?.face),
    synthetic: holder.party.synthetic,
  }
  if (!(await addCertificate(tx, certificate))) return
  const words = earlier === null ? { zh: '颁发', en: 'Issued' } : { zh: '换发', en: 'Issued in place of the earlier one' }
  await addHistory(tx, { partyId: holder.party.id, id, at: granted.at, status: 'valid', words, caseId: moved.caseId })
  await tell(tx, parts, granted, { certificateId: id, type: type.id, title: type.title, number, replaces: earlier !== null })
}

async function retire(
  tx: Tx,
  { moved, at }: Pick<Granted, 'moved' | 'at'>,
  earlier: Earlier,
  status: 'cancelled' | 'replaced',
): Promise<void> {
  if (!(await changeStatus(tx, earlier.partyId, earlier.id, status))) return
  const words = status === 'cancelled' ? { zh: '注销', en: 'Cancelled' } : { zh: '已被新证替换', en: 'Replaced by a new certificate' }
  await addHistory(tx, { partyId: earlier.partyId, id: earlier.id, at, status, words, caseId: moved.caseId })
}

function faceFacts({ moved, matter, org, on, form, answers, holder }: Granted): FaceFacts {
  return {
    party: holder.facts,
    form,
    answers,
    matter: { id: matter.id, title: matter.title },
    case: { id: moved.caseId, no: moved.no, decided_on: on, region: moved.region },
    org: { id: org.id, name: org.name, credit_code: org.creditCode },
  }
}

type Told = Pick<CertificateIssued, 'certificateId' | 'type' | 'title' | 'number' | 'replaces'>

function tell(tx: Tx, { outbox }: IssueParts, { moved, holder, org, at }: Granted, told: Told): Promise<void> {
  const { caseId, rootId } = moved
  const payload: CertificateIssued = { ...told, caseId, rootId, partyId: holder.party.id, holder: holder.party.name, issuer: org.name, at }
  return outbox.publish(tx, { topic: CERTIFICATE_ISSUED, key: rootId, payload })
}
