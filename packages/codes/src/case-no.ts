/**
 * 办件编号 (house rule; a province's own number is kept beside it): 23 characters = province (2 digits) + region (6) + date of receipt
 * `yyyymmdd` + serial of the day in the region (6) + check character MOD 37,36. A sub-case adds its number to the parent's: `-01`.
 */
import { ok, type Result } from '@yichuang/result'
import { mod3736 } from './mod37-36.ts'
import { dateDigits, findDate } from './plain-date.ts'
import { findStranger, wrongCharacter, wrongCheck, wrongLength, wrongPart } from './refusals.ts'

export type CaseNo = string & { readonly __code: 'case-no' }

export type CaseNoParts = {
  /** 6 digits, the county or the city itself. */
  readonly region: string
  /** `YYYY-MM-DD` */
  readonly date: string
  /** 1..999999 within the region and day. */
  readonly serial: number
  /** 1..99 for a sub-case. */
  readonly sub?: number
}

const WHAT = 'case number'

export function parseCaseNo(text: string): Result<CaseNo> {
  const [main = '', sub] = [text.slice(0, 23), text.length > 23 ? text.slice(23) : undefined]
  if (main.length !== 23) return wrongLength(WHAT, '23', text.length)
  const stranger = findStranger(main.slice(0, 22), '0123456789')
  if (stranger !== -1) return wrongCharacter(WHAT, partAt(stranger), stranger + 1, 'a digit')
  if (main.slice(0, 2) !== main.slice(2, 4)) return wrongPart(WHAT, 'province', `${main.slice(2, 4)}, the beginning of the region`)
  if (findDate(main.slice(8, 16)) === null) return wrongPart(WHAT, 'date', 'a date that exists')
  if (main.slice(16, 22) === '000000') return wrongPart(WHAT, 'serial', '000001 or more')
  const check = mod3736(main.slice(0, 22))
  if (main.charAt(22) !== check) return wrongCheck(WHAT, check)
  if (sub !== undefined && !/^-(?!00)\d{2}$/.test(sub)) return wrongPart(WHAT, 'sub-case', '-01 to -99')
  return ok(text as CaseNo)
}

export function makeCaseNo(parts: CaseNoParts): Result<CaseNo> {
  const { region, serial, sub } = parts
  if (!/^\d{6}$/.test(region)) return wrongPart(WHAT, 'region', '6 digits')
  if (findDate(dateDigits(parts.date)) === null) return wrongPart(WHAT, 'date', 'a date that exists')
  if (!isWithin(serial, 999_999)) return wrongPart(WHAT, 'serial', '1 to 999999')
  if (sub !== undefined && !isWithin(sub, 99)) return wrongPart(WHAT, 'sub-case', '1 to 99')
  const body = region.slice(0, 2) + region + dateDigits(parts.date) + String(serial).padStart(6, '0')
  return parseCaseNo(body + mod3736(body) + (sub === undefined ? '' : `-${String(sub).padStart(2, '0')}`))
}

export function caseNoParts(no: CaseNo): CaseNoParts {
  const date = `${no.slice(8, 12)}-${no.slice(12, 14)}-${no.slice(14, 16)}`
  const main = { region: no.slice(2, 8), date, serial: Number(no.slice(16, 22)) }
  return no.length > 23 ? { ...main, sub: Number(no.slice(24)) } : main
}

function isWithin(n: number, most: number): boolean {
  return Number.isInteger(n) && n >= 1 && n <= most
}

function partAt(index: number): string {
  if (index < 2) return 'province'
  if (index < 8) return 'region'
  return index < 16 ? 'date' : 'serial'
}
