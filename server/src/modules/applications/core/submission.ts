/** What a submission must have before it becomes a case, and what the case keeps of it. Pure. */
import type { Data, Gap, Json } from '@yichuang/caseflow'
import type { DraftMaterial, Plan, PlanMaterial } from '@yichuang/contract'
import type { Bundle, Facts } from '@yichuang/pack'
import { err, ok, type Refusal, type Result, refuse } from '@yichuang/result'
import { checkForm, type Fault, takenValue, type Values } from './form.ts'

export type Submission = { readonly form: Values; readonly materials: readonly DraftMaterial[]; readonly signed: boolean }

/** The first thing that is missing, with every field of that kind named. */
export function checkSubmission(bundle: Bundle, plan: Plan, submission: Submission): Result<null, Refusal & { fields?: Fault[] }> {
  if (plan.unknown.length > 0) {
    const open = plan.unknown.map((name) => bundle.questions.find((question) => `answers.${question.id}` === name)?.text.zh ?? name)
    return refuse('applications/question-unanswered', `还有问题没有回答：${open.join('；')}`, { unknown: plan.unknown })
  }
  const faults = checkForm(
    plan.form.flatMap((section) => section.fields),
    submission.form,
  )
  if (faults.length > 0)
    return err({
      code: 'applications/field-invalid',
      message: `表单有 ${faults.length} 处需要修改：${faults.map((fault) => fault.message).join('；')}`,
      fields: faults,
    })
  const missing = plan.materials.filter((material) => isMissing(material, submission.materials))
  if (missing.length > 0) {
    const words = missing.map((material) =>
      material.status === 'promise' ? `勾选承诺「${material.title.zh}」` : `上传「${material.title.zh}」`,
    )
    return err({
      code: 'applications/material-missing',
      message: `还需要：${words.join('；')}`,
      data: { materials: missing.map((one) => one.material) },
      fields: missing.map((one, i) => ({ path: `materials.${one.material}`, message: words[i] ?? '' })),
    })
  }
  if (!submission.signed) return refuse('applications/not-signed', '请确认所填内容真实有效后再提交。')
  return ok(null)
}

/** What may follow later (容缺) is not missing: the counter decides on it. */
function isMissing(material: PlanMaterial, given: readonly DraftMaterial[]): boolean {
  if (material.need === 'optional' || material.tolerance !== undefined) return false
  const mine = given.filter((one) => one.material === material.material)
  if (material.status === 'upload') return !mine.some((one) => one.file !== undefined)
  if (material.status === 'promise') return !mine.some((one) => one.promised === true || one.file !== undefined)
  return false
}

export type CaseFacts = {
  readonly bundle: Bundle
  readonly bundleVersion: string
  readonly plan: Plan
  readonly party: Facts
  readonly answers: Values
  readonly submission: Submission
}

/** The facts with which the bundle's case is opened; conditions, screens and children read them from there. */
export function caseData({ bundle, bundleVersion, plan, party, answers, submission }: CaseFacts): Data {
  const fields = plan.form.flatMap((section) => section.fields)
  const form = Object.fromEntries(
    fields.map((field) => [field.id, takenValue(field, submission.form)]).filter(([, value]) => value !== undefined),
  )
  const kept = fields.filter((field) => field.source !== undefined && takenValue(field, submission.form) === field.value)
  return {
    bundle: { id: bundle.id, version: bundleVersion, title: bundle.title as Json, limits: { promised: plan.promise.limit } },
    answers: answers as Json as Data,
    party: party as Json as Data,
    form: form as Data,
    form_sources: Object.fromEntries(kept.map((field) => [field.id, (field.source?.words ?? null) as Json])),
    materials: Object.fromEntries(plan.materials.map((material) => [material.material, materialFact(material)])),
    files: submission.materials
      .filter((one) => one.file !== undefined)
      .map((one) => ({ file: one.file ?? '', material: one.material, name: one.name ?? '附件' })),
  }
}

function materialFact(material: PlanMaterial): Json {
  const { title, way, status, from, tolerance, forMatters, need } = material
  return {
    title: title as Json,
    way,
    status,
    need,
    matters: forMatters.map((one) => one.matter),
    ...(from === undefined ? {} : { from: from as Json }),
    ...(tolerance === undefined ? {} : { tolerance: tolerance as Json }),
  }
}

export type { Gap }
