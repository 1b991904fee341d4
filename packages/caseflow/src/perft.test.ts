/**
 * Law 9, in the manner of chess programs: for small flows, how many sequences of moves there are and to how many different situations
 * they lead, 1 to 5 moves deep. A changed count is a changed engine: explain it in the commit that changes `perft.txt`.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { unwrap } from '@yichuang/result'
import { compileFlow } from './compile.ts'
import { compileBundleFlow } from './compile-bundle.ts'
import type { ActionSource, FlowSource, StepSource } from './source.ts'
import { begin, childMoves, follow, type Move, peopleMoves, type Scene } from './testing/moves.ts'
import { boatBundle, bundleTemplate, calendar, complaint, context, keeper, keeperData } from './testing/tidewater.ts'
import type { Data, Flow } from './vocabulary.ts'

const go: ActionSource = { effect: 'complete' }
const step = (after: readonly string[], more: Partial<StepSource> = {}): StepSource => ({
  title: 's',
  desk: 'department',
  after,
  actions: { go },
  ...more,
})
const flow = (steps: FlowSource['steps'], more: Partial<FlowSource> = {}): Flow =>
  unwrap(compileFlow({ flow: 'small', kind: 'permit', title: 'x', steps, ...more }, context))
const bundle = (...ids: string[]): Flow =>
  unwrap(compileBundleFlow(bundleTemplate, { ...boatBundle, nodes: boatBundle.nodes.filter((node) => ids.includes(node.id)) }, context))

const back = (to: string): { readonly [id: string]: ActionSource } => ({ go, back: { effect: 'return', to } })
const BUNDLE_DATA: Data = { bundle: { promised: '5 workdays' }, answers: { fishes: true } }

const FLOWS: { readonly [name: string]: readonly [Flow, Data] } = {
  single: [flow({ a: step([]) }), {}],
  line: [flow({ a: step([]), b: step(['a']), c: step(['b']) }), {}],
  parallel: [flow({ a: step([]), b: step([]), c: step([]) }), {}],
  diamond: [flow({ a: step([]), b: step(['a']), c: step(['a']), d: step(['b', 'c']) }), {}],
  condition: [flow({ a: step([]), b: step(['a'], { when: 'x' }), c: step(['b']) }), { x: false }],
  unknown: [flow({ a: step([]), b: step(['a'], { when: 'x' }), c: step(['a']) }), {}],
  return: [flow({ a: step([]), b: step(['a'], { actions: back('a') }), c: step(['b'], { actions: back('a') }) }), {}],
  choice: [
    flow({
      a: step([], { actions: { yes: { effect: 'complete', outcome: 'yes' }, no: { effect: 'complete', outcome: 'no' } } }),
      b: step(['a'], { when: 'outcome = "yes"' }),
    }),
    {},
  ],
  correction: [flow({ a: step([], { actions: { go, ask: { effect: 'wait-for-applicant' } } }), b: step(['a']) }), {}],
  special: [
    flow(
      { a: step([]), b: step(['a'], { special: 'storm' }), c: step(['a']) },
      { clocks: { t: { title: 't', starts: 'received', stops: ['received'], limit: '5 workdays' } } },
    ),
    {},
  ],
  gap: [flow({ a: step([], { actions: { go, 'with-gap': { effect: 'complete', needs: ['gaps'] } } }), b: step(['a']) }), {}],
  ending: [
    flow({ a: step([], { actions: { go, stop: { effect: 'end', outcome: 'declined' } } }), b: step([]) }, { reopen_window: '5 days' }),
    {},
  ],
  keeper: [keeper, keeperData],
  complaint: [complaint, {}],
  'bundle of two in line': [bundle('hull', 'berth'), BUNDLE_DATA],
  'bundle of two side by side': [bundle('hull', 'paint'), BUNDLE_DATA],
  'bundle of four': [bundle('hull', 'insure', 'berth', 'flag'), BUNDLE_DATA],
}

/** What everybody can always do multiplies paths without changing where they lead. */
const NOISE = new Set([
  'comment',
  'attach',
  'supervise',
  'claim',
  'release',
  'assign',
  'transfer',
  'co-handle',
  'answer-co-handling',
  'extend',
])

function movesOf(scene: Scene): Move[] {
  const byName = new Map<string, Move>()
  for (const move of [...peopleMoves(scene), ...childMoves(scene)]) {
    const { command } = move
    if (!(command.type === 'act' && NOISE.has(command.action)) && !byName.has(move.name)) byName.set(move.name, move)
  }
  return [...byName.values()]
}

/** Where a case stands, without how it came there. */
function situation({ state }: Scene): string {
  const { status, outcome, steps, milestones, clocks, suspension, waiting, gaps, rating } = state
  const stands = (record: { readonly [id: string]: { readonly status: string; readonly outcome?: string } }) =>
    Object.entries(record)
      .filter(([, one]) => one.status !== 'waiting')
      .map(([id, one]) => `${id}:${one.status}:${one.outcome ?? ''}`)
      .sort()
  const parts = [
    status,
    outcome,
    stands(steps),
    Object.keys(milestones).sort(),
    stands(clocks),
    suspension?.basis,
    waiting?.step,
    stands(gaps),
    rating?.stars,
  ]
  const children = Object.entries(steps).flatMap(([id, one]) => (one.childId === undefined ? [] : [id]))
  return JSON.stringify([...parts, children.sort()])
}

function perft(start: Scene, depth: number): string[] {
  let level = [start]
  const counts: string[] = []
  for (let n = 1; n <= depth; n++) {
    level = level.flatMap((scene) => movesOf(scene).map((move) => follow(scene, move.command)))
    counts.push(`${level.length}/${new Set(level.map(situation)).size}`)
  }
  return counts
}

const table = readFileSync(new URL('./perft.txt', import.meta.url), 'utf8')
const expected = new Map(
  table
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...counts] = line.split(/ {2,}/)
      return [name, counts.join(' ')] as const
    }),
)

describe('perft (sequences/situations)', () => {
  for (const [name, [small, data]] of Object.entries(FLOWS)) {
    it(name, () => {
      const counts = perft(begin(small, data, { calendar, at: '2026-05-04T02:00:00.000Z' }), 5)
      assert.equal(counts.join(' '), expected.get(name))
    })
  }
  it('every row of the table has its flow', () => assert.deepEqual([...expected.keys()].sort(), Object.keys(FLOWS).sort()))
})
