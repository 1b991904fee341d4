/**
 * The same bundle as an xstate machine: one parallel region per step, children as events. It keeps no record, no clocks, no actors and no
 * refusals: only where each step stands.
 */
import { and, createMachine, initialTransition, stateIn, transition } from 'xstate'
import { chosenNodes } from './bundle.ts'

function done(steps: readonly string[]) {
  return and(steps.map((step) => stateIn({ [step]: 'done' })))
}

function regionOf({ id, after }: (typeof chosenNodes)[number]) {
  return {
    initial: 'waiting',
    states: {
      waiting: { always: { target: 'ready', guard: done(['intake', ...after]) } },
      ready: { on: { [`opened ${id}`]: 'open' } },
      open: { on: { [`granted ${id}`]: 'done' } },
      done: {},
    },
  }
}

const machine = createMachine({
  type: 'parallel',
  states: {
    intake: { initial: 'ready', states: { ready: { on: { accept: 'done' } }, done: {} } },
    ...Object.fromEntries(chosenNodes.map((node) => [node.id, regionOf(node)])),
    deliver: {
      initial: 'waiting',
      states: {
        waiting: { always: { target: 'ready', guard: done(chosenNodes.map(({ id }) => id)) } },
        ready: { on: { 'hand-over': 'done' } },
        done: {},
      },
    },
  },
})

/** The counterparts of `lifecycle()`'s commands after `open`. */
export const chartEvents: readonly { readonly type: string }[] = [
  { type: 'accept' },
  ...chosenNodes.flatMap(({ id }) => [{ type: `opened ${id}` }, { type: `granted ${id}` }]),
  { type: 'hand-over' },
]

type Standing = { readonly [step: string]: string }

/** One lifecycle by pure transitions; `seen` is shown where each step stands after every event. 1 when it was delivered. */
export function runChart(seen?: (steps: Standing) => void): number {
  let [snapshot] = initialTransition(machine)
  for (const event of chartEvents) {
    ;[snapshot] = transition(machine, snapshot, event)
    seen?.(snapshot.value as Standing)
  }
  return (snapshot.value as Standing).deliver === 'done' ? 1 : 0
}
