/** Which credit codes a kind of party may have: the first two characters say who registered it and as what. GB 32100—2015. */
import { parseCreditCode, tidyCode } from '@yichuang/codes'
import { ok, type Result, refuse } from '@yichuang/result'
import type { PartyKind } from './vocabulary.ts'

/** 91 enterprises, 93 farmers' cooperatives, 92 sole traders. Natural persons have none. */
const CATEGORIES: Readonly<Record<PartyKind, readonly string[]>> = { enterprise: ['91', '93'], 'sole-trader': ['92'], person: [] }

/** The checked code, or null for a person; refusals say what is wrong and how to mend it. */
export function checkCode(kind: PartyKind, text: string | undefined): Result<string | null> {
  const code = tidyCode(text ?? '')
  if (kind === 'person') return code === '' ? ok(null) : invalid('A natural person has no credit code: leave it out.', { kind })
  if (code === '')
    return invalid(`A party of kind ${kind} is recorded by its credit code: enter the 18 characters of its licence.`, { kind })
  const parsed = readCode(code)
  if (!parsed.ok) return parsed
  const categories = CATEGORIES[kind]
  if (categories.includes(code.slice(0, 2))) return ok(parsed.value)
  const message = `The credit code of a party of kind ${kind} begins with ${categories.join(' or ')}, this one with ${code.slice(0, 2)}: check kind and code.`
  return invalid(message, { kind, expected: categories })
}

export function readCode(text: string): Result<string> {
  const parsed = parseCreditCode(tidyCode(text))
  return parsed.ok ? parsed : invalid(parsed.error.message, { ...parsed.error.data, why: parsed.error.code })
}

function invalid(message: string, data: { readonly [key: string]: unknown }) {
  return refuse('codes/credit-code-invalid', message, data)
}

/** Text that can only be meant as a credit code: 15 or more digits and letters without Chinese characters. */
export function looksLikeCode(text: string): boolean {
  return /^[0-9A-Z]{15,}$/.test(tidyCode(text))
}
