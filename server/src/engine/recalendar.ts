/**
 * When a calendar comes late or is revised, every open case is told: due dates are counted anew, and the record says from which day to which
 * and why. Old due dates come from the calendar of the pack version that counted them. Goes on where a stopped server left off.
 */
import { countOf } from '@yichuang/caseflow'
import { type CityPack, compilePack, type PackFile } from '@yichuang/pack'
import { type Calendar, due, type Instant } from '@yichuang/workday'
import type { Database, Queries, Tx } from '../platform/pg/database.ts'
import { statement, typed } from '../platform/pg/statement.ts'
import type { Engine } from './engine.ts'
import type { Flows } from './flows.ts'
import { replayCase } from './replay.ts'
import { type CaseRecord, findCase } from './store.ts'

export type RecalendarParts = {
  readonly db: Database
  readonly pack: CityPack
  readonly flows: Flows
  readonly engine: Pick<Engine, 'tell'>
  readonly report: (error: unknown) => void
}

const BATCH = 200
const RETRIES = 8
const stale = statement(
  'engine.stale-calendars',
  `select cases.id from cases where cases.status = 'open' and cases.calendar_version <> $1 and cases.id > $2::uuid
   order by cases.id limit $3::integer`,
  { id: 'uuid' },
)
const mark = statement('engine.mark-calendar', 'update cases set calendar_version = $2 where cases.id = $1::uuid', {})
const versions = statement('engine.pack-versions', 'select pack_versions.version, pack_versions.files from pack_versions', {
  version: 'text',
  files: typed<PackFile[]>('jsonb'),
})

/** Tells the open cases that another calendar has counted; answers how many were told. One server does it, 0 for the others. */
export async function recomputeCalendars(parts: RecalendarParts): Promise<number> {
  return (await parts.db.locked('engine.calendars', () => tellAll(parts))) ?? 0
}

async function tellAll(parts: RecalendarParts): Promise<number> {
  const { db, pack, report } = parts
  let calendars: Calendars | undefined
  let told = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await db.query(stale, [pack.calendar.version, after, BATCH])
    const last = rows.at(-1)
    if (last === undefined) return told
    calendars ??= await earlierCalendars(db, pack)
    const known = calendars
    for (const { id } of rows) {
      const done = db.tx((tx) => tellOne(tx, parts, known, id), { retries: RETRIES })
      await done.then(() => (told += 1), report)
    }
    after = last.id
  }
}

type Calendars = ReadonlyMap<string, Calendar>

/** By calendar version, from the files of every pack that ever ran here. */
async function earlierCalendars(db: Queries, pack: CityPack): Promise<Calendars> {
  const calendars = new Map<string, Calendar>()
  for (const { version, files } of await db.query(versions)) {
    const compiled = version === pack.version ? null : compilePack(files, { version })
    if (compiled?.ok) calendars.set(compiled.value.calendar.version, compiled.value.calendar)
  }
  return calendars
}

async function tellOne(tx: Tx, parts: RecalendarParts, calendars: Calendars, id: string): Promise<void> {
  const record = await findCase(tx, id)
  if (record === null || record.state.status === 'ended') return
  const { version } = parts.pack.calendar
  const earlier = calendars.get(record.state.calendarVersion)
  const why = `${record.state.calendarVersion} → ${version}`
  const was = earlier === undefined ? {} : { was: duesBy(earlier, record) }
  const told = await parts.engine.tell(tx, id, { type: 'recalendar', why, ...was })
  if (!told.ok) throw new Error(`case ${record.no} could not be told the calendar: ${told.error.code} ${told.error.message}`)
  if (told.value.version !== record.version) return
  // No day of its own moved: nothing to record. Levels of the ladder may have, and nobody needs to ask again.
  await replayCase(tx, parts, id)
  await tx.run(mark, [id, version])
}

function duesBy(calendar: Calendar, { state }: CaseRecord): { [clock: string]: Instant | null } {
  return Object.fromEntries(Object.entries(state.clocks).map(([id, clock]) => [id, due(countOf(clock), calendar).dueAt]))
}
