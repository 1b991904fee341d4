/** Accounts and sessions. All of it runs on real time: moving the demonstration clock logs nobody out. */
import type { Queries } from '../pg/database.ts'
import { statement } from '../pg/statement.ts'

const insertSession = statement(
  'sessions.insert',
  `insert into sessions (token_hash, person, way, expires_at) values ($1, $2, $3, now() + $4::interval)`,
)
const touchSession = statement(
  'sessions.find',
  `select sessions.person, sessions.way, sessions.seen_at < now() - interval '1 minute' as stale
   from sessions
   where sessions.token_hash = $1 and sessions.expires_at > now() and sessions.seen_at > now() - $2::interval`,
  { person: 'text', way: 'text', stale: 'bool' },
)
const seen = statement('sessions.seen', 'update sessions set seen_at = now() where sessions.token_hash = $1')
const deleteSession = statement('sessions.delete', 'delete from sessions where sessions.token_hash = $1')
const deleteOfPerson = statement('sessions.delete-of-person', 'delete from sessions where sessions.person = $1')
const deleteDead = statement(
  'sessions.delete-dead',
  'delete from sessions where sessions.expires_at <= now() or sessions.seen_at <= now() - $1::interval',
)
// One statement looks and counts: of many tries at the same moment no more than the limit are given a hash to compare with.
const attempt = statement(
  'accounts.attempt',
  `update people_accounts set
     failures = case when people_accounts.failures + 1 >= $2 then 0 else people_accounts.failures + 1 end,
     locked_until = case when people_accounts.failures + 1 >= $2 then now() + $3::interval end
   where lower(people_accounts.account) = lower($1) and people_accounts.disabled_at is null
     and coalesce(people_accounts.locked_until <= now(), true)
   returning people_accounts.person, people_accounts.password_hash`,
  { person: 'text', password_hash: 'text' },
)
const succeeded = statement(
  'accounts.succeeded',
  'update people_accounts set failures = 0, locked_until = null where people_accounts.person = $1',
)
const saveAccount = statement(
  'accounts.save',
  `insert into people_accounts (person, account, password_hash) values ($1, $2, $3)
   on conflict (person) do update set account = excluded.account, password_hash = excluded.password_hash, failures = 0, locked_until = null`,
)

/** A day's work and a long lunch; a session ends after eight idle hours, or twelve in all. */
export const IDLE = '8 hours'
export const LONGEST = '12 hours'
export const MOST_FAILURES = 5
export const LOCKED_FOR = '15 minutes'

export type Way = 'demonstration' | 'password'

export async function openSession(db: Queries, hash: Buffer, person: string, way: Way): Promise<void> {
  await db.run(insertSession, [hash, person, way, LONGEST])
}

/** The person of a living session; its idle time begins anew (written once a minute at most). */
export async function findSession(db: Queries, hash: Buffer): Promise<{ person: string; way: Way } | null> {
  const row = await db.maybe(touchSession, [hash, IDLE])
  if (row === null) return null
  if (row.stale) await db.run(seen, [hash])
  return { person: row.person, way: row.way as Way }
}

export async function closeSession(db: Queries, hash: Buffer): Promise<void> {
  await db.run(deleteSession, [hash])
}

/** After a change of password or rights. */
export function closeSessionsOf(db: Queries, person: string): Promise<number> {
  return db.run(deleteOfPerson, [person])
}

export function deleteDeadSessions(db: Queries): Promise<number> {
  return db.run(deleteDead, [IDLE])
}

export const accounts = {
  /** Counts a failure ahead of time and gives what to compare with; null when there is no such account, or it is locked or disabled. */
  attempt: (db: Queries, account: string) => db.maybe(attempt, [account, MOST_FAILURES, LOCKED_FOR]),
  /** Takes the count back, and the lock that the last permitted try may have set. */
  succeeded: (db: Queries, person: string) => db.run(succeeded, [person]),
  save: (db: Queries, person: string, account: string, hash: string) => db.run(saveAccount, [person, account, hash]),
}
