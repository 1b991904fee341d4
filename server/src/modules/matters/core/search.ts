/** Plain words against titles, synonyms and summaries: shared characters and pairs, weighted by where they stand. Pure. */
import { queryWords, wordsOf } from '@yichuang/words'

export type Searched<T> = { readonly item: T; readonly title: string; readonly synonyms: readonly string[]; readonly rest: string }

const WEIGHTS = { whole: 40, title: 8, synonym: 6, rest: 1 }

/** Best first; those that share nothing are left out. */
export function searchWords<T>(items: readonly Searched<T>[], query: string): T[] {
  const q = query.trim()
  if (q === '') return items.map((one) => one.item)
  const words = queryWords(q)
  return items
    .map((one) => ({ item: one.item, score: scoreOf(one, q, words) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.item)
}

function scoreOf(one: Searched<unknown>, query: string, words: readonly string[]): number {
  const names = [one.title, ...one.synonyms]
  const whole = names.some((name) => name.length > 1 && (name.includes(query) || query.includes(name))) ? WEIGHTS.whole : 0
  return (
    whole +
    WEIGHTS.title * shared(one.title, words) +
    WEIGHTS.synonym * Math.max(0, ...one.synonyms.map((name) => shared(name, words))) +
    WEIGHTS.rest * shared(one.rest, words)
  )
}

/** Share of the query's words that the text has. */
function shared(text: string, words: readonly string[]): number {
  if (words.length === 0) return 0
  const have = new Set(wordsOf(text))
  return words.filter((word) => have.has(word)).length / words.length
}
