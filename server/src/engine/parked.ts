/** Future moments that failed too often: seen by whoever watches, and tried again when an operator says so. */
import type { Queries } from '../platform/pg/database.ts'
import { statement } from '../platform/pg/statement.ts'

export type ParkedObligation = {
  readonly case_id: string
  readonly no: string | null
  readonly clock: string
  readonly level: string
  readonly due_at: string
  readonly error: string | null
  readonly parked_at: string
}

const MOST = 1000

const count = statement(
  'engine.count-parked-obligations',
  'select count(*)::int4 as parked from obligations where obligations.parked_at is not null',
  { parked: 'int4' },
)
const list = statement(
  'engine.list-parked-obligations',
  `select obligations.case_id, cases.no, obligations.clock, obligations.level, obligations.due_at, obligations.error, obligations.parked_at
   from obligations left join cases on cases.id = obligations.case_id
   where obligations.parked_at is not null order by obligations.parked_at, obligations.case_id limit $1`,
  { case_id: 'uuid', no: 'text?', clock: 'text', level: 'text', due_at: 'timestamptz', error: 'text?', parked_at: 'timestamptz' },
)
const retry = statement(
  'engine.retry-parked-obligations',
  'update obligations set parked_at = null, attempts = 0 where obligations.parked_at is not null',
)

export const parkedObligations = {
  count: async (db: Queries) => (await db.one(count)).parked,
  /** The thousand that have lain longest. */
  list: (db: Queries): Promise<ParkedObligation[]> => db.query(list, [MOST]),
  /** Running servers fire them within a second; answers how many there were. */
  retry: (db: Queries) => db.run(retry),
}
