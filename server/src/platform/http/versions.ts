/** Optimistic locking over HTTP: an ETag is the version of the thing, If-Match the version that was looked at. */
import { ok, type Result, refuse } from '@yichuang/result'

export function etag(version: number): string {
  return `"${version}"`
}

/** The version the caller looked at; null when the header is absent or `*`. */
export function ifMatch(header: string | undefined): Result<number | null> {
  if (header === undefined || header.trim() === '*') return ok(null)
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())
  if (match === null) return refuse('platform/request-invalid', 'If-Match must be the ETag of the last answer, such as "7"', { header })
  return ok(Number(match[1]))
}
