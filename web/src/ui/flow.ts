import type { Light } from '../platform/vocabulary.ts'

export const NODE_STATUSES = ['done', 'running', 'waiting', 'not-needed', 'refused', 'unknown'] as const
export type NodeStatus = (typeof NODE_STATUSES)[number]
export type FlowNode = {
  readonly id: string
  readonly title: string
  readonly org: string
  readonly status: NodeStatus
  readonly light?: Light | undefined
  /** A word in place of the status: the promised limit in a plan, the stage in a case. */
  readonly note?: string | undefined
  readonly after: readonly string[]
  /** Why it is there: said in the list, where a map has no room for it. */
  readonly detail?: string | undefined
}
/** Predecessors that no other predecessor already implies: a map full of implied arrows cannot be read. */
export function directlyBefore(node: FlowNode, nodes: readonly FlowNode[]): string[] {
  const byId = new Map(nodes.map((each) => [each.id, each]))
  const own = node.after.filter((id) => byId.has(id))
  const implied = new Set<string>()
  const visit = (id: string) => {
    for (const before of byId.get(id)?.after ?? []) {
      if (implied.has(before)) continue
      implied.add(before)
      visit(before)
    }
  }
  for (const id of own) visit(id)
  return own.filter((id) => !implied.has(id))
}

/** Longest way from the start: what may run at the same time stands on the same level. */
export function levelsOf(nodes: readonly FlowNode[]): FlowNode[][] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const depth = new Map<string, number>()
  const depthOf = (node: FlowNode, seen: readonly string[]): number => {
    const known = depth.get(node.id)
    if (known !== undefined) return known
    const before = node.after.flatMap((id) => (byId.has(id) && !seen.includes(id) ? [byId.get(id) as FlowNode] : []))
    const own = before.length === 0 ? 0 : 1 + Math.max(...before.map((each) => depthOf(each, [...seen, node.id])))
    depth.set(node.id, own)
    return own
  }
  const levels: FlowNode[][] = []
  for (const node of nodes) {
    const own = depthOf(node, [])
    levels[own] = [...(levels[own] ?? []), node]
  }
  return levels.filter((level) => level !== undefined)
}
