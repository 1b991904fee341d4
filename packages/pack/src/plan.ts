/**
 * Bundle planning: from answers and what is already known to the matters, materials, form and promised time of one application.
 * Pure, and the same in browser, server and in the examples of the bundles. Unknown is not false: what cannot be told yet says what is missing.
 */
import type { Text } from '@yichuang/caseflow'
import type { Data, Verdict } from '@yichuang/rules'
import type { Limit } from '@yichuang/workday'
import { orgFor } from './find.ts'
import { type PlanField, planFields } from './plan-form.ts'
import { type PlanMaterial, planMaterials } from './plan-materials.ts'
import { type PlanPromise, planPromise } from './plan-promise.ts'
import type { Bundle, BundleNode, CityPack, Matter } from './vocabulary.ts'

export type Facts = { readonly [name: string]: unknown }
export type HeldCertificate = { readonly type: string; readonly number?: string; readonly face?: Facts }
/** A fact that a register has: `party.tax_clear`, or short `tax_clear`. */
export type KnownFact = { readonly fact: string; readonly value: unknown; readonly source: Text; readonly asOf?: string }

export type PlanInput = {
  readonly answers: Facts
  readonly party: Facts
  /** Region in which it is applied for; decides the organisations. */
  readonly region: string
  /** E-certificates that the party holds now. */
  readonly certificates: readonly HeldCertificate[]
  readonly facts: readonly KnownFact[]
  /** What is filled in so far. */
  readonly form?: Facts
  /** What the party wrote in the same fields last time. */
  readonly previous?: Facts
  /** `YYYY-MM-DD`: delegations in force on that day. */
  readonly on?: string
}

export type PlanNode = {
  readonly id: string
  readonly matter: string
  readonly title: Text
  /** Organisation id, null when no organisation of the region is competent. */
  readonly org: string | null
  readonly orgName: Text | null
  readonly included: true | false | 'unknown'
  /** In words for the applicant. */
  readonly why: Text
  /** Facts that are missing: `answers.sells_food`. */
  readonly missing: readonly string[]
  /** Nodes whose result it waits for, without those that are left out. */
  readonly after: readonly string[]
  readonly optional: boolean
  readonly limits: Matter['limits']
}

export type Plan = {
  readonly nodes: readonly PlanNode[]
  readonly materials: readonly PlanMaterial[]
  readonly fields: readonly PlanField[]
  readonly promise: PlanPromise
  /** Facts without which parts of the plan are open, each once. */
  readonly unknown: readonly string[]
}

/** What the parts of a plan share. */
export type Planning = {
  readonly pack: CityPack
  readonly bundle: Bundle
  readonly input: PlanInput
  /** Facts as conditions see them. */
  readonly facts: Data
}

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

/** Facts for conditions: what registers know of the party counts as said, what was said goes before it. */
function factsOf({ answers, party, form, facts }: PlanInput): Data {
  const known = facts.reduce<Facts>((all, { fact, value }) => withFact(all, shortName(fact).split('.'), value), {})
  return { answers, party: { ...known, ...party }, form: form ?? {} } as Data
}

/** `premises.area` becomes `{ premises: { area } }`, as conditions read it. */
function withFact(facts: Facts, [name = '', ...rest]: readonly string[], value: unknown): Facts {
  if (rest.length === 0) return { ...facts, [name]: value }
  const inner = facts[name]
  const below = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Facts) : {}
  return { ...facts, [name]: withFact(below, rest, value) }
}

export function shortName(fact: string): string {
  return fact.startsWith('party.') ? fact.slice('party.'.length) : fact
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

/** @throws for an id that the pack does not have: compilePack refuses such bundles. */
export function getMatter(pack: Pick<CityPack, 'matters'>, id: string): Matter {
  const matter = pack.matters.get(id)
  if (matter === undefined) throw new Error(`no matter ${id} in a compiled pack`)
  return matter
}

const ALWAYS: Text = { zh: '本事项每次都办', en: 'Always part of this' }
const BY_CONDITION: Text = { zh: '根据您的情况需要办理', en: 'Needed in your situation' }
const NOT_NEEDED: Text = { zh: '根据您的情况不需要办理', en: 'Not needed in your situation' }

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
