/** What an action is told: every need checked by its type, every fault named by its field. */

import { err, ok, type Refusal, type Result } from '@yichuang/result'
import { type Calendar, findEpochDay, type Instant } from '@yichuang/workday'
import { isRecord } from './merge.ts'
import { limitFrom } from './state.ts'
import type { Data, Flow, Json, Need, NeedType } from './vocabulary.ts'

/**
 * What the action asked to be told, and files; anything else is left out and so never reaches the record.
 * Refusals `caseflow/input-missing` and `caseflow/input-invalid`, both with `data.fields`.
 */
export function checkInput(needs: readonly Need[], input: Data, flow: Flow): Result<Data, Refusal> {
  const missing = needs.filter((need) => need.required && isEmpty(input[need.field])).map((need) => need.field)
  if (missing.length > 0) {
    return err({ code: 'caseflow/input-missing', message: `This action must be told: ${missing.join(', ')}.`, data: { fields: missing } })
  }
  if (input.files !== undefined && !needs.some((need) => need.field === 'files')) needs = [...needs, FILES]
  const faults: { [field: string]: string } = {}
  for (const { field, type } of needs) {
    const value = input[field]
    const expected = isEmpty(value) || value === undefined ? null : CHECKS[type](value, flow)
    if (expected !== null) faults[field] = expected
  }
  return refuseFaults(faults) ?? ok(declared(needs, input))
}

const FILES: Need = { field: 'files', type: 'files', required: false }

function declared(needs: readonly Need[], input: Data): Data {
  const fields = new Set(needs.map((need) => need.field))
  return Object.fromEntries(Object.entries(input).filter(([field]) => fields.has(field)))
}

function refuseFaults(faults: { readonly [field: string]: string }): Result<never, Refusal> | null {
  const fields = Object.keys(faults)
  if (fields.length === 0) return null
  const unknownBasis = fields.length === 1 && faults[fields[0] ?? ''] === UNKNOWN_BASIS
  const code = unknownBasis ? 'caseflow/suspension-basis-unknown' : 'caseflow/input-invalid'
  const message = fields.map((field) => `${field}: expected ${faults[field]}`).join('; ')
  return err({ code, message: `${message}.`, data: { fields, expected: faults } })
}

export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0
}

const UNKNOWN_BASIS = "one of the pack's special procedures"
type Check = (value: Json, flow: Flow) => string | null

function expecting(expected: string, holds: (value: Json, flow: Flow) => boolean): Check {
  return (value, flow) => (holds(value, flow) ? null : expected)
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isList(value: Json, holds: (item: Json) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item: Json) => holds(item))
}

function isInstant(value: Json): value is Instant {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/.test(value) && !Number.isNaN(Date.parse(value))
}

function isDate(value: Json): boolean {
  return typeof value === 'string' && (findEpochDay(value) !== null || isInstant(value))
}

function isGap(value: Json): boolean {
  return isRecord(value) && isText(value.material) && isText(value.title) && isText(value.consequence) && limitFrom(value.limit) !== null
}

const CHECKS: { readonly [type in NeedType]: Check } = {
  text: expecting('a text', isText),
  items: expecting('a list of { item, reason }', (value) =>
    isList(value, (item) => isRecord(item) && isText(item.item) && isText(item.reason)),
  ),
  gaps: expecting('a list of { material, title, limit, consequence }, limit such as "5 workdays"', (value) => isList(value, isGap)),
  instant: expecting('a moment such as 2026-11-23T08:00:00.000Z', isInstant),
  date: expecting('a date such as 2026-11-23', isDate),
  limit: expecting('a limit such as "5 workdays"', (value) => limitFrom(value) !== null),
  basis: expecting(UNKNOWN_BASIS, (value, flow) => typeof value === 'string' && Object.hasOwn(flow.bases, value)),
  org: expecting('the id of an organisation', isText),
  orgs: expecting('a list of ids of organisations', (value) => isList(value, isText)),
  person: expecting('the id of a person', isText),
  boolean: expecting('true or false', (value) => typeof value === 'boolean'),
  number: expecting('a number', (value) => typeof value === 'number' && Number.isFinite(value)),
  files: expecting('a list of files', (value) => isList(value, (file) => isText(file) || isRecord(file))),
  stars: expecting('1 to 5 stars', (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5),
  json: () => null,
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A date is its close of business; a moment is itself. */
export function momentFrom(value: Json | undefined, calendar: Calendar): Instant | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  return isInstant(value) ? value : calendar.closeOf(value)
}
