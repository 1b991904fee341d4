/** Writes of notices: each person is told of each thing once, however often the message comes. */
import type { Light, Text } from '@yichuang/caseflow'
import type { Instant } from '@yichuang/workday'
import type { Queries } from '../../platform/pg/database.ts'
import { json, statement } from '../../platform/pg/statement.ts'

export type NewNotice = {
  readonly person: string
  readonly id: string
  readonly event: string
  readonly at: Instant
  readonly kind: string
  readonly title: Text
  readonly body: Text
  readonly caseId: string | null
  readonly light: Light | null
}

const insertNotices = statement(
  'notices.insert',
  `insert into notices (person, id, event, at, kind, title, body, case_id, light)
   select n.person, n.id, n.event, n.at, n.kind, n.title, n.body, n.case_id, n.light
   from jsonb_to_recordset($1::jsonb) as n (person text, id uuid, event text, at timestamptz, kind text, title jsonb, body jsonb, case_id uuid, light text)
   on conflict (person, event) do nothing
   returning notices.id`,
  { id: 'uuid' },
)
/** Ids of those that were news. */
export async function addNotices(tx: Queries, notices: readonly NewNotice[]): Promise<ReadonlySet<string>> {
  if (notices.length === 0) return new Set()
  const rows = await tx.query(insertNotices, [json(notices.map(({ caseId, ...notice }) => ({ ...notice, case_id: caseId })))])
  return new Set(rows.map((row) => row.id))
}

const markRead = statement(
  'notices.mark-read',
  'update notices set read_at = coalesce(notices.read_at, $3::timestamptz) where notices.person = $1 and notices.id = $2::uuid',
)
/** false: not a notice of this person. */
export async function readOne(tx: Queries, person: string, id: string, at: Instant): Promise<boolean> {
  return (await tx.run(markRead, [person, id, at])) === 1
}

const markAllRead = statement(
  'notices.mark-all-read',
  'update notices set read_at = $2::timestamptz where notices.person = $1 and notices.read_at is null',
)
export async function readAll(tx: Queries, person: string, at: Instant): Promise<void> {
  await tx.run(markAllRead, [person, at])
}
