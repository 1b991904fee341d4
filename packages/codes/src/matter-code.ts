/**
 * 实施编码 of a government service matter: 31 characters = credit code of the implementing body (18) + level (1) + 基本编码 (12).
 * Levels: 1 国家级 2 省级 3 市级 4 县级 5 镇(乡、街道)级 6 村(社区)级 7 分级管理 (行使层级代码). No check character of its own.
 */
import { ok, type Result } from '@yichuang/result'
import { type CreditCode, parseCreditCode } from './credit-code.ts'
import { wrongCharacter, wrongLength, wrongPart } from './refusals.ts'

export type MatterCode = string & { readonly __code: 'matter-code' }

export const MATTER_LEVELS = ['1', '2', '3', '4', '5', '6', '7'] as const
export type MatterLevel = (typeof MATTER_LEVELS)[number]

export type MatterCodeParts = { readonly body: CreditCode; readonly level: MatterLevel; readonly basic: string }

const WHAT = 'matter code'

export function parseMatterCode(text: string): Result<MatterCode> {
  if (text.length !== 31) return wrongLength(WHAT, '31', text.length)
  const body = parseCreditCode(text.slice(0, 18))
  if (!body.ok) return body
  if (!MATTER_LEVELS.some((level) => level === text.charAt(18))) return wrongCharacter(WHAT, 'level', 19, 'a digit from 1 to 7')
  if (!isBasicCode(text.slice(19))) return wrongPart(WHAT, 'basic code', '12 digits and upper-case letters')
  return ok(text as MatterCode)
}

export function makeMatterCode(parts: { readonly [K in keyof MatterCodeParts]: string }): Result<MatterCode> {
  if (!isBasicCode(parts.basic)) return wrongPart(WHAT, 'basic code', '12 digits and upper-case letters')
  return parseMatterCode(parts.body + parts.level + parts.basic)
}

export function matterCodeParts(code: MatterCode): MatterCodeParts {
  return { body: code.slice(0, 18) as CreditCode, level: code.charAt(18) as MatterLevel, basic: code.slice(19) }
}

function isBasicCode(text: string): boolean {
  return /^[0-9A-Z]{12}$/.test(text)
}
