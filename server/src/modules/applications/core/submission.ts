/** What a submission must have before it becomes a case, and what the case keeps of it. Pure. */
import type { Data, Json, Text } from '@yichuang/caseflow'
import type { DraftMaterial, Plan, PlanMaterial } from '@yichuang/contract'
import type { Bundle, Facts } from '@yichuang/pack'
import { err, ok, type Refusal, type Result, refuse } from '@yichuang/result'
import { checkForm, type Fault, faultOf, takenValue, type Values } from './form.ts'

export type Submission = { readonly form: Values; readonly materials: readonly DraftMaterial[]; readonly signed: boolean }

/** The first thing that is missing, with every field of that kind named. */
export function checkSubmission(bundle: Bundle, plan: Plan, submission: Submission): Result<null, Refusal & { fields?: Fault[] }> {
  if (plan.unknown.length > 0) {
    const open = plan.unknown.map((name) => textOf(bundle.questions.find((question) => `answers.${question.id}` === name)?.text, name))
    return refuse(
      'applications/question-unanswered',
      `These questions are still open: ${open.join('; ')}. Answer them and save the draft.`,
      { unknown: plan.unknown },
    )
  }
  const faults = checkForm(
    plan.form.flatMap((section) => section.fields),
    submission.form,
  )
  if (faults.length > 0) {
    const message = `${faults.length} fields must be mended: ${faults.map((fault) => fault.message).join('; ')}.`
    return err({ code: 'applications/field-invalid', message, fields: faults })
  }
  const missing = plan.materials.filter((material) => isMissing(material, submission.materials)).map(lackOf)
  if (missing.length > 0) {
    const message = `Still needed: ${missing.map((fault) => fault.message).join('; ')}.`
    return err({ code: 'applications/material-missing', message, fields: missing })
  }
  if (!submission.signed) return refuse('applications/not-signed', 'Confirm that what is stated is true (signed: true), then submit.')
  return ok(null)
}

function lackOf(material: PlanMaterial): Fault {
  const { zh } = material.title
  const en = material.title.en ?? zh
  const words =
    material.status === 'promise'
      ? { zh: `请勾选承诺「${zh}」`, en: `tick the promise “${en}”` }
      : { zh: `请上传「${zh}」`, en: `upload “${en}”` }
  return faultOf(`materials.${material.material}`, words)
}

function textOf(text: Text | undefined, otherwise: string): string {
  return text?.en ?? text?.zh ?? otherwise
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
