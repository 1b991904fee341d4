/** ladders.yaml, flows/*.yaml and the flow of every bundle: `caseflow` compiles, this file finds the lines of its issues. */
import {
  type BundleSource as BundleFlowSource,
  compileBundleFlow,
  compileFlow,
  compileLadder,
  type Flow,
  type FlowContext,
  type FlowIssue,
  type FlowSource,
} from '@yichuang/caseflow'
import type { Ladder, Tables } from './checks/draft.ts'
import { type Issues, type Place, under } from './issues.ts'
import { duplicate, type Sheet, type Sheets } from './reading.ts'
import type { Bundle } from './vocabulary.ts'

/** The template that every bundle's flow is made from; it is no flow of its own. */
const TEMPLATE = 'bundle'

export function readLadders(sheets: Sheets, issues: Issues): ReadonlyMap<string, Ladder> {
  const ladders = new Map<string, Ladder>()
  for (const sheet of sheets.ladders) {
    for (const [id, source] of Object.entries(sheet.data.ladders)) {
      const compiled = compileLadder(id, source, ['ladders', id])
      if (compiled.ok) ladders.set(id, { levels: compiled.value, place: under(sheet.place, 'ladders', id) })
      else for (const issue of compiled.error) report(issue, sheet.place, issues)
    }
  }
  return ladders
}

export type Flows = {
  readonly flows: ReadonlyMap<string, Flow>
  /** Place of each flow's own file. */
  readonly places: ReadonlyMap<string, Place>
}
type Parts = { readonly tables: Tables; readonly ladders: ReadonlyMap<string, Ladder>; readonly version: string }

export function readFlows(sheets: Sheets, parts: Parts, issues: Issues): Flows {
  const flows = new Map<string, Flow>()
  const places = new Map<string, Place>()
  const context = contextOf(parts)
  for (const sheet of sheets.flow) {
    const { flow: id } = sheet.data
    const first = places.get(id)
    if (first !== undefined) duplicate({ what: 'flow', id, first, second: sheet.place }, issues)
    places.set(id, sheet.place)
    checkName(sheet, issues)
    const source = id === TEMPLATE ? templateAlone(sheet.data) : sheet.data
    const flow = compiled(source, context, (issue) => report(issue, sheet.place, issues))
    if (flow !== null && id !== TEMPLATE) flows.set(id, flow)
  }
  for (const flow of bundleFlows(sheets, { ...parts, context }, issues)) flows.set(flow.id, flow)
  return { flows, places }
}

function compiled(source: FlowSource, context: FlowContext, fault: (issue: FlowIssue) => void): Flow | null {
  const flow = compileFlow(source, context)
  if (flow.ok) return flow.value
  for (const issue of flow.error) fault(issue)
  return null
}

/** Announced bundles without nodes have no flow yet. Their version is the pack's: a changed template is a changed flow. */
function bundleFlows(sheets: Sheets, { tables, version, context }: Parts & { context: FlowContext }, issues: Issues): readonly Flow[] {
  const template = sheets.flow.find((sheet) => sheet.data.flow === TEMPLATE)
  const ready = [...tables.bundles.values()].filter(({ value }) => value.status === 'in-use' || value.nodes.length > 0)
  return ready.flatMap(({ value, place }) => {
    if (template === undefined) {
      issues.error(place, 'dangling-flow', `Bundles are compiled into flows/${TEMPLATE}.yaml, which this pack does not have.`)
      return []
    }
    const flow = compileBundleFlow(template.data, bundleSource(value, version, tables), context)
    if (flow.ok) return [flow.value]
    for (const issue of flow.error) report(issue, issue.path[0] === 'nodes' ? place : template.place, issues)
    return []
  })
}

function bundleSource(bundle: Bundle, version: string, tables: Tables): BundleFlowSource {
  const nodes = bundle.nodes.map((node) => ({ ...node, title: tables.matters.get(node.matter)?.value.title ?? node.matter }))
  const { flow: id, title, lead, completion } = bundle
  return { id, version, title, lead, completion, nodes }
}

/** The template as a flow that can be checked: joint delivery right after receipt, the lead department waiting for a failure. */
function templateAlone(template: FlowSource): FlowSource {
  const { lead, deliver, ...steps } = template.steps
  const last = deliver === undefined ? {} : { deliver: { ...deliver, after: ['intake'] } }
  return { ...template, steps: { ...steps, ...(lead === undefined ? {} : { lead: { ...lead, on_failure: true } }), ...last } }
}

function checkName({ data, place }: Sheet<'flow'>, issues: Issues): void {
  if (place.file.path === `flows/${data.flow}.yaml`) return
  issues.error(under(place, 'flow'), 'file-name', `The flow is "${data.flow}" but the file is ${place.file.path}; name both alike.`)
}

function contextOf({ tables, ladders, version }: Parts): FlowContext {
  return {
    ladders: Object.fromEntries([...ladders].map(([id, ladder]) => [id, ladder.levels])),
    bases: new Map([...tables.bases].map(([id, { value }]) => [id, value])),
    documents: new Set(tables.documents.keys()),
    matters: new Set(tables.matters.keys()),
    version,
  }
}

function report(issue: FlowIssue, place: Place, issues: Issues): void {
  issues.error(under(place, ...issue.path), `flow-${issue.code}`, issue.message)
}
