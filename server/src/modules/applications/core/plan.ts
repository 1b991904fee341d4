/** From the pack's plan to the one people see: words, counts, what is known, and the promised day. Pure. */
import type { Text } from '@yichuang/caseflow'
import type { Field as ContractField, Plan, PlanField, PlanMaterial, PlanNode, PlanQuestion } from '@yichuang/contract'
import { type Bundle, type CityPack, type Field, findPrefill, type Plan as PackPlan, type PlanInput, planBundle } from '@yichuang/pack'
import { addLimit, type Instant } from '@yichuang/workday'

export type Planned = { readonly plan: Plan; readonly pack: PackPlan }

/** Answers that the registers already know stand until the applicant gives her own. */
export function withKnownAnswers(pack: CityPack, bundle: Bundle, input: PlanInput): PlanInput {
  const known = bundle.questions.flatMap((question) => {
    const found = findPrefill(pack, question, input)
    return found === null ? [] : [[question.id, found.value] as const]
  })
  return { ...input, answers: { ...Object.fromEntries(known), ...input.answers } }
}

export function planFor(pack: CityPack, bundle: Bundle, given: PlanInput, now: Instant): Planned {
  const input = withKnownAnswers(pack, bundle, given)
  const plan = planBundle(pack, bundle, { on: pack.calendar.dateOf(now), ...input })
  const materials = plan.materials.map((material) => materialPart(pack, material))
  const form = formPart(bundle, plan)
  const due = addLimit(now, plan.promise.limit, pack.calendar)
  const nodes = plan.nodes.map((node) => nodePart(pack, node))
  return {
    pack: plan,
    plan: {
      bundle: bundle.id,
      region: input.region,
      questions: questionParts(pack, bundle, { given, input }),
      nodes,
      materials,
      form,
      promise: { limit: plan.promise.limit, path: [...plan.promise.path], dueOn: due.dueOn, provisional: due.provisional },
      unknown: [...plan.unknown],
      summary: summaryOf(pack, plan, materials, form),
    },
  }
}

function nodePart(pack: CityPack, node: PackPlan['nodes'][number]): PlanNode {
  return {
    id: node.id,
    matter: node.matter,
    title: node.title,
    org: node.orgName ?? { zh: '暂无受理机构', en: 'No competent organisation' },
    included: node.included === true ? 'yes' : node.included === false ? 'no' : 'unknown',
    why: node.why,
    missing: [...node.missing],
    after: [...node.after],
    promised: node.limits.promised,
    optional: node.optional,
    onSite: pack.matters.get(node.matter)?.onSite ?? false,
  }
}

function materialPart(pack: CityPack, row: PackPlan['materials'][number]): PlanMaterial {
  const material = pack.materials.get(row.material)
  if (material === undefined) throw new Error(`no material ${row.material} in a compiled pack`)
  return {
    material: row.material,
    title: row.title,
    forMatters: row.forMatters.map((matter) => ({ matter, title: pack.matters.get(matter)?.title ?? { zh: matter } })),
    need: row.need === 'optional' ? 'optional' : 'required',
    way: row.source.way,
    status: row.status,
    formats: [...material.formats],
    maxMegabytes: material.maxMegabytes,
    ...(material.hint === undefined ? {} : { hint: material.hint }),
    ...(row.tolerance === undefined ? {} : { tolerance: row.tolerance }),
    ...(row.from === undefined ? {} : { from: row.from }),
    ...(row.source.way === 'promise' ? { words: row.source.words } : {}),
  }
}

function formPart(bundle: Bundle, plan: PackPlan): Plan['form'] {
  return bundle.form
    .map((section) => ({
      id: section.id,
      title: section.title,
      fields: plan.fields.flatMap((planned) => {
        const field = planned.section === section.id ? section.fields.find((one) => one.id === planned.field) : undefined
        return field === undefined ? [] : [fieldPart(field, planned.prefilled)]
      }),
    }))
    .filter((section) => section.fields.length > 0)
}

const KINDS = { certificate: 'certificate', register: 'register', previous: 'previous', answer: 'answer' } as const

function fieldPart(field: Field, prefilled: PackPlan['fields'][number]['prefilled']): PlanField {
  const shape = fieldShape(field)
  if (prefilled === undefined) return shape
  const kind = KINDS[prefilled.from.split(':')[0] as keyof typeof KINDS] ?? 'register'
  return {
    ...shape,
    value: prefilled.value,
    source: { kind, words: prefilled.source, ...(prefilled.asOf === undefined ? {} : { asOf: prefilled.asOf }) },
  }
}

function fieldShape(field: Field): ContractField {
  const { fields, options, min, max, pattern, hint } = field
  return {
    id: field.id,
    title: field.title,
    type: field.type,
    required: field.required,
    editable: field.editable,
    ...(options === undefined ? {} : { options: options.map((option) => ({ ...option })) }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(hint === undefined ? {} : { hint }),
    ...(fields === undefined ? {} : { fields: fields.map(fieldShape) }),
  }
}

function questionParts(pack: CityPack, bundle: Bundle, { given, input }: { given: PlanInput; input: PlanInput }): PlanQuestion[] {
  const facts = { answers: input.answers, party: input.party, region: input.region, form: {} } as Parameters<
    NonNullable<Bundle['questions'][number]['when']>['evaluate']
  >[0]
  return bundle.questions
    .filter((question) => question.when === undefined || question.when.evaluate(facts).value === true)
    .map((question) => {
      const known = findPrefill(pack, question, given)
      return {
        ...questionShape(question),
        ...(known === null ? {} : { known: { value: known.value, words: known.source } }),
      }
    })
}

export function questionShape(question: Bundle['questions'][number]) {
  return {
    id: question.id,
    text: question.text,
    type: question.type,
    ...(question.hint === undefined ? {} : { hint: question.hint }),
    ...(question.options === undefined ? {} : { options: question.options.map((option) => ({ ...option })) }),
  }
}

function summaryOf(pack: CityPack, plan: PackPlan, materials: readonly PlanMaterial[], form: Plan['form']): Plan['summary'] {
  const included = plan.nodes.filter((node) => node.included === true)
  const fields = form.flatMap((section) => section.fields)
  return {
    matters: included.length,
    departments: new Set(included.map((node) => node.org)).size,
    materials: materials.length,
    toUpload: materials.filter((material) => material.status === 'upload' && material.need === 'required').length,
    known: materials.filter((material) => material.status === 'have').length + fields.filter((field) => field.value !== undefined).length,
    visits: Math.max(0, ...included.map((node) => pack.matters.get(node.matter)?.visits ?? 0)),
  }
}

/** Reasons why nodes of the bundle are left out, for the record of the case. */
export function notNeededIn(plan: PackPlan): { [step: string]: string } {
  return Object.fromEntries(plan.nodes.filter((node) => node.included === false).map((node) => [node.id, (node.why as Text).zh]))
}
