/**
 * The due-time queue: every future moment of every case is a row; what is due is fired once, in the order in which it fell due, each in a
 * transaction of its own. Never a scan of cases, never keyed on "last modified". A row that fails is parked with its error and stops nobody else.
 */
import type { Instant } from '@yichuang/workday'
import type { Database } from '../platform/pg/database.ts'
import { DatabaseUnavailable } from '../platform/pg/errors.ts'
import { statement } from '../platform/pg/statement.ts'
import type { Engine } from './engine.ts'
import { Conflict } from './run.ts'

/** Passes, about a second apart, after which a row that fails is parked. */
const ATTEMPTS = 5
/** Times that a case which moves under our hands is looked at again in one pass. */
const CONFLICTS = 20
const BATCH = 200
const LANES = 4

const due = statement(
  'engine.due-obligations',
  `select obligations.case_id, obligations.clock, obligations.level, obligations.due_at from obligations
   where obligations.due_at <= $1::timestamptz and obligations.parked_at is null
   order by obligations.due_at, obligations.case_id, obligations.level limit $2::integer`,
  { case_id: 'uuid', clock: 'text', level: 'text', due_at: 'timestamptz' },
)
const next = statement(
  'engine.next-obligation',
  'select min(obligations.due_at) as due_at from obligations where obligations.parked_at is null',
  {
    due_at: 'timestamptz?',
  },
)
const claim = statement(
  'engine.claim-obligation',
  `select obligations.due_at from obligations
   where obligations.case_id = $1::uuid and obligations.clock = $2 and obligations.level = $3 and obligations.due_at <= $4::timestamptz
     and obligations.parked_at is null`,
  { due_at: 'timestamptz' },
)
const settle = statement(
  'engine.settle-obligation',
  'delete from obligations where obligations.case_id = $1::uuid and obligations.clock = $2 and obligations.level = $3',
  {},
)
const move = statement(
  'engine.move-obligation',
  `update obligations set due_at = $4::timestamptz
   where obligations.case_id = $1::uuid and obligations.clock = $2 and obligations.level = $3`,
  {},
)
const fail = statement(
  'engine.fail-obligation',
  `update obligations set attempts = obligations.attempts + 1, error = $4, parked_at = case when obligations.attempts + 1 >= $5::integer then $6::timestamptz end
   where obligations.case_id = $1::uuid and obligations.clock = $2 and obligations.level = $3`,
  {},
)

type End = 'fired' | 'gone' | 'failed'
type Count = { readonly fired: number; readonly settled: number }
type Row = { readonly case_id: string; readonly clock: string; readonly level: string; readonly due_at: Instant }

export type ObligationQueue = {
  /** Fires everything that is due now; answers how many fired. */
  fireDue(): Promise<number>
  /** The moment at which the next falls due, or fell; null when there is none. */
  nextDue(): Promise<Instant | null>
  start(): void
  /** Waits for what is under way. */
  stop(): Promise<void>
}

export type ObligationParts = {
  readonly db: Database
  readonly engine: Engine
  readonly now: () => Instant
  readonly report: (error: unknown) => void
}

export function makeObligationQueue({ db, engine, now, report }: ObligationParts): ObligationQueue {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<number> | undefined

  /** One runner at a time in the whole cluster of servers; the case's version, not a lock on the row, keeps a moment from firing twice. */
  async function fireAll(): Promise<number> {
    return (await db.locked('engine.obligations', fireBatches)) ?? 0
  }

  async function fireBatches(): Promise<number> {
    let fired = 0
    for (;;) {
      const rows = await db.query(due, [now(), BATCH])
      const lanes = await Promise.all(lanesOf(rows).map(fireLane))
      fired += lanes.reduce((sum, lane) => sum + lane.fired, 0)
      // Rows that failed stand in front until they are parked: a full batch is followed by another as long as one of it was settled.
      if (rows.length < BATCH || lanes.every((lane) => lane.settled === 0)) return fired
    }
  }

  async function fireLane(rows: readonly Row[]): Promise<Count> {
    let [fired, settled] = [0, 0]
    for (const row of rows) {
      const end = await fireOne(row)
      if (end === 'fired') fired += 1
      if (end !== 'failed') settled += 1
    }
    return { fired, settled }
  }

  async function fireOne(row: Row): Promise<End> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await fireInTransaction(row)
      } catch (error) {
        if (error instanceof Conflict && attempt < CONFLICTS) continue
        if (error instanceof DatabaseUnavailable) throw error
        report(error)
        await db.run(fail, [row.case_id, row.clock, row.level, String(error), ATTEMPTS, now()])
        return 'failed'
      }
    }
  }

  function fireInTransaction(row: Row): Promise<End> {
    return db.tx(async (tx) => {
      const claimed = await tx.maybe(claim, [row.case_id, row.clock, row.level, now()])
      if (claimed === null) return 'gone'
      const told = await engine.tell(tx, row.case_id, { type: 'fire', clock: row.clock, level: row.level, dueAt: claimed.due_at })
      const moved = told.ok || told.error.code !== 'caseflow/obligation-moved' ? undefined : told.error.data?.dueAt
      // A new calendar may have moved it before the case was told; otherwise a refusal means that the moment has lost its meaning
      // (the case has ended, the level has fired), and the row goes as if it had fired.
      if (typeof moved === 'string') await tx.run(move, [row.case_id, row.clock, row.level, moved])
      else await tx.run(settle, [row.case_id, row.clock, row.level])
      return told.ok ? 'fired' : 'gone'
    })
  }

  const pulse = () => {
    running ??= fireAll().finally(() => {
      running = undefined
    })
    return running
  }
  /** What is under way may have looked at the time before the caller did: it is waited for, then everything is looked at again. */
  const fireDue = async () => {
    const before = (await running) ?? 0
    return before + (await pulse())
  }

  return {
    fireDue,
    nextDue: async () => (await db.one(next)).due_at,
    start() {
      timer = setInterval(() => pulse().catch(report), 1000)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      await running?.catch(report)
    },
  }
}

/** Rows of one case stay in one lane, in order; lanes run side by side. */
function lanesOf(rows: readonly Row[]): Row[][] {
  const lanes: Row[][] = Array.from({ length: LANES }, () => [])
  for (const row of rows) lanes[Number.parseInt(row.case_id.slice(-2), 16) % LANES]?.push(row)
  return lanes
}
