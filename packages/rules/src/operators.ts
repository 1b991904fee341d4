import { type Environment, type Evaluator, unknown } from './environment.ts'
import type { Json } from './vocabulary.ts'

/** A boolean, or unknown with a name that says what the expression gave instead. */
export function asBoolean(evaluator: Evaluator, source: string): Evaluator {
  return (environment) => {
    const value = evaluator(environment)
    if (value === undefined || typeof value === 'boolean') return value
    return unknown(environment, `${source} (${kindOf(value)} instead of true or false)`)
  }
}

/** Kleene's and: false wins over unknown. What is missing in operands that did not matter is forgotten. */
export function conjunction(operands: readonly Evaluator[]): Evaluator {
  return decisive(operands, false)
}

export function disjunction(operands: readonly Evaluator[]): Evaluator {
  return decisive(operands, true)
}

function decisive(operands: readonly Evaluator[], winner: boolean): Evaluator {
  return (environment) => {
    const mark = environment.missing.length
    let open = false
    for (const operand of operands) {
      const value = operand(environment)
      if (value === winner) {
        environment.missing.length = mark
        return winner
      }
      if (value === undefined) open = true
    }
    return open ? undefined : !winner
  }
}

export function negation(operand: Evaluator): Evaluator {
  return (environment) => {
    const value = operand(environment)
    return value === undefined ? undefined : !value
  }
}

export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof COMPARISONS)[number]

export function isComparison(text: string): text is Comparison {
  return (COMPARISONS as readonly string[]).includes(text)
}

export function comparison(operator: Comparison, left: Evaluator, right: Evaluator, source: string): Evaluator {
  return (environment) => {
    const a = left(environment)
    const b = right(environment)
    if (a === undefined || b === undefined) return undefined
    return compare(operator, a, b) ?? unknown(environment, `${source} (${kindOf(a)} and ${kindOf(b)} cannot be compared)`)
  }
}

/** Undefined when the two kinds of value cannot be compared. */
export function compare(operator: Comparison, a: Json, b: Json): boolean | undefined {
  if (kindOf(a) !== kindOf(b)) return undefined
  if (operator === '=') return equal(a, b)
  if (operator === '!=') return !equal(a, b)
  if (typeof a === 'number' && typeof b === 'number') return ordered(operator, a, b)
  if (typeof a === 'string' && typeof b === 'string') return ordered(operator, a, b)
  return undefined
}

function ordered<T extends number | string>(operator: '<' | '<=' | '>' | '>=', a: T, b: T): boolean {
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

export function equal(a: Json, b: Json): boolean {
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  const left = Object.entries(a)
  const right = b as { readonly [key: string]: Json }
  if (Array.isArray(a) !== Array.isArray(b) || left.length !== Object.keys(b).length) return false
  return left.every(([key, value]) => Object.hasOwn(right, key) && equal(value, right[key] ?? null))
}

export function kindOf(value: Json): 'nothing' | 'boolean' | 'number' | 'text' | 'list' | 'record' {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object') return 'record'
  return typeof value === 'string' ? 'text' : (typeof value as 'boolean' | 'number')
}

export type Bound = { readonly value: Evaluator; readonly open: boolean }

export function range(low: Bound, high: Bound): (environment: Environment, tested: Json) => boolean | undefined {
  return (environment, tested) => {
    const a = low.value(environment)
    const b = high.value(environment)
    const above = a === undefined ? undefined : compare(low.open ? '>' : '>=', tested, a)
    const below = b === undefined ? undefined : compare(high.open ? '<' : '<=', tested, b)
    if (above === undefined || below === undefined) return undefined
    return above && below
  }
}
