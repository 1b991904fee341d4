/** Keyset paging: a cursor is the key of the last row, as JSON in base64url. It says where to go on, never what may be seen. */
import { ok, type Result, refuse } from '@yichuang/result'

export type Key = readonly (string | number | boolean | null)[]

export function encodeCursor(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** `length` parts, or a refusal: cursors are not made by hand. Absent: the first page, null. */
export function decodeCursor(cursor: string | undefined, length: number): Result<Key | null> {
  if (cursor === undefined) return ok(null)
  const key = parse(cursor)
  const fits = Array.isArray(key) && key.length === length && key.every((part) => part === null || typeof part !== 'object')
  if (!fits)
    return refuse('platform/cursor-invalid', 'the cursor is not one that this list gave; take `next` of the page before, or leave it out')
  return ok(key as Key)
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
