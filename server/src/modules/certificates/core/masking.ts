/** What a stranger who checks a certificate may read of its holder: enough to compare with the paper in hand. */
import { maskName } from '@yichuang/codes'

/** 潮水****商行: two characters at either end of a business name of six or more; anything shorter like a person's name. */
export function maskHolder(name: string): string {
  const characters = [...name]
  if (characters.length < 6 || /^[\p{Script=Latin}\s.]+$/u.test(name)) return maskName(name)
  return [...characters.slice(0, 2), '*'.repeat(characters.length - 4), ...characters.slice(-2)].join('')
}
