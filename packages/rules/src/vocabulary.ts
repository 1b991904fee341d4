/**
 * 规则: words of conditions. A condition is a FEEL expression (OMG DMN 1.5, chapter 10) over a case's facts; its verdict has three values.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Data = { readonly [key: string]: Json }

/** 符合 / 不符合 / 待核实. A missing fact never counts as false; `missing` names what somebody has to supply, or what is wrong with it. */
export type Verdict = { readonly value: true | false } | { readonly value: 'unknown'; readonly missing: readonly string[] }

export type Condition = {
  readonly source: string
  /** Paths of the facts that it reads, such as `answers.sells_tobacco`; names bound by a quantifier are not among them. */
  readonly names: readonly string[]
  /** Never throws. */
  readonly evaluate: (facts: Data) => Verdict
}
