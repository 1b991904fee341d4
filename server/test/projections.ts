/** What the tables say of all cases, for comparing before and after; and what must hold between record and tables at any time. */
import assert from 'node:assert/strict'
import { fold, obligations } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import { makeFlows } from '../src/engine/flows.ts'
import { findCase, findEvents } from '../src/engine/store.ts'
import type { Database } from '../src/platform/pg/database.ts'
import { assembled } from '../src/platform/pg/statement.ts'

/** Every derived table, with an order of its rows that is their own. */
export const PROJECTIONS = {
  cases: 'id',
  tasks: 'case_id, step, org',
  obligations: 'case_id, clock, level',
  case_orgs: 'case_id, org',
  case_words: 'case_id',
  case_files: 'case_id, file_id, material',
}
export type Projections = { readonly [table in keyof typeof PROJECTIONS]: readonly unknown[] }

export async function projectionsOf(db: Database): Promise<Projections> {
  const tables = Object.entries(PROJECTIONS).map(async ([table, order]) => {
    const rows = await db.query(assembled(`select to_jsonb(${table}) as row from ${table} order by ${order}`, { row: 'jsonb' }))
    return [table, rows.map((one) => one.row)] as const
  })
  return Object.fromEntries(await Promise.all(tables)) as { [table in keyof typeof PROJECTIONS]: unknown[] }
}

export async function caseIds(db: Database): Promise<string[]> {
  return (await db.query(assembled('select cases.id from cases order by cases.id', { id: 'uuid' }))).map((row) => row.id)
}

/** The record of a case is whole, its state is the fold of it, no moment fired twice, and none that is past is left. */
export async function checkRecord(db: Database, pack: CityPack, id: string, now: string): Promise<void> {
  const [record, recorded] = await Promise.all([findCase(db, id), findEvents(db, id)])
  const events = recorded.map(({ seq: _, ...event }) => event)
  assert.deepEqual(
    recorded.map((event) => event.seq),
    recorded.map((_, i) => i + 1),
    `the record of ${id} has a hole or a double`,
  )
  const state = fold(events)
  assert.deepEqual(record?.state, JSON.parse(JSON.stringify(state)), `the state of ${id} is not the fold of its record`)
  const fired = events.flatMap((event) => (event.type === 'obligation-fired' ? [`${event.clock}/${event.level}`] : []))
  assert.equal(new Set(fired).size, fired.length, `a moment of ${id} fired twice: ${fired.join(' ')}`)
  const flow = await makeFlows(pack).of(db, state)
  const missed = obligations(flow, state, pack.calendar).filter((one) => one.dueAt <= now)
  assert.deepEqual(missed, [], `a moment of ${id} is past and did not fire`)
}
