/** Form values: what a field accepts, and what is finally taken. Pure. */
import { parseCreditCode, parseIdCard, parseMobile, tidyCode } from '@yichuang/codes'
import type { PlanField } from '@yichuang/contract'
import type { Result } from '@yichuang/result'

export type Values = { readonly [field: string]: unknown }
/** What is wrong with one field and how to mend it, in both languages; `message` is the English one. */
export type Words = { readonly zh: string; readonly en: string }
export type Fault = { readonly path: string; readonly message: string; readonly words: Words }

export function faultOf(path: string, words: Words): Fault {
  return { path, message: words.en, words }
}

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
  const { zh } = field.title
  const en = field.title.en ?? zh
  if (isEmpty(value)) return field.required ? [faultOf(path, { zh: `请填写「${zh}」`, en: `Fill in “${en}”` })] : []
  const fault = FAULTS[field.type](value, field, path)
  if (fault === null || Array.isArray(fault)) return fault ?? []
  return [faultOf(path, { zh: `「${zh}」${fault.zh}`, en: `“${en}” ${fault.en}` })]
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

type Check = (value: unknown, field: Checked, path: string) => Words | Fault[] | null

const LONGEST = { text: 200, textarea: 4000 }

const NOT_TEXT: Words = { zh: '须为文字', en: 'must be text' }

function text(longest: number): Check {
  return (value, field) => {
    if (typeof value !== 'string') return NOT_TEXT
    const most = field.max ?? longest
    if (value.length > most)
      return { zh: `最多 ${most} 个字，现有 ${value.length} 个`, en: `may have ${most} characters at most and has ${value.length}` }
    if (field.min !== undefined && value.trim().length < field.min)
      return { zh: `至少 ${field.min} 个字`, en: `must have at least ${field.min} characters` }
    if (field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(value))
      return { zh: '格式不对，请按提示填写', en: 'has not the form that its hint shows' }
    return null
  }
}

const number: Check = (value, field) => {
  const n =
    typeof value === 'number' ? value : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN
  if (!Number.isFinite(n)) return { zh: '须为数字', en: 'must be a number' }
  if (field.min !== undefined && n < field.min) return { zh: `不能小于 ${field.min}`, en: `must be ${field.min} or more` }
  if (field.max !== undefined && n > field.max) return { zh: `不能大于 ${field.max}`, en: `must be ${field.max} or less` }
  return null
}

function code(what: Words, parse: (value: string) => Result<unknown>): Check {
  return (value) => {
    if (typeof value !== 'string') return NOT_TEXT
    const parsed = parse(tidyCode(value))
    if (parsed.ok) return null
    return {
      zh: `不是有效的${what.zh}，请对照证件逐位核对（校验位不符或位数不对）`,
      en: `is not a valid ${what.en}: ${parsed.error.message}`,
    }
  }
}

const date: Check = (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value))
    return { zh: '须为日期，如 2026-03-02', en: 'must be a date such as 2026-03-02' }
  const moment = new Date(`${value}T00:00:00Z`)
  const real = !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === value
  return real ? null : { zh: '不是真实存在的日期', en: 'is not a date that exists' }
}

const choice: Check = (value, field) =>
  field.options?.some((option) => option.value === value) ? null : { zh: '须从列出的选项中选择', en: 'must be one of the options' }

const list: Check = (value, field, path) => {
  if (!Array.isArray(value)) return { zh: '须为列表', en: 'must be a list' }
  if (value.length > MOST_ROWS) return { zh: `最多 ${MOST_ROWS} 行`, en: `may have ${MOST_ROWS} rows at most` }
  return value.flatMap((row, i) =>
    (field.fields ?? []).flatMap((column) => checkField(column, (row as Values | null)?.[column.id], `${path}.${i}.${column.id}`)),
  )
}
const MOST_ROWS = 50

const FAULTS: { readonly [type in PlanField['type']]: Check } = {
  text: text(LONGEST.text),
  textarea: text(LONGEST.textarea),
  address: text(LONGEST.text),
  number,
  money: number,
  date,
  choice,
  boolean: (value) => (typeof value === 'boolean' ? null : { zh: '须选择是或否', en: 'must be yes or no' }),
  'credit-code': code({ zh: '统一社会信用代码', en: 'unified social credit code' }, parseCreditCode),
  'id-card': code({ zh: '身份证号', en: 'identity number' }, parseIdCard),
  mobile: code({ zh: '手机号', en: 'mobile number' }, parseMobile),
  list,
}
