/** Messages that failed too often: seen by whoever watches, and tried again when an operator says so. */
import type { Queries } from './pg/database.ts'
import { statement } from './pg/statement.ts'

export type ParkedMessage = {
  readonly id: number
  readonly consumer: string
  readonly topic: string
  readonly key: string
  readonly error: string | null
  readonly parked_at: string
}

const MOST = 1000

const count = statement('outbox.count-parked', 'select count(*)::int4 as parked from outbox where outbox.parked_at is not null', {
  parked: 'int4',
})
const list = statement(
  'outbox.list-parked',
  `select outbox.id, outbox.consumer, outbox.topic, outbox.key, outbox.error, outbox.parked_at
   from outbox where outbox.parked_at is not null order by outbox.id limit $1`,
  { id: 'int8', consumer: 'text', topic: 'text', key: 'text', error: 'text?', parked_at: 'timestamptz' },
)
// The error stays until the message is through: the next look says what it was.
const retry = statement(
  'outbox.retry-parked',
  'update outbox set parked_at = null, attempts = 0, available_at = now() where outbox.parked_at is not null',
)

export const parkedMessages = {
  count: async (db: Queries) => (await db.one(count)).parked,
  /** The oldest thousand. */
  list: (db: Queries): Promise<ParkedMessage[]> => db.query(list, [MOST]),
  /** Running servers take them up within a second; answers how many there were. */
  retry: (db: Queries) => db.run(retry),
}
