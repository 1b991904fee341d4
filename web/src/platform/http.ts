import { language } from './i18n.ts'
import { Problem, type ProblemBody, Unreachable } from './problem.ts'

export type Query = { readonly [name: string]: string | number | boolean | undefined }
export type Send = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly query?: Query | undefined
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  /** One key per logical submit; see `submit.ts`. */
  readonly idempotencyKey?: string | undefined
  /** Version the change was decided on: `If-Match`. */
  readonly ifMatch?: string | undefined
}
export type Answer<T> = { readonly value: T; readonly etag: string | null }

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The only caller of fetch. Session by cookie; every change carries a header that no foreign page can set. */
export async function send<T>(path: string, options: Send = {}): Promise<Answer<T>> {
  const method = options.method ?? 'GET'
  const headers: { [name: string]: string } = { accept: 'application/json, application/problem+json', 'accept-language': language() }
  if (method !== 'GET') headers['x-requested-with'] = 'yichuang'
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch
  const response = await reach(withQuery(path, options.query), {
    method,
    headers: options.body === undefined || options.body instanceof FormData ? headers : { ...headers, 'content-type': 'application/json' },
    credentials: 'same-origin',
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.body === undefined ? {} : { body: options.body instanceof FormData ? options.body : JSON.stringify(options.body) }),
  })
  if (!response.ok) throw new Problem(response.status, await problemBody(response))
  const value = response.status === 204 ? undefined : await response.json()
  return { value: value as T, etag: response.headers.get('etag') }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable()
  }
}

async function problemBody(response: Response): Promise<ProblemBody> {
  try {
    return (await response.json()) as ProblemBody
  } catch {
    return { title: response.statusText }
  }
}
