/** Form values: what a field accepts, and what is finally taken. Pure. */
import { parseCreditCode, parseIdCard, parseMobile } from '@yichuang/codes'
import type { PlanField } from '@yichuang/contract'
import type { Result } from '@yichuang/result'

export type Values = { readonly [field: string]: unknown }
export type Fault = { readonly path: string; readonly message: string }

/** The value that counts: what the applicant wrote, else what is known; a fixed field always keeps what is known. */
export function takenValue(field: PlanField, given: Values): unknown {
  const written = given[field.id]
  if (!field.editable && field.value !== undefined) return field.value
  return isEmpty(written) ? field.value : written
}

export function checkForm(fields: readonly PlanField[], given: Values): Fault[] {
  return fields.flatMap((field) => checkField(field, takenValue(field, given), field.id))
}

type Checked = Pick<PlanField, 'type' | 'title' | 'required' | 'options' | 'min' | 'max' | 'pattern' | 'fields'>

function checkField(field: Checked, value: unknown, path: string): Fault[] {
  if (isEmpty(value)) return field.required ? [{ path, message: `请填写「${field.title.zh}」` }] : []
  const fault = FAULTS[field.type](value, field, path)
  return typeof fault === 'string' ? [{ path, message: `「${field.title.zh}」${fault}` }] : (fault ?? [])
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

type Check = (value: unknown, field: Checked, path: string) => string | Fault[] | null

const LONGEST = { text: 200, textarea: 4000 }

function text(longest: number): Check {
  return (value, field) => {
    if (typeof value !== 'string') return '须为文字'
    if (value.length > (field.max ?? longest)) return `最多 ${field.max ?? longest} 个字，现有 ${value.length} 个`
    if (field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(value)) return '格式不对，请按提示填写'
    return null
  }
}

const number: Check = (value, field) => {
  const n =
    typeof value === 'number' ? value : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN
  if (!Number.isFinite(n)) return '须为数字'
  if (field.min !== undefined && n < field.min) return `不能小于 ${field.min}`
  if (field.max !== undefined && n > field.max) return `不能大于 ${field.max}`
  return null
}

function code(parse: (value: string) => Result<unknown>): Check {
  return (value) => {
    const parsed = typeof value === 'string' ? parse(value) : null
    if (parsed === null) return '须为文字'
    return parsed.ok ? null : `不正确：${parsed.error.message}`
  }
}

const date: Check = (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return '须为日期，如 2026-03-02'
  const moment = new Date(`${value}T00:00:00Z`)
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== value ? '不是真实存在的日期' : null
}

const choice: Check = (value, field) => (field.options?.some((option) => option.value === value) ? null : `须从列出的选项中选择`)

const list: Check = (value, field, path) => {
  if (!Array.isArray(value)) return '须为列表'
  if (value.length > 50) return '最多 50 行'
  return value.flatMap((row, i) =>
    (field.fields ?? []).flatMap((column) => checkField(column, (row as Values | null)?.[column.id], `${path}.${i}.${column.id}`)),
  )
}

const FAULTS: { readonly [type in PlanField['type']]: Check } = {
  text: text(LONGEST.text),
  textarea: text(LONGEST.textarea),
  address: text(LONGEST.text),
  number,
  money: number,
  date,
  choice,
  boolean: (value) => (typeof value === 'boolean' ? null : '须选择是或否'),
  'credit-code': code(parseCreditCode),
  'id-card': code(parseIdCard),
  mobile: code(parseMobile),
  list,
}
