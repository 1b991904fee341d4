/** Timing by rounds: contestants take turns, so that a busy neighbour on the machine hits all of them alike. */

/** Does the work with number `i`; what it returns is summed up, so that no work can be optimised away. */
export type Work = (i: number) => number
export type Rates<K extends string> = { readonly [name in K]: number }

/**
 * Runs each contestant for `milliseconds` in each of `rounds` rounds, after one round of warming up.
 * @returns the median rate of each, in units of work per second.
 */
export function race<K extends string>(contestants: { readonly [name in K]: Work }, milliseconds: number, rounds = 5): Rates<K> {
  const names = Object.keys(contestants) as K[]
  const rates = new Map<K, number[]>(names.map((name) => [name, []]))
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const rate = rateOf(contestants[name], milliseconds)
      if (round >= 0) rates.get(name)?.push(rate)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(rates.get(name) ?? [])])) as Rates<K>
}

/** `--scale=0.1` or `--scale 0.1`: shorter or longer runs. */
export function scaleOf(argv: readonly string[]): number {
  const at = argv.findIndex((word) => word === '--scale' || word.startsWith('--scale='))
  if (at === -1) return 1
  const scale = Number(argv[at]?.split('=')[1] ?? argv[at + 1])
  if (!(scale > 0)) throw new Error('--scale takes a number above 0')
  return scale
}

/** A small seeded generator (mulberry32): the same sizes and dates in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

let swallowed = 0

/** The clock is read once per batch; batches grow until they take about a millisecond. */
function rateOf(work: Work, milliseconds: number): number {
  let batch = 1
  let done = 0
  let sum = 0
  const began = performance.now()
  let now = began
  while (now - began < milliseconds) {
    for (let i = done; i < done + batch; i++) sum += work(i)
    done += batch
    const then = now
    now = performance.now()
    if (now - then < 1) batch *= 2
  }
  swallowed = (swallowed + sum) % 1
  return (done * 1000) / (now - began)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}
