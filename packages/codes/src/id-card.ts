/**
 * 公民身份号码, GB 11643—1999: 18 characters = region (6 digits) + date of birth (8) + serial (3, odd for men) + check character.
 * ISO 7064 MOD 11-2: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2; sum mod 11 is written 1 0 X 9 8 7 6 5 4 3 2.
 * Every wrong single character and every exchange of neighbours is found.
 */
import { ok, type Result } from '@yichuang/result'
import { dateDigits, findDate } from './plain-date.ts'
import { findStranger, wrongCharacter, wrongCheck, wrongLength, wrongPart } from './refusals.ts'

export type IdCard = string & { readonly __code: 'id-card' }

export type IdCardParts = {
  readonly region: string
  /** `YYYY-MM-DD` */
  readonly birth: string
  /** 3 digits, `000`–`999`. */
  readonly serial: string
}

const WHAT = 'identity number'
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

export function parseIdCard(text: string): Result<IdCard> {
  if (text.length !== 18) return wrongLength(WHAT, '18', text.length)
  const stranger = findStranger(text.slice(0, 17), '0123456789')
  if (stranger !== -1) return wrongCharacter(WHAT, partAt(stranger), stranger + 1, 'a digit')
  if (!CHECKS.includes(text.charAt(17))) return wrongCharacter(WHAT, 'check', 18, 'a digit or X')
  if (findDate(text.slice(6, 14)) === null) return wrongPart(WHAT, 'date of birth', 'a date that exists')
  const check = idCheck(text.slice(0, 17))
  return check === text.charAt(17) ? ok(text as IdCard) : wrongCheck(WHAT, check)
}

export function makeIdCard(parts: IdCardParts): Result<IdCard> {
  const body = parts.region + dateDigits(parts.birth) + parts.serial
  if (!/^\d{6}$/.test(parts.region)) return wrongPart(WHAT, 'region', '6 digits')
  if (!/^\d{3}$/.test(parts.serial)) return wrongPart(WHAT, 'serial', '3 digits')
  return /^\d{17}$/.test(body) ? parseIdCard(body + idCheck(body)) : wrongPart(WHAT, 'date of birth', 'a date that exists')
}

export function idCardParts(card: IdCard): IdCardParts & { readonly sex: 'male' | 'female' } {
  const serial = card.slice(14, 17)
  const birth = `${card.slice(6, 10)}-${card.slice(10, 12)}-${card.slice(12, 14)}`
  return { region: card.slice(0, 6), birth, serial, sex: Number(serial) % 2 === 1 ? 'male' : 'female' }
}

function idCheck(body: string): string {
  return CHECKS.charAt(WEIGHTS.reduce<number>((sum, weight, i) => sum + weight * Number(body.charAt(i)), 0) % 11)
}

function partAt(index: number): string {
  if (index < 6) return 'region'
  return index < 14 ? 'date of birth' : 'serial'
}
