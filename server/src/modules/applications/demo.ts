/** A demonstration application goes the portal's way: draft, plan, what the plan asks for, submission. Only the papers are made up. */
import type { DraftMaterial, Plan, Receipt } from '@yichuang/contract'
import type { DemoCase } from '@yichuang/pack'
import type { Result } from '@yichuang/result'
import type { Instant } from '@yichuang/workday'
import type { Principal } from '../../platform/access.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Tx } from '../../platform/pg/database.ts'
import { checkAnswers } from './core/answers.ts'
import * as store from './store.ts'
import { type ApplicationsParts, bundleInUse, CHANGED, DRAFT_UNKNOWN, planOf, submit } from './submit.ts'

export type DemoSubmission = {
  readonly one: DemoCase
  readonly principal: Principal
  readonly now: Instant
  /** Keeps a made-up paper as the applicant's upload. */
  readonly upload: (title: string) => Promise<{ readonly file: string; readonly name: string }>
}

export async function submitDemo(
  parts: ApplicationsParts,
  tx: Tx,
  { one, principal, now, upload }: DemoSubmission,
): Promise<Result<Receipt>> {
  const bundle = bundleInUse(parts.pack, one.bundle)
  if (!bundle.ok) return bundle
  const answers = checkAnswers(bundle.value, one.answers)
  if (!answers.ok) return answers
  const known = await parts.knowledge(tx, one.party)
  if (known === null) return DRAFT_UNKNOWN
  const begun = await store.insertDraft(tx, {
    party: known.id,
    id: uuidv7(now),
    person: principal.person,
    atCounter: !principal.parties.some((party) => party.id === known.id),
    bundle: bundle.value.id,
    bundleVersion: bundle.value.version,
    region: one.region ?? known.region,
    answers: answers.value,
    at: now,
  })
  const filled = { ...begun, form: one.form }
  const { plan } = await planOf(parts, tx, { draft: filled, bundle: bundle.value, known, now })
  const materials = await handIn(plan, one.leftOut, upload)
  const change = { ...filled, materials, bundleVersion: filled.bundle_version, at: now }
  const draft = await store.updateDraft(tx, change)
  return draft === null ? CHANGED : submit(parts, tx, { draft, bundle: bundle.value, principal, signed: true, now })
}

/** Every required paper that no register has, and every promise, apart from what is left out. */
function handIn(plan: Plan, leftOut: readonly string[], upload: DemoSubmission['upload']): Promise<DraftMaterial[]> {
  const asked = plan.materials.filter((one) => one.need === 'required' && !leftOut.includes(one.material))
  const given = asked.flatMap(({ material, title, status }): Promise<DraftMaterial>[] => {
    if (status === 'promise') return [Promise.resolve({ material, promised: true })]
    return status === 'upload' ? [upload(title.zh).then((paper) => ({ material, ...paper }))] : []
  })
  return Promise.all(given)
}
