/** Facts that conditions read must be facts that somebody can tell: a question that nobody asks would leave them unknown for ever. */
import type { Condition } from '@yichuang/rules'
import { type Place, under } from '../issues.ts'
import { didYouMean } from '../nearest.ts'
import type { Bundle } from '../vocabulary.ts'
import type { Check, PackDraft } from './draft.ts'

type Read = { readonly when: Condition | undefined; readonly place: Place }

/** Facts of a plan: see PlanInput. */
const ROOTS = ['answers', 'party', 'form']
/** A case knows its matter or bundle too, and what has become of it. */
const FLOW_ROOTS = [...ROOTS, 'matter', 'bundle', 'outcome', 'gaps']

export const checkConditions: Check = (draft) => {
  for (const { value, place } of draft.tables.bundles.values()) {
    for (const read of conditionsOf(value, place)) {
      checkRoots(read, ROOTS, draft)
      for (const gap of gapsIn(read.when, value)) report(gap, read.place, draft)
    }
  }
  checkMatters(draft)
  checkFlows(draft)
}

function conditionsOf(bundle: Bundle, place: Place): readonly Read[] {
  return [
    ...bundle.questions.map(({ when }, index) => ({ when, place: under(place, 'questions', index, 'when') })),
    ...bundle.nodes.map(({ when }, index) => ({ when, place: under(place, 'nodes', index, 'when') })),
    ...bundle.form.flatMap((section, at) => [
      { when: section.when, place: under(place, 'form', at, 'when') },
      ...section.fields.map(({ when }, index) => ({ when, place: under(place, 'form', at, 'fields', index, 'when') })),
    ]),
  ]
}

function checkRoots({ when, place }: Read, roots: readonly string[], { issues }: PackDraft): void {
  for (const name of when?.names ?? []) {
    const root = name.split('.')[0] ?? ''
    if (roots.includes(root)) continue
    issues.error(place, 'unknown-fact', `No condition knows "${root}".${didYouMean(root, roots)} It may read ${roots.join(', ')}.`)
  }
}

type Gap = { readonly what: 'question' | 'field'; readonly id: string; readonly known: readonly string[] }

/** Questions and fields that the condition reads and the bundle does not have. */
function gapsIn(when: Condition | undefined, bundle: Bundle): readonly Gap[] {
  const questions = bundle.questions.map((question) => question.id)
  const fields = bundle.form.flatMap((section) => section.fields.map((field) => field.id))
  return (when?.names ?? []).flatMap((name): readonly Gap[] => {
    const [root, id = ''] = name.split('.')
    if (root === 'answers' && !questions.includes(id)) return [{ what: 'question', id, known: questions }]
    return root === 'form' && !fields.includes(id) ? [{ what: 'field', id, known: fields }] : []
  })
}

function report({ what, id, known }: Gap, place: Place, { issues }: PackDraft): void {
  issues.error(place, `unknown-${what}`, `The bundle has no ${what} "${id}".${didYouMean(id, known)}`)
}

/** A material's condition may read what any of the matter's bundles asks; in a bundle that does not ask it the answer stays open. */
function checkMatters(draft: PackDraft): void {
  for (const { value, place } of draft.tables.matters.values()) {
    const bundles = [...draft.tables.bundles.values()]
      .map((entry) => entry.value)
      .filter((bundle) => bundle.nodes.some((node) => node.matter === value.id))
    for (const [index, { when }] of value.materials.entries()) {
      const here = under(place, 'materials', index, 'when')
      checkRoots({ when, place: here }, ROOTS, draft)
      if (bundles.length > 0) checkAnswerable({ when, place: here }, bundles, draft)
    }
  }
}

function checkAnswerable({ when, place }: Read, bundles: readonly Bundle[], draft: PackDraft): void {
  const gaps = bundles.map((bundle) => ({ bundle, gaps: gapsIn(when, bundle) }))
  const open = gaps.filter((one) => one.gaps.length > 0)
  const first = open[0]?.gaps[0]
  if (first === undefined) return
  if (open.length === bundles.length) {
    report(first, place, draft)
    return
  }
  const names = open.map((one) => one.bundle.id).join(', ')
  const message = `The ${first.what} "${first.id}" is not asked in ${names}: there nobody will know whether this material is needed.`
  draft.issues.warn(place, `unknown-${first.what}`, message)
}

function checkFlows(draft: PackDraft): void {
  for (const [id, place] of draft.flowPlaces) {
    const flow = draft.pack.flows.get(id)
    for (const step of Object.values(flow?.steps ?? {})) {
      const here = under(place, 'steps', step.id)
      checkRoots({ when: step.when, place: under(here, 'when') }, FLOW_ROOTS, draft)
      for (const action of Object.values(step.actions)) {
        checkRoots({ when: action.when, place: under(here, 'actions', action.id, 'when') }, FLOW_ROOTS, draft)
      }
    }
  }
}
