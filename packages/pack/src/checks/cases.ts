/** Demonstration cases that could never be played: what they name must be there, and nobody acts after the moment of loading. */
import type { Flow } from '@yichuang/caseflow'
import { type Place, under } from '../issues.ts'
import type { Bundle, DemoCase, DemoPlay, WorkingSpan } from '../vocabulary.ts'
import type { Check, PackDraft } from './draft.ts'
import { refer } from './references.ts'

export const checkCases: Check = (draft) => {
  const perDay = minutesPerDay(draft)
  for (const { value, place } of draft.tables.cases.values()) {
    const bundle = findBundle(draft, value, place)
    checkApplicant(draft, value, place)
    for (const [index, id] of value.leftOut.entries()) checkMaterial(draft, id, under(place, 'left_out', index))
    if (bundle !== null) checkFilled(draft, { one: value, bundle, place })
    let left = minutesOf(value.submitted, perDay)
    for (const [index, play] of value.plays.entries()) {
      const here = under(place, 'plays', index)
      checkPlay(draft, { play, bundle, place: here })
      left -= minutesOf(play.after, perDay)
      if (left >= 0) continue
      const message = `This play comes ${-left} working minutes after the moment of loading: let "${value.id}" be submitted earlier.`
      draft.issues.error(under(here, 'after'), 'play-in-future', message)
      break
    }
  }
}

/** A working day has as many minutes as there are service hours. */
function minutesPerDay({ pack }: PackDraft): number {
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
  return pack.hours.reduce((sum, { from, to }) => sum + minutes(to) - minutes(from), 0) || 1440
}

function minutesOf({ days, minutes }: WorkingSpan, perDay: number): number {
  return days * perDay + minutes
}

function findBundle(draft: PackDraft, one: DemoCase, place: Place): Bundle | null {
  const here = under(place, 'bundle')
  if (!refer(draft, 'bundle', one.bundle, { known: draft.tables.bundles, place: here })) return null
  const bundle = draft.tables.bundles.get(one.bundle)?.value ?? null
  if (bundle?.status === 'in-use') return bundle
  draft.issues.error(here, 'bundle-announced', `"${one.bundle}" is announced only: nobody can apply for it yet.`)
  return null
}

function checkApplicant(draft: PackDraft, { party, by, region }: DemoCase, place: Place): void {
  const { people, parties } = draft.tables
  const known = refer(draft, 'party', party, { known: parties, place: under(place, 'party') })
  const person = refer(draft, 'person', by, { known: people, place: under(place, 'by') }) ? people.get(by)?.value : undefined
  if (region !== undefined) refer(draft, 'region', region, { known: draft.pack.regions, place: under(place, 'region') })
  if (!known || person === undefined) return
  if (person.actsFor.some((one) => one.party === party) || person.posts.some((post) => post.desk === 'counter')) return
  draft.issues.error(under(place, 'by'), 'not-their-party', `"${by}" neither acts for "${party}" nor works at a counter.`)
}

function checkMaterial(draft: PackDraft, id: string, place: Place): void {
  refer(draft, 'material', id, { known: draft.tables.materials, place })
}

type Filled = { readonly one: DemoCase; readonly bundle: Bundle; readonly place: Place }

function checkFilled(draft: PackDraft, { one, bundle, place }: Filled): void {
  const questions = new Map(bundle.questions.map((question) => [question.id, question]))
  for (const id of Object.keys(one.answers)) refer(draft, 'question', id, { known: questions, place: under(place, 'answers', id) })
  const fields = new Map(bundle.form.flatMap((section) => section.fields.map((field) => [field.id, field] as const)))
  for (const id of Object.keys(one.form)) refer(draft, 'field', id, { known: fields, place: under(place, 'form', id) })
  const kind = draft.tables.parties.get(one.party)?.value.kind
  if (kind === undefined || bundle.parties.includes(kind)) return
  const message = `"${bundle.id}" serves ${bundle.parties.join(', ')}; "${one.party}" is of kind ${kind}.`
  draft.issues.error(under(place, 'party'), 'kind-not-served', message)
}

type Played = { readonly play: DemoPlay; readonly bundle: Bundle | null; readonly place: Place }

function checkPlay(draft: PackDraft, { play, bundle, place }: Played): void {
  refer(draft, 'person', play.by, { known: draft.tables.people, place: under(place, 'by') })
  for (const [index, id] of play.uploads.entries()) checkMaterial(draft, id, under(place, 'uploads', index))
  const node = bundle?.nodes.find((one) => one.id === play.node)
  if (bundle === null) return
  if (play.node !== undefined && node === undefined) {
    refer(draft, 'node', play.node, { known: new Map(bundle.nodes.map((one) => [one.id, one])), place: under(place, 'node') })
    return
  }
  const flow = draft.pack.flows.get(node === undefined ? bundle.flow : (draft.tables.matters.get(node.matter)?.value.flow ?? ''))
  const flows = play.supervision ? supervisionFlows(draft, flow) : flow === undefined ? [] : [flow]
  if (flows.length > 0) checkAction(draft, { play, flows, place })
}

/** Flows that the ladder of this one opens. */
function supervisionFlows({ pack }: PackDraft, flow: Flow | undefined): readonly Flow[] {
  const opened = new Set(flow?.ladder.flatMap((level) => (level.opens === undefined ? [] : [level.opens])))
  return [...pack.flows.values()].filter(({ id }) => opened.has(id))
}

type Acted = { readonly play: DemoPlay; readonly flows: readonly Flow[]; readonly place: Place }

function checkAction(draft: PackDraft, { play, flows, place }: Acted): void {
  const { step, action } = play
  const steps = new Map(flows.flatMap((flow) => Object.entries(flow.steps)))
  if (step !== undefined && !refer(draft, 'step', step, { known: steps, place: under(place, 'step') })) return
  const actions = flows.flatMap((flow) => Object.entries(step === undefined ? flow.actions : (flow.steps[step]?.actions ?? {})))
  refer(draft, 'action', action, { known: new Map(actions), place: under(place, 'action') })
}
