/** 提交: from a draft to the case of its bundle. The portal's route and the demonstration come in by the same door. */
import type * as contract from '@yichuang/contract'
import {
  type Bundle,
  type CityPack,
  type Facts,
  type HeldCertificate,
  hallFor,
  type KnownFact,
  orgFor,
  type PlanInput,
} from '@yichuang/pack'
import { ok, type Result, refuse } from '@yichuang/result'
import type { Instant } from '@yichuang/workday'
import { actorOf } from '../../engine/case-view/view.ts'
import type { Engine } from '../../engine/engine.ts'
import { findOpenOfBundle } from '../../engine/views.ts'
import type { Principal } from '../../platform/access.ts'
import { Refused } from '../../platform/http/problems.ts'
import type { Database, Queries, Tx } from '../../platform/pg/database.ts'
import { type Parties, representativeOf } from '../parties/public.ts'
import type { Upload } from './core/materials.ts'
import { notNeededIn, type Planned, planFor } from './core/plan.ts'
import { caseData, checkSubmission } from './core/submission.ts'
import * as store from './store.ts'

/** What is known about a party: from its register entry and its certificates. */
export type Knowledge = {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly region: string
  readonly party: Facts
  readonly facts: readonly KnownFact[]
  readonly certificates: readonly HeldCertificate[]
}

export type ApplicationsParts = {
  readonly db: Database
  readonly pack: CityPack
  readonly engine: Engine
  readonly parties: Pick<Parties, 'findParty' | 'findParties' | 'peopleOfParty'>
  readonly knowledge: (db: Queries, party: string) => Promise<Knowledge | null>
  /** The uploads that are there among these ids. */
  readonly uploads: (db: Queries, files: readonly string[]) => Promise<ReadonlyMap<string, Upload>>
}

export const DRAFT_UNKNOWN = refuse(
  'applications/draft-unknown',
  'There is no such draft, or it belongs to a party for which you may not (or no longer) apply.',
)
export const CHANGED = refuse(
  'applications/draft-changed-elsewhere',
  'This draft was saved elsewhere meanwhile. Load it again and go on; everything saved is there.',
)

type Submitting = {
  readonly draft: store.StoredDraft
  readonly bundle: Bundle
  readonly principal: Principal
  readonly signed: boolean
  readonly now: Instant
}

/** One open case per party and bundle: whoever submits the same thing a second time hears where the first one is. */
async function checkAlone(tx: Tx, { party_id: party, bundle }: store.StoredDraft): Promise<Result<null>> {
  const [, open] = await Promise.all([store.standInLine(tx, party, bundle), findOpenOfBundle(tx, party, bundle)])
  if (open === null) return ok(null)
  const { id, no } = open
  return refuse('applications/same-application-open', `The same application is running as ${no}. Go on there, or withdraw it first.`, {
    case: id,
    no,
  })
}

export async function submit(
  parts: ApplicationsParts,
  tx: Tx,
  { draft, bundle, principal, signed, now }: Submitting,
): Promise<Result<contract.Receipt>> {
  const { pack } = parts
  const alone = await checkAlone(tx, draft)
  if (!alone.ok) return alone
  const known = await parts.knowledge(tx, draft.party_id)
  if (known === null) return DRAFT_UNKNOWN
  const { plan, pack: packPlan } = await planOf(parts, tx, { draft, bundle, known, now })
  const submission = { form: draft.form, materials: draft.materials, signed }
  const checked = checkSubmission(bundle, plan, submission)
  if (!checked.ok) throw new Refused(checked.error, checked.error.fields)
  const hall = hallFor(pack, draft.region)
  const lead = orgFor(pack, bundle.lead, draft.region)
  if (hall === null || lead === null)
    return refuse(
      'applications/region-not-served',
      `No counter of region ${draft.region} takes bundle ${bundle.id}; choose the county of the premises.`,
    )
  const applying = await applicantOf(parts, tx, { bundle, principal, known })
  if (!applying.ok) return applying
  const { applicant, atCounter } = applying.value
  const answers = { ...planAnswers(plan), ...draft.answers }
  const data = caseData({ bundle, bundleVersion: bundle.version, plan, party: { ...known.party, id: known.id }, answers, submission })
  const opened = await parts.engine.open(
    tx,
    {
      flow: bundle.flow,
      kind: 'bundle',
      title: bundle.title,
      bundle: bundle.id,
      party: { id: known.id, name: known.name },
      applicant,
      region: draft.region,
      org: lead.id,
      acceptor: hall.id,
      data: atCounter ? { ...data, submitted_by: 'counter' } : data,
      notNeeded: notNeededIn(packPlan),
    },
    actorOf(principal, known.id),
  )
  if (!opened.ok) return opened
  if (!(await store.markSubmitted(tx, draft, opened.value.id))) return CHANGED
  return ok({
    case: opened.value.id,
    no: opened.value.no,
    title: bundle.title,
    submittedAt: now,
    hall: hall.name,
    dueOn: plan.promise.dueOn,
    qr: `/cases/${opened.value.id}`,
  })
}

type Applying = { readonly bundle: Bundle; readonly principal: Principal; readonly known: Knowledge }

/** Who applies: whoever submits when she acts for the party; at a counter the party's own head, or the party itself where nobody is recorded. */
async function applicantOf(
  { parties }: ApplicationsParts,
  tx: Tx,
  { bundle, principal, known }: Applying,
): Promise<Result<{ readonly applicant: string; readonly atCounter: boolean }>> {
  if (principal.parties.some((party) => party.id === known.id)) return ok({ applicant: principal.person, atCounter: false })
  const people = await parties.peopleOfParty(tx, known.id)
  const head = representativeOf(people, null)
  const needsHead = bundle.register.some(({ change }) => change === 'found' || change === 'convert')
  if (head === null && needsHead)
    return refuse(
      'applications/nobody-represents',
      `The register knows no owner and no legal representative of ${known.name}, so nobody could represent the enterprise that this application leads to: have the owner recorded first.`,
    )
  return ok({ applicant: head ?? people[0]?.person ?? known.id, atCounter: true })
}

function planAnswers(plan: contract.Plan): { [question: string]: unknown } {
  return Object.fromEntries(
    plan.questions.flatMap((question) => (question.known === undefined ? [] : [[question.id, question.known.value]])),
  )
}

export function bundleInUse(pack: CityPack, id: string): Result<Bundle> {
  const bundle = pack.bundles.get(id)
  if (bundle === undefined) return refuse('matters/bundle-unknown', `There is no bundle ${id}; GET /api/v1/bundles lists all.`)
  if (bundle.status !== 'in-use')
    return refuse('applications/bundle-not-in-use', `Bundle ${id} is announced, but not open yet.`, { lead: bundle.lead })
  return ok(bundle)
}

export type Filled = { readonly answers: Facts; readonly region: string; readonly form: Facts; readonly previous: Facts | null }

export function inputOf(known: Knowledge | null, { answers, region, form, previous }: Filled): PlanInput {
  return {
    answers,
    party: known?.party ?? {},
    region,
    certificates: known?.certificates ?? [],
    facts: known?.facts ?? [],
    form,
    ...(previous === null ? {} : { previous }),
  }
}

export type Planning = {
  readonly draft: store.StoredDraft
  readonly bundle: Bundle
  readonly known: Knowledge | null
  readonly now: Instant
}

export async function planOf(parts: ApplicationsParts, db: Queries, { draft, bundle, known, now }: Planning): Promise<Planned> {
  const previous = await store.findPreviousForm(db, draft.party_id, draft.bundle)
  return planFor(parts.pack, bundle, inputOf(known, { answers: draft.answers, region: draft.region, form: draft.form, previous }), now)
}
