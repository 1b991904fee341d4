/** What can go wrong with the database, told apart once: lost, to be tried again, or a broken rule. */
export class DatabaseUnavailable extends Error {
  readonly code = 'platform/database-unavailable'
  constructor(cause: unknown) {
    super('the database cannot be reached; nothing was changed unless the loss came during commit: repeat with the same Idempotency-Key', {
      cause,
    })
    this.name = 'DatabaseUnavailable'
  }
}

/** A transaction whose statements failed unnoticed: PostgreSQL answers `commit` with a rollback, which must never pass for success. */
export class TransactionLost extends Error {
  constructor() {
    super('commit was answered by a rollback: a statement of the transaction failed and nobody waited for it')
    this.name = 'TransactionLost'
  }
}

type Coded = { readonly code?: unknown; readonly constraint?: unknown; readonly message?: unknown }

const LOST_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN'])
/** 57P01..03 shut down, crashed, starting; 53300 too many connections; 25P03 idle in transaction; 08 connection exceptions. */
const LOST_STATE = /^(57P0[1-5]|53300|25P03|08...)$/
const LOST_WORDS =
  /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|client was closed|not currently accepting connections|cannot use a pool after/i

export function isLost(error: unknown): boolean {
  const { code, message } = (error ?? {}) as Coded
  if (typeof code === 'string' && (LOST_SYSTEM.has(code) || LOST_STATE.test(code))) return true
  if (error instanceof AggregateError) return error.errors.some(isLost)
  return (code === undefined || code === '55000') && typeof message === 'string' && LOST_WORDS.test(message)
}

/** 53100: the server could not write a page more; the transaction is undone. */
export function isFull(error: unknown): boolean {
  return ((error ?? {}) as Coded).code === '53100'
}

/** Serialization failure and deadlock: the same work may well succeed when begun again. */
export function isTransient(error: unknown): boolean {
  const { code } = (error ?? {}) as Coded
  return code === '40001' || code === '40P01'
}

/** The constraint that a unique violation names, or null for any other error. */
export function brokenUnique(error: unknown): string | null {
  const { code, constraint } = (error ?? {}) as Coded
  return code === '23505' && typeof constraint === 'string' ? constraint : null
}
