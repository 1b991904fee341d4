/** Examples beside the bundle are run at every compile: a bundle that no longer does what it says does not load. */
import { formatLimit, parseLimit } from '@yichuang/workday'
import { type Place, under } from '../issues.ts'
import { planBundle, sameLimit } from '../plan.ts'
import type { Plan } from '../plan-vocabulary.ts'
import type { Bundle, BundleExample, CityPack } from '../vocabulary.ts'
import type { Check } from './draft.ts'

export const checkExamples: Check = ({ pack, tables, issues }) => {
  for (const { value, place } of tables.bundles.values()) {
    if (value.examples.length === 0 && value.status === 'in-use') {
      issues.warn(
        place,
        'no-examples',
        `The bundle "${value.id}" has no examples: write at least one, so that a change which breaks it is seen.`,
      )
    }
    for (const [index, example] of value.examples.entries()) {
      const here = under(place, 'examples', index)
      for (const fault of runExample(pack, value, example))
        issues.error(placeOf(here, fault), 'example-fails', `${example.title}: ${fault.message}`)
    }
  }
}

export type ExampleFault = { readonly key: keyof BundleExample['expect']; readonly message: string }

function placeOf(place: Place, { key }: ExampleFault): Place {
  return under(place, 'expect', key)
}

/** Plans the example as somebody of whom no register knows anything, in the first county of the city. */
export function planExample(pack: CityPack, bundle: Bundle, example: BundleExample): Plan {
  const county = [...pack.regions.values()].find((region) => region.level === 'county' && !region.functional)
  return planBundle(pack, bundle, {
    answers: example.answers,
    party: example.party ?? {},
    form: example.form ?? {},
    region: county?.code ?? pack.root,
    certificates: [],
    facts: [],
  })
}

/** What the plan does not have as the example expects it; empty when it does. */
export function runExample(pack: CityPack, bundle: Bundle, example: BundleExample): readonly ExampleFault[] {
  const plan = planExample(pack, bundle, example)
  const { nodes, materials, unknown, promise } = example.expect
  const included = plan.nodes.filter((node) => node.included === true).map((node) => node.id)
  const asked = plan.materials.filter((row) => row.status !== 'result').map((row) => row.material)
  const faults = [
    differ('nodes', nodes, included),
    materials && differ('materials', materials, asked),
    differ('unknown', unknown ?? [], plan.unknown),
  ]
  return [...faults, promise && differentPromise(promise, plan)].filter((fault) => typeof fault === 'object')
}

function differ(key: ExampleFault['key'], expected: readonly string[], found: readonly string[]): ExampleFault | undefined {
  const lacking = expected.filter((id) => !found.includes(id))
  const extra = found.filter((id) => !expected.includes(id))
  if (lacking.length === 0 && extra.length === 0) return undefined
  const lacks = lacking.length > 0 ? ` expected but not found: ${lacking.join(', ')};` : ''
  const has = extra.length > 0 ? ` found but not expected: ${extra.join(', ')};` : ''
  return { key, message: `${key}:${lacks}${has}`.replace(/;$/, '.') }
}

function differentPromise(expected: string, plan: Plan): ExampleFault | undefined {
  const limit = parseLimit(expected)
  if (!limit.ok) return { key: 'promise', message: limit.error.message }
  if (sameLimit(limit.value, plan.promise.limit)) return undefined
  const path = plan.promise.path.join(' → ')
  return { key: 'promise', message: `promised are ${formatLimit(plan.promise.limit)} (${path}), not ${expected}.` }
}
