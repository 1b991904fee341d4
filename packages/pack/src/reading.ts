/** Small readings that every kind of file needs: words, limits, conditions; and the table that ids are looked up in. */
import type { Text } from '@yichuang/caseflow'
import { type Condition, compileCondition } from '@yichuang/rules'
import { type Limit, parseLimit } from '@yichuang/workday'
import { type Issues, type Place, under } from './issues.ts'
import { didYouMean } from './nearest.ts'
import type { TextSource } from './schema/words.ts'
import type { FileKind, PackSource } from './schema.ts'
import type { SourceFile } from './source.ts'

/** A well-shaped file of one kind. */
export type Sheet<K extends FileKind> = { readonly place: Place; readonly data: PackSource[K] }
export type Sheets = { readonly [K in FileKind]: readonly Sheet<K>[] }

export function sheetsOf<K extends FileKind>(kind: K, files: readonly SourceFile[]): readonly Sheet<K>[] {
  const ours = files.filter((file) => file.kind === kind)
  return ours.map((file) => ({ place: { file, path: [] }, data: file.data as PackSource[K] }))
}

export function readText(source: TextSource): Text {
  return typeof source === 'string' ? { zh: source } : source
}

/** `{ name: reading of the value }`, or nothing when there is no value: optional keys stay absent. */
export function maybe<K extends string, S, T>(name: K, source: S | undefined, read: (source: S) => T): { readonly [key in K]?: T } {
  return source === undefined ? {} : ({ [name]: read(source) } as { readonly [key in K]: T })
}

/** The limit, or `instant` with an issue at the place. */
export function readLimit(source: string, place: Place, issues: Issues): Limit {
  const limit = parseLimit(source)
  if (limit.ok) return limit.value
  issues.error(place, 'limit', limit.error.message)
  return { n: 0, unit: 'workday' }
}

/** `{ when }`, or nothing: also when the condition does not compile, which is an issue at the place. */
export function readWhen(source: string | undefined, place: Place, issues: Issues): { readonly when?: Condition } {
  if (source === undefined) return {}
  const condition = compileCondition(source)
  if (condition.ok) return { when: condition.value }
  issues.error(under(place, 'when'), 'condition', `${condition.error.message}`)
  return {}
}

/** Ids of one kind of thing and where each stands. */
export type Table<T> = ReadonlyMap<string, Entry<T>>
export type Entry<T> = { readonly value: T; readonly place: Place }

/** A table of entries; an id that stands twice is an issue at its second place. */
export function makeTable<T extends { readonly id: string }>(what: string, entries: readonly Entry<T>[], issues: Issues): Table<T> {
  const table = new Map<string, Entry<T>>()
  for (const entry of entries) {
    const known = table.get(entry.value.id)
    if (known === undefined) table.set(entry.value.id, entry)
    else duplicate({ what, id: entry.value.id, first: known.place, second: entry.place }, issues)
  }
  return table
}

type Twice = { readonly what: string; readonly id: string; readonly first: Place; readonly second: Place }

export function duplicate({ what, id, first, second }: Twice, issues: Issues): void {
  const { line } = first.file.locate([...first.path, 'id'])
  const message = `The ${what} "${id}" stands twice: first at ${first.file.path}:${line}. Give one of them another id.`
  issues.error(under(second, 'id'), 'duplicate-id', message)
}

export function valuesOf<T>(table: Table<T>): ReadonlyMap<string, T> {
  return new Map([...table].map(([id, entry]) => [id, entry.value]))
}

/** Reports an id that nothing has. `what` names the kind: `material`, `matter`. */
export function checkKnown(what: string, id: string, known: { has(id: string): boolean; keys(): Iterable<string> }, at: At): boolean {
  if (known.has(id)) return true
  at.issues.error(at.place, `dangling-${what}`, `There is no ${what} "${id}" in this pack.${didYouMean(id, known.keys())}`)
  return false
}
export type At = { readonly place: Place; readonly issues: Issues }
