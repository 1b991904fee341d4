/** How an endpoint of the contract becomes a route: parse, who, answer; for commands also the transaction and the key. */
import type { AnswerOf, BodyOf, Endpoint, Instant, ParamsOf, QueryOf } from '@yichuang/contract'
import type { Result } from '@yichuang/result'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import type { Principal } from '../access.ts'
import type { Database, Tx } from '../pg/database.ts'
import type { Clock } from '../time.ts'
import { findAnswer, type Keyed, keepAnswer, keyOf } from './idempotency.ts'
import { orRefuse, Refused } from './problems.ts'
import { answerFault } from './validation.ts'
import { etag, ifMatch } from './versions.ts'

export type Call<E extends Endpoint> = {
  readonly params: ParamsOf<E>
  readonly query: QueryOf<E>
  readonly body: BodyOf<E>
  /** The product's time at which the request came in. */
  readonly now: Instant
  /** Who calls; a refusal (401) for a guest on a public endpoint. */
  readonly principal: Principal
  /** Who calls, or null for a guest. */
  readonly guest: Principal | null
  readonly idempotencyKey: string | null
  /** Version in If-Match, or null when absent. */
  ifMatch(): number | null
  /** Puts the version into the ETag of the answer. */
  etag(version: number): void
  header(name: string, value: string): void
  readonly request: FastifyRequest
}

export type Answer<E extends Endpoint> = (call: Call<E>) => Promise<Result<AnswerOf<E>>>
export type Command<E extends Endpoint> = (call: Call<E>, tx: Tx) => Promise<Result<AnswerOf<E>>>

export type CommandOptions = {
  /** unused: answered anew each time and kept nowhere, for answers with personal data. Must an Idempotency-Key be there? POST: yes unless told; PUT, PATCH and DELETE are repeatable by nature and may carry one. */
  readonly key?: 'required' | 'optional' | 'unused'
}

/** What routes are made with. */
export type Work = { readonly db: Database; readonly clock: Clock; readonly checkAnswers: boolean }

export const API = '/api/v1'

export function registerAnswer<E extends Endpoint>(app: FastifyInstance, work: Work, endpoint: E, answer: Answer<E>): void {
  const fault = answerFault(endpoint.answer)
  route(app, endpoint, async (request, reply) => {
    const headers: Headers = {}
    const value = orRefuse(await answer(callOf(work, endpoint, request, headers)))
    if (work.checkAnswers) refuseWrongAnswer(endpoint, fault(value))
    return reply.headers(headers).send(value ?? {})
  })
}

export function registerCommand<E extends Endpoint>(
  app: FastifyInstance,
  work: Work,
  endpoint: E,
  command: Command<E>,
  options: CommandOptions,
): void {
  const fault = answerFault(endpoint.answer)
  const required = (options.key ?? (endpoint.method === 'POST' ? 'required' : 'optional')) === 'required'
  route(app, endpoint, async (request, reply) => {
    const headers: Headers = {}
    const call = callOf(work, endpoint, request, headers)
    const keyed = options.key === 'unused' ? null : keyOf(request, endpoint, call.guest?.person ?? 'guest', required)
    const done = await work.db.tx(
      async (tx) => {
        const earlier = keyed === null ? null : await findAnswer(tx, keyed)
        return earlier ?? carryOut(tx, keyed, headers, () => command(call, tx))
      },
      { retries: 8 },
    )
    if (work.checkAnswers) refuseWrongAnswer(endpoint, fault(done.answer))
    return reply.headers(done.headers).send(done.answer)
  })
}

type Headers = { [name: string]: string }
type Done = { readonly headers: Headers; readonly answer: unknown }

async function carryOut(tx: Tx, keyed: Keyed | null, headers: Headers, work: () => Promise<Result<unknown>>): Promise<Done> {
  const answer = orRefuse(await work()) ?? {}
  if (keyed !== null) await keepAnswer(tx, keyed, headers, answer)
  return { headers, answer }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

function route(app: FastifyInstance, endpoint: Endpoint, handler: Handler): void {
  app.route({ method: endpoint.method, url: `${API}${endpoint.path}`, schema: schemaOf(endpoint), handler })
}

function schemaOf(endpoint: Endpoint): FastifySchema {
  const filled = (schema: unknown) => Object.keys((schema as { properties?: object }).properties ?? { any: 1 }).length > 0
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[1] ?? ''],
    ...(filled(endpoint.params) ? { params: endpoint.params } : {}),
    ...(filled(endpoint.query) ? { querystring: endpoint.query } : {}),
    ...(filled(endpoint.body) ? { body: endpoint.body } : {}),
    response: { 200: endpoint.answer },
    endpoint,
  } as FastifySchema
}

function callOf<E extends Endpoint>(work: Work, endpoint: E, request: FastifyRequest, headers: Headers): Call<E> {
  const guest = request.identity?.principal ?? null
  if (endpoint.access === 'session') signedIn(guest)
  const key = request.headers['idempotency-key']
  return {
    params: request.params as ParamsOf<E>,
    query: request.query as QueryOf<E>,
    body: (request.body ?? {}) as BodyOf<E>,
    now: work.clock.now(),
    get principal() {
      return signedIn(guest)
    },
    guest,
    idempotencyKey: typeof key === 'string' ? key : null,
    ifMatch: () => orRefuse(ifMatch(request.headers['if-match'])),
    etag: (version) => {
      headers.etag = etag(version)
    },
    header: (name, value) => {
      headers[name] = value
    },
    request,
  }
}

export function signedIn(principal: Principal | null): Principal {
  if (principal !== null) return principal
  throw new Refused({
    code: 'sessions/not-logged-in',
    message: 'log in first: POST /api/v1/sessions, then send the cookie or the bearer token',
  })
}

function refuseWrongAnswer(endpoint: Endpoint, fault: string | null): void {
  if (fault !== null) throw new Error(`the answer of ${endpoint.id} breaks its own schema: ${fault}`)
}
