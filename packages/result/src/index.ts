/**
 * Result: a value, or the reason why there is none.
 *
 * Pure code returns `Result<T, Refusal>`; it throws only for bugs. A refusal's `code` reads `room/what`
 * (`caseflow/case-suspended`, `applications/material-missing`); its `data` carries what a message needs to say how to mend it.
 */
export type Result<T, E = Refusal> = Ok<T> | Err<E>
export type Ok<T> = { readonly ok: true; readonly value: T }
export type Err<E> = { readonly ok: false; readonly error: E }

export type Refusal = {
  readonly code: string
  /** What happened and how to mend it, in English, for logs and API users; screens translate by `code` and `data`. */
  readonly message: string
  readonly data?: { readonly [key: string]: unknown }
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

export function err<E>(error: E): Err<E> {
  return { ok: false, error }
}

export function refuse(code: string, message: string, data?: Refusal['data']): Err<Refusal> {
  return err(data === undefined ? { code, message } : { code, message, data })
}

/** The value, or an exception that carries the refusal: for tests and for places where a refusal is a bug. */
export function unwrap<T, E>(result: Result<T, E>): T {
  if (result.ok) return result.value
  throw new Error(`unwrap of a refusal: ${JSON.stringify(result.error)}`)
}

/** All values, or the first error. */
export function all<T, E>(results: readonly Result<T, E>[]): Result<T[], E> {
  const values: T[] = []
  for (const result of results) {
    if (!result.ok) return result
    values.push(result.value)
  }
  return ok(values)
}
