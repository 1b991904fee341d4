import { evaluate } from 'feelin'
import { type Environment, type Evaluator, property, type Scope, unknown } from './environment.ts'
import { childrenOf, type Node } from './parse.ts'
import type { Data, Json } from './vocabulary.ts'

/**
 * The part of FEEL that is not compiled goes to the interpreter, expression by expression. It is strict: when a fact that the
 * expression reads is missing the answer is unknown, because FEEL itself would make it null and often false.
 */
export function interpreted(node: Node, source: string, scope: Scope): Evaluator {
  const text = source.slice(node.from, node.to)
  const paths = pathsIn(node, source, scope)
  return (environment) => {
    const missing = paths.filter((path) => isMissing(environment, path, scope))
    if (missing.length > 0) {
      environment.missing.push(...missing.map((path) => path.join('.')))
      return undefined
    }
    return run(text, contextOf(environment, scope)) ?? unknown(environment, `${text} (gives no value)`)
  }
}

function run(text: string, context: Data): Json | undefined {
  try {
    const { value } = evaluate(text, context)
    return value === null || value === undefined ? undefined : (value as Json)
  } catch {
    return undefined
  }
}

function contextOf(environment: Environment, scope: Scope): Data {
  const locals = [...scope].map(([name, slot]) => [name, environment.slots[slot] ?? null] as const)
  return locals.length === 0 ? environment.facts : { ...environment.facts, ...Object.fromEntries(locals) }
}

function isMissing(environment: Environment, path: readonly string[], scope: Scope): boolean {
  const [root = '', ...rest] = path
  const slot = scope.get(root)
  let value = slot === undefined ? property(environment.facts, root) : (environment.slots[slot] ?? null)
  for (const name of rest) value = property(value, name)
  return value === null
}

/** The paths that an expression reads. Names inside a filter may belong to the filtered element, and names bound inside are its own: neither is listed. */
export function pathsIn(node: Node, source: string, scope: Scope, bound: ReadonlySet<string> = new Set()): string[][] {
  const path = pathOf(node, source)
  if (path !== null) return bound.has(path[0] ?? '') && !scope.has(path[0] ?? '') ? [] : [path]
  const children = childrenOf(node)
  if (node.name === 'FilterExpression') return children.slice(0, 1).flatMap((child) => pathsIn(child, source, scope, bound))
  const inner = new Set([...bound, ...namesBoundBy(node, source)])
  const read = node.name === 'FunctionInvocation' ? children.slice(1) : children
  return read.flatMap((child) => pathsIn(child, source, scope, inner))
}

function namesBoundBy(node: Node, source: string): string[] {
  if (node.name !== 'QuantifiedExpression' && node.name !== 'ForExpression') return []
  const lists = childrenOf(node).filter((child) => child.name === 'InExpressions')
  const names = lists.flatMap(childrenOf).flatMap((child) => childrenOf(child).filter((part) => part.name === 'Name'))
  return names.map((name) => source.slice(name.from, name.to))
}

/** `answers.sells_tobacco` → ['answers', 'sells_tobacco']; null for anything but a plain path. */
export function pathOf(node: Node, source: string): string[] | null {
  if (node.name === 'VariableName') return [source.slice(node.from, node.to)]
  if (node.name !== 'PathExpression') return null
  const [base, , last] = childrenOf(node)
  const path = base === undefined ? null : pathOf(base, source)
  return path === null || last === undefined ? null : [...path, source.slice(last.from, last.to)]
}
