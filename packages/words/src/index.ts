/** Search tokens of a text: each character and each pair of neighbours for Chinese, whole words for Latin script; lower case. Pure. */
const HAN = /\p{Script=Han}/u

export function wordsOf(text: string): string[] {
  const tokens = new Set<string>()
  for (const run of text.toLowerCase().match(/\p{Script=Han}+|[\p{Script=Latin}\p{N}]+/gu) ?? []) {
    if (!HAN.test(run)) {
      tokens.add(run)
      continue
    }
    const characters = [...run]
    for (const [i, character] of characters.entries()) {
      tokens.add(character)
      const next = characters[i + 1]
      if (next !== undefined) tokens.add(character + next)
    }
  }
  return [...tokens]
}

/** Tokens that a match must have; single characters are left out where a pair says more. */
export function queryWords(text: string): string[] {
  const tokens = wordsOf(text)
  const pairs = tokens.filter((token) => !HAN.test(token) || [...token].length > 1)
  return pairs.length > 0 ? pairs : tokens
}
