/** Reads of notices: everybody their own, nobody anything else. */
import type { Light, Text } from '@yichuang/caseflow'
import type { Instant } from '@yichuang/workday'
import type { RowOf } from '../../platform/pg/columns.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { statement, typed } from '../../platform/pg/statement.ts'

/** Beyond this a count is "at least". */
export const COUNT_CAP = 1000

const columns = {
  id: 'uuid',
  at: 'timestamptz',
  kind: 'text',
  title: typed<Text>('jsonb'),
  body: typed<Text>('jsonb'),
  case_id: 'uuid?',
  light: typed<Light | null>('text?'),
  read_at: 'timestamptz?',
} as const
export type NoticeRow = RowOf<typeof columns>
const NOTICE = Object.keys(columns)
  .map((column) => `notices.${column}`)
  .join(', ')

const page = statement(
  'notices.page',
  `select ${NOTICE} from notices
   where notices.person = $1 and (not $2::boolean or notices.read_at is null)
     and ($3::timestamptz is null or (notices.at, notices.id) < ($3::timestamptz, $4::uuid))
   order by notices.at desc, notices.id desc limit $5::integer`,
  columns,
)
export type NoticeKey = { readonly at: Instant; readonly id: string }
export async function findNotices(
  db: Queries,
  person: string,
  unread: boolean,
  after: NoticeKey | null,
  limit: number,
): Promise<NoticeRow[]> {
  return db.query(page, [person, unread, after?.at ?? null, after?.id ?? null, limit])
}

const count = statement(
  'notices.count',
  `select count(*)::integer as total from (
     select 1 from notices where notices.person = $1 and (not $2::boolean or notices.read_at is null) limit ${COUNT_CAP + 1}
   ) capped`,
  { total: 'int4' },
)
export async function countNotices(db: Queries, person: string, unread: boolean): Promise<number> {
  return (await db.one(count, [person, unread])).total
}

const tasksOf = statement(
  'notices.tasks-of-case',
  `select tasks.org, tasks.desk, tasks.assignee from tasks where tasks.case_id = $1::uuid and tasks.as_role = 'handler' order by tasks.step, tasks.org`,
  { org: 'text', desk: 'text', assignee: 'text?' },
)
/** Where the case lies now: the desks that work on it, and whoever took the work. */
export async function findDesks(db: Queries, caseId: string): Promise<{ org: string; desk: string; assignee: string | null }[]> {
  return db.query(tasksOf, [caseId])
}
