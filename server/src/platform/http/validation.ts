/** Requests against the contract's schemas: each field that is wrong is named, with what would be right. */
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Field, Refused } from './problems.ts'

/** The part of a request that a schema describes; only words in the address are converted to numbers and booleans. */
export type Part = 'body' | 'querystring' | 'params' | 'headers'
export type Check = (value: unknown) => { readonly value: unknown } | { readonly error: Error }

const MOST_FIELDS = 50

export function checker(schema: TSchema, part: Part): Check {
  const validator = Compile(schema)
  const convert = part === 'body' ? (value: unknown) => value : (value: unknown) => validator.Convert(value)
  return (raw) => {
    const value = convert(raw)
    if (validator.Check(value)) return { value }
    const fields = validator.Errors(value).flatMap((error) => fieldsOf(error as Fault))
    return { error: invalid(part, unique(fields)) }
  }
}

/** For answers in tests: null when the value keeps its schema, else what is wrong. */
export function answerFault(schema: TSchema): (value: unknown) => string | null {
  const validator = Compile(schema)
  return (value) => {
    if (validator.Check(value)) return null
    const fields = validator.Errors(value).flatMap((error) => fieldsOf(error as Fault))
    return fields.map((field) => `${field.path} ${field.message}`).join('; ')
  }
}

type Fault = {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: { readonly [name: string]: unknown }
}

function fieldsOf(fault: Fault): Field[] {
  const path = fault.instancePath.split('/').slice(1).map(unescapePointer).join('.')
  if (fault.keyword === 'required') {
    const missing = (fault.params.requiredProperties ?? []) as string[]
    return missing.map((name) => ({ path: path === '' ? name : `${path}.${name}`, message: 'is missing; send it' }))
  }
  if (fault.keyword === 'additionalProperties') {
    const extra = (fault.params.additionalProperties ?? []) as string[]
    return extra.map((name) => ({ path: path === '' ? name : `${path}.${name}`, message: 'is not known here; leave it out' }))
  }
  return [{ path, message: mending(fault) }]
}

const unescapePointer = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~')

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'an id as this API gives it (UUID)',
  'date-time': 'a moment such as 2026-03-02T01:00:00.000Z',
  date: 'a date such as 2026-03-02',
}

function mending({ keyword, params, message }: Fault): string {
  const limit = String(params.limit ?? '')
  switch (keyword) {
    case 'type':
      return `must be of type ${String(params.type)}`
    case 'enum':
      return `must be one of ${((params.allowedValues ?? []) as unknown[]).join(', ')}`
    case 'minLength':
      return `must have at least ${limit} characters`
    case 'maxLength':
      return `must have at most ${limit} characters`
    case 'minimum':
      return `must be ${limit} or more`
    case 'maximum':
      return `must be ${limit} or less`
    case 'pattern':
      return `must match ${String(params.pattern)}`
    case 'format':
      return `must be ${FORMATS[String(params.format)] ?? String(params.format)}`
    default:
      return message
  }
}

/** A union reports every branch; one line per field and message is enough. */
function unique(fields: readonly Field[]): Field[] {
  const seen = new Map(fields.map((field) => [`${field.path} ${field.message}`, field]))
  return [...seen.values()].slice(0, MOST_FIELDS)
}

const NAMES: Readonly<Record<Part, string>> = { body: 'body', querystring: 'query', params: 'address', headers: 'headers' }

function invalid(part: Part, fields: readonly Field[]): Refused {
  const list = fields.map((field) => `${field.path || 'the whole'} ${field.message}`).join('; ')
  return new Refused(
    { code: 'platform/request-invalid', message: `the ${NAMES[part]} does not fit: ${list}`, data: { part: NAMES[part] } },
    fields,
  )
}
