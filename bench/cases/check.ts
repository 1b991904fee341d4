/** What was timed is looked at: every case ended and rated, every certificate there, every event there once, nothing waiting or parked. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { withClient } from '../house/house.ts'
import { CHILDREN, type Played } from './lifecycle.ts'

export type Expected = { readonly certificates: number; readonly documents: number }

/** Counts of one lifecycle, for what the others must have. */
export async function expectedOf(databaseUrl: string, played: Played): Promise<Expected> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ certificates: number; documents: number }>(
      `select (select count(*)::integer from certificates where certificates.case_id = any($1::uuid[])) as certificates,
         (select count(*)::integer from documents where documents.case_id = any($1::uuid[])) as documents`,
      [played.cases],
    )
    return rows[0] ?? { certificates: 0, documents: 0 }
  })
}

export async function checkPlayed(databaseUrl: string, all: readonly Played[], expected: Expected): Promise<void> {
  assert.ok(expected.certificates >= 3, 'licence, food and tobacco are issued')
  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ root: string; cases: number; ended: number; certificates: number; documents: number }>(
      `select cases.root_id as root, count(*)::integer as cases, count(*) filter (where cases.status = 'ended' and cases.rated)::integer as ended,
         coalesce(sum((select count(*) from certificates where certificates.case_id = cases.id)), 0)::integer as certificates,
         coalesce(sum((select count(*) from documents where documents.case_id = cases.id)), 0)::integer as documents
       from cases where cases.root_id = any($1::uuid[]) group by cases.root_id`,
      [all.map((one) => one.root)],
    )
    assert.equal(rows.length, all.length)
    for (const { root, ...found } of rows) assert.deepEqual(found, { cases: CHILDREN + 1, ended: CHILDREN + 1, ...expected }, root)
    const events = await client.query<{ id: string }>(
      `select cases.id from cases join case_events on case_events.case_id = cases.id where cases.root_id = any($1::uuid[])
       group by cases.id having count(*) <> max(case_events.seq) or count(distinct case_events.seq) <> count(*)
         or max(case_events.seq) <> (max(cases.state ->> 'seq'))::integer`,
      [all.map((one) => one.root)],
    )
    assert.deepEqual(events.rows, [], 'every event is there once')
  })
}

/** Waits until the outbox has been delivered. */
export async function settled(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    for (let tries = 0; tries < 3000; tries += 1) {
      const { rows } = await client.query<{ waiting: number; parked: number }>(
        'select count(*)::integer as waiting, count(outbox.parked_at)::integer as parked from outbox',
      )
      assert.equal(rows[0]?.parked, 0, 'no message is parked')
      if (rows[0]?.waiting === 0) return
      await sleep(10)
    }
    throw new Error('the outbox was not delivered in time')
  })
}
