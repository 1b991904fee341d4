/**
 * Months of the record. `case_events` only grows: each month is a partition of its own, made ahead of time, so that retention is dropping a
 * table and no index grows for ever. What falls outside the months that are there (a clock moved far ahead) lands in the default partition.
 */
import type { Instant } from '@yichuang/workday'
import type { Database } from '../platform/pg/database.ts'
import { assembled, statement } from '../platform/pg/statement.ts'

const AHEAD_MONTHS = 3

const known = statement(
  'engine.event-partitions',
  `select child.relname::text as name from pg_inherits join pg_class child on child.oid = pg_inherits.inhrelid
   where pg_inherits.inhparent = 'case_events'::regclass`,
  { name: 'text' },
)
const strays = statement(
  'engine.stray-events',
  'select exists (select 1 from case_events_default where case_events_default.at >= $1::timestamptz and case_events_default.at < $2::timestamptz) as found',
  { found: 'bool' },
)

/** The month of `now` and the next ones; answers the names of those made. A month of which the default partition holds rows stays there. */
export async function ensureEventPartitions(db: Database, now: Instant): Promise<string[]> {
  const there = new Set((await db.query(known)).map((row) => row.name))
  const made: string[] = []
  for (const month of monthsFrom(now, AHEAD_MONTHS)) {
    if (there.has(month.name) || (await db.one(strays, [month.from, month.to])).found) continue
    // Bounds cannot be parameters of DDL; they are made here, from digits alone.
    const text = `create table if not exists ${month.name} partition of case_events for values from ('${month.from}') to ('${month.to}')`
    await db.run(assembled(text, {}))
    made.push(month.name)
  }
  return made
}

export type Month = { readonly name: string; readonly from: Instant; readonly to: Instant }

/** Months in UTC: the month of `now` and `ahead` more. */
export function monthsFrom(now: Instant, ahead: number): Month[] {
  const year = Number(now.slice(0, 4))
  const month = Number(now.slice(5, 7)) - 1
  return Array.from({ length: ahead + 1 }, (_, i) => {
    const from = monthStart(year, month + i)
    return { name: `case_events_${from.slice(0, 7).replace('-', '_')}`, from, to: monthStart(year, month + i + 1) }
  })
}

function monthStart(year: number, month: number): Instant {
  return new Date(Date.UTC(year, month, 1)).toISOString()
}
