/** From text to located data: YAML with the line of every value, and the small CSV of villages. */
import { isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { Issues, Located, Path } from './issues.ts'
import { didYouMean } from './nearest.ts'
import { type FileKind, KNOWN_PATHS, kindOf } from './schema.ts'

/** A file of a pack as the caller read it; `path` is relative to the pack's folder, with `/`. */
export type PackFile = { readonly path: string; readonly text: string }
export type SourceFile = Located & { readonly kind: FileKind; readonly data: unknown }

export function readSources(files: readonly PackFile[], issues: Issues): readonly SourceFile[] {
  const sources: SourceFile[] = []
  for (const file of [...files].sort(byPath)) {
    const kind = kindOf(file.path)
    if (kind !== null) sources.push(readYaml(file, kind, issues))
    else if (/\.ya?ml$/.test(file.path)) reportUnknown(file, issues)
  }
  return sources
}

/** The same pack from the same files, in whatever order a disk lists them. */
function byPath(a: PackFile, b: PackFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

function reportUnknown(file: PackFile, issues: Issues): void {
  const place = { file: { path: file.path, locate: () => ({ line: 1, column: 1 }) }, path: [] }
  const hint = didYouMean(file.path, KNOWN_PATHS)
  issues.warn(place, 'unknown-file', `No kind of pack file lives at ${file.path}; it is not read.${hint} Known: ${KNOWN_PATHS.join(', ')}.`)
}

function readYaml(file: PackFile, kind: FileKind, issues: Issues): SourceFile {
  const lineCounter = new LineCounter()
  const document = parseDocument(file.text, { lineCounter, uniqueKeys: true, strict: true })
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const contents = document.contents
  const source = { path: file.path, kind, locate: (path: Path) => at(offsetOf(contents, path)) }
  for (const fault of document.errors) {
    const place = { file: { path: file.path, locate: () => at(fault.pos[0]) }, path: [] }
    issues.error(place, 'yaml', `Not readable as YAML: ${firstLine(fault.message)}`)
  }
  return { ...source, data: document.errors.length > 0 ? undefined : document.toJS() }
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/:$/, '') ?? message
}

/** Offset of the value at `path`; of its key where it is a key of a map; of the nearest ancestor where there is none. */
function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root
  let offset = start(root)
  for (const part of path) {
    const found = child(node, part)
    if (found === null) return offset
    offset = found.offset
    node = found.node
  }
  return offset
}

function child(node: unknown, part: string | number): { node: unknown; offset: number } | null {
  if (!isMap(node)) return item(node, part)
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key) || String(pair.key.value) !== String(part)) continue
    return { node: pair.value, offset: pair.key.range?.[0] ?? 0 }
  }
  return null
}

function item(node: unknown, part: string | number): { node: unknown; offset: number } | null {
  if (typeof part !== 'number' || typeof node !== 'object' || node === null || !('items' in node) || !Array.isArray(node.items)) return null
  const found: unknown = node.items[part]
  return found === undefined ? null : { node: found, offset: isNode(found) ? start(found) : 0 }
}

function start(node: Node | null): number {
  return node?.range?.[0] ?? 0
}

export type Row = { readonly line: number; readonly cells: readonly string[] }

/** Rows of a plain CSV (no quotes: codes and names), each with its line. The first line names the columns and is left out. */
export function readRows(text: string): readonly Row[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  return lines.map((line, index) => ({ line: index + 1, cells: line.split(',').map((cell) => cell.trim()) })).filter(isFilled)
}

function isFilled(row: Row): boolean {
  return row.line > 1 && row.cells.some((cell) => cell !== '')
}
