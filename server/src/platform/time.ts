/**
 * The product's clock: real time, plus in demonstration mode an offset that is stored in the database and only grows.
 * Whatever a citizen or officer sees runs on it; sessions, retries and locks run on real time.
 */

import { ok, type Result, refuse } from '@yichuang/result'
import type { Instant } from '@yichuang/workday'
import type { Database } from './pg/database.ts'
import { statement } from './pg/statement.ts'

export type Clock = {
  now(): Instant
  /** Milliseconds ahead of real time; 0 outside demonstration mode. */
  offsetMs(): number
  /** Moves the clock forward by an ISO 8601 duration (`P3D`, `PT4H`). Demonstration mode only. */
  advance(duration: string): Promise<Result<Instant>>
  /** Called after the clock was moved, here or in another process. Returns the function that ends it. */
  listen(moved: () => void): () => void
  stop(): Promise<void>
}

const readOffset = statement('clock.read', 'select demo_clock.offset_ms from demo_clock where demo_clock.id = 1', { offset_ms: 'int8' })
const writeOffset = statement(
  'clock.write',
  `with moved as (
     update demo_clock set offset_ms = (extract(epoch from
       ((now() + make_interval(secs => demo_clock.offset_ms / 1000.0)) at time zone 'UTC' + $1::interval) at time zone 'UTC' - now()) * 1000)::bigint
     where demo_clock.id = 1 returning demo_clock.offset_ms
   )
   select moved.offset_ms, pg_notify('demo_clock', '')::text as told from moved`,
  { offset_ms: 'int8', told: 'text?' },
)

export async function openClock(db: Database, demo: boolean, realMs: () => number = Date.now): Promise<Clock> {
  const listeners = new Set<() => void>()
  let offset = demo ? (await db.one(readOffset)).offset_ms : 0
  const moveTo = (next: number) => {
    // Two words about one move may cross: the clock never goes back.
    if (next <= offset) return
    offset = next
    for (const moved of listeners) moved()
  }
  const reload = () => {
    db.one(readOffset).then(
      (row) => moveTo(row.offset_ms),
      () => {},
    )
  }
  const stop = demo ? await db.listen(['demo_clock'], reload) : async () => {}
  return {
    now: () => new Date(realMs() + offset).toISOString(),
    offsetMs: () => offset,
    advance: async (duration) => {
      const checked = checkAdvance(demo, duration)
      if (!checked.ok) return checked
      moveTo((await db.one(writeOffset, [duration])).offset_ms)
      return ok(new Date(realMs() + offset).toISOString())
    },
    listen: (moved) => {
      listeners.add(moved)
      return () => listeners.delete(moved)
    },
    stop,
  }
}

/** Weeks alone, or years … seconds; whole numbers, seconds excepted; no sign: the clock moves forward only. */
const DURATION =
  /^P(?:\d{1,4}W|(?=\d|T\d)(?:(\d{1,3})Y)?(?:\d{1,4}M)?(?:\d{1,5}D)?(?:T(?=\d)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,7}(?:\.\d{1,3})?S)?)?)$/

function checkAdvance(demo: boolean, duration: string): Result<string> {
  if (!demo) return refuse('demo/not-a-demonstration', 'the clock can be moved in demonstration mode only; start with YICHUANG_DEMO=1')
  if (!DURATION.test(duration)) {
    return refuse('demo/duration-invalid', `${duration} is not a forward ISO 8601 duration; write P3D, PT4H or P1W`, { duration })
  }
  return ok(duration)
}

/** Real time in milliseconds; passed to parts that must not follow the demonstration clock. */
export const realTime = (): number => Date.now()
