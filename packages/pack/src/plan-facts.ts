/** Facts of a plan as conditions read them, and the names facts go by. */
import type { Data } from '@yichuang/rules'
import type { Facts, PlanInput } from './plan-vocabulary.ts'

/** Facts for conditions: what registers know of the party counts as said, what was said goes before it. */
export function factsOf({ answers, party, form, facts }: PlanInput): Data {
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
