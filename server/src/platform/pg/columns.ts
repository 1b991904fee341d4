/**
 * Column types a statement may declare, what they become in TypeScript, and how their text form is read.
 * `int8` becomes a number and must be safe; `timestamptz` becomes an `Instant` with milliseconds; `numeric` stays text.
 */
import type { Instant, PlainDate } from '@yichuang/workday'

type Scalars = {
  uuid: string
  text: string
  bool: boolean
  int2: number
  int4: number
  int8: number
  float8: number
  numeric: string
  timestamptz: Instant
  date: PlainDate
  json: unknown
  jsonb: unknown
  bytea: Buffer
  'text[]': string[]
  'uuid[]': string[]
  'int4[]': number[]
}

export type PgType = keyof Scalars
/** `text` is never null, `text?` may be. */
export type ColumnType = PgType | `${PgType}?`

declare const shape: unique symbol
/** A column whose value is known more closely than its type says; made by `typed`. */
export type TypedColumn<T> = ColumnType & { readonly [shape]: T }
export type Columns = { readonly [column: string]: ColumnType }

type Value<C> =
  C extends TypedColumn<infer T> ? T : C extends `${infer P extends PgType}?` ? Scalars[P] | null : C extends PgType ? Scalars[C] : never
export type RowOf<C extends Columns> = { -readonly [K in keyof C]: Value<C[K]> }

/** `state: typed<CaseState>('jsonb')`, `light: typed<Light | null>('text?')`: the reader vouches for the closer type. */
export function typed<T>(type: ColumnType): TypedColumn<T> {
  return type as TypedColumn<T>
}

export function baseType(type: ColumnType): PgType {
  return type.replace('?', '') as PgType
}

/** Object identifiers of built-in types, fixed since PostgreSQL began. */
export const OIDS: Readonly<Record<PgType, number>> = {
  uuid: 2950,
  text: 25,
  bool: 16,
  int2: 21,
  int4: 23,
  int8: 20,
  float8: 701,
  numeric: 1700,
  timestamptz: 1184,
  date: 1082,
  json: 114,
  jsonb: 3802,
  bytea: 17,
  'text[]': 1009,
  'uuid[]': 2951,
  'int4[]': 1007,
}

export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is not a safe integer; select it as text`)
  return value
}

const UTC_TEXT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/

/** PostgreSQL's text form in the session zone UTC → `Instant`; microseconds are cut, not rounded, so that no moment moves forward. */
export function parseTimestamptz(text: string): Instant {
  const match = UTC_TEXT.exec(text)
  if (match === null) throw new RangeError(`timestamptz ${text} is not a moment in UTC of this era`)
  const [, day, time, fraction = ''] = match
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
}
