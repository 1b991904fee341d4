/**
 * Does a value have the shape its schema asks for? Walks the TypeBox schema itself, because a maker needs the place of every
 * fault and the name she probably meant; `typebox/compile` stops after a few errors and names each branch of a union.
 * Law (shape.test.ts): no fault is reported exactly when TypeBox accepts the value.
 */
import type { TSchema } from 'typebox'
import { type Issues, type Place, under } from './issues.ts'
import { didYouMean } from './nearest.ts'

/** The part of JSON Schema that the schemas of this package use. */
type Schema = {
  readonly type?: string
  readonly description?: string
  readonly properties?: { readonly [key: string]: Schema }
  readonly patternProperties?: { readonly [pattern: string]: Schema }
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly items?: Schema
  readonly minItems?: number
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly maximum?: number
}
type Fault = { readonly place: Place; readonly code: string; readonly message: string }

/** Reports every fault; true when there is none. */
export function checkShape(schema: TSchema, value: unknown, place: Place, issues: Issues): boolean {
  const faults = findFaults(schema as Schema, value, place)
  for (const fault of faults) issues.error(fault.place, fault.code, fault.message)
  return faults.length === 0
}

function findFaults(schema: Schema, value: unknown, place: Place): readonly Fault[] {
  if (schema.anyOf !== undefined) return unionFaults(schema.anyOf, value, place)
  if (schema.enum !== undefined || 'const' in schema) return choiceFaults(schema, value, place)
  if (schema.type === undefined) return []
  if (!hasType(schema.type, value)) return [typeFault(schema, value, place)]
  if (Array.isArray(value)) return arrayFaults(schema, value, place)
  if (typeof value === 'object' && value !== null) return objectFaults(schema, value as Record<string, unknown>, place)
  return scalarFaults(schema, value, place)
}

function hasType(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (type === 'null') return value === null
  return typeof value === type
}

function typeFault(schema: Schema, value: unknown, place: Place): Fault {
  const asked = schema.description ?? schema.type ?? 'another value'
  const quote = schema.type === 'string' && (typeof value === 'number' || value instanceof Date) ? ' Put it in quotes.' : ''
  return { place, code: 'wrong-type', message: `${nameOf(place)} must be ${kindWord(schema)}, not ${word(value)} (${asked}).${quote}` }
}

function kindWord(schema: Schema): string {
  if (schema.type === 'array') return 'a list'
  if (schema.type === 'object') return 'a map of keys and values'
  if (schema.type === 'string') return 'words'
  if (schema.type === 'boolean') return 'true or false'
  return schema.type === 'integer' ? 'a whole number' : (schema.type ?? 'a value')
}

function word(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  return JSON.stringify(value)
}

function nameOf(place: Place): string {
  const key = place.path.findLast((part) => typeof part === 'string')
  return key === undefined ? 'The file' : `"${key}"`
}

/** The branch that was meant: the one that accepts, else the one of the same type sharing most keys. */
function unionFaults(branches: readonly Schema[], value: unknown, place: Place): readonly Fault[] {
  const tried = branches.map((schema) => ({ schema, faults: findFaults(schema, value, place) }))
  if (tried.some((branch) => branch.faults.length === 0)) return []
  const likely = tried.filter((branch) => likeness(branch.schema, value) > 0)
  likely.sort((a, b) => likeness(b.schema, value) - likeness(a.schema, value) || a.faults.length - b.faults.length)
  const meant = likely[0]
  if (meant !== undefined) return meant.faults
  const choices = branches.map(describe).join(' or ')
  return [{ place, code: 'wrong-type', message: `${nameOf(place)} must be ${choices}, not ${word(value)}.` }]
}

function likeness(schema: Schema, value: unknown): number {
  if (schema.enum !== undefined) return typeof value === 'string' && schema.enum.some((one) => typeof one === 'string') ? 1 : 0
  if (schema.type === undefined || !hasType(schema.type, value)) return 0
  if (schema.type !== 'object' || schema.properties === undefined) return 1
  const known = schema.properties
  return Object.keys(value as object).filter((key) => key in known).length
}

function describe(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.properties !== undefined) return `{ ${Object.keys(schema.properties).join(', ')} }`
  return schema.description ?? kindWord(schema)
}

function choiceFaults(schema: Schema, value: unknown, place: Place): readonly Fault[] {
  const choices = schema.enum ?? [schema.const]
  if (choices.includes(value)) return []
  const names = choices.filter((one) => typeof one === 'string')
  const hint = typeof value === 'string' ? didYouMean(value, names) : ''
  const list = choices.map((one) => JSON.stringify(one)).join(', ')
  return [{ place, code: 'not-a-choice', message: `${nameOf(place)} is ${word(value)}; it may be ${list}.${hint}` }]
}

function arrayFaults(schema: Schema, value: readonly unknown[], place: Place): readonly Fault[] {
  const faults: Fault[] = []
  const least = schema.minItems ?? 0
  if (value.length < least)
    faults.push({ place, code: 'too-few', message: `${nameOf(place)} needs at least ${least}; it has ${value.length}.` })
  const items = schema.items
  if (items === undefined) return faults
  return [...faults, ...value.flatMap((item, index) => findFaults(items, item, under(place, index)))]
}

function objectFaults(schema: Schema, value: Record<string, unknown>, place: Place): readonly Fault[] {
  const faults: Fault[] = []
  for (const key of schema.required ?? []) {
    if (value[key] === undefined) faults.push({ place, code: 'missing-key', message: `${nameOf(place)} has no "${key}"; it is needed.` })
  }
  for (const [key, item] of Object.entries(value)) faults.push(...keyFaults(schema, key, item, under(place, key)))
  return faults
}

function keyFaults(schema: Schema, key: string, item: unknown, place: Place): readonly Fault[] {
  const known = schema.properties ?? {}
  const own = Object.hasOwn(known, key) ? known[key] : undefined
  if (own !== undefined) return item === undefined ? [] : findFaults(own, item, place)
  const patterns = Object.entries(schema.patternProperties ?? {})
  for (const [pattern, inner] of patterns) if (new RegExp(pattern).test(key)) return findFaults(inner, item, place)
  if (patterns.length > 0) {
    const message = `"${key}" cannot be a name here; it must look like ${patterns.map(([pattern]) => pattern).join(' or ')}.`
    return [{ place, code: 'bad-name', message }]
  }
  if (schema.additionalProperties !== false) return []
  const message = `"${key}" is not a key here.${didYouMean(key, Object.keys(known)) || ` Known: ${Object.keys(known).join(', ')}.`}`
  return [{ place, code: 'unknown-key', message }]
}

function scalarFaults(schema: Schema, value: unknown, place: Place): readonly Fault[] {
  if (typeof value === 'string') return stringFaults(schema, value, place)
  if (typeof value !== 'number') return []
  const low = schema.minimum !== undefined && value < schema.minimum
  const high = schema.maximum !== undefined && value > schema.maximum
  if (!low && !high) return []
  const range = `between ${schema.minimum ?? 'any'} and ${schema.maximum ?? 'any'}`
  return [{ place, code: 'out-of-range', message: `${nameOf(place)} is ${value}; it must be ${range}.` }]
}

function stringFaults(schema: Schema, value: string, place: Place): readonly Fault[] {
  if (value.length < (schema.minLength ?? 0))
    return [{ place, code: 'empty', message: `${nameOf(place)} is empty; write it or leave the key out.` }]
  if (schema.pattern === undefined || new RegExp(schema.pattern).test(value)) return []
  const asked = schema.description ?? schema.pattern
  return [{ place, code: 'bad-form', message: `${nameOf(place)} is ${JSON.stringify(value)}; it must be: ${asked}.` }]
}
