/**
 * 统一社会信用代码, GB 32100—2015: 18 characters = registering authority (1) + category (1) + region (6 digits) + organisation code
 * (9, GB 11714 with its own check character) + check character.
 * Alphabet 0–9 A–Z without I O S V Z. Values 0–30 times 1 3 9 27 19 26 16 17 20 29 25 13 8 24 10 30 28; the check is
 * (31 − sum mod 31) mod 31. Every wrong single character and every exchange of neighbours is found.
 */
import { ok, type Result } from '@yichuang/result'
import { makeOrgCode } from './org-code.ts'
import { findStranger, wrongCharacter, wrongCheck, wrongLength, wrongPart } from './refusals.ts'

export type CreditCode = string & { readonly __code: 'credit-code' }

export type CreditCodeParts = {
  /** 登记管理部门: 1 机构编制, 5 民政, 9 市场监管 … */
  readonly registrar: string
  /** 机构类别, within the registrar: 91 企业, 92 个体工商户, 93 农民专业合作社, 11 机关, 12 事业单位 … */
  readonly category: string
  /** 登记机关行政区划, 6 digits. */
  readonly region: string
  /** 主体标识码: organisation code without its check character, 8 characters. */
  readonly organisation: string
}

export const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WHAT = 'unified social credit code'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const
const ALLOWED = 'a digit or an upper-case letter other than I O S V Z'

export function parseCreditCode(text: string): Result<CreditCode> {
  if (text.length !== 18) return wrongLength(WHAT, '18', text.length)
  const stranger = findStranger(text, CREDIT_CODE_ALPHABET)
  if (stranger !== -1) return wrongCharacter(WHAT, partAt(stranger), stranger + 1, ALLOWED)
  const letter = findStranger(text.slice(2, 8), '0123456789')
  if (letter !== -1) return wrongCharacter(WHAT, 'region', letter + 3, 'a digit')
  const check = creditCheck(text.slice(0, 17))
  if (check !== text.charAt(17)) return wrongCheck(WHAT, check)
  const organisation = makeOrgCode(text.slice(8, 16))
  if (!organisation.ok) return organisation
  if (organisation.value !== text.slice(8, 17)) {
    return wrongPart(WHAT, 'organisation code', `closed by its own check character ${organisation.value.charAt(8)}`)
  }
  return ok(text as CreditCode)
}

/** Both check characters are computed; refused when a part is malformed. */
export function makeCreditCode(parts: CreditCodeParts): Result<CreditCode> {
  const organisation = makeOrgCode(parts.organisation)
  if (!organisation.ok) return organisation
  const body = parts.registrar + parts.category + parts.region + organisation.value
  if (body.length !== 17) return wrongLength(`${WHAT} before its check character`, '17', body.length)
  const stranger = findStranger(body, CREDIT_CODE_ALPHABET)
  if (stranger !== -1) return wrongCharacter(WHAT, partAt(stranger), stranger + 1, ALLOWED)
  return parseCreditCode(body + creditCheck(body))
}

export function creditCodeParts(code: CreditCode): CreditCodeParts {
  return { registrar: code.charAt(0), category: code.charAt(1), region: code.slice(2, 8), organisation: code.slice(8, 16) }
}

function creditCheck(body: string): string {
  const sum = WEIGHTS.reduce<number>((total, weight, i) => total + weight * CREDIT_CODE_ALPHABET.indexOf(body.charAt(i)), 0)
  return CREDIT_CODE_ALPHABET.charAt((31 - (sum % 31)) % 31)
}

function partAt(index: number): string {
  if (index < 2) return index === 0 ? 'registering authority' : 'category'
  if (index < 8) return 'region'
  return index < 17 ? 'organisation code' : 'check'
}
