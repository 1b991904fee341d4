/**
 * A typed caller of the API, given a `fetch`: for tours, tests, benchmarks and programs of others. The browser has its own
 * (it lives on a cookie). Each change carries an Idempotency-Key; a repeat after a lost answer uses the same one.
 */
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from './endpoint.ts'
import type { Problem } from './words.ts'

type Ask<E extends Endpoint> = {
  readonly params?: ParamsOf<E>
  readonly query?: QueryOf<E>
  readonly body?: BodyOf<E>
  /** Version that was looked at. */
  readonly ifMatch?: number
  readonly key?: string
}

export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<{
  readonly status: number
  readonly ok: boolean
  text(): Promise<string>
}>

/** An answer that was no answer: what the server said, as it said it. */
export class ApiProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`)
    this.name = 'ApiProblem'
    this.problem = problem
  }
}

export type Client = {
  readonly token: string | null
  call<E extends Endpoint>(endpoint: E, ask?: Ask<E>): Promise<AnswerOf<E>>
}

export type ClientOptions = { readonly url: string; readonly fetch: Fetch; readonly newKey: () => string; readonly token?: string }

export function makeClient({ url, fetch, newKey, token }: ClientOptions): Client {
  return {
    token: token ?? null,
    call: async (endpoint, ask = {}) => {
      const headers: Record<string, string> = {}
      if (token !== undefined) headers.authorization = `Bearer ${token}`
      if (endpoint.changes) headers['idempotency-key'] = ask.key ?? newKey()
      if (ask.ifMatch !== undefined) headers['if-match'] = `"${ask.ifMatch}"`
      const address = url + addressOf(endpoint, ask.params ?? {}, ask.query ?? {})
      const response = await fetch(address, withBody({ method: endpoint.method, headers }, endpoint, ask.body))
      const text = await response.text()
      const answer: unknown = text === '' ? {} : JSON.parse(text)
      if (!response.ok) throw new ApiProblem(answer as Problem)
      return answer as never
    },
  }
}

function withBody(init: { method: string; headers: Record<string, string> }, endpoint: Endpoint, body: unknown) {
  if (endpoint.method === 'GET' || endpoint.method === 'DELETE') return init
  init.headers['content-type'] = 'application/json'
  return { ...init, body: JSON.stringify(body ?? {}) }
}

/** Path and query of one call, from `/api/v1` on. */
export function addressOf(endpoint: Endpoint, params: unknown, query: unknown): string {
  const named = params as { readonly [name: string]: unknown }
  const path = endpoint.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(named[name])))
  const pairs = Object.entries(query as object).filter(([, value]) => value !== undefined)
  const search = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')
  return `/api/v1${path}${search === '' ? '' : `?${search}`}`
}
