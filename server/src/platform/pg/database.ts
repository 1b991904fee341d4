/** The database: a pool, typed statements, transactions with pipelining. The only place that touches the driver. */
import pg from 'pg'
import { OIDS, parseInt8, parseTimestamptz } from './columns.ts'
import { DatabaseUnavailable, isLost, isTransient, TransactionLost } from './errors.ts'
import type { Param, Statement } from './statement.ts'

/** What `Database` and `Tx` have in common. Statements of one transaction may be sent together: `Promise.all([tx.run(a), tx.run(b)])`. */
export type Queries = {
  query<Row>(statement: Statement<Row>, params?: readonly Param[]): Promise<Row[]>
  /** Exactly one row; anything else is a bug. */
  one<Row>(statement: Statement<Row>, params?: readonly Param[]): Promise<Row>
  maybe<Row>(statement: Statement<Row>, params?: readonly Param[]): Promise<Row | null>
  /** For writes: how many rows were touched. */
  run(statement: Statement<unknown>, params?: readonly Param[]): Promise<number>
}

export type Tx = Queries & {
  /** Called after the commit, never after a rollback. */
  onCommit(then: () => void): void
}

export type TxOptions = {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
  /** How often the work may be begun again after a serialization failure or deadlock; it must have no effects outside. */
  readonly retries?: number
}

export type Database = Queries & {
  readonly url: string
  /** Several reads over one connection: those sent together leave in one piece, and one backend of the database wakes up, not five. */
  together<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  tx<T>(work: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>
  /** Runs `work` while holding a lock of the whole cluster of servers; `null` when another holds it. */
  locked<T>(key: string, work: () => Promise<T>): Promise<T | null>
  /** A connection of its own that hears `notify`; reconnects by itself. Returns the function that ends it. */
  listen(channels: readonly string[], heard: (channel: string, payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

export type DatabaseOptions = { readonly connections?: number; readonly statementTimeoutMs?: number }

const parsers = new Map<number, (text: string) => unknown>([
  [OIDS.int8, parseInt8],
  [OIDS.timestamptz, parseTimestamptz],
  [OIDS.date, (text) => text],
  [OIDS.numeric, (text) => text],
])
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return parsers.get(oid) ?? pg.types.getTypeParser(oid, format ?? 'text')
  },
}

export function clientConfig(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    types: types as pg.CustomTypesConfig,
    application_name: 'yichuang',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    options: '-c timezone=UTC -c jit=off',
  }
}

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    ...clientConfig(url),
    pipeline: true,
    max: options.connections ?? 12,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
  })
  // A connection that dies is replaced by the pool and fails the statement in hand; without listeners (the pool's for idle connections,
  // the connection's own while it is lent) its error event would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    url,
    ...queriesOn((config) => pool.query(config)),
    together: (work) => together(pool, work),
    tx: (work, tx = {}) => retrying(tx.retries ?? 0, () => transaction(pool, work, tx.isolation)),
    locked: (key, work) => locked(pool, key, work),
    listen: (channels, heard) => listen(url, channels, heard),
    close: () => pool.end(),
  }
}

type Send = (config: pg.QueryConfig) => Promise<pg.QueryResult>

function queriesOn(send: Send): Queries {
  const execute = async (statement: Statement<unknown>, params: readonly Param[]): Promise<pg.QueryResult> => {
    const config: pg.QueryConfig = { text: statement.text, values: params as unknown[] }
    if (statement.name !== '') config.name = statement.name
    try {
      return await send(config)
    } catch (error) {
      throw isLost(error) ? new DatabaseUnavailable(error) : error
    }
  }
  return {
    query: async <Row>(statement: Statement<Row>, params: readonly Param[] = []) => (await execute(statement, params)).rows as Row[],
    one: async <Row>(statement: Statement<Row>, params: readonly Param[] = []) => {
      const { rows } = await execute(statement, params)
      if (rows.length !== 1) throw new Error(`${statement.name || 'an assembled statement'} gave ${rows.length} rows where one was due`)
      return rows[0] as Row
    },
    maybe: async <Row>(statement: Statement<Row>, params: readonly Param[] = []) => {
      const { rows } = await execute(statement, params)
      if (rows.length > 1)
        throw new Error(`${statement.name || 'an assembled statement'} gave ${rows.length} rows where one at most was due`)
      return (rows[0] as Row | undefined) ?? null
    },
    run: async (statement, params = []) => (await execute(statement, params)).rowCount ?? 0,
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw isLost(error) ? new DatabaseUnavailable(error) : error
  }
}

/** A promise whose failure is somebody else's business too: without this, one nobody awaits would end the process. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

async function together<T>(pool: pg.Pool, work: (queries: Queries) => Promise<T>): Promise<T> {
  const client = await connect(pool)
  let broken: Error | undefined
  try {
    return await work(queriesOn((config) => watched(client.query(config))))
  } catch (error) {
    if (isLost(error) || error instanceof DatabaseUnavailable) broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

async function transaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>, isolation: TxOptions['isolation']): Promise<T> {
  const client = await connect(pool)
  const after: (() => void)[] = []
  let broken: Error | undefined
  try {
    // `begin` is not awaited: it leaves with the first statement, and its failure is the first statement's failure.
    const begun = watched(client.query(isolation === undefined ? 'begin' : `begin isolation level ${isolation}`))
    const tx: Tx = { ...queriesOn((config) => watched(client.query(config))), onCommit: (then) => after.push(then) }
    const value = await work(tx)
    await begun
    const committed = await client.query('commit')
    if (committed.command !== 'COMMIT') throw new TransactionLost()
    for (const then of after) then()
    return value
  } catch (error) {
    if (isLost(error) || error instanceof DatabaseUnavailable) broken = error as Error
    else await client.query('rollback').catch((failed: Error) => (broken = failed))
    throw broken !== undefined && isLost(broken) ? new DatabaseUnavailable(broken) : error
  } finally {
    client.release(broken)
  }
}

async function retrying<T>(retries: number, work: () => Promise<T>): Promise<T> {
  for (let left = retries; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (left <= 0 || !isTransient(error)) throw error
    }
  }
}

async function locked<T>(pool: pg.Pool, key: string, work: () => Promise<T>): Promise<T | null> {
  const client = await connect(pool)
  let broken: Error | undefined
  try {
    const { rows } = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as got', [key])
    if (rows[0]?.got !== true) return null
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch((error: Error) => (broken = error))
    }
  } finally {
    client.release(broken)
  }
}

const RECONNECT_MS = 500

async function listen(url: string, channels: readonly string[], heard: (channel: string, payload: string) => void) {
  let stopped = false
  let current: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const again = () => {
    current = undefined
    if (!stopped && timer === undefined) timer = setTimeout(() => open().catch(again), RECONNECT_MS).unref()
  }
  const open = async () => {
    timer = undefined
    const client = new pg.Client(clientConfig(url))
    client.on('notification', (message) => heard(message.channel, message.payload ?? ''))
    client.on('error', () => {})
    await client.connect()
    if (stopped) return client.end()
    client.on('end', again)
    current = client
    for (const channel of channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    // What was said while nobody listened is lost; an empty word makes every listener look for itself.
    for (const channel of channels) heard(channel, '')
  }
  await open().catch((error) => (isLost(error) ? again() : Promise.reject(error)))
  return async () => {
    stopped = true
    clearTimeout(timer)
    await current?.end().catch(() => {})
  }
}
