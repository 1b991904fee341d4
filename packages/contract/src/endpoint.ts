/**
 * One endpoint of `/api/v1`: what it takes, what it answers, which refusals it names. The server registers routes from these,
 * the browser calls them typed, and OpenAPI is generated from them: three readers, one source.
 */
import Type, { type Static, type TSchema } from 'typebox'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Endpoint<P extends TSchema = TSchema, Q extends TSchema = TSchema, B extends TSchema = TSchema, A extends TSchema = TSchema> = {
  readonly id: string
  readonly method: Method
  /** Path under `/api/v1` with `:name` parameters. */
  readonly path: string
  readonly summary: string
  /** public: no session needed. */
  readonly access: 'public' | 'session'
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly answer: A
  /** Refusal codes a caller should know, beside the general ones of the platform. */
  readonly refusals: readonly string[]
  /** Changes something: takes an Idempotency-Key. */
  readonly changes: boolean
}

export const Nothing = Type.Object({})

type Spec<P, Q, B, A> = {
  id: string
  at: `${Method} /${string}`
  summary: string
  access?: 'public' | 'session'
  params?: P
  query?: Q
  body?: B
  answer: A
  refusals?: readonly string[]
  /** POST that only computes (plan, search): no Idempotency-Key, nothing changes. */
  pure?: boolean
}

export function endpoint<
  A extends TSchema,
  P extends TSchema = typeof Nothing,
  Q extends TSchema = typeof Nothing,
  B extends TSchema = typeof Nothing,
>(spec: Spec<P, Q, B, A>): Endpoint<P, Q, B, A> {
  const [method, path] = spec.at.split(' ') as [Method, string]
  return {
    id: spec.id,
    method,
    path,
    summary: spec.summary,
    access: spec.access ?? 'session',
    params: (spec.params ?? Nothing) as P,
    query: (spec.query ?? Nothing) as Q,
    body: (spec.body ?? Nothing) as B,
    answer: spec.answer,
    refusals: spec.refusals ?? [],
    changes: method !== 'GET' && spec.pure !== true,
  }
}

export type ParamsOf<E extends Endpoint> = Static<E['params']>
export type QueryOf<E extends Endpoint> = Static<E['query']>
export type BodyOf<E extends Endpoint> = Static<E['body']>
export type AnswerOf<E extends Endpoint> = Static<E['answer']>
