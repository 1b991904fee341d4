/** Masks for screens and logs: enough to recognise one's own, not enough to learn somebody else's (个人信息保护法 art. 51). */

/** `430***********0017`: province and one digit, the last four. Anything that is no 18-character number is hidden whole. */
export function maskIdCard(text: string): string {
  return text.length === 18 ? text.slice(0, 3) + '*'.repeat(11) + text.slice(14) : '*'.repeat(text.length)
}

/** `138****5678`. Anything that is no 11-digit number is hidden whole. */
export function maskMobile(text: string): string {
  return text.length === 11 ? `${text.slice(0, 3)}****${text.slice(7)}` : '*'.repeat(text.length)
}

/** The first character of a name stays: 张*, 欧***, `A**** W***`, 买**·**. A name of one character is hidden. */
export function maskName(name: string): string {
  const words = name.split(/([\s·•.]+)/)
  return words.map((word, i) => (i % 2 === 1 ? word : maskWord(word, i === 0 || /^[A-Za-z]/.test(word)))).join('')
}

function maskWord(word: string, keepsFirst: boolean): string {
  const characters = [...word]
  if (characters.length < 2 || !keepsFirst) return '*'.repeat(characters.length)
  return characters[0] + '*'.repeat(characters.length - 1)
}
