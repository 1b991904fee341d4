import { type Evaluator, property, type Scope, unknown } from './environment.ts'
import { interpreted, pathOf } from './interpret.ts'
import {
  asBoolean,
  type Bound,
  compare,
  comparison,
  conjunction,
  disjunction,
  equal,
  isComparison,
  kindOf,
  negation,
  range,
} from './operators.ts'
import { childrenOf, type Node } from './parse.ts'
import type { Json } from './vocabulary.ts'

/** A compilation: the text, and how many quantifier slots it needs so far. */
export type Unit = { readonly source: string; slots: number }

/** Closures for the subset that flows use; what lies outside is handed to the interpreter piece by piece. */
export function compileBoolean(node: Node, unit: Unit, scope: Scope): Evaluator {
  return asBoolean(direct(node, unit, scope) ?? interpreted(node, unit.source, scope), text(node, unit))
}

type Compiler = (node: Node, unit: Unit, scope: Scope) => Evaluator | null

const COMPILERS: { readonly [rule: string]: Compiler } = {
  BooleanLiteral: (node, unit) => constant(text(node, unit) === 'true'),
  NumericLiteral: (node, unit) => number(text(node, unit)),
  StringLiteral: (node, unit) => string(text(node, unit)),
  VariableName: path,
  PathExpression: path,
  ParenthesizedExpression: (node, unit, scope) => directOrNull(childrenOf(node)[1], unit, scope),
  Conjunction: (node, unit, scope) => conjunction(operands(node, unit, scope)),
  Disjunction: (node, unit, scope) => disjunction(operands(node, unit, scope)),
  Comparison: compileComparison,
  FunctionInvocation: compileCall,
  QuantifiedExpression: compileQuantified,
}

function direct(node: Node, unit: Unit, scope: Scope): Evaluator | null {
  return COMPILERS[node.name]?.(node, unit, scope) ?? null
}

function directOrNull(node: Node | undefined, unit: Unit, scope: Scope): Evaluator | null {
  return node === undefined ? null : direct(node, unit, scope)
}

function text(node: Node, unit: Unit): string {
  return unit.source.slice(node.from, node.to)
}

function constant(value: Json): Evaluator {
  return () => value
}

function number(digits: string): Evaluator | null {
  const value = Number(digits.replace(/\s/g, ''))
  return Number.isFinite(value) ? constant(value) : null
}

/** FEEL's escapes are a superset of JSON's: what JSON cannot read is left to the interpreter. */
function string(quoted: string): Evaluator | null {
  try {
    return constant(JSON.parse(quoted) as string)
  } catch {
    return null
  }
}

function path(node: Node, unit: Unit, scope: Scope): Evaluator | null {
  const names = pathOf(node, unit.source)
  if (names === null) return null
  const [root = '', ...rest] = names
  const slot = scope.get(root)
  if (slot !== undefined) return local(slot, rest)
  const name = names.join('.')
  return (environment) => {
    let value = property(environment.facts, root)
    for (const part of rest) value = property(value, part)
    return value === null ? unknown(environment, name) : value
  }
}

function local(slot: number, rest: readonly string[]): Evaluator {
  return (environment) => {
    let value = environment.slots[slot] ?? null
    for (const part of rest) value = property(value, part)
    return value === null ? unknown(environment, [environment.labels[slot], ...rest].join('.')) : value
  }
}

function operands(node: Node, unit: Unit, scope: Scope): Evaluator[] {
  return childrenOf(node)
    .filter((child) => child.name !== 'and' && child.name !== 'or')
    .map((child) => compileBoolean(child, unit, scope))
}

function compileComparison(node: Node, unit: Unit, scope: Scope): Evaluator | null {
  const [left, operator, ...right] = childrenOf(node)
  if (left === undefined || operator === undefined) return null
  if (operator.name === 'in') return compileIn(left, right, unit, scope)
  const sign = text(operator, unit)
  const [other] = right
  if (other === undefined || right.length !== 1 || !isComparison(sign)) return null
  if (other.name === 'null' || left.name === 'null') return compilePresence(sign, other.name === 'null' ? left : other, unit, scope)
  const a = direct(left, unit, scope)
  const b = direct(other, unit, scope)
  return a === null || b === null ? null : comparison(sign, a, b, text(node, unit))
}

/** `x = null` asks whether the fact is there: the one question about a missing fact that has an answer. */
function compilePresence(sign: string, node: Node, unit: Unit, scope: Scope): Evaluator | null {
  const value = pathOf(node, unit.source) === null ? null : direct(node, unit, scope)
  if (value === null || (sign !== '=' && sign !== '!=')) return null
  return (environment) => {
    const mark = environment.missing.length
    const absent = value(environment) === undefined
    environment.missing.length = mark
    return absent === (sign === '=')
  }
}

/** One alternative of `x in (…)`: what it says of a value that is there; undefined is unknown. */
type Test = (environment: Parameters<Evaluator>[0], tested: Json) => boolean | undefined

function compileIn(left: Node, right: readonly Node[], unit: Unit, scope: Scope): Evaluator | null {
  const value = direct(left, unit, scope)
  const list = right.find((node) => node.name === 'PositiveUnaryTests')
  const tests = (list === undefined ? right : childrenOf(list)).map((node) => compileTest(node, unit, scope))
  if (value === null || tests.some((test) => test === null)) return null
  return anyOf(value, tests as Test[], `${text(left, unit)} in …`)
}

function anyOf(value: Evaluator, tests: readonly Test[], label: string): Evaluator {
  return (environment) => {
    const tested = value(environment)
    if (tested === undefined) return undefined
    const mark = environment.missing.length
    let open = false
    for (const test of tests) {
      const hit = test(environment, tested)
      if (hit === true) {
        environment.missing.length = mark
        return true
      }
      if (hit === undefined) open = true
    }
    if (!open) return false
    return environment.missing.length > mark ? undefined : unknown(environment, `${label} (kinds of value that cannot be compared)`)
  }
}

function compileTest(node: Node, unit: Unit, scope: Scope): Test | null {
  const [inner, second] = childrenOf(node)
  if (inner === undefined) return null
  if (node.name === 'PositiveUnaryTest') return compileAlternative(inner, unit, scope)
  if (node.name !== 'SimplePositiveUnaryTest') return null
  if (inner.name === 'Interval') return compileRange(inner, unit, scope)
  const sign = text(inner, unit)
  const bound = directOrNull(second, unit, scope)
  if (bound === null || !isComparison(sign)) return null
  return (environment, tested) => {
    const value = bound(environment)
    return value === undefined ? undefined : compare(sign, tested, value)
  }
}

function compileAlternative(node: Node, unit: Unit, scope: Scope): Test | null {
  const bracketed = node.name === 'ParenthesizedExpression' ? childrenOf(node)[1] : undefined
  if (bracketed?.name === 'SimplePositiveUnaryTest') return compileTest(bracketed, unit, scope)
  if (node.name === 'SimplePositiveUnaryTest') return compileTest(node, unit, scope)
  if (node.name === 'List') return compileListTest(node, unit, scope)
  if (node.name === 'Interval') return compileRange(node, unit, scope)
  const value = direct(node, unit, scope)
  return value === null ? null : (environment, tested) => member(value(environment), tested)
}

function member(value: Json | undefined, tested: Json): boolean | undefined {
  if (value === undefined) return undefined
  if (Array.isArray(value)) return equal(value, tested) || value.some((item: Json) => equal(item, tested))
  return equal(value, tested)
}

function compileListTest(node: Node, unit: Unit, scope: Scope): Test | null {
  const items = childrenOf(node).slice(1, -1)
  const values = items.map((item) => direct(item, unit, scope))
  if (values.some((value) => value === null)) return null
  return (environment, tested) => {
    let open = false
    for (const value of values as Evaluator[]) {
      const item = value(environment)
      if (item === undefined) open = true
      else if (equal(item, tested)) return true
    }
    return open ? undefined : false
  }
}

function compileRange(node: Node, unit: Unit, scope: Scope): Test | null {
  const [open, low, , high, close] = childrenOf(node)
  const from = directOrNull(low, unit, scope)
  const to = directOrNull(high, unit, scope)
  if (open === undefined || close === undefined || from === null || to === null) return null
  const lower: Bound = { value: from, open: open.name !== '[' }
  const upper: Bound = { value: to, open: close.name !== ']' }
  return range(lower, upper)
}

function compileCall(node: Node, unit: Unit, scope: Scope): Evaluator | null {
  const [name, , parameters] = childrenOf(node)
  const args = parameters === undefined ? [] : childrenOf(parameters)
  const [only] = args
  if (name === undefined || only === undefined || args.length !== 1 || parameters?.name !== 'PositionalParameters') return null
  if (text(name, unit) === 'not') return negation(compileBoolean(only, unit, scope))
  return text(name, unit) === 'count' ? count(only, unit, scope) : null
}

function count(node: Node, unit: Unit, scope: Scope): Evaluator | null {
  const list = direct(node, unit, scope)
  if (list === null) return null
  return (environment) => {
    const value = list(environment)
    if (value === undefined) return undefined
    if (Array.isArray(value)) return value.length
    return unknown(environment, `${text(node, unit)} (${kindOf(value)} instead of a list)`)
  }
}

function compileQuantified(node: Node, unit: Unit, scope: Scope): Evaluator | null {
  const [word, bindings, , body] = childrenOf(node)
  const binding = bindings === undefined ? [] : childrenOf(bindings)
  const [only] = binding
  if (word === undefined || body === undefined || only === undefined || binding.length !== 1) return null
  const [name, , context] = childrenOf(only)
  const listNode = context === undefined ? undefined : childrenOf(context)[0]
  const list = directOrNull(listNode, unit, scope)
  if (name === undefined || listNode === undefined || list === null) return null
  const slot = unit.slots++
  const satisfies = compileBoolean(body, unit, new Map([...scope, [text(name, unit), slot]]))
  return quantified({ list, satisfies, slot, label: text(listNode, unit), winner: word.name === 'some' })
}

type Quantified = {
  readonly list: Evaluator
  readonly satisfies: Evaluator
  readonly slot: number
  readonly label: string
  readonly winner: boolean
}

/** some: one true decides; every: one false decides; an element whose answer is unknown leaves the rest open. */
function quantified({ list, satisfies, slot, label, winner }: Quantified): Evaluator {
  return (environment) => {
    const items = list(environment)
    if (items === undefined) return undefined
    if (!Array.isArray(items)) return unknown(environment, `${label} (${kindOf(items)} instead of a list)`)
    const mark = environment.missing.length
    let open = false
    for (const [index, item] of items.entries()) {
      environment.slots[slot] = item as Json
      environment.labels[slot] = `${label}[${index + 1}]`
      const value = satisfies(environment)
      if (value === winner) {
        environment.missing.length = mark
        return winner
      }
      if (value === undefined) open = true
    }
    return open ? undefined : !winner
  }
}
