/**
 * The engine's mind alone: commands decided and folded per second on the bundle 个体工商户转型为企业, beside the same bundle as an xstate
 * machine (pure transitions) and as a process in bpmn-engine (in memory). All three must reach the same steps first. The peers are given
 * only the nodes of the example; ours has all nodes of the bundle with their conditions, its clocks, actors and record.
 * Run: `node bench/flow.ts [--scale 0.2]`.
 */
import assert from 'node:assert/strict'
import { type CaseState, decide, fold, stepStatus } from '@yichuang/caseflow'
import { calendar, compileBundle, example, lifecycle } from './flow/bundle.ts'
import { parseProcess, runProcess } from './flow/process.ts'
import { chartEvents, runChart } from './flow/statechart.ts'
import { scaleOf } from './measure.ts'
import { report } from './report.ts'

const ROUNDS = 5
const milliseconds = 600 * scaleOf(process.argv)
const flow = compileBundle()
const commands = lifecycle()

/** One lifecycle; `seen` is shown the case after every command. */
function runCase(seen?: (state: CaseState) => void): number {
  let state: CaseState | null = null
  for (const command of commands) {
    const decided = decide(flow, state, command, calendar)
    if (!decided.ok) throw new Error(decided.error.message)
    state = fold(decided.value, state)
    seen?.(state)
  }
  return state?.status === 'ended' ? 1 : 0
}

/** How a step stands, in words that all contestants share. */
function standing(state: CaseState): { readonly [step: string]: string } {
  const steps = ['intake', ...example.expect.nodes, 'deliver']
  return Object.fromEntries(
    steps.map((id) => [id, state.steps[id]?.childId !== undefined && stepStatus(state, id) === 'ready' ? 'open' : stepStatus(state, id)]),
  )
}

const ours: { readonly [step: string]: string }[] = []
const charts: { readonly [step: string]: string }[] = []
assert.equal(
  runCase((state) => ours.push(standing(state))),
  1,
)
assert.equal(
  runChart((steps) => charts.push(steps)),
  1,
)
assert.deepEqual(charts, ours.slice(1))
const source = await parseProcess()
assert.deepEqual([...(await runProcess(source))].sort(), ['intake', ...example.expect.nodes, 'deliver'].sort())
console.log(
  `Equal standings after each of ${chartEvents.length} commands; the process ends the same ${example.expect.nodes.length + 2} tasks.`,
)

const lives = await raceInProcessorTime({ case: async () => runCase(), chart: async () => runChart(), process: () => runProcess(source) })

/**
 * Lifecycles per second of processor time, garbage collection included: everything here stays in one process and waits for nothing, so
 * neighbours on the machine do not count. Contestants take turns; the median of the rounds after one of warming up.
 */
async function raceInProcessorTime<K extends string>(
  contestants: { readonly [name in K]: () => Promise<unknown> },
): Promise<{ readonly [name in K]: number }> {
  const names = Object.keys(contestants) as K[]
  const rates = new Map<K, number[]>(names.map((name) => [name, []]))
  for (let round = -1; round < ROUNDS; round++) {
    for (const name of names) {
      const rate = await rateOf(contestants[name])
      if (round >= 0) rates.get(name)?.push(rate)
    }
  }
  const median = (name: K) => rates.get(name)?.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN
  return Object.fromEntries(names.map((name) => [name, median(name)])) as { readonly [name in K]: number }
}

async function rateOf(live: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  const used = () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }
  let done = 0
  for (let batch = 1; used() < milliseconds / 1000; batch = used() < 0.05 ? batch * 2 : batch) {
    for (let i = 0; i < batch; i++, done++) await live()
  }
  return done / used()
}

const rate = lives.case * commands.length
await report(
  'flow',
  [
    {
      what: `commands decided and folded (${flow.order.length} steps)`,
      figure: rate,
      unit: '/s',
      beside: { what: 'xstate transitions', figure: lives.chart * chartEvents.length },
      goal: { words: '≥ 200 k per processor second', met: rate >= 200_000 },
    },
    {
      what: `whole lifecycles of ${commands.length} commands`,
      figure: lives.case,
      unit: '/s',
      beside: { what: 'bpmn-engine', figure: lives.process },
      goal: { words: '≥ 20×', met: lives.case >= 20 * lives.process },
    },
    { what: 'lifecycles', figure: lives.case, unit: '/s', beside: { what: 'xstate', figure: lives.chart } },
  ],
  { bundle: flow.id, nodes: example.expect.nodes.length, commands: commands.length, milliseconds, rounds: ROUNDS, time: 'processor' },
)
