import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { directlyBefore, type FlowNode, levelsOf } from './flow.ts'

const node = (id: string, ...after: string[]): FlowNode => ({ id, title: id, org: '', status: 'waiting', after })

/** Any graph without cycles: a node may follow those before it. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 5 }), { minLength: 1, maxLength: 12 })
  .map((rows) => rows.map((row, index) => node(`n${index}`, ...new Set(row.filter((n) => n < index).map((n) => `n${n}`)))))

function reach(id: string, edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>()
  const visit = (each: string) => {
    for (const before of edges.get(each) ?? []) {
      if (seen.has(before)) continue
      seen.add(before)
      visit(before)
    }
  }
  visit(id)
  return seen
}

test('an arrow that others imply is not drawn', () => {
  const nodes = [node('a'), node('b', 'a'), node('c', 'a', 'b')]
  assert.deepEqual(directlyBefore(nodes[2] as FlowNode, nodes), ['b'])
})

test('the drawn arrows lead to exactly the same predecessors', () => {
  fc.assert(
    fc.property(graphs, (nodes) => {
      const whole = new Map(nodes.map((each) => [each.id, each.after]))
      const drawn = new Map(nodes.map((each) => [each.id, directlyBefore(each, nodes)]))
      for (const each of nodes) assert.deepEqual(reach(each.id, drawn), reach(each.id, whole))
    }),
  )
})

test('every node stands on one level, after all its predecessors', () => {
  fc.assert(
    fc.property(graphs, (nodes) => {
      const level = new Map(levelsOf(nodes).flatMap((each, depth) => each.map((own) => [own.id, depth] as const)))
      assert.equal(level.size, nodes.length)
      for (const each of nodes) for (const before of each.after) assert.ok((level.get(before) ?? 0) < (level.get(each.id) ?? 0))
    }),
  )
})

test('what may run at the same time stands on the same level', () => {
  const levels = levelsOf([node('start'), node('tax', 'start'), node('seal', 'start'), node('end', 'tax', 'seal')])
  assert.deepEqual(
    levels.map((each) => each.map((own) => own.id)),
    [['start'], ['tax', 'seal'], ['end']],
  )
})
