/**
 * Law 1 carried out: everything that the tables say of a case besides its record and its name is thrown away and derived from the record
 * again. For an operator after a repair, and for tests: the rows are the same as before.
 */
import type { CaseState } from '@yichuang/caseflow'
import { evolve } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import type { Instant } from '@yichuang/workday'
import type { Database, Tx } from '../platform/pg/database.ts'
import { statement } from '../platform/pg/statement.ts'
import type { Flows } from './flows.ts'
import { involvedIn, project } from './projection.ts'
import { filesOf, partyNameIn } from './run.ts'
import { addFiles, type CaseRecord, findCase, findEvents, rewriteCase } from './store.ts'

export type ReplayParts = { readonly pack: CityPack; readonly flows: Flows }
type Recorded = Awaited<ReturnType<typeof findEvents>>

const BATCH = 200
const idsAfter = statement(
  'engine.case-ids-after',
  'select cases.id from cases where cases.id > $1::uuid order by cases.id limit $2::integer',
  { id: 'uuid' },
)
const lock = statement('engine.lock-case', 'select cases.id from cases where cases.id = $1::uuid for update', { id: 'uuid' })
const forget = statement(
  'engine.forget-projections',
  `with gone_tasks as (delete from tasks where tasks.case_id = $1::uuid),
     gone_obligations as (delete from obligations where obligations.case_id = $1::uuid),
     gone_orgs as (delete from case_orgs where case_orgs.case_id = $1::uuid),
     gone_words as (delete from case_words where case_words.case_id = $1::uuid)
   delete from case_files where case_files.case_id = $1::uuid`,
)

/** Every case, each in a transaction of its own, so that people go on working meanwhile; answers how many. `report` hears the count so far. */
export async function replayCases(db: Database, parts: ReplayParts, report: (done: number) => void = () => {}): Promise<number> {
  let done = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await db.query(idsAfter, [after, BATCH])
    for (const { id } of rows) await db.tx((tx) => replayCase(tx, parts, id))
    done += rows.length
    report(done)
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return done
    after = last.id
  }
}

/** Obligations that were parked get another try: their errors are of the run, not of the record. */
export async function replayCase(tx: Tx, parts: ReplayParts, id: string): Promise<void> {
  await tx.one(lock, [id])
  const [record, events] = await Promise.all([findCase(tx, id), findEvents(tx, id)])
  if (record === null) throw new Error(`case ${id} is gone`)
  const { state, ...gathered } = foldRecord(events)
  await tx.run(forget, [id])
  const now = { ...record, state, partyName: partyNameIn(state) ?? record.partyName }
  await putBack(tx, parts, now, { ...gathered, at: events.at(-1)?.at ?? state.openedAt })
  for (const event of events) await addFiles(tx, record.rootId, filesOf([event]), { at: event.at, person: event.actor })
}

type Gathered = { readonly involved: readonly string[]; readonly names: readonly string[] }

/** Organisations that ever had a part and names that the party ever had stay: they are gathered on the way. */
function foldRecord(events: Recorded): Gathered & { readonly state: CaseState } {
  const involved = new Set<string>()
  const names = new Set<string>()
  let state: CaseState | null = null
  for (const { seq: _, ...event } of events) {
    state = evolve(state, event)
    for (const org of involvedIn(state)) involved.add(org)
    const name = partyNameIn(state)
    if (name !== undefined) names.add(name)
  }
  if (state === null) throw new Error('a case without events')
  return { state, involved: [...involved].sort(), names: [...names] }
}

type Seen = Gathered & { readonly at: Instant }

/** The tables as the calendar of today makes them; seen from the last moment of the record, as they were written then. */
async function putBack(tx: Tx, { pack, flows }: ReplayParts, record: CaseRecord, { involved, names, at }: Seen): Promise<void> {
  const flow = await flows.of(tx, record.state)
  const projection = { ...project(flow, record.state, pack.calendar, at), involved }
  const orgPath = pack.orgs.get(record.state.org)?.path ?? `${record.state.org}/`
  await rewriteCase(tx, { record, projection, orgPath, names })
}
