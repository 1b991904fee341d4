/**
 * The floor: every row that one real lifecycle wrote, in its transactions, written again for other parties by prepared SQL and nothing else.
 * Triggers record the rows of one lifecycle; the script replays them with other identities into a database of the same schema.
 */
import pg from 'pg'
import { clientConfig } from '../../server/src/platform/pg/database.ts'
import { withClient } from '../house/house.ts'
import { type Shop, shopOf } from './seed.ts'

type Values = { readonly [column: string]: unknown }
type Op = {
  readonly table: string
  readonly op: 'INSERT' | 'UPDATE' | 'DELETE'
  readonly row: Values | null
  readonly before: Values | null
}
/** Transactions in the order in which they ended, each a list of row writes. */
export type Recording = {
  readonly shop: Shop
  readonly transactions: readonly (readonly Op[])[]
  readonly rows: { readonly [table: string]: number }
}

/** Written by the passing of time, not by lifecycles. */
const NOT_RECORDED = new Set(['sessions', 'jobs', 'demo_clock', 'migrations', 'bench_recorded'])

export async function startRecording(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(`
      create table bench_recorded (n bigserial primary key, xid text not null, place text not null, op text not null, row jsonb, before jsonb);
      create function bench_record() returns trigger language plpgsql as $$
      begin
        insert into bench_recorded (xid, place, op, row, before) values (pg_current_xact_id()::text, tg_argv[0], tg_op,
          case when tg_op <> 'DELETE' then to_jsonb(new) end, case when tg_op <> 'INSERT' then to_jsonb(old) end);
        return null;
      end $$;`)
    for (const table of await tablesOf(client))
      await client.query(
        `create trigger bench_record after insert or update or delete on ${table} for each row execute function bench_record('${table}')`,
      )
  })
}

export async function endRecording(databaseUrl: string, shop: Shop): Promise<Recording> {
  return withClient(databaseUrl, async (client) => {
    for (const table of await tablesOf(client)) await client.query(`drop trigger bench_record on ${table}`)
    const { rows } = await client.query<{ xid: string; table: string; op: Op['op']; row: Values | null; before: Values | null }>(
      'select xid, place as table, op, row, before from bench_recorded order by n',
    )
    await client.query('drop table bench_recorded')
    const byXid = new Map<string, Op[]>()
    for (const { xid, ...op } of rows) {
      const ops = byXid.get(xid) ?? []
      // Put again at the end: transactions stand in the order of their last write.
      byXid.delete(xid)
      byXid.set(xid, [...ops, op])
    }
    const counted = new Map<string, number>()
    for (const { table } of rows) counted.set(table, (counted.get(table) ?? 0) + 1)
    return { shop, transactions: [...byXid.values()], rows: Object.fromEntries([...counted].sort()) }
  })
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  )
  return rows.map((row) => row.name).filter((name) => !NOT_RECORDED.has(name))
}

// ---------------------------------------------------------------- replay

export type Sql = { readonly name: string; readonly text: string; readonly values: unknown[] }
/** One lifecycle ready to be written: statements of each transaction. */
export type Script = readonly (readonly Sql[])[]
type Column = { readonly name: string; readonly type: string; readonly key: boolean }
type Schema = ReadonlyMap<string, readonly Column[]>

export type Floor = {
  /** Lays down what the lifecycle of that number finds already there, and answers what is to be written. */
  prepare(number: number): Promise<Script>
  write(connection: number, script: Script): Promise<void>
  close(): Promise<void>
}

export async function openFloor(databaseUrl: string, recording: Recording, connections: number): Promise<Floor> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ ...clientConfig(databaseUrl), pipeline: true }))
  for (const client of clients) {
    client.on('error', () => {})
    await client.connect()
  }
  const ready = await withClient(databaseUrl, schemaOf)
  const found = foundThere(recording, ready)
  return {
    prepare: async (number) => {
      const move = mover(recording.shop, number)
      await withClient(databaseUrl, async (client) => {
        const owner = [shopOf(number).owner, JSON.stringify({ zh: '合成' })]
        await client.query('insert into people (person, name, synthetic) values ($1, $2, true) on conflict do nothing', owner)
        for (const { table, before } of found) await client.query(insertOf(ready, table, move(table, before ?? {})))
      })
      return recording.transactions.map((ops) => ops.map((op) => sqlOf(ready, op, move)))
    },
    write: async (connection, script) => {
      const client = clients[connection]
      if (client === undefined) throw new Error(`there is no connection ${connection}`)
      for (const statements of script) await writeTransaction(client, statements)
    },
    close: async () => {
      for (const client of clients) await client.end()
    },
  }
}

/** All statements leave together: one round trip for a transaction. */
export async function writeTransaction(client: pg.ClientBase, statements: readonly Sql[]): Promise<void> {
  await Promise.all([client.query('begin'), ...statements.map((one) => client.query(one)), client.query('commit')])
}

async function schemaOf(client: pg.Client): Promise<Schema> {
  const { rows } = await client.query<Column & { table: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       coalesce(a.attnum = any(i.indkey), false) as key
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_index i on i.indrelid = c.oid and i.indisprimary
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname, a.attnum`,
  )
  const schema = new Map<string, Column[]>()
  for (const { table, ...column } of rows) schema.set(table, [...(schema.get(table) ?? []), column])
  return schema
}

/** Rows that were there before: first seen with an earlier image. References come last because what they refer to was there first. */
function foundThere({ transactions }: Recording, schema: Schema): Op[] {
  const seen = new Set<string>()
  const found: Op[] = []
  for (const op of transactions.flat()) {
    const key = `${op.table} ${keysOf(schema, op.table).map((column) => JSON.stringify((op.row ?? op.before)?.[column.name]))}`
    if (!seen.has(key) && op.before !== null) found.push(op)
    seen.add(key)
  }
  return found
}

function keysOf(schema: Schema, table: string): readonly Column[] {
  return (schema.get(table) ?? []).filter((column) => column.key)
}

type Move = (table: string, row: Values) => Values

/** The same row for another party: other shop, owner and ids, all else as it was. */
function mover(from: Shop, number: number): Move {
  const to = shopOf(number)
  const hex = number.toString(16).padStart(6, '0')
  return (table, row) => {
    const text = JSON.stringify(row)
      .replaceAll(from.party, to.party)
      .replaceAll(from.owner, to.owner)
      .replaceAll(/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-)[0-9a-f]{6}([0-9a-f]{6})/g, `$1${hex}$2`)
    const moved = JSON.parse(text) as { [column: string]: unknown }
    if (table === 'outbox') moved.id = Number(row.id) + number * 1_000_000
    if (table === 'parties') moved.credit_code = `${String(row.credit_code).slice(0, 8)}F${String(number).padStart(9, '0')}`
    return moved
  }
}

function sqlOf(schema: Schema, { table, op, row, before }: Op, move: Move): Sql {
  if (op === 'INSERT') return insertOf(schema, table, move(table, row ?? {}))
  const keys = keysOf(schema, table)
  const old = move(table, before ?? {})
  const changed =
    op === 'DELETE' ? [] : (schema.get(table) ?? []).filter(({ name }) => JSON.stringify(row?.[name]) !== JSON.stringify(before?.[name]))
  const now = op === 'DELETE' ? {} : move(table, row ?? {})
  const values = [...changed.map((column) => paramOf(column, now[column.name])), ...keys.map((column) => paramOf(column, old[column.name]))]
  const where = keys.map((column, i) => `${column.name} = $${changed.length + i + 1}::${column.type}`).join(' and ')
  const text =
    op === 'DELETE'
      ? `delete from ${table} where ${where}`
      : `update ${table} set ${changed.map((column, i) => `${column.name} = $${i + 1}::${column.type}`).join(', ') || `${keys[0]?.name} = ${keys[0]?.name}`} where ${where}`
  return { name: nameOf(text), text, values }
}

function insertOf(schema: Schema, table: string, row: Values): Sql {
  const columns = schema.get(table) ?? []
  const places = columns.map((column, i) => `$${i + 1}::${column.type}`).join(', ')
  const text = `insert into ${table} (${columns.map((column) => column.name).join(', ')}) overriding system value values (${places}) on conflict do nothing`
  return { name: nameOf(text), text, values: columns.map((column) => paramOf(column, row[column.name])) }
}

const names = new Map<string, string>()
function nameOf(text: string): string {
  const name = names.get(text) ?? `floor_${names.size}`
  names.set(text, name)
  return name
}

function paramOf({ type }: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null
  return type === 'jsonb' ? JSON.stringify(value) : value
}
