/**
 * Idempotency-Key: the answer of a command is kept in the command's own transaction. The same key and request is answered again and changes
 * nothing; the same key with another request is refused. Two at the same moment wait for each other.
 */
import { createHash } from 'node:crypto'
import type { Endpoint } from '@yichuang/contract'
import type { FastifyRequest } from 'fastify'
import type { Database, Tx } from '../pg/database.ts'
import { json, statement, typed } from '../pg/statement.ts'
import { Refused } from './problems.ts'

export type Keyed = { readonly person: string; readonly key: string; readonly route: string; readonly hash: Buffer }
export type Kept = { readonly headers: { [name: string]: string }; readonly answer: unknown }

const MOST_CHARACTERS = 200

/** The key of this request, or null when there is none and none is needed. */
export function keyOf(request: FastifyRequest, endpoint: Endpoint, person: string, required: boolean): Keyed | null {
  const key = request.headers['idempotency-key']
  if (key === undefined && !required) return null
  if (typeof key !== 'string' || key.trim() === '' || key.length > MOST_CHARACTERS) {
    const message = `send the header Idempotency-Key with a value of your own (a UUID, 1 to ${MOST_CHARACTERS} characters), the same when you repeat`
    throw new Refused({ code: 'platform/idempotency-key-missing', message })
  }
  const what = JSON.stringify([request.params ?? null, request.query ?? null, request.body ?? null])
  return { person, key, route: endpoint.id, hash: createHash('sha256').update(what).digest() }
}

// Waiters of one key stand in line on a lock, not on each other's rows: the key is written once, at the end, with its answer.
const line = statement('idempotency.line', "select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 8430))::text as stood", {
  stood: 'text?',
})
const find = statement(
  'idempotency.find',
  `select idempotency_keys.route, idempotency_keys.request_hash, idempotency_keys.headers, idempotency_keys.answer
   from idempotency_keys where idempotency_keys.person = $1 and idempotency_keys.key = $2`,
  { route: 'text', request_hash: 'bytea', headers: typed<{ [name: string]: string }>('jsonb'), answer: 'json' },
)
const keep = statement(
  'idempotency.keep',
  `insert into idempotency_keys (person, key, route, request_hash, status, headers, answer) values ($1, $2, $3, $4, 200, $5, $6)`,
)
const forget = statement('idempotency.forget', `delete from idempotency_keys where idempotency_keys.created_at < now() - $1::interval`)

export async function findAnswer(tx: Tx, keyed: Keyed): Promise<Kept | null> {
  const [, row] = await Promise.all([tx.one(line, [keyed.person, keyed.key]), tx.maybe(find, [keyed.person, keyed.key])])
  if (row === null) return null
  if (row.route !== keyed.route || !row.request_hash.equals(keyed.hash)) {
    const message = 'this Idempotency-Key was used for another request; take a new key for a new request'
    throw new Refused({ code: 'platform/idempotency-key-reused', message, data: { key: keyed.key } })
  }
  return { headers: { ...row.headers, 'idempotency-replayed': 'true' }, answer: row.answer }
}

export async function keepAnswer(tx: Tx, keyed: Keyed, headers: Kept['headers'], answer: unknown): Promise<void> {
  await tx.run(keep, [keyed.person, keyed.key, keyed.route, keyed.hash, json(headers), json(answer)])
}

/** Keys are kept this long: longer than any client repeats. */
export const KEPT_FOR = '7 days'

export function forgetOldKeys(db: Database): Promise<number> {
  return db.run(forget, [KEPT_FOR])
}
