import type { Text } from '@yichuang/contract'
import { messageFor, type Params, t, words } from './i18n.ts'

export type ProblemField = { readonly path: string; readonly message: string; readonly words?: Text }
export type ProblemBody = {
  readonly status?: number
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly fields?: readonly ProblemField[]
  readonly data?: { readonly [key: string]: unknown }
}

/** problem+json (RFC 9457) as an exception: `code` is stable, `fields` points at what to mend. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: readonly ProblemField[]
  readonly data: { readonly [key: string]: unknown }

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? body.code ?? `HTTP ${status}`)
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? `http/${status}`
    this.fields = body.fields ?? []
    this.data = body.data ?? {}
  }
}

/** The server could not be reached: the same submit may be repeated safely. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable')
    this.name = 'Unreachable'
  }
}

/** What went wrong and how to mend it, in the reader's language: by code first, then by status, then the server's own words. */
export function problemWords(error: unknown): string {
  if (error instanceof Unreachable) return t('problem.unreachable')
  if (!(error instanceof Problem)) return t('problem.unexpected')
  const byCode = messageFor(`problem.${error.code}`, scalars(error.data))
  if (byCode !== undefined) return byCode
  const byStatus = messageFor(`problem.http.${error.status}`)
  return byStatus === undefined ? error.message : `${byStatus} ${error.message}`.trim()
}

/** Why an action cannot be taken now: the pack's words, else ours by code, else the server's. */
export function refusalWords(refusal: { readonly code: string; readonly message: string; readonly words?: Text }): string {
  return refusal.words === undefined ? (messageFor(`problem.${refusal.code}`) ?? refusal.message) : words(refusal.words)
}

/** What is wrong with one field, in the reader's language where the server knows it. */
export function fieldWords(field: ProblemField): string {
  return field.words === undefined ? field.message : words(field.words)
}

/** The case that a draft has become, where a refusal says that it was submitted already. */
export function caseOfSubmitted(error: unknown): string | null {
  const submitted = error instanceof Problem && error.code === 'applications/already-submitted'
  return submitted && typeof error.data.case === 'string' ? error.data.case : null
}

export function isUnauthenticated(error: unknown): boolean {
  return error instanceof Problem && error.status === 401
}

function scalars(data: Problem['data']): Params {
  const params: { [name: string]: string | number } = {}
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === 'string' || typeof value === 'number') params[name] = value
    else if (Array.isArray(value)) params[name] = value.filter((item) => typeof item === 'string').join('、')
  }
  return params
}
