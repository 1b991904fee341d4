import type { Data, Json } from './vocabulary.ts'

/** What a compiled expression sees while it runs. `missing` collects names; whoever reaches a definite value drops what was collected below. */
export type Environment = {
  readonly facts: Data
  /** Values of names bound by quantifiers, by slot. */
  readonly slots: (Json | undefined)[]
  /** How to speak of a slot's value: `gaps[2]`. */
  readonly labels: string[]
  missing: string[]
}

/** undefined = unknown. Null never comes out of an evaluator: a fact that is null is a fact that is not there. */
export type Evaluator = (environment: Environment) => Json | undefined

/** Names bound by the quantifiers around an expression, name → slot. */
export type Scope = ReadonlyMap<string, number>

export function unknown(environment: Environment, name: string): undefined {
  environment.missing.push(name)
  return undefined
}

/** The value of a property, null when it is not there. */
export function property(value: Json | undefined, name: string): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const record = value as Data
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null
}
