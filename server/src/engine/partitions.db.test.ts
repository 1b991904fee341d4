import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase, whenDone } from '../../test/harness.ts'
import { openDatabase } from '../platform/pg/database.ts'
import { assembled } from '../platform/pg/statement.ts'
import { ensureEventPartitions, monthsFrom } from './partitions.ts'

const db = openDatabase(await testDatabase())
whenDone(() => db.close())

const insert = assembled(
  `insert into case_events (case_id, seq, at, actor, type, data) values (gen_random_uuid(), 1, $1::timestamptz, 'system', 'resumed', '{}')`,
  {},
)
const places = assembled(`select case_events.tableoid::regclass::text as place from case_events order by case_events.at`, { place: 'text' })

test('months run over the end of a year', () => {
  const months = monthsFrom('2026-11-23T01:00:00.000Z', 2)
  assert.deepEqual(
    months.map((month) => month.name),
    ['case_events_2026_11', 'case_events_2026_12', 'case_events_2027_01'],
  )
  assert.deepEqual(months[1], { name: 'case_events_2026_12', from: '2026-12-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' })
})

test('events land in their month, and what is far ahead in the default partition', async () => {
  await ensureEventPartitions(db, '2031-01-15T00:00:00.000Z')
  assert.deepEqual(await ensureEventPartitions(db, '2031-01-15T00:00:00.000Z'), [])
  for (const at of ['2031-01-31T23:59:59.999Z', '2031-02-01T00:00:00.000Z', '2040-01-01T00:00:00.000Z']) await db.run(insert, [at])
  assert.deepEqual(
    (await db.query(places)).map((row) => row.place),
    ['case_events_2031_01', 'case_events_2031_02', 'case_events_default'],
  )
})

test('a month of which the default partition holds rows is left where it is', async () => {
  const made = await ensureEventPartitions(db, '2039-12-02T00:00:00.000Z')
  assert.deepEqual(made, ['case_events_2039_12', 'case_events_2040_02', 'case_events_2040_03'])
})
