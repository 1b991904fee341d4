/**
 * Bundle planning: from answers and what is already known to the matters, materials, form and promised time of one application.
 * Pure, and the same in browser, server and in the examples of the bundles. Unknown is not false: what cannot be told yet says what is missing.
 */
import type { Text } from '@yichuang/caseflow'
import type { Data, Verdict } from '@yichuang/rules'
import type { Limit } from '@yichuang/workday'
import { getMatter, orgFor } from './find.ts'
import { factsOf } from './plan-facts.ts'
import { planFields } from './plan-form.ts'
import { planMaterials } from './plan-materials.ts'
import { planPromise } from './plan-promise.ts'
import type { Plan, PlanInput, PlanNode, Planning } from './plan-vocabulary.ts'
import type { Bundle, BundleNode, CityPack } from './vocabulary.ts'

export function planBundle(pack: CityPack, bundle: Bundle, input: PlanInput): Plan {
  const planning = { pack, bundle, input, facts: factsOf(input) }
  const nodes = planNodes(planning)
  const materials = planMaterials(planning, nodes)
  const missing = [...nodes.flatMap((node) => node.missing), ...askableNow(materials.missing, planning)]
  return {
    nodes,
    materials: materials.rows,
    fields: planFields(planning, nodes),
    promise: planPromise(nodes, pack.hours),
    unknown: [...new Set(missing)],
  }
}

function planNodes(planning: Planning): readonly PlanNode[] {
  const verdicts = new Map(planning.bundle.nodes.map((node) => [node.id, verdictOf(node, planning.facts)]))
  const stays = (id: string) => verdicts.get(id)?.value !== false
  return planning.bundle.nodes.map((node) => planNode(node, verdicts.get(node.id) ?? { value: true }, { ...planning, stays }))
}

function verdictOf(node: BundleNode, facts: Data): Verdict {
  return node.when === undefined ? { value: true } : node.when.evaluate(facts)
}

/**
 * What to ask first: of a missing answer whose question is not asked yet because another is still open, that other one.
 * Nobody can be asked how many tables before it is known whether there are any.
 */
function askableNow(
  missing: readonly string[],
  planning: Pick<Planning, 'bundle' | 'facts'>,
  seen: readonly string[] = [],
): readonly string[] {
  const { bundle, facts } = planning
  const asked = missing.flatMap((name) => {
    const verdict = bundle.questions.find((question) => `answers.${question.id}` === name)?.when?.evaluate(facts)
    if (verdict?.value !== 'unknown' || seen.includes(name)) return [name]
    return askableNow(verdict.missing, planning, [...seen, name])
  })
  return [...new Set(asked)]
}

function planNode(node: BundleNode, verdict: Verdict, planning: Planning & { stays(id: string): boolean }): PlanNode {
  const { pack, bundle, input, stays } = planning
  const matter = getMatter(pack, node.matter)
  const missing = verdict.value === 'unknown' ? askableNow(verdict.missing, planning) : []
  const org = orgFor(pack, matter.dept, input.region, { matter: matter.id, ...(input.on === undefined ? {} : { on: input.on }) })
  return {
    id: node.id,
    matter: matter.id,
    title: matter.title,
    org: org?.id ?? null,
    orgName: org?.name ?? null,
    included: verdict.value,
    why: whyOf(node, verdict, missing, bundle),
    missing,
    after: node.after.filter(stays),
    optional: node.optional,
    limits: matter.limits,
  }
}

const ALWAYS: Text = { zh: '本事项每次都办', en: 'Always part of this' }
const BY_CONDITION: Text = { zh: '根据您的情况需要办理', en: 'Needed in your situation' }
export const NOT_NEEDED: Text = { zh: '根据您的情况不需要办理', en: 'Not needed in your situation' }

function whyOf(node: BundleNode, verdict: Verdict, missing: readonly string[], bundle: Bundle): Text {
  if (verdict.value === 'unknown') return missingWords(missing, bundle)
  if (!verdict.value) return NOT_NEEDED
  return node.because ?? (node.when === undefined ? ALWAYS : BY_CONDITION)
}

/** 还需知道：是否销售食品 */
function missingWords(missing: readonly string[], bundle: Bundle): Text {
  const words = missing.map((name) => questionText(name, bundle))
  const zh = words.map((text) => text.zh).join('；')
  return { zh: `还需知道：${zh}`, en: `Still to be told: ${words.map((text) => text.en ?? text.zh).join('; ')}` }
}

function questionText(name: string, bundle: Bundle): Text {
  const question = bundle.questions.find((one) => `answers.${one.id}` === name)
  const field = bundle.form.flatMap((section) => section.fields).find((one) => `form.${one.id}` === name)
  return question?.text ?? field?.title ?? { zh: name, en: name }
}

/** For the promise in words and for comparing: the same limit, however it is written. */
export function sameLimit(a: Limit, b: Limit): boolean {
  return a.n === b.n && (a.unit === b.unit || a.n === 0)
}
