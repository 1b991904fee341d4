/** Faults of a pack: where, what, and how grave. */

export const SEVERITIES = ['error', 'warning'] as const
export type Severity = (typeof SEVERITIES)[number]

export type PackIssue = {
  /** Path inside the pack. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
  /** `pack/dangling-matter` */
  readonly code: string
  /** What is wrong and how to mend it. */
  readonly message: string
  readonly severity: Severity
}

export type Path = readonly (string | number)[]
/** A file of the pack that can say where a value of it stands. */
export type Located = { readonly path: string; readonly locate: (path: Path) => { readonly line: number; readonly column: number } }
/** A value in a file. */
export type Place = { readonly file: Located; readonly path: Path }

export type Issues = {
  readonly error: (place: Place, code: string, message: string) => void
  readonly warn: (place: Place, code: string, message: string) => void
  /** Sorted by file and line; the same fault at the same place is listed once. */
  readonly list: () => readonly PackIssue[]
  readonly failed: () => boolean
}

export function makeIssues(): Issues {
  const found = new Map<string, PackIssue>()
  const add = (severity: Severity) => (place: Place, code: string, message: string) => {
    const issue: PackIssue = { file: place.file.path, ...place.file.locate(place.path), code: `pack/${code}`, message, severity }
    found.set(`${issue.file}:${issue.line}:${issue.column}:${issue.code}:${message}`, issue)
  }
  return {
    error: add('error'),
    warn: add('warning'),
    list: () => [...found.values()].sort(byPlace),
    failed: () => [...found.values()].some((issue) => issue.severity === 'error'),
  }
}

export function under(place: Place, ...path: Path): Place {
  return { file: place.file, path: [...place.path, ...path] }
}

function byPlace(a: PackIssue, b: PackIssue): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : 1)
}

/** `path:line:column severity code message`: the line editors and terminals understand. */
export function formatIssue(issue: PackIssue): string {
  return `${issue.file}:${issue.line}:${issue.column} ${issue.severity} ${issue.code} ${issue.message}`
}
