/** 申办: plan, draft, submit. */
import * as contract from '@yichuang/contract'
import type { Bundle } from '@yichuang/pack'
import { ok, type Result, refuse } from '@yichuang/result'
import type { Instant } from '@yichuang/workday'
import type { Principal } from '../../platform/access.ts'
import type { Http } from '../../platform/http/server.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { counterServes } from '../parties/public.ts'
import { checkAnswers } from './core/answers.ts'
import { checkMaterials } from './core/materials.ts'
import { maskForm, maskPlan, unmaskForm } from './core/personal.ts'
import { planFor } from './core/plan.ts'
import * as store from './store.ts'
import { type ApplicationsParts, bundleInUse, CHANGED, DRAFT_UNKNOWN, inputOf, type Knowledge, planOf, submit } from './submit.ts'

export function applicationsRoutes(http: Http, parts: ApplicationsParts): void {
  planRoutes(http, parts)
  draftRoutes(http, parts)
  submitRoute(http, parts)
}

function planRoutes(http: Http, parts: ApplicationsParts): void {
  const { db, pack } = parts
  http.answer(contract.planBundle, async ({ params, body, guest, now }) => {
    const bundle = bundleInUse(pack, params.bundle)
    if (!bundle.ok) return bundle
    const answers = checkAnswers(bundle.value, body.answers)
    if (!answers.ok) return answers
    const known = body.party === undefined ? null : await knowledgeFor(parts, db, guest, body.party)
    if (body.party !== undefined && known === null) return NOT_YOUR_PARTY
    const region = body.region ?? known?.region ?? pack.root
    if (!pack.regions.has(region)) return refuse('matters/region-unknown', `There is no region ${region}; GET /api/v1/regions lists them.`)
    const { plan } = planFor(pack, bundle.value, inputOf(known, { answers: answers.value, region, form: {}, previous: null }), now)
    return ok(known === null || (guest !== null && actsFor(guest, known.id)) ? plan : maskPlan(plan))
  })
}

function draftRoutes(http: Http, parts: ApplicationsParts): void {
  const { db, pack } = parts
  const rowOf = (draft: store.StoredDraft, partyName: string) => ({
    id: draft.id,
    bundle: draft.bundle,
    bundleTitle: pack.bundles.get(draft.bundle)?.title ?? { zh: draft.bundle },
    partyName,
    updatedAt: draft.updated_at,
  })
  http.command(contract.createDraft, async ({ body, principal, now, etag }, tx) => {
    const bundle = bundleInUse(pack, body.bundle)
    if (!bundle.ok) return bundle
    const known = await knowledgeFor(parts, tx, principal, body.party)
    if (known === null) return NOT_YOUR_PARTY
    if (!bundle.value.parties.includes(known.kind))
      return refuse('applications/party-kind-not-served', `Bundle ${bundle.value.id} does not serve parties of kind ${known.kind}.`, {
        kind: known.kind,
        parties: bundle.value.parties,
      })
    const answers = checkAnswers(bundle.value, body.answers ?? {})
    if (!answers.ok) return answers
    const room = await checkRoom(tx, known.id, principal.person)
    if (!room.ok) return room
    const draft = await store.insertDraft(tx, {
      party: known.id,
      id: uuidv7(now),
      person: principal.person,
      atCounter: !actsFor(principal, known.id),
      bundle: bundle.value.id,
      bundleVersion: bundle.value.version,
      region: body.region !== undefined && pack.regions.has(body.region) ? body.region : known.region,
      answers: answers.value,
      at: now,
    })
    etag(draft.version)
    return answerOf(parts, tx, draft, { reader: principal, now })
  })

  http.answer(contract.listDrafts, async ({ principal }) => {
    const drafts = await store.findMyDrafts(db, readerOf(principal))
    const parties = await parts.parties.findParties(db, [...new Set(drafts.map((draft) => draft.party_id))])
    const rows = drafts.flatMap((draft) => {
      const party = parties.get(draft.party_id)
      if (party === undefined || !(actsFor(principal, party.id) || counterServes(principal, party.regionPath))) return []
      return [rowOf(draft, party.name)]
    })
    return ok({ drafts: rows })
  })

  http.answer(contract.getDraft, async ({ params, principal, now, etag }) => {
    const draft = await openDraft(parts, db, params.draft, principal)
    if (draft === null) return DRAFT_UNKNOWN
    etag(draft.version)
    return answerOf(parts, db, draft, { reader: principal, now })
  })

  http.command(contract.saveDraft, async ({ params, body, principal, now, etag }, tx) => {
    const draft = await openDraft(parts, tx, params.draft, principal)
    if (draft === null) return DRAFT_UNKNOWN
    if (draft.submitted_case !== null) return alreadySubmitted(draft.submitted_case)
    if (draft.version !== body.version) return CHANGED
    const change = await changeOf(parts, tx, { draft, reader: principal, now }, body)
    if (!change.ok) return change
    const saved = await store.updateDraft(tx, { ...change.value, id: draft.id, version: draft.version, at: now })
    if (saved === null) return CHANGED
    etag(saved.version)
    return answerOf(parts, tx, saved, { reader: principal, now })
  })

  http.command(contract.deleteDraft, async ({ params, principal }, tx) => {
    const draft = await openDraft(parts, tx, params.draft, principal)
    if (draft === null) return DRAFT_UNKNOWN
    if (draft.submitted_case !== null) return alreadySubmitted(draft.submitted_case)
    await store.deleteDraft(tx, draft.id)
    return ok({})
  })
}

function submitRoute(http: Http, parts: ApplicationsParts): void {
  http.command(contract.submitDraft, async ({ params, body, principal, now }, tx) => {
    const draft = await openDraft(parts, tx, params.draft, principal)
    if (draft === null) return DRAFT_UNKNOWN
    if (draft.submitted_case !== null) return alreadySubmitted(draft.submitted_case)
    if (draft.version !== body.version) return CHANGED
    const bundle = bundleInUse(parts.pack, draft.bundle)
    if (!bundle.ok) return bundle
    if (bundle.value.version !== draft.bundle_version) {
      return refuse(
        'applications/bundle-changed',
        'The bundle has changed since the draft was begun. Look through the present plan, save the draft, and submit; what was typed is kept.',
        {
          from: draft.bundle_version,
          to: bundle.value.version,
        },
      )
    }
    return submit(parts, tx, { draft, bundle: bundle.value, principal, signed: body.signed, now })
  })
}

const NOT_YOUR_PARTY = refuse(
  'applications/not-your-party',
  'You may apply for parties that you act for (GET /api/v1/parties lists them), and at a counter for those of the region that it serves.',
)

const MOST_DRAFTS = 20

async function checkRoom(tx: Queries, party: string, person: string): Promise<Result<null>> {
  await store.standInLine(tx, party, person)
  if ((await store.countOpenDrafts(tx, party, person)) < MOST_DRAFTS) return ok(null)
  const message = `You have ${MOST_DRAFTS} unfinished applications for this party, which is the most: finish or delete one of them first.`
  return refuse('applications/too-many-drafts', message, { most: MOST_DRAFTS })
}

function alreadySubmitted(caseId: string): Result<never> {
  return refuse('applications/already-submitted', 'This application was submitted already; look at its case.', { case: caseId })
}

function readerOf(principal: Principal) {
  return { parties: principal.parties.map((party) => party.id), person: principal.person }
}

/** A person of the party may, and so may a clerk of a hall that serves its region: today, whoever they were when they began. */
async function mayApply({ parties }: ApplicationsParts, db: Queries, reader: Principal, party: string): Promise<boolean> {
  if (actsFor(reader, party)) return true
  const record = await parties.findParty(db, party)
  return record !== null && counterServes(reader, record.regionPath)
}

function actsFor(reader: Principal, party: string): boolean {
  return reader.parties.some((one) => one.id === party)
}

/** null: no such draft, or its reader may no longer apply for the party. */
async function openDraft(parts: ApplicationsParts, db: Queries, id: string, reader: Principal): Promise<store.StoredDraft | null> {
  const draft = await store.findDraft(db, id, readerOf(reader))
  return draft !== null && (await mayApply(parts, db, reader, draft.party_id)) ? draft : null
}

async function knowledgeFor(parts: ApplicationsParts, db: Queries, reader: Principal | null, party: string): Promise<Knowledge | null> {
  return reader !== null && (await mayApply(parts, db, reader, party)) ? parts.knowledge(db, party) : null
}

type Look = { readonly reader: Principal; readonly now: Instant }

async function answerOf(
  parts: ApplicationsParts,
  db: Queries,
  draft: store.StoredDraft,
  { reader, now }: Look,
): Promise<Result<contract.Draft>> {
  const bundle = parts.pack.bundles.get(draft.bundle)
  if (bundle === undefined) return refuse('matters/bundle-unknown', 'This bundle was taken out of the catalogue; the draft is kept.')
  const known = await parts.knowledge(db, draft.party_id)
  const { plan } = await planOf(parts, db, { draft, bundle, known, now })
  const own = actsFor(reader, draft.party_id)
  return ok({
    id: draft.id,
    bundle: draft.bundle,
    bundleTitle: bundle.title,
    party: draft.party_id,
    partyName: known?.name ?? draft.party_id,
    region: draft.region,
    answers: { ...draft.answers },
    form: {
      ...(own
        ? draft.form
        : maskForm(
            bundle.form.flatMap((section) => section.fields),
            draft.form,
          )),
    },
    materials: draft.materials.map((one) => ({ ...one })),
    version: draft.version,
    bundleVersion: draft.bundle_version,
    updatedAt: draft.updated_at,
    plan: own ? plan : maskPlan(plan),
  })
}

type Change = Omit<store.DraftChange, 'id' | 'version' | 'at'>
type Saving = Look & { readonly draft: store.StoredDraft }

/** Saving also takes the draft over to the bundle's present version: whoever saves has the present plan before them. */
async function changeOf(
  parts: ApplicationsParts,
  tx: Queries,
  { draft, reader, now }: Saving,
  body: contract.BodyOf<typeof contract.saveDraft>,
): Promise<Result<Change>> {
  const { pack, uploads } = parts
  const bundle = bundleInUse(pack, draft.bundle)
  if (!bundle.ok) return bundle
  const answers = checkAnswers(bundle.value, body.answers ?? draft.answers)
  if (!answers.ok) return answers
  const materials = body.materials ?? draft.materials
  const found = await uploads(
    tx,
    materials.flatMap((one) => (one.file === undefined ? [] : [one.file])),
  )
  // What another person of the party saved in this draft stays; another's upload that is not in it is as unknown as none.
  const mine = (file: string) => found.get(file)?.by === reader.person || draft.materials.some((one) => one.file === file)
  const fit = checkMaterials(pack, materials, (file) => (mine(file) ? found.get(file) : undefined))
  if (!fit.ok) return fit
  const region = body.region ?? draft.region
  if (!pack.regions.has(region)) return refuse('matters/region-unknown', `There is no region ${region}; GET /api/v1/regions lists them.`)
  const form =
    body.form === undefined ? ok(draft.form) : await formOf(parts, tx, { draft, reader, now }, { bundle: bundle.value, sent: body.form })
  if (!form.ok) return form
  return ok({ answers: answers.value, form: form.value, materials, region, bundleVersion: bundle.value.version })
}

const MOST_FORM_BYTES = 200_000

type Sent = { readonly bundle: Bundle; readonly sent: store.StoredDraft['form'] }

/** A clerk was shown masks, and sends them back with what she changed. */
async function formOf(
  parts: ApplicationsParts,
  tx: Queries,
  { draft, reader, now }: Saving,
  { bundle, sent }: Sent,
): Promise<Result<store.StoredDraft['form']>> {
  const bytes = Buffer.byteLength(JSON.stringify(sent))
  if (bytes > MOST_FORM_BYTES) {
    const message = `The form may have ${MOST_FORM_BYTES} bytes at most and has ${bytes}; shorten long texts, or attach them as a material.`
    return refuse('applications/form-too-large', message, { bytes, most: MOST_FORM_BYTES })
  }
  if (actsFor(reader, draft.party_id)) return ok(sent)
  const known = await parts.knowledge(tx, draft.party_id)
  const { plan } = await planOf(parts, tx, { draft, bundle, known, now })
  const values = new Map(plan.form.flatMap((section) => section.fields).map((field) => [field.id, field.value]))
  const fields = bundle.form.flatMap((section) => section.fields).map((field) => ({ ...field, value: values.get(field.id) }))
  return ok(unmaskForm(fields, sent, draft.form))
}
