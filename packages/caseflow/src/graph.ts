/** Steps as a graph: `after` leads from a step to its predecessors. */
export type Graph = { readonly [id: string]: { readonly after: readonly string[] } }

/** Every step after its predecessors, in the order of writing where `after` leaves it open; steps on or behind a cycle are left out. */
export function topologicalOrder(graph: Graph): string[] {
  const order: string[] = []
  const placed = new Set<string>()
  const ids = Object.keys(graph)
  for (let before = -1; before < order.length && order.length < ids.length; ) {
    before = order.length
    for (const id of ids) {
      if (placed.has(id) || !predecessors(graph, id).every((step) => placed.has(step))) continue
      placed.add(id)
      order.push(id)
    }
  }
  return order
}

function predecessors(graph: Graph, id: string): string[] {
  return (graph[id]?.after ?? []).filter((step) => graph[step] !== undefined)
}

/** One cycle, first step repeated at the end, or null. */
export function findCycle(graph: Graph): string[] | null {
  const placed = new Set(topologicalOrder(graph))
  const start = Object.keys(graph).find((id) => !placed.has(id))
  if (start === undefined) return null
  const walk = [start]
  for (;;) {
    const here = walk[walk.length - 1] ?? start
    const next = predecessors(graph, here).find((id) => !placed.has(id)) ?? start
    const seen = walk.indexOf(next)
    if (seen >= 0) return [...walk.slice(seen), next].reverse()
    walk.push(next)
  }
}

/** Every step that waits, directly or not, for this one. */
export function downstreamOf(graph: Graph, id: string): Set<string> {
  const found = new Set([id])
  for (const step of topologicalOrder(graph)) {
    if (predecessors(graph, step).some((before) => found.has(before))) found.add(step)
  }
  found.delete(id)
  return found
}

/** Every step for which this one waits, directly or not. */
export function upstreamOf(graph: Graph, id: string): Set<string> {
  const found = new Set<string>()
  const visit = (step: string): void => {
    for (const before of predecessors(graph, step)) {
      if (found.has(before)) continue
      found.add(before)
      visit(before)
    }
  }
  visit(id)
  return found
}
