/** Uploads that nobody refers to go after a week, row and bytes: people choose wrong files, and leave before they submit. */
import { rm } from 'node:fs/promises'
import type { Database, Queries } from '../pg/database.ts'
import { statement } from '../pg/statement.ts'
import { lineOfContent, placeOf } from './places.ts'

export type SweepParts = {
  readonly db: Database
  /** `<data>/files`. */
  readonly folder: string
  readonly now: () => string
  /** Which of these uploads somebody refers to: those who keep references know, the platform does not. */
  readonly referenced: (db: Queries, ids: readonly string[]) => Promise<ReadonlySet<string>>
}

const BATCH = 200

const due = statement(
  'files.sweep-due',
  'select files.id, files.sha256 from files where files.look_at <= $1::timestamptz order by files.look_at, files.id limit $2',
  { id: 'uuid', sha256: 'text' },
)
// A draft may still be given up; a month is soon enough to find out.
const later = statement(
  'files.sweep-later',
  `update files set look_at = $2::timestamptz + interval '30 days' where files.id = any($1::uuid[])`,
)
const remove = statement('files.sweep-remove', 'delete from files where files.id = $1::uuid')
const others = statement('files.sweep-others', 'select count(*)::int4 as n from files where files.sha256 = $1', { n: 'int4' })

/** Answers how many uploads went. */
export async function sweepUploads({ db, folder, now, referenced }: SweepParts): Promise<number> {
  let gone = 0
  for (;;) {
    const rows = await db.query(due, [now(), BATCH])
    if (rows.length === 0) return gone
    const kept = await referenced(
      db,
      rows.map(({ id }) => id),
    )
    await db.run(later, [[...kept], now()])
    for (const row of rows.filter(({ id }) => !kept.has(id))) gone += await removeOne(db, folder, row)
  }
}

/** Bytes go with the last row that names them; who is just sending the same content waits until it is decided. */
function removeOne(db: Database, folder: string, { id, sha256 }: { id: string; sha256: string }): Promise<number> {
  return db.tx(async (tx) => {
    await lineOfContent(tx, sha256)
    const removed = await tx.run(remove, [id])
    const { n } = await tx.one(others, [sha256])
    if (n === 0) await rm(placeOf(folder, sha256), { force: true })
    return removed
  })
}
