import { parseCreditCode, parseIdCard, parseMobile } from '@yichuang/codes'
import type { Fault, FieldShape } from './vocabulary.ts'

/** Pure checks of the field types: what is wrong with a value, or null. The server checks again; here it is said at once. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

export function checkText(value: unknown, field: FieldShape): Fault | null {
  const text = String(value).trim()
  if (field.min !== undefined && text.length < field.min) return { key: 'field.error.short', params: { n: field.min } }
  if (field.max !== undefined && text.length > field.max)
    return { key: 'field.error.long', params: { n: field.max, over: text.length - field.max } }
  if (field.pattern !== undefined && !new RegExp(`^(?:${field.pattern})$`, 'u').test(text)) return { key: 'field.error.pattern' }
  return null
}

export function checkNumber(value: unknown, field: FieldShape): Fault | null {
  const number = typeof value === 'number' ? value : Number(value)
  if (!Number.isFinite(number)) return { key: 'field.error.number' }
  if (field.min !== undefined && number < field.min) return { key: 'field.error.min', params: { n: field.min } }
  if (field.max !== undefined && number > field.max) return { key: 'field.error.max', params: { n: field.max } }
  return null
}

export function checkMoney(value: unknown, field: FieldShape): Fault | null {
  const number = typeof value === 'number' ? value : Number(value)
  if (!Number.isFinite(number) || number < 0 || Math.abs(number * 100 - Math.round(number * 100)) > 1e-6)
    return { key: 'field.error.money' }
  return checkNumber(number, field)
}

/** A day that exists: 2026-02-30 does not. */
export function checkDate(value: unknown): Fault | null {
  const text = String(value)
  const there = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
  return there && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text) ? null : { key: 'field.error.date' }
}

export function checkChoice(value: unknown, field: FieldShape): Fault | null {
  return field.options?.some((option) => option.value === value) === true ? null : { key: 'field.error.choose' }
}

/** A number that this reader is shown masked, left as it is: the server has it in full, and checks that it is that one. */
function isMasked(value: unknown): boolean {
  return /^\d{3}(?:\*{4}\d{4}|\*{11}\d{3}[\dX])$/.test(String(value))
}

export function checkMobile(value: unknown): Fault | null {
  return isMasked(value) || parseMobile(String(value)).ok ? null : { key: 'field.error.mobile' }
}

export function checkAddress(value: unknown): Fault | null {
  return String(value).trim().length >= 6 ? null : { key: 'field.error.address' }
}

export function checkCreditCode(value: unknown): Fault | null {
  const code = String(value)
  if (code.length !== 18) return { key: 'field.error.creditCodeLength', params: { n: code.length } }
  return parseCreditCode(code).ok ? null : { key: 'field.error.creditCode' }
}

export function checkIdCard(value: unknown): Fault | null {
  const card = String(value)
  if (card.length !== 18) return { key: 'field.error.idCardLength', params: { n: card.length } }
  return isMasked(card) || parseIdCard(card).ok ? null : { key: 'field.error.idCard' }
}
