/** Words of plans: what is asked, what comes out, and what the parts of a plan share. */
import type { Text } from '@yichuang/caseflow'
import type { Data } from '@yichuang/rules'
import type { Limit } from '@yichuang/workday'
import type { Bundle, CityPack, Matter, Obtain } from './vocabulary.ts'

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

export type PlanMaterial = {
  readonly material: string
  readonly title: Text
  /** Matters that take it from the applicant; of a `result`, those that take it from an earlier node. */
  readonly forMatters: readonly string[]
  /** tolerable: every matter lets it follow later (容缺). */
  readonly need: 'required' | 'optional' | 'tolerable'
  /** The strictest of the matters' tolerances. */
  readonly tolerance?: { readonly limit: Limit; readonly consequence: Text }
  readonly source: Obtain
  /** have: nothing to do. result: a node of the plan produces it, nobody is asked for it. */
  readonly status: 'have' | 'promise' | 'form' | 'upload' | 'result'
  /** Where it comes from, in words. */
  readonly from?: Text
}

export type Prefilled = {
  readonly value: unknown
  /** Where it comes from, in words. */
  readonly source: Text
  /** The prefill of the pack that supplied it: `certificate:biz-license.name`. */
  readonly from: string
  /** The day the register says it of. */
  readonly asOf?: string
}
export type PlanField = { readonly section: string; readonly field: string; readonly prefilled?: Prefilled }

export type PlanPromise = {
  /** In workdays; 0 is 即办. */
  readonly limit: Limit
  /** Node ids of the critical path, first to last. */
  readonly path: readonly string[]
}
