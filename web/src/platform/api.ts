import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from '@yichuang/contract'
import { type Answer, send } from './http.ts'

/** Optional members may be given as undefined: a filter that is not set. */
type Loose<T> = { readonly [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] }
type Part<Name extends string, T> = keyof T extends never ? { readonly [N in Name]?: never } : { readonly [N in Name]: Loose<T> }
type QueryPart<T> = keyof T extends never ? { readonly query?: never } : { readonly query?: { readonly [K in keyof T]?: T[K] | undefined } }

export type Ask<E extends Endpoint> = Part<'params', ParamsOf<E>> & Part<'body', BodyOf<E>> & QueryPart<QueryOf<E>> & Extras
type Extras = {
  readonly idempotencyKey?: string | undefined
  readonly ifMatch?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Ask one endpoint of the contract; answers with its typed body, throws `Problem` or `Unreachable`. */
export async function ask<E extends Endpoint>(endpoint: E, args: Ask<E>): Promise<AnswerOf<E>> {
  const { params, query, body, idempotencyKey, ifMatch, signal } = args as Extras & { params?: object; query?: object; body?: unknown }
  const answer: Answer<AnswerOf<E>> = await send(`/api/v1${pathOf(endpoint, params ?? {})}`, {
    method: endpoint.method,
    query: query as { [name: string]: string | number | boolean | undefined } | undefined,
    body: endpoint.method === 'GET' || endpoint.method === 'DELETE' ? undefined : (body ?? {}),
    idempotencyKey: endpoint.changes ? (idempotencyKey ?? crypto.randomUUID()) : undefined,
    ifMatch: ifMatch === undefined ? undefined : `"${ifMatch}"`,
    signal,
  })
  return answer.value
}

function pathOf(endpoint: Endpoint, params: object): string {
  const values = params as { readonly [name: string]: unknown }
  return endpoint.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(String(values[name])))
}
