/** Cursors of lists that are ordered by moment and id: a cursor of that form which holds neither is refused here, not by the database. */
import { ok, type Result, refuse } from '@yichuang/result'
import { decodeCursor } from './cursors.ts'

export type MomentKey = { readonly at: string; readonly id: string }

export function isMoment(text: string): boolean {
  return MOMENT.test(text) && !Number.isNaN(Date.parse(text))
}

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function decodeMomentCursor(cursor: string | undefined): Result<MomentKey | null> {
  const key = decodeCursor(cursor, 2)
  if (!key.ok) return key
  if (key.value === null) return ok(null)
  const [at, id] = key.value.map(String) as [string, string]
  return isMoment(at) && isUuid(id) ? ok({ at, id }) : CURSOR_INVALID
}

export const CURSOR_INVALID = refuse(
  'platform/cursor-invalid',
  'the cursor is not one that this list gave; take `next` of the page before, or leave it out',
)
