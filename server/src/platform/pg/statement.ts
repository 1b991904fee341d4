/**
 * Statements: named, prepared once per connection, with a declared row. Every statement with a name is kept in a register, so that
 * `drift.db.test.ts` can describe each one against the migrated schema and fail when a column's name or type differs.
 */
import type { Columns, RowOf } from './columns.ts'

export { typed } from './columns.ts'

export type Statement<Row> = { readonly name: string; readonly text: string; readonly columns: Columns; readonly row?: Row }

/** JSON goes in by `json(value)`; objects are refused by the type because the driver would guess (arrays become PostgreSQL arrays). */
export type Param = string | number | boolean | null | Buffer | readonly (string | number | boolean | null)[]

const register = new Map<string, Statement<unknown>>()

/**
 * `statement('cases.find', 'select cases.id from cases where cases.id = $1', { id: 'uuid' })`.
 * The name is unique in the program and at most 63 bytes long, PostgreSQL's limit for identifiers.
 */
export function statement<const C extends Columns = Record<never, never>>(
  name: string,
  text: string,
  columns: C = {} as C,
): Statement<RowOf<C>> {
  if (name.length === 0 || name.length > 63) throw new Error(`statement name ${name} must have 1 to 63 characters`)
  if (register.has(name)) throw new Error(`statement ${name} is defined twice`)
  const made: Statement<RowOf<C>> = { name, text, columns }
  register.set(name, made)
  return made
}

/** A statement whose text is put together at run time (filters of a list): not named, not prepared, not in the register. */
export function assembled<const C extends Columns>(text: string, columns: C): Statement<RowOf<C>> {
  return { name: '', text, columns }
}

export function registeredStatements(): readonly Statement<unknown>[] {
  return [...register.values()]
}

export function json(value: unknown): string {
  return JSON.stringify(value)
}
