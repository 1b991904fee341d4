/** Laws of the schema that every migration must keep. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../src/platform/pg/database.ts'
import { assembled } from '../src/platform/pg/statement.ts'
import { testDatabase, whenDone } from './harness.ts'

const db = openDatabase(await testDatabase())
whenDone(() => db.close())

/** A foreign key whose columns do not begin some index: deleting or changing the other side reads the whole table (a peer lost a factor of 200). */
const UNINDEXED = assembled(
  `select pg_constraint.conrelid::regclass::text as table_name, pg_constraint.conname::text as name
   from pg_constraint
   where pg_constraint.contype = 'f' and pg_constraint.conparentid = 0
     and not exists (
       select 1 from pg_index
       where pg_index.indrelid = pg_constraint.conrelid and pg_index.indpred is null
         and (select array_agg(key order by key) from unnest((pg_index.indkey::int2[])[0:cardinality(pg_constraint.conkey) - 1]) as key)
           = (select array_agg(key order by key) from unnest(pg_constraint.conkey) as key)
     )
   order by 1, 2`,
  { table_name: 'text', name: 'text' },
)
const TYPES = assembled(
  `select pg_class.relname::text || '.' || pg_attribute.attname::text || ' ' || format_type(pg_attribute.atttypid, pg_attribute.atttypmod) as found
   from pg_attribute join pg_class on pg_class.oid = pg_attribute.attrelid
   where pg_class.relkind in ('r', 'p') and pg_class.relnamespace = 'public'::regnamespace and pg_attribute.attnum > 0
     and format_type(pg_attribute.atttypid, null) = any ($1)
   order by 1`,
  { found: 'text' },
)

test('every foreign key begins an index', async () => {
  assert.deepEqual(await db.query(UNINDEXED), [])
})

test('a foreign key without an index is found', async () => {
  await db.tx(async (tx) => {
    await tx.run(assembled('create table planted (job text references jobs)', {}))
    assert.deepEqual(await tx.query(UNINDEXED), [{ table_name: 'planted', name: 'planted_job_fkey' }])
    await tx.run(assembled('create index planted_job on planted (job)', {}))
    assert.deepEqual(await tx.query(UNINDEXED), [])
    await tx.run(assembled('drop table planted', {}))
  })
})

test('moments have a zone and texts no length: timestamptz and text only', async () => {
  assert.deepEqual(await db.query(TYPES, [['timestamp without time zone', 'character varying', 'character', 'money', 'real']]), [])
})
