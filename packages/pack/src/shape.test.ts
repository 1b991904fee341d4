import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { parse } from 'yaml'
import { tidewaterFiles } from './fixtures/from-disk.test.ts'
import { makeIssues } from './issues.ts'
import { editDistance, nearestName } from './nearest.ts'
import { type FileKind, kindOf, packSchemas } from './schema.ts'
import { checkShape } from './shape.ts'

const FILE = { path: 'x.yaml', locate: () => ({ line: 1, column: 1 }) }
const samples = tidewaterFiles.flatMap((file) => {
  const kind = kindOf(file.path)
  return kind === null ? [] : [{ kind, data: parse(file.text) as unknown }]
})
const validators = Object.fromEntries(Object.entries(packSchemas).map(([kind, schema]) => [kind, Compile(schema)]))

function accepts(kind: FileKind, data: unknown): boolean {
  return checkShape(packSchemas[kind], data, { file: FILE, path: [] }, makeIssues())
}

/** The places of all values in a tree. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => placesIn(item, [...path, index]))]
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))]
}

/** The tree with another value at the place. */
function put(tree: unknown, [first, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (first === undefined) return value
  if (Array.isArray(tree)) return tree.map((item, index) => (index === first ? put(item, rest, value) : item))
  const record = tree as { readonly [key: string]: unknown }
  return { ...record, [first]: put(record[first], rest, value) }
}

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    0.5,
    1e9,
    '',
    'Upper',
    'a b',
    '990100',
    'upload',
    [],
    {},
    ['x'],
    { zh: '字' },
    { zh: '字', en: 1 },
    { upload: true },
  ),
  fc.jsonValue(),
)

describe('shape', () => {
  it('has a sample of every kind of file', () => {
    assert.deepEqual([...new Set(samples.map((sample) => sample.kind))].sort(), Object.keys(packSchemas).sort())
  })

  it('agrees with TypeBox on whatever is put wherever', () => {
    const mutation = fc.constantFrom(...samples).chain(({ kind, data }) => {
      return fc.record({ kind: fc.constant(kind), data: fc.constant(data), path: fc.constantFrom(...placesIn(data)), value: strange })
    })
    const property = fc.property(mutation, ({ kind, data, path, value }) => {
      const tree = put(data, path, value)
      assert.equal(accepts(kind, tree), validators[kind]?.Check(tree))
    })
    fc.assert(property, { numRuns: 1500 })
  })

  it('agrees with TypeBox when a key is left out', () => {
    const removal = fc.constantFrom(...samples).chain(({ kind, data }) => {
      const places = placesIn(data).filter((path) => typeof path.at(-1) === 'string')
      return fc.record({ kind: fc.constant(kind), data: fc.constant(data), path: fc.constantFrom(...places) })
    })
    const property = fc.property(removal, ({ kind, data, path }) => {
      const tree: unknown = JSON.parse(JSON.stringify(put(data, path, undefined)))
      assert.equal(accepts(kind, tree), validators[kind]?.Check(tree))
    })
    fc.assert(property, { numRuns: 500 })
  })
})

describe('nearest name', () => {
  const names = ['harbour', 'health', 'hall', 'fishery']
  for (const [slip, meant] of [
    ['harbor', 'harbour'],
    ['haelth', 'health'],
    ['hal', 'hall'],
    ['lighthouse', null],
    ['x', null],
  ] as const) {
    it(`${slip} → ${meant}`, () => assert.equal(nearestName(slip, names), meant))
  }

  it('is a distance: 0 to itself, the same both ways, at most the longer word', () => {
    const word = fc.string({ maxLength: 12 })
    const property = fc.property(word, word, (a, b) => {
      assert.equal(editDistance(a, a), 0)
      assert.equal(editDistance(a, b), editDistance(b, a))
      assert.ok(editDistance(a, b) <= Math.max(a.length, b.length))
      assert.equal(editDistance(a, b) === 0, a === b)
    })
    fc.assert(property)
  })
})
