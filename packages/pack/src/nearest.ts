/** The name somebody probably meant. */

/** Nearest of `names` by edit distance, when near enough to be a slip of the pen (a third of its length, at most 3). */
export function nearestName(name: string, names: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.min(3, Math.max(1, Math.floor(name.length / 3))) + 1
  for (const candidate of names) {
    const distance = editDistance(name, candidate)
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  return best
}

/** ` Did you mean "x"?`, or nothing. */
export function didYouMean(name: string, names: Iterable<string>): string {
  const nearest = nearestName(name, names)
  return nearest === null ? '' : ` Did you mean "${nearest}"?`
}

/** Optimal string alignment: insertion, deletion, substitution, and a swap of neighbours each cost 1. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) row.push(cell({ a, b, i, j }, { before, above, row }))
    before = above
    above = row
  }
  return above[b.length] ?? 0
}

type At = { a: string; b: string; i: number; j: number }
type Rows = { before: number[]; above: number[]; row: number[] }

function cell({ a, b, i, j }: At, { before, above, row }: Rows): number {
  const far = Number.POSITIVE_INFINITY
  const same = a[i - 1] === b[j - 1] ? 0 : 1
  const plain = Math.min((above[j] ?? far) + 1, (row[j - 1] ?? far) + 1, (above[j - 1] ?? far) + same)
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return swapped ? Math.min(plain, (before[j - 2] ?? far) + 1) : plain
}
