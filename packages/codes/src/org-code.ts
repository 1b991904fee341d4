/**
 * 组织机构代码, GB 11714: 8 characters (digits or upper-case letters) and a check character.
 * Values 0–35 times the weights 3 7 9 10 5 8 4 2; the check is 11 − sum mod 11, where 10 is written X and 11 is written 0.
 * Written `00612224-4` or `006122244`. Characters whose values differ by a multiple of 11 look alike to this check.
 */
import { ok, type Result } from '@yichuang/result'
import { ALPHABET_36 } from './mod37-36.ts'
import { findStranger, wrongCharacter, wrongCheck, wrongLength } from './refusals.ts'

export type OrgCode = string & { readonly __code: 'org-code' }

const WHAT = 'organisation code'
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const

/** @returns the 9 characters without hyphen. */
export function parseOrgCode(text: string): Result<OrgCode> {
  const code = text.charAt(8) === '-' ? text.slice(0, 8) + text.slice(9) : text
  if (code.length !== 9) return wrongLength(WHAT, '9', code.length)
  const made = makeOrgCode(code.slice(0, 8))
  if (!made.ok || made.value === code) return made
  return wrongCheck(WHAT, made.value.charAt(8))
}

/** @param body the 8 characters before the check character. */
export function makeOrgCode(body: string): Result<OrgCode> {
  if (body.length !== 8) return wrongLength(`${WHAT} before its check character`, '8', body.length)
  const stranger = findStranger(body, ALPHABET_36)
  if (stranger !== -1) return wrongCharacter(WHAT, 'body', stranger + 1, 'a digit or an upper-case letter')
  return ok((body + orgCheck(body)) as OrgCode)
}

function orgCheck(body: string): string {
  const sum = WEIGHTS.reduce<number>((total, weight, i) => total + weight * ALPHABET_36.indexOf(body.charAt(i)), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}
