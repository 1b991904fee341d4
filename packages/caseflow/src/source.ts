/** A flow as a maker writes it (YAML, snake_case): unchecked. `compileFlow` leads from here to `Flow`. */
import type { Audience, EffectName, Light, NeedType, Side } from './vocabulary.ts'

/** Chinese words, or both languages. */
export type TextSource = string | { readonly zh: string; readonly en?: string }

export type FlowSource = {
  readonly flow: string
  readonly kind: string
  readonly title: TextSource
  readonly version?: string
  readonly clocks?: { readonly [id: string]: ClockSource }
  /** Id in `FlowContext.ladders`. */
  readonly ladder?: string
  readonly steps: { readonly [id: string]: StepSource }
  readonly actions?: { readonly [id: string]: ActionSource }
  /** Default: all. */
  readonly completion?: 'all' | 'each'
  /** Default: never. */
  readonly reopen_window?: string
  /** Default: 15 days. */
  readonly rating_window?: string
}

export type ClockSource = {
  readonly title: TextSource
  readonly starts: string
  readonly stops: readonly string[]
  /** `5 workdays`, or a path into the case's facts: `matter.limits.promised`. */
  readonly limit: string
  readonly extend?: { readonly most: string; readonly by: string }
  /** A bare name is refused: a deemed outcome needs its legal basis. */
  readonly on_breach?: string | { readonly effect: string; readonly basis: string; readonly action?: string }
  readonly pausable?: boolean
  readonly laddered?: boolean
}

export type StepSource = {
  readonly title: TextSource
  readonly after?: readonly string[]
  readonly when?: string
  readonly desk?: string
  readonly role?: string
  /** Default: `acceptor` at the counter, `case` elsewhere. */
  readonly org?: string
  readonly special?: string
  readonly joint?: boolean
  readonly optional?: boolean
  readonly matter?: string
  readonly limit?: string
  readonly issues?: boolean
  readonly in_bundle?: string
  readonly on_failure?: boolean
  readonly actions?: { readonly [id: string]: ActionSource }
}

export type ActionSource = {
  readonly title?: TextSource
  readonly effect: EffectName
  readonly to?: string
  readonly marks?: string
  readonly outcome?: string
  readonly needs?: readonly NeedSource[]
  readonly when?: string
  /** What people read while `when` does not hold. */
  readonly why_not?: TextSource
  readonly document?: string
  readonly by?: Side
  readonly role?: string
  /** wait-for-applicant: default false, once per step and case. */
  readonly repeatable?: boolean
  readonly destructive?: boolean
  readonly audience?: Audience
}

export type NeedSource =
  | string
  | { readonly field: string; readonly type: NeedType; readonly required?: boolean; readonly title?: TextSource }

export type LadderLevelSource = {
  readonly id: string
  readonly title: TextSource
  readonly light: Light
  readonly clocks: readonly string[]
  readonly at: readonly LadderMomentSource[]
  readonly tells?: readonly string[]
  readonly card?: 'yellow' | 'red'
  readonly reason_within?: string
  readonly opens?: string
}
export type LadderMomentSource = { readonly remaining: string } | { readonly elapsed: number } | { readonly over: string }
