/** Inside a bundle: its ids, its order, and materials that one node makes and another asks for. */
import { type Place, under } from '../issues.ts'
import { PREFILL_KINDS, parsePrefill } from '../plan-form.ts'
import { ancestorsOf, produces } from '../plan-materials.ts'
import { duplicate } from '../reading.ts'
import type { Bundle, BundleNode, Field, Matter } from '../vocabulary.ts'
import type { Check, PackDraft } from './draft.ts'
import { orgKeys, refer } from './references.ts'

export const checkBundles: Check = (draft) => {
  for (const { value, place } of draft.tables.bundles.values()) {
    checkIds(value, place, draft)
    checkNodes(value, place, draft)
    checkForm(value, place, draft)
    const cycle = findCycle(value.nodes)
    if (cycle === null) checkProduced(value, place, draft)
    else
      draft.issues.error(
        under(place, 'nodes', cycle.index, 'after'),
        'bundle-cycle',
        `These nodes wait for each other: ${cycle.path.join(' → ')}.`,
      )
  }
}

function checkIds(bundle: Bundle, place: Place, { issues }: PackDraft): void {
  const unique = (what: string, things: readonly { readonly id: string; readonly place: Place }[]) => {
    const first = new Map<string, Place>()
    for (const { id, place: second } of things) {
      const known = first.get(id)
      if (known === undefined) first.set(id, second)
      else duplicate({ what, id, first: known, second }, issues)
    }
  }
  unique(
    'question',
    bundle.questions.map(({ id }, index) => ({ id, place: under(place, 'questions', index) })),
  )
  unique(
    'node',
    bundle.nodes.map(({ id }, index) => ({ id, place: under(place, 'nodes', index) })),
  )
  unique(
    'section',
    bundle.form.map(({ id }, index) => ({ id, place: under(place, 'form', index) })),
  )
  const fields = bundle.form.flatMap((section, at) =>
    section.fields.map(({ id }, index) => ({ id, place: under(place, 'form', at, 'fields', index) })),
  )
  unique('field', fields)
}

function checkNodes(bundle: Bundle, place: Place, draft: PackDraft): void {
  refer(draft, 'dept', bundle.lead, { known: orgKeys(draft), place: under(place, 'lead') })
  const nodes = new Map(bundle.nodes.map((node) => [node.id, node]))
  for (const [index, node] of bundle.nodes.entries()) {
    const here = under(place, 'nodes', index)
    refer(draft, 'matter', node.matter, { known: draft.tables.matters, place: under(here, 'matter') })
    for (const [at, id] of node.after.entries()) refer(draft, 'node', id, { known: nodes, place: under(here, 'after', at) })
  }
  for (const [index, { node }] of bundle.register.entries()) {
    refer(draft, 'node', node, { known: nodes, place: under(place, 'register', index, 'node') })
  }
}

function checkForm(bundle: Bundle, place: Place, draft: PackDraft): void {
  for (const [index, question] of bundle.questions.entries()) {
    const here = under(place, 'questions', index)
    checkPrefills(question.prefill, bundle, here, draft)
    checkOptions(question, here, draft)
  }
  for (const [at, section] of bundle.form.entries()) {
    for (const [index, field] of section.fields.entries()) checkField(field, bundle, under(place, 'form', at, 'fields', index), draft)
  }
}

function checkField(field: Field, bundle: Bundle, place: Place, draft: PackDraft): void {
  checkPrefills(field.prefill, bundle, place, draft)
  checkOptions(field, place, draft)
  for (const [index, matter] of (field.usedBy ?? []).entries()) {
    refer(draft, 'matter', matter, { known: draft.tables.matters, place: under(place, 'used_by', index) })
  }
  if (field.pattern !== undefined && !isPattern(field.pattern)) {
    draft.issues.error(under(place, 'pattern'), 'pattern', `"${field.pattern}" is not a regular expression.`)
  }
  if (field.type !== 'list' || field.fields !== undefined) return
  draft.issues.error(under(place, 'type'), 'list-without-fields', `The list "${field.id}" needs "fields": what stands in a row?`)
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

function checkOptions(
  asked: { readonly id: string; readonly type: string; readonly options?: readonly unknown[] },
  place: Place,
  draft: PackDraft,
): void {
  if (!asked.type.startsWith('choice') || asked.options !== undefined) return
  draft.issues.error(under(place, 'type'), 'choice-without-options', `"${asked.id}" is a choice and needs "options".`)
}

function checkPrefills(prefill: readonly string[], bundle: Bundle, place: Place, draft: PackDraft): void {
  for (const [index, from] of prefill.entries()) {
    const here = under(place, 'prefill', index)
    const { kind, name, rest } = parsePrefill(from)
    if (!(PREFILL_KINDS as readonly string[]).includes(kind)) {
      draft.issues.error(
        here,
        'prefill',
        `"${from}" must begin with one of ${PREFILL_KINDS.join(', ')} and a colon (previous stands alone).`,
      )
    }
    if (kind === 'certificate') checkFace({ type: name, field: rest }, here, draft)
    if (kind === 'answer') refer(draft, 'question', name, { known: new Map(bundle.questions.map((one) => [one.id, one])), place: here })
  }
}

function checkFace({ type, field }: { type: string; field: string }, place: Place, draft: PackDraft): void {
  if (!refer(draft, 'certificate', type, { known: draft.tables.certificates, place })) return
  const fields = draft.tables.certificates.get(type)?.value.fields ?? []
  refer(draft, 'certificate-field', field, { known: new Map(fields.map((one) => [one.id, one])), place })
}

function findCycle(nodes: readonly BundleNode[]): { readonly index: number; readonly path: readonly string[] } | null {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  for (const [index, node] of nodes.entries()) {
    if (!ancestorsOf(node.id, nodes).has(node.id)) continue
    const path = [node.id]
    let at = node
    do {
      const next: string = at.after.find((id) => id === node.id || ancestorsOf(id, nodes).has(node.id)) ?? node.id
      path.push(next)
      at = byId.get(next) ?? node
    } while (at !== node)
    return { index, path }
  }
  return null
}

/** A thing that an earlier node of the bundle makes must not be asked for by upload first. */
function checkProduced(bundle: Bundle, place: Place, draft: PackDraft): void {
  const matterOf = (node: BundleNode) => draft.tables.matters.get(node.matter)?.value
  for (const [index, node] of bundle.nodes.entries()) {
    const before = ancestorsOf(node.id, bundle.nodes)
    for (const producer of bundle.nodes.filter((one) => before.has(one.id))) {
      const matter = matterOf(producer)
      if (matter === undefined) continue
      for (const material of askedAgain(matterOf(node), matter, draft)) {
        const message = `"${node.id}" asks for ${material} by upload, but "${producer.id}" produces it before: put ecert or result first in its "obtain".`
        draft.issues.error(under(place, 'nodes', index), 'produced-and-asked', message)
      }
    }
  }
}

/** Materials of the matter that the producer makes and that their first way asks the applicant to upload. */
function askedAgain(matter: Matter | undefined, producer: Matter, { tables }: PackDraft): readonly string[] {
  const issued = producer.results.map((result) => result.certificate)
  return (matter?.materials ?? []).flatMap(({ material: id }) => {
    const material = tables.materials.get(id)?.value
    if (material === undefined || material.obtain[0]?.way !== 'upload') return []
    return issued.includes(id) || produces(producer, material.obtain) ? [id] : []
  })
}
