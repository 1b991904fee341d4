/**
 * ISO 7064 hybrid system MOD 37,36 over 0–9 A–Z with one check character.
 * The running sum starts at 36; each character is added modulo 36 (0 becomes 36), doubled modulo 37; the check character brings the
 * last sum to 1. Every wrong single character is found.
 */
import { findStranger } from './refusals.ts'

export const ALPHABET_36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** @throws RangeError for characters outside 0–9 A–Z: callers check their parts first. */
export function mod3736(text: string): string {
  if (findStranger(text, ALPHABET_36) !== -1) throw new RangeError('MOD 37,36 takes digits and upper-case letters only')
  let sum = 36
  for (const character of text) {
    sum = (sum + ALPHABET_36.indexOf(character)) % 36
    sum = ((sum === 0 ? 36 : sum) * 2) % 37
  }
  return ALPHABET_36.charAt((37 - sum) % 36)
}
