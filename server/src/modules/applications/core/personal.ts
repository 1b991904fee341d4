/**
 * Personal numbers in plans and drafts, for readers who do not act for the party: masked on the way out; a mask that comes back is the value
 * behind it. A number that is not whole yet stays as typed, or nobody could type one. Pure.
 */
import { maskIdCard, maskMobile, parseIdCard, parseMobile, tidyCode } from '@yichuang/codes'
import type { Plan, PlanField } from '@yichuang/contract'
import type { Result } from '@yichuang/result'
import type { Values } from './form.ts'

/** What counts of a field here: plan and pack both have it. */
export type Shape = Pick<PlanField, 'id' | 'type'> & { readonly fields?: readonly Shape[] | undefined }

/** What was typed into a field. */
export function maskField(field: Shape, value: unknown): unknown {
  if (field.type === 'list') return mapCells(field, value, maskField)
  const personal = PERSONAL[field.type]
  if (personal === undefined || typeof value !== 'string') return value
  return personal.parse(tidyCode(value)).ok ? personal.mask(tidyCode(value)) : value
}

/** What registers, certificates and earlier applications say: nobody is typing it, so it is never shown in part. */
function maskKnown(field: Shape, value: unknown): unknown {
  if (field.type === 'list') return mapCells(field, value, maskKnown)
  const personal = PERSONAL[field.type]
  return personal === undefined || typeof value !== 'string' ? value : personal.mask(tidyCode(value))
}

const PERSONAL: { readonly [type in Shape['type']]?: { parse(text: string): Result<unknown>; mask(text: string): string } } = {
  mobile: { parse: parseMobile, mask: maskMobile },
  'id-card': { parse: parseIdCard, mask: maskIdCard },
}

export function maskForm(fields: readonly Shape[], form: Values): Values {
  const shapes = new Map(fields.map((field) => [field.id, field]))
  return Object.fromEntries(
    Object.entries(form).map(([id, value]) => {
      const field = shapes.get(id)
      return [id, field === undefined ? value : maskField(field, value)]
    }),
  )
}

export function maskPlan(plan: Plan): Plan {
  const masked = (field: PlanField): PlanField =>
    field.value === undefined ? field : { ...field, value: maskKnown(field, field.value) as PlanField['value'] & {} }
  return { ...plan, form: plan.form.map((section) => ({ ...section, fields: section.fields.map(masked) })) }
}

/** The form that was sent, with every mask replaced by what it hides: what was saved before, else what is known, which then counts as untouched. */
export function unmaskForm(fields: readonly (Shape & { readonly value?: unknown })[], sent: Values, saved: Values): Values {
  const form: { [field: string]: unknown } = { ...sent }
  for (const field of fields) {
    const { id, value: known } = field
    if (sent[id] === undefined) continue
    if (field.type === 'list') form[id] = unmaskRows(field, sent[id], [...rowsOf(saved[id]), ...rowsOf(known)])
    else if (hides(field, sent[id], saved[id])) form[id] = saved[id]
    else if (hides(field, sent[id], known)) delete form[id]
  }
  return form
}

function hides(field: Shape, mask: unknown, value: unknown): boolean {
  if (typeof mask !== 'string' || !mask.includes('*') || value === undefined) return false
  return maskField(field, value) === mask || maskKnown(field, value) === mask
}

type Row = { readonly [cell: string]: unknown }

function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : []
}

function mapCells(list: Shape, value: unknown, map: (cell: Shape, value: unknown, row: Row) => unknown): unknown {
  if (!Array.isArray(value)) return value
  const cells = list.fields ?? []
  return value.map((row: unknown) => {
    if (typeof row !== 'object' || row === null) return row
    const changed = cells.filter((cell) => (row as Row)[cell.id] !== undefined)
    return { ...row, ...Object.fromEntries(changed.map((cell) => [cell.id, map(cell, (row as Row)[cell.id], row as Row)])) }
  })
}

/**
 * Rows may have been added, removed and moved: a mask stands for the number of a row that says the same otherwise, or else for the only number
 * that looks so. Two that look alike are not told apart by guessing: the mask stays, and the field's own check asks for the number again.
 */
function unmaskRows(list: Shape, sent: unknown, rows: readonly Row[]): unknown {
  return mapCells(list, sent, (cell, value, row) => {
    const alike = rows.filter((one) => hides(cell, value, one[cell.id]))
    const same = alike.filter((one) => (list.fields ?? []).every(({ id, ...other }) => maskField({ id, ...other }, one[id]) === row[id]))
    return only(same, cell.id) ?? only(alike, cell.id) ?? value
  })
}

function only(rows: readonly Row[], cell: string): unknown {
  const values = new Set(rows.map((row) => row[cell]))
  return values.size === 1 ? [...values][0] : undefined
}
