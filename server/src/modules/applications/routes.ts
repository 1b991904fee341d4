/** 申办: plan, draft, submit. */
import * as contract from '@yichuang/contract'
import { ok, type Result, refuse } from '@yichuang/result'
import type { Instant } from '@yichuang/workday'
import type { Principal } from '../../platform/access.ts'
import type { Http } from '../../platform/http/server.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { checkAnswers } from './core/answers.ts'
import { checkMaterials } from './core/materials.ts'
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
    if (body.party !== undefined && known === null)
      return refuse('applications/not-your-party', 'You may not apply for this party; GET /api/v1/parties lists those you act for.')
    const region = body.region ?? known?.region ?? pack.root
    if (!pack.regions.has(region)) return refuse('matters/region-unknown', `There is no region ${region}; GET /api/v1/regions lists them.`)
    return ok(planFor(pack, bundle.value, inputOf(known, { answers: answers.value, region, form: {}, previous: null }), now).plan)
  })
}

function draftRoutes(http: Http, parts: ApplicationsParts): void {
  const { db, pack } = parts
  http.command(contract.createDraft, async ({ body, principal, now, etag }, tx) => {
    const bundle = bundleInUse(pack, body.bundle)
    if (!bundle.ok) return bundle
    const known = await knowledgeFor(parts, tx, principal, body.party)
    if (known === null)
      return refuse('applications/not-your-party', 'You may not apply for this party; GET /api/v1/parties lists those you act for.')
    if (!bundle.value.parties.includes(known.kind))
      return refuse('applications/party-kind-not-served', `Bundle ${bundle.value.id} does not serve parties of kind ${known.kind}.`, {
        kind: known.kind,
        parties: bundle.value.parties,
      })
    const answers = checkAnswers(bundle.value, body.answers ?? {})
    if (!answers.ok) return answers
    const draft = await store.insertDraft(tx, {
      party: known.id,
      id: uuidv7(now),
      person: principal.person,
      atCounter: !principal.parties.some((party) => party.id === known.id),
      bundle: bundle.value.id,
      bundleVersion: bundle.value.version,
      region: body.region !== undefined && pack.regions.has(body.region) ? body.region : known.region,
      answers: answers.value,
      at: now,
    })
    etag(draft.version)
    return answerOf(parts, tx, draft, now)
  })

  http.answer(contract.listDrafts, async ({ principal }) => {
    const drafts = await store.findMyDrafts(db, readerOf(principal))
    const rows = drafts.map(async (draft) => ({
      id: draft.id,
      bundle: draft.bundle,
      bundleTitle: pack.bundles.get(draft.bundle)?.title ?? { zh: draft.bundle },
      partyName: (await parts.knowledge(db, draft.party_id))?.name ?? draft.party_id,
      updatedAt: draft.updated_at,
    }))
    return ok({ drafts: await Promise.all(rows) })
  })

  http.answer(contract.getDraft, async ({ params, principal, now, etag }) => {
    const draft = await store.findDraft(db, params.draft, readerOf(principal))
    if (draft === null) return DRAFT_UNKNOWN
    etag(draft.version)
    return answerOf(parts, db, draft, now)
  })

  http.command(contract.saveDraft, async ({ params, body, principal, now, etag }, tx) => {
    const draft = await store.findDraft(tx, params.draft, readerOf(principal))
    if (draft === null) return DRAFT_UNKNOWN
    if (draft.submitted_case !== null) return alreadySubmitted(draft.submitted_case)
    if (draft.version !== body.version) return CHANGED
    const change = await changeOf(parts, tx, { draft, person: principal.person }, body)
    if (!change.ok) return change
    const saved = await store.updateDraft(tx, { ...change.value, id: draft.id, version: draft.version, at: now })
    if (saved === null) return CHANGED
    etag(saved.version)
    return answerOf(parts, tx, saved, now)
  })

  http.command(contract.deleteDraft, async ({ params, principal }, tx) => {
    const draft = await store.findDraft(tx, params.draft, readerOf(principal))
    if (draft === null) return DRAFT_UNKNOWN
    if (draft.submitted_case !== null) return alreadySubmitted(draft.submitted_case)
    await store.deleteDraft(tx, draft.id)
    return ok({})
  })
}

function submitRoute(http: Http, parts: ApplicationsParts): void {
  http.command(contract.submitDraft, async ({ params, body, principal, now }, tx) => {
    const draft = await store.findDraft(tx, params.draft, readerOf(principal))
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

function alreadySubmitted(caseId: string): Result<never> {
  return refuse('applications/already-submitted', 'This application was submitted already; look at its case.', { case: caseId })
}

function readerOf(principal: Principal) {
  return { parties: principal.parties.map((party) => party.id), person: principal.person }
}

/** A person of the party may, and so may a clerk at a counter. */
async function knowledgeFor(parts: ApplicationsParts, db: Queries, reader: Principal | null, party: string): Promise<Knowledge | null> {
  const may = reader?.parties.some((one) => one.id === party) === true || reader?.posts.some((post) => post.desk === 'counter') === true
  return may ? parts.knowledge(db, party) : null
}

async function answerOf(parts: ApplicationsParts, db: Queries, draft: store.StoredDraft, now: Instant): Promise<Result<contract.Draft>> {
  const bundle = parts.pack.bundles.get(draft.bundle)
  if (bundle === undefined) return refuse('matters/bundle-unknown', 'This bundle was taken out of the catalogue; the draft is kept.')
  const known = await parts.knowledge(db, draft.party_id)
  const { plan } = await planOf(parts, db, { draft, bundle, known, now })
  return ok({
    id: draft.id,
    bundle: draft.bundle,
    bundleTitle: bundle.title,
    party: draft.party_id,
    partyName: known?.name ?? draft.party_id,
    region: draft.region,
    answers: { ...draft.answers },
    form: { ...draft.form },
    materials: draft.materials.map((one) => ({ ...one })),
    version: draft.version,
    bundleVersion: draft.bundle_version,
    updatedAt: draft.updated_at,
    plan,
  })
}

type Change = Omit<store.DraftChange, 'id' | 'version' | 'at'>

/** Saving also takes the draft over to the bundle's present version: whoever saves has the present plan before them. */
async function changeOf(
  { pack, uploads }: ApplicationsParts,
  tx: Queries,
  { draft, person }: { draft: store.StoredDraft; person: string },
  body: contract.BodyOf<typeof contract.saveDraft>,
): Promise<Result<Change>> {
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
  const mine = (file: string) => found.get(file)?.by === person || draft.materials.some((one) => one.file === file)
  const fit = checkMaterials(pack, materials, (file) => (mine(file) ? found.get(file) : undefined))
  if (!fit.ok) return fit
  const region = body.region ?? draft.region
  if (!pack.regions.has(region)) return refuse('matters/region-unknown', `There is no region ${region}; GET /api/v1/regions lists them.`)
  return ok({ answers: answers.value, form: body.form ?? draft.form, materials, region, bundleVersion: bundle.value.version })
}
