/**
 * The outbox: what happened is written in the transaction in which it happened, one row per consumer, and delivered afterwards:
 * at least once, in order per consumer and key, with growing pauses after failures. A row that fails ten times is parked with its error:
 * it stops no other key, and later rows of its own key only where the consumer holds to their order. Runs on real time.
 */
import type { Database, Queries, Tx } from './pg/database.ts'
import { json, statement } from './pg/statement.ts'
import type { Logger } from './telemetry.ts'

export type Message = { readonly topic: string; readonly key: string; readonly payload: unknown }
export type Delivered = Message & { readonly id: number; readonly attempt: number }
/** What it writes through `tx` is kept together with the fact that the message was handled. Effects outside must bear repetition. */
export type Handler = (message: Delivered, tx: Tx) => Promise<void>

export type ConsumeOptions = {
  /** Asked in the publisher's transaction, of the message alone: whether the handler would do anything at all. Others are not written for it. */
  readonly wants?: (message: Message) => boolean
  /** Messages in one transaction, 50 unless told; 1 for a handler that holds what people at work wait for. */
  readonly batch?: number
  /** A parked message holds back the later ones of its key, until an operator lets it be tried again. Otherwise they overtake it. */
  readonly holdsKey?: boolean
}

export type Outbox = {
  /** To be called for every consumer before the first `publish`. */
  consume(consumer: string, topics: readonly string[], handler: Handler, how?: ConsumeOptions): void
  publish(tx: Tx, message: Message): Promise<void>
  start(): Promise<void>
  /** Delivers all that is due now; for tests and for the demonstration clock. */
  drain(): Promise<number>
  /** Ends after the messages in hand. */
  stop(): Promise<void>
  /** Seconds since the oldest undelivered message was written; 0 when there is none. */
  lag(): Promise<number>
}

export type OutboxOptions = {
  readonly db: Database
  readonly log: Logger
  /** Milliseconds to wait after the given failed attempt (1, 2, …). */
  readonly retryMs?: (attempt: number) => number
}

const CHANNEL = 'outbox'
const BATCH = 50
const MOST_ATTEMPTS = 10
/** When no word comes: also the pulse that finds retries which have become due. */
const POLL_MS = 1000
/** Other processes are told at most this often: a notify inside each transaction would make all commits stand in one line. */
const TELL_MS = 100

const insert = statement(
  'outbox.insert',
  `insert into outbox (consumer, topic, key, payload) select consumers.name, $2, $3, $4::jsonb from unnest($1::text[]) as consumers (name)`,
)
const claim = statement(
  'outbox.claim',
  `select outbox.id, outbox.topic, outbox.key, outbox.payload, outbox.attempts
   from outbox
   where outbox.consumer = $1 and outbox.parked_at is null and outbox.available_at <= now()
     and not exists (
       select 1 from outbox as earlier
       where earlier.consumer = outbox.consumer and earlier.key = outbox.key and earlier.id < outbox.id and earlier.parked_at is null
     )
     and not ($3::boolean and exists (
       select 1 from outbox as held
       where held.consumer = outbox.consumer and held.key = outbox.key and held.id < outbox.id and held.parked_at is not null
     ))
   order by outbox.id limit $2
   for update skip locked`,
  { id: 'int8', topic: 'text', key: 'text', payload: 'jsonb', attempts: 'int4' },
)
const done = statement('outbox.done', 'delete from outbox where outbox.id = any($1::bigint[])')
const failed = statement(
  'outbox.failed',
  `update outbox set attempts = outbox.attempts + 1, error = $2, available_at = now() + make_interval(secs => $3::float8 / 1000),
     parked_at = case when outbox.attempts + 1 >= $4 then now() end
   where outbox.id = $1`,
)
const tell = statement('outbox.tell', `select pg_notify('${CHANNEL}', '')::text as told`, { told: 'text?' })
const oldest = statement(
  'outbox.oldest',
  `select extract(epoch from now() - outbox.created_at)::float8 as seconds
   from outbox where outbox.parked_at is null order by outbox.id limit 1`,
  { seconds: 'float8' },
)

type Consumer = {
  readonly name: string
  readonly topics: ReadonlySet<string>
  readonly handler: Handler
  readonly wants: (message: Message) => boolean
  readonly batch: number
  readonly holdsKey: boolean
  line: Promise<unknown>
  /** A pass that has not begun: it will see whatever was committed before it begins. */
  waiting: Promise<number> | undefined
}

export function makeOutbox({ db, log, retryMs = defaultRetryMs }: OutboxOptions): Outbox {
  const consumers: Consumer[] = []
  let running = false
  let poll: NodeJS.Timeout | undefined
  let telling: NodeJS.Timeout | undefined
  let stopListening = async () => {}

  /** One pass after the other per consumer: order per key holds because the oldest row of a key is the only one that may be claimed. */
  const pass = (consumer: Consumer): Promise<number> => {
    if (consumer.waiting !== undefined) return consumer.waiting
    const next = consumer.line.then(() => {
      consumer.waiting = undefined
      return deliverAll(db, log, retryMs, consumer)
    })
    consumer.waiting = next
    consumer.line = next.catch(() => {})
    return next
  }
  const wake = (woken: readonly Consumer[] = consumers) => {
    if (!running) return
    for (const consumer of woken) pass(consumer).catch((error) => log.warn({ consumer: consumer.name, err: error }, 'outbox pass failed'))
  }
  const tellOthers = () => {
    if (!running) return
    telling ??= setTimeout(() => {
      telling = undefined
      db.run(tell).catch(() => {})
    }, TELL_MS)
  }
  return {
    consume: (name, topics, handler, { wants = () => true, batch = BATCH, holdsKey = false } = {}) => {
      if (consumers.some((consumer) => consumer.name === name)) throw new Error(`outbox consumer ${name} is there twice`)
      consumers.push({ name, topics: new Set(topics), handler, wants, batch, holdsKey, line: Promise.resolve(), waiting: undefined })
    },
    publish: async (tx, message) => {
      const { topic, key, payload } = message
      const hearing = consumers.filter((consumer) => consumer.topics.has(topic) && consumer.wants(message))
      if (hearing.length === 0) return
      tx.onCommit(() => {
        wake(hearing)
        tellOthers()
      })
      await tx.run(insert, [hearing.map((consumer) => consumer.name), topic, key, json(payload)])
    },
    start: async () => {
      running = true
      stopListening = await db.listen([CHANNEL], () => wake())
      poll = setInterval(() => wake(), POLL_MS)
      poll.unref()
      wake()
    },
    drain: async () => {
      let total = 0
      for (;;) {
        const handled = (await Promise.all(consumers.map(pass))).reduce((sum, n) => sum + n, 0)
        if (handled === 0) return total
        total += handled
      }
    },
    stop: async () => {
      running = false
      clearInterval(poll)
      clearTimeout(telling)
      await stopListening()
      await Promise.all(consumers.map((consumer) => consumer.line))
    },
    lag: async () => Math.max(0, (await db.maybe(oldest))?.seconds ?? 0),
  }
}

/** 1 s, 2 s, 4 s … up to 5 minutes: ten attempts span about a quarter of an hour. */
function defaultRetryMs(attempt: number): number {
  return Math.min(1000 * 2 ** (attempt - 1), 300_000)
}

type RetryMs = (attempt: number) => number

async function deliverAll(db: Database, log: Logger, retryMs: RetryMs, consumer: Consumer): Promise<number> {
  let total = 0
  for (;;) {
    const handled = await deliverBatch(db, consumer).catch(() => deliverOne(db, log, retryMs, consumer))
    if (handled === 0) return total
    total += handled
  }
}

/** All that can be claimed in one transaction; one failure undoes the batch, and the rows are then taken one by one. */
function deliverBatch(db: Database, consumer: Consumer): Promise<number> {
  return db.tx(async (tx) => {
    const rows = await tx.query(claim, [consumer.name, consumer.batch, consumer.holdsKey])
    for (const row of rows) await consumer.handler(delivered(row), tx)
    if (rows.length > 0) await finish(tx, rows)
    return rows.length
  })
}

type Row = Message & { readonly id: number; readonly attempts: number }

const delivered = ({ id, topic, key, payload, attempts }: Row): Delivered => ({ id, topic, key, payload, attempt: attempts + 1 })

function finish(tx: Queries, rows: readonly Row[]): Promise<number> {
  return tx.run(done, [rows.map((row) => row.id)])
}

async function deliverOne(db: Database, log: Logger, retryMs: RetryMs, consumer: Consumer): Promise<number> {
  let row: Row | undefined
  try {
    return await db.tx(async (tx) => {
      row = (await tx.query(claim, [consumer.name, 1, consumer.holdsKey]))[0]
      if (row === undefined) return 0
      await consumer.handler(delivered(row), tx)
      return finish(tx, [row])
    })
  } catch (error) {
    if (row === undefined) throw error
    const attempt = row.attempts + 1
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    log.warn({ consumer: consumer.name, message: row.id, attempt, parked: attempt >= MOST_ATTEMPTS, err: error }, 'a message failed')
    await db.run(failed, [row.id, words.slice(0, 2000), retryMs(attempt), MOST_ATTEMPTS])
    return 1
  }
}
