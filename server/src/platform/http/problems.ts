/** One place where refusals and broken machines become problem+json (RFC 9457) with a stable code. */
import type { Problem } from '@yichuang/contract'
import type { Refusal, Result } from '@yichuang/result'
import { DatabaseUnavailable, isFull, isLost } from '../pg/errors.ts'

/** A refusal on its way out: thrown to leave a transaction, caught by the error handler. */
export class Refused extends Error {
  readonly refusal: Refusal
  readonly fields: readonly Field[] | undefined
  constructor(refusal: Refusal, fields?: readonly Field[]) {
    super(refusal.message)
    this.name = 'Refused'
    this.refusal = refusal
    this.fields = fields
  }
}

/** `words` where a person fills the field in. */
export type Field = { readonly path: string; readonly message: string; readonly words?: { readonly zh: string; readonly en: string } }

/** The value, or the refusal as an exception that becomes a problem: for use inside handlers and transactions. */
export function orRefuse<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Refused(result.error)
}

/** Exact codes first, then the last word of the code; what is left is 422: understood, well formed, not possible. */
const STATUS: Readonly<Record<string, number>> = {
  'sessions/not-logged-in': 401,
  'sessions/wrong-credentials': 401,
  'sessions/person-unknown': 401,
  'applications/material-unknown': 422,
  'applications/same-application-open': 409,
  'applications/bundle-changed': 409,
  'applications/draft-changed-elsewhere': 409,
  'cases/changed-meanwhile': 409,
  'cases/org-unknown': 422,
  'caseflow/case-ended': 409,
  'caseflow/case-suspended': 409,
  'caseflow/step-not-ready': 409,
  'files/too-large': 413,
  'files/type-forbidden': 415,
  'files/disk-full': 507,
  'files/quota-exceeded': 429,
  'platform/disk-full': 507,
  'applications/file-too-large': 413,
  'applications/file-format-unfit': 415,
  'platform/request-invalid': 400,
  'platform/body-unreadable': 400,
  'platform/cursor-invalid': 400,
  'platform/idempotency-key-missing': 400,
  'platform/cross-site': 403,
  'platform/body-too-large': 413,
  'platform/media-type-unsupported': 415,
  'platform/too-many-requests': 429,
  'platform/database-unavailable': 503,
  'platform/starting': 503,
  'platform/not-allowed': 403,
  'platform/bug': 500,
}
const BY_WORDING: readonly (readonly [RegExp, number])[] = [
  [/[/-]unknown$/, 404],
  [/[/-]not-found$/, 404],
  [/\/already-/, 409],
  [/not-your-|not-allowed|not-a-demonstration|applicant-only/, 403],
]

export function statusOf(code: string): number {
  return STATUS[code] ?? BY_WORDING.find(([wording]) => wording.test(code))?.[1] ?? 422
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not logged in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Type not supported',
  422: 'Not possible',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
  507: 'No space left',
}

export function problem(refusal: Refusal, request?: string, fields?: readonly Field[]): Problem {
  const status = statusOf(refusal.code)
  return {
    type: `/api/docs#${refusal.code}`,
    title: TITLES[status] ?? 'Problem',
    status,
    code: refusal.code,
    detail: refusal.message,
    ...(refusal.data === undefined ? {} : { data: { ...refusal.data } }),
    ...(fields === undefined ? {} : { fields: fields.map((field) => ({ ...field })) }),
    ...(request === undefined ? {} : { request }),
  }
}

type FrameworkError = { readonly code?: unknown; readonly statusCode?: unknown; readonly message?: unknown }

/** Errors of the HTTP framework, by its own codes. */
const FRAMEWORK: Readonly<Record<string, Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'platform/body-too-large', message: 'the body is larger than this endpoint takes' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'platform/media-type-unsupported',
    message: 'send application/json (uploads: multipart/form-data)',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'platform/body-unreadable',
    message: 'the body is shorter or longer than announced; send it again',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'platform/body-unreadable', message: 'the body is not valid JSON' },
  FST_ERR_BAD_URL: { code: 'platform/request-invalid', message: 'the address is not a valid URL' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    code: 'platform/media-type-unsupported',
    message: 'send multipart/form-data with one part named file',
  },
}

/** What an error tells the outside. Bugs say nothing of the inside but the number under which the log has them. */
export function refusalOf(error: unknown): { readonly refusal: Refusal; readonly fields?: readonly Field[]; readonly bug: boolean } {
  if (error instanceof Refused) {
    return { refusal: error.refusal, bug: false, ...(error.fields === undefined ? {} : { fields: error.fields }) }
  }
  if (error instanceof DatabaseUnavailable || isLost(error)) {
    const message = 'the database cannot be reached just now; repeat with the same Idempotency-Key, nothing will be done twice'
    return { refusal: { code: 'platform/database-unavailable', message }, bug: false }
  }
  if (isFull(error)) {
    const message =
      'the database has no space left; nothing was changed, repeat with the same Idempotency-Key when the operator has made room'
    return { refusal: { code: 'platform/disk-full', message }, bug: false }
  }
  const { code, statusCode, message } = (error ?? {}) as FrameworkError
  const known = typeof code === 'string' ? FRAMEWORK[code] : undefined
  if (known !== undefined) return { refusal: known, bug: false }
  if (error instanceof SyntaxError && statusCode === 400) {
    return { refusal: { code: 'platform/body-unreadable', message: `the body is not valid JSON: ${String(message)}` }, bug: false }
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return { refusal: { code: 'platform/request-invalid', message: String(message) }, bug: false }
  }
  const words = 'something broke on our side; nothing was changed. Report the request number, it is in the log'
  return { refusal: { code: 'platform/bug', message: words }, bug: true }
}
