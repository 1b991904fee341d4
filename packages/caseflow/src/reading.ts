/** Checked reading of what makers write: every fault becomes an issue with its path, and reading goes on with a harmless value. */
import { type Condition, compileCondition } from '@yichuang/rules'
import { type Limit, parseLimit } from '@yichuang/workday'
import type { Text } from './vocabulary.ts'

export type Path = readonly (string | number)[]
/** A fault of a flow or ladder; `path` leads from the source's root to the place. */
export type FlowIssue = { readonly path: Path; readonly code: string; readonly message: string }

export type Raw = { readonly [key: string]: unknown }

export class Reading {
  readonly issues: FlowIssue[] = []

  add(path: Path, code: string, message: string): void {
    this.issues.push({ path, code, message })
  }

  /** An object with only known keys; {} when it is something else. */
  record(value: unknown, path: Path, keys: { readonly known: readonly string[]; readonly required?: readonly string[] }): Raw {
    const record = this.map(value, path)
    for (const key of Object.keys(record)) {
      if (!keys.known.includes(key)) this.add([...path, key], 'unknown-key', `There is no key "${key}" here${suggest(key, keys.known)}.`)
    }
    for (const key of keys.required ?? []) {
      if (record[key] === undefined) this.add(path, 'missing-key', `The key "${key}" is missing.`)
    }
    return record
  }

  /** An object whose keys are names given by the maker. */
  map(value: unknown, path: Path): Raw {
    if (value === undefined) return {}
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Raw
    this.add(path, 'wrong-type', 'Expected keys with values here.')
    return {}
  }

  text(value: unknown, path: Path): string {
    if (typeof value === 'string' && value !== '') return value
    if (value !== undefined) this.add(path, 'wrong-type', 'Expected a text here.')
    return ''
  }

  optionalText(value: unknown, path: Path): string | undefined {
    return value === undefined ? undefined : this.text(value, path)
  }

  texts(value: unknown, path: Path): readonly string[] {
    if (value === undefined) return []
    if (Array.isArray(value)) return value.map((item, index) => this.text(item, [...path, index]))
    this.add(path, 'wrong-type', 'Expected a list of texts: [a, b].')
    return []
  }

  flag(value: unknown, path: Path, otherwise: boolean): boolean {
    if (value === undefined) return otherwise
    if (typeof value === 'boolean') return value
    this.add(path, 'wrong-type', 'Expected true or false here.')
    return otherwise
  }

  title(value: unknown, path: Path, otherwise: string): Text {
    if (value === undefined) return { zh: otherwise }
    if (typeof value === 'string') return { zh: value }
    const { zh, en } = this.record(value, path, { known: ['zh', 'en'], required: ['zh'] })
    const chinese = this.text(zh, [...path, 'zh'])
    return en === undefined ? { zh: chinese } : { zh: chinese, en: this.text(en, [...path, 'en']) }
  }

  /** One word of a closed list. */
  word<T extends string>(value: unknown, path: Path, words: readonly T[], code: string): T | undefined {
    const found = words.find((word) => word === value)
    if (found === undefined && value !== undefined) {
      this.add(path, code, `"${String(value)}" is none of: ${words.join(', ')}${suggest(String(value), words)}.`)
    }
    return found
  }

  limit(value: unknown, path: Path, otherwise: Limit): Limit {
    if (value === undefined) return otherwise
    const parsed = typeof value === 'string' ? parseLimit(value) : null
    if (parsed?.ok) return parsed.value
    this.add(path, 'bad-limit', parsed === null ? 'Expected a limit such as "5 workdays".' : parsed.error.message)
    return otherwise
  }

  condition(value: unknown, path: Path): Condition | undefined {
    if (value === undefined) return undefined
    const compiled = compileCondition(this.text(value, path))
    if (compiled.ok) return compiled.value
    this.add(path, 'bad-condition', compiled.error.message)
    return undefined
  }
}

/** `; did you mean "x"?` for the nearest of the known words, or nothing when none is near. */
export function suggest(word: string, known: readonly string[]): string {
  const ranked = known.map((candidate) => ({ candidate, distance: distance(word, candidate) })).sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? `; did you mean "${best.candidate}"?` : ''
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

export type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Leaves out keys whose value is undefined: with `exactOptionalPropertyTypes`, absent and undefined are two things. */
export function present<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>
}
