import { ok, type Refusal, type Result } from '@yichuang/result'
import { compileBoolean, type Unit } from './compile.ts'
import type { Environment } from './environment.ts'
import { pathsIn } from './interpret.ts'
import { parse } from './parse.ts'
import type { Condition, Data, Verdict } from './vocabulary.ts'

export type { Condition, Data, Json, Verdict } from './vocabulary.ts'

const TRUE: Verdict = { value: true }
const FALSE: Verdict = { value: false }
const NOTHING_BOUND = new Map<string, number>()

/**
 * A FEEL expression (DMN 1.5) as a condition. Refusal `rules/syntax`: `data.column` counts from 1, `data.expected` says what was missing there.
 * Evaluation is total: an expression that does not give true or false is unknown, and `missing` says why.
 */
export function compileCondition(source: string): Result<Condition, Refusal> {
  const tree = parse(source)
  if (!tree.ok) return tree
  const unit: Unit = { source, slots: 0 }
  const evaluator = compileBoolean(tree.value, unit, NOTHING_BOUND)
  const names = [...new Set(pathsIn(tree.value, source, NOTHING_BOUND).map((path) => path.join('.')))]
  const evaluate = (facts: Data): Verdict => {
    const environment: Environment = { facts, slots: [], labels: [], missing: [] }
    const value = evaluator(environment)
    if (value === undefined) return { value: 'unknown', missing: [...new Set(environment.missing)] }
    return value ? TRUE : FALSE
  }
  return ok({ source, names, evaluate })
}
