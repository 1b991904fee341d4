/** A crew of workers: `n` pieces of work, `hands` at a time. */
export async function crew<T>(work: readonly T[], hands: number, does: (piece: T, hand: number) => Promise<void>): Promise<number> {
  const left = [...work]
  const began = performance.now()
  const hand = async (i: number) => {
    for (let piece = left.shift(); piece !== undefined; piece = left.shift()) await does(piece, i)
  }
  await Promise.all(Array.from({ length: hands }, (_, i) => hand(i)))
  return (performance.now() - began) / 1000
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
