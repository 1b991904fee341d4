import { err, type Result } from '@yichuang/result'
import { compileFlow } from './compile.ts'
import type { FlowContext } from './flow.ts'
import type { FlowIssue } from './reading.ts'
import type { FlowSource, StepSource, TextSource } from './source.ts'
import type { Flow } from './vocabulary.ts'

export type BundleNodeSource = {
  readonly id: string
  readonly matter: string
  /** Nodes whose result it needs. */
  readonly after: readonly string[]
  readonly when?: string | { readonly source: string }
  readonly title: TextSource
  readonly optional: boolean
}

export type BundleSource = {
  readonly id: string
  readonly version: string
  readonly title: TextSource
  /** Organisation key of the lead department. */
  readonly lead: string
  readonly completion: 'all' | 'each'
  readonly nodes: readonly BundleNodeSource[]
}

/** Steps that the template of bundle flows must have: the nodes go between intake and deliver, the lead hears of refusals. */
const PARTS = ['intake', 'lead', 'deliver'] as const

/**
 * A bundle as a flow: intake → nodes (each after intake and after the nodes whose result it needs) → deliver (after all nodes);
 * lead is ready only while a node has failed. Issues in nodes have the path `['nodes', index, …]`.
 */
export function compileBundleFlow(template: FlowSource, bundle: BundleSource, context: FlowContext): Result<Flow, readonly FlowIssue[]> {
  const issues = checkParts(template, bundle)
  if (issues.length > 0) return err(issues)
  const flow = compileFlow(insertNodes(template, bundle), context)
  return flow.ok ? flow : err(flow.error.map((issue) => relocate(issue, bundle)))
}

function checkParts(template: FlowSource, bundle: BundleSource): FlowIssue[] {
  const issues: FlowIssue[] = []
  for (const part of PARTS) {
    if (template.steps?.[part] !== undefined) continue
    issues.push({ path: ['steps'], code: 'missing-key', message: `The template of bundle flows needs a step "${part}".` })
  }
  const seen = new Set(Object.keys(template.steps ?? {}))
  for (const [index, { id }] of bundle.nodes.entries()) {
    if (seen.has(id)) issues.push({ path: ['nodes', index, 'id'], code: 'node-twice', message: `There is a step or node "${id}" already.` })
    seen.add(id)
  }
  if (bundle.nodes.length === 0) issues.push({ path: ['nodes'], code: 'no-nodes', message: 'A bundle needs at least one node.' })
  return issues
}

function insertNodes(template: FlowSource, bundle: BundleSource): FlowSource {
  const { intake, lead, deliver, ...others } = template.steps
  const nodes = bundle.nodes.map((node) => [node.id, stepOfNode(node)] as const)
  const afterNodes = bundle.nodes.map((node) => node.id)
  const steps = {
    ...(intake === undefined ? {} : { intake }),
    ...others,
    ...Object.fromEntries(nodes),
    ...(lead === undefined ? {} : { lead: { ...lead, after: ['intake'], org: bundle.lead, on_failure: true } }),
    ...(deliver === undefined
      ? {}
      : { deliver: { ...deliver, after: [...(deliver.after ?? []).filter((id) => id !== 'lead'), ...afterNodes] } }),
  }
  const { id, version, title, completion } = bundle
  return { ...template, flow: id, version, title, completion, steps }
}

function stepOfNode({ matter, after, when, title, optional }: BundleNodeSource): StepSource {
  const step: StepSource = { title, matter, optional, after: ['intake', ...after], org: 'case' }
  return when === undefined ? step : { ...step, when: typeof when === 'string' ? when : when.source }
}

function relocate(issue: FlowIssue, bundle: BundleSource): FlowIssue {
  const [root, id, key, index] = issue.path
  const node = bundle.nodes.findIndex((one) => one.id === id)
  if (root !== 'steps' || node < 0) return issue
  const place = key === 'after' && typeof index === 'number' ? ['after', Math.max(0, index - 1)] : issue.path.slice(2)
  return { ...issue, path: ['nodes', node, ...place] }
}
