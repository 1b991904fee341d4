/** 手机号码 of the mainland: 11 digits beginning with 13–19. No check character. */
import { ok, type Result } from '@yichuang/result'
import { findStranger, wrongCharacter, wrongLength, wrongPart } from './refusals.ts'

export type Mobile = string & { readonly __code: 'mobile' }
const WHAT = 'mobile number'

export function parseMobile(text: string): Result<Mobile> {
  const stranger = findStranger(text, '0123456789')
  if (stranger !== -1) return wrongCharacter(WHAT, 'number', stranger + 1, 'a digit')
  if (text.length !== 11) return wrongLength(WHAT, '11', text.length)
  return /^1[3-9]/.test(text) ? ok(text as Mobile) : wrongPart(WHAT, 'prefix', '13 to 19')
}

/** @param parts prefix of 3 digits (`139`), area of 4, subscriber of 4. */
export function makeMobile(parts: { readonly prefix: string; readonly area: string; readonly subscriber: string }): Result<Mobile> {
  return parseMobile(parts.prefix + parts.area + parts.subscriber)
}
