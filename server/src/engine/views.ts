/** Reads of the engine: inbox, lists, rows. One statement per screen question; every one carries the sight of its reader. */
import type { Audience, CaseState, Data, Light, Text } from '@yichuang/caseflow'
import { queryWords } from '@yichuang/words'
import type { Instant } from '@yichuang/workday'
import type { Queries } from '../platform/pg/database.ts'
import type { Param } from '../platform/pg/statement.ts'
import { assembled, statement, typed } from '../platform/pg/statement.ts'
import { recordColumns, type StoredState } from './store.ts'
import { type Sight, sightParams, VISIBLE, VISIBLE_BY_OFFICE } from './visibility.ts'

/** Beyond this a count is "at least": nobody reads further, and counting a million rows for a number nobody needs is what made others slow. */
const COUNT_CAP = 1000
export type Page<Row> = {
  readonly rows: readonly Row[]
  readonly hasMore: boolean
  readonly count: { readonly total: number; readonly exact: boolean }
}

/** Collects parameters: `add(value)` answers its placeholder. */
class Params {
  readonly values: Param[]
  constructor(values: readonly Param[] = []) {
    this.values = [...values]
  }
  add(value: Param): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}

// ---------------------------------------------------------------- inbox

const taskColumns = {
  case_id: 'uuid',
  case_no: 'text',
  kind: 'text',
  title: typed<Text>('jsonb'),
  party_name: 'text',
  step: 'text',
  step_title: typed<Text>('jsonb'),
  status: typed<'ready' | 'waiting' | 'paused'>('text'),
  as_role: typed<'handler' | 'co-handler'>('text'),
  org: 'text',
  desk: 'text',
  assignee: 'text?',
  light: typed<Light>('text'),
  due_at: 'timestamptz?',
  urgency: 'timestamptz',
  ready_at: 'timestamptz',
  case_version: 'int4',
} as const
const TASK_COLUMNS = Object.keys(taskColumns)
  .map((column) => `tasks.${column}`)
  .join(', ')
export type TaskRow = Awaited<ReturnType<typeof inboxRows>>[number]
/** One step may be two rows: of the organisation that handles it and of one that was asked. */
export type InboxKey = { readonly urgency: Instant; readonly caseId: string; readonly step: string; readonly org: string }
export type InboxFilter = {
  readonly desks: readonly { readonly desk: string; readonly org: string }[]
  readonly status?: string
  readonly light?: string
  readonly step?: string
  readonly assignee?: string
  readonly q?: string
}

export async function findInbox(db: Queries, filter: InboxFilter, after: InboxKey | null, limit: number): Promise<Page<TaskRow>> {
  if (filter.desks.length === 0) return { rows: [], hasMore: false, count: { total: 0, exact: true } }
  const [rows, total] = await Promise.all([inboxRows(db, filter, after, limit + 1), inboxCount(db, filter)])
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit, count: capped(total) }
}

// Each (desk, organisation) is read from its own index range, already in order; the merge of a few short lists is all that is sorted.
function inboxRows(db: Queries, filter: InboxFilter, after: InboxKey | null, limit: number) {
  const params = new Params()
  const from = deskTable(params, filter)
  const where = inboxWhere(params, filter)
  if (after !== null)
    where.push(
      `(tasks.urgency, tasks.case_id, tasks.step, tasks.org) > (${params.add(after.urgency)}::timestamptz, ${params.add(after.caseId)}::uuid, ${params.add(after.step)}, ${params.add(after.org)})`,
    )
  const count = params.add(limit)
  return db.query(
    assembled(
      `select page.* from ${from} cross join lateral (
         select ${TASK_COLUMNS} from tasks where ${where.join(' and ')}
         order by tasks.urgency, tasks.case_id, tasks.step, tasks.org limit ${count}::integer
       ) page order by page.urgency, page.case_id, page.step, page.org limit ${count}::integer`,
      taskColumns,
    ),
    params.values,
  )
}

async function inboxCount(db: Queries, filter: InboxFilter): Promise<number> {
  const params = new Params()
  const from = deskTable(params, filter)
  const where = inboxWhere(params, filter)
  const sql = `select count(*)::integer as total from (select 1 from ${from} join tasks on ${where.join(' and ')} limit ${COUNT_CAP + 1}) capped`
  return (await db.one(assembled(sql, { total: 'int4' }), params.values)).total
}

function deskTable(params: Params, filter: InboxFilter): string {
  const { desks } = filter
  const first = desks.map(({ org }, i) => desks.findIndex((one) => one.org === org) === i)
  return `unnest(${params.add(desks.map((d) => d.desk))}::text[], ${params.add(desks.map((d) => d.org))}::text[], ${params.add(first)}::boolean[]) as post (desk, org, first)`
}

function inboxWhere(params: Params, filter: InboxFilter): string[] {
  // A question to an organisation is answered from any of its desks: it shows at the first that the reader has there, once.
  const where = ['tasks.org = post.org', "case tasks.as_role when 'co-handler' then post.first else tasks.desk = post.desk end"]
  if (filter.status !== undefined) where.push(`tasks.status = ${params.add(filter.status)}`)
  if (filter.light !== undefined) where.push(`tasks.light = ${params.add(filter.light)}`)
  if (filter.step !== undefined) where.push(`tasks.step = ${params.add(filter.step)}`)
  if (filter.assignee !== undefined) where.push(`tasks.assignee = ${params.add(filter.assignee)}`)
  return [...where, ...searched(params, filter.q, { no: 'tasks.case_no', words: (wanted) => `tasks.words @> ${wanted}` })]
}

type Searchable = { readonly no: string; readonly words: (wanted: string) => string }

/** Digits are the beginning of a number, anything else is words; a text without either is found nowhere. */
function searched(params: Params, text: string | undefined, { no, words }: Searchable): string[] {
  const q = text?.trim() ?? ''
  if (q === '') return []
  if (/^\d{4,}/.test(q)) return [`${no} like ${params.add(`${q.replaceAll(/[%_\\]/g, '')}%`)}`]
  const wanted = queryWords(q)
  return wanted.length === 0 ? ['false'] : [words(`${params.add(wanted)}::text[]`)]
}

function capped(total: number): { total: number; exact: boolean } {
  return total > COUNT_CAP ? { total: COUNT_CAP, exact: false } : { total, exact: true }
}

// ---------------------------------------------------------------- cases

const caseColumns = {
  id: 'uuid',
  no: 'text',
  root_id: 'uuid',
  parent_id: 'uuid?',
  parent_step: 'text?',
  kind: 'text',
  title: typed<Text>('jsonb'),
  party_id: 'text',
  party_name: 'text',
  org: 'text',
  region: 'text',
  status: typed<'open' | 'ended'>('text'),
  outcome: 'text?',
  light: typed<Light>('text'),
  due_at: 'timestamptz?',
  stage: typed<Text>('jsonb'),
  waiting: 'bool',
  rated: 'bool',
  opened_at: 'timestamptz',
  closed_at: 'timestamptz?',
} as const
const CASE_COLUMNS = Object.keys(caseColumns)
  .map((column) => `cases.${column}`)
  .join(', ')
export type CaseListRow = Awaited<ReturnType<typeof caseRows>>[number]
export type CaseKey = { readonly at: Instant; readonly id: string }
export type CaseFilter = {
  readonly status?: string
  readonly light?: string
  readonly lights?: readonly string[]
  readonly kind?: string
  readonly q?: string
  /** Only roots: the parts of a bundle are reached through it. */
  readonly rootsOnly?: boolean
}

export async function findCases(
  db: Queries,
  sight: Sight,
  filter: CaseFilter,
  page: { after: CaseKey | null; limit: number },
): Promise<Page<CaseListRow>> {
  if (axesOf(sight).length === 0) return { rows: [], hasMore: false, count: { total: 0, exact: true } }
  const [rows, total] = await Promise.all([caseRows(db, sight, filter, page.after, page.limit + 1), caseCount(db, sight, filter)])
  return { rows: rows.slice(0, page.limit), hasMore: rows.length > page.limit, count: capped(total) }
}

/** One party, organisation or region of a sight, and the table whose index has its cases in the order of the list. */
type Axis = { readonly value: string; readonly from: string; readonly holds: (value: string) => string; readonly key: readonly string[] }

// One `or` over three tables would be answered by walking every case; each of these reads the beginning of one range of one index.
function axesOf({ parties, orgs, regions }: Sight): Axis[] {
  const own = { from: 'cases', key: ['cases.opened_at', 'cases.id'] }
  const byOrg = { from: 'case_orgs join cases on cases.id = case_orgs.case_id', key: ['case_orgs.opened_at', 'case_orgs.case_id'] }
  return [
    ...parties.map((value) => ({ ...own, value, holds: (party: string) => `cases.party_id = ${party}` })),
    ...orgs.map((value) => ({ ...byOrg, value, holds: (org: string) => `case_orgs.org = ${org}` })),
    ...regions.map((value) => ({ ...own, value, holds: (region: string) => `cases.region_path like ${region}` })),
  ]
}

function caseRows(db: Queries, sight: Sight, filter: CaseFilter, after: CaseKey | null, limit: number) {
  const params = new Params()
  const where = caseWhere(params, filter)
  const before = after === null ? null : `(${params.add(after.at)}::timestamptz, ${params.add(after.id)}::uuid)`
  const most = `${params.add(limit)}::integer`
  const branches = axesOf(sight).map(({ value, from, holds, key }) => {
    const all = [holds(params.add(value)), ...where, ...(before === null ? [] : [`(${key.join(', ')}) < ${before}`])]
    const order = key.map((column) => `${column} desc`).join(', ')
    return `(select ${CASE_COLUMNS} from ${from} where ${all.join(' and ')} order by ${order} limit ${most})`
  })
  const sql = `select distinct on (page.opened_at, page.id) page.* from (${branches.join(' union all ')}) page
    order by page.opened_at desc, page.id desc limit ${most}`
  return db.query(assembled(sql, caseColumns), params.values)
}

async function caseCount(db: Queries, sight: Sight, filter: CaseFilter): Promise<number> {
  const params = new Params()
  const where = caseWhere(params, filter)
  const most = COUNT_CAP + 1
  const branches = axesOf(sight).map(({ value, from, holds }) => {
    return `(select cases.id from ${from} where ${[holds(params.add(value)), ...where].join(' and ')} limit ${most})`
  })
  const sql = `select count(*)::integer as total from (select one.id from (${branches.join(' union ')}) one limit ${most}) capped`
  return (await db.one(assembled(sql, { total: 'int4' }), params.values)).total
}

function caseWhere(params: Params, filter: CaseFilter): string[] {
  const where: string[] = []
  if (filter.rootsOnly === true) where.push('cases.parent_id is null')
  if (filter.status !== undefined) where.push(`cases.status = ${params.add(filter.status)}`)
  if (filter.light !== undefined) where.push(`cases.light = ${params.add(filter.light)}`)
  if (filter.lights !== undefined) where.push(`cases.status = 'open' and cases.light = any(${params.add(filter.lights)}::text[])`)
  if (filter.kind !== undefined) where.push(`cases.kind = ${params.add(filter.kind)}`)
  const words = (wanted: string) =>
    `exists (select 1 from case_words where case_words.case_id = cases.id and case_words.words @> ${wanted})`
  return [...where, ...searched(params, filter.q, { no: 'cases.no', words })]
}

const visibleColumns = { ...caseColumns, ...recordColumns, acceptor: 'text?' } as const
const VISIBLE_COLUMNS = Object.keys(visibleColumns)
  .map((column) => `cases.${column}`)
  .join(', ')
const visibleCase = statement(
  'engine.visible-case',
  `select ${VISIBLE_COLUMNS} from cases where cases.id = $4::uuid and ${VISIBLE}`,
  visibleColumns,
)
export type VisibleCase = NonNullable<Awaited<ReturnType<typeof findVisibleCase>>>
export async function findVisibleCase(db: Queries, sight: Sight, id: string) {
  const row = await db.maybe(visibleCase, [...sightParams(sight), id])
  return row === null ? null : { ...row, state: { ...row.state, data: row.data } satisfies CaseState }
}

// The data of a case are large: they come with those that are named, which are shown with form and materials.
const familyOf = statement(
  'engine.family-of',
  `select ${CASE_COLUMNS}, cases.matter, cases.state, case when cases.id = any($5::uuid[]) then cases.data end as data, ${VISIBLE} as visible
   from cases where cases.parent_id = $4::uuid or cases.id = any($5::uuid[]) order by cases.no`,
  { ...caseColumns, matter: 'text?', state: typed<StoredState>('jsonb'), data: typed<Data | null>('jsonb?'), visible: 'bool' },
)
export type FamilyCase = Awaited<ReturnType<typeof findFamily>>[number]
/** Children of a case (without their data), and the cases named (its parent, its root), each with whether the reader may open it. */
export async function findFamily(db: Queries, sight: Sight, parent: string, others: readonly string[]) {
  const rows = await db.query(familyOf, [...sightParams(sight), parent, others])
  return rows.map((row) => ({ ...row, state: { ...row.state, data: row.data ?? {} } satisfies CaseState }))
}

const historyOf = statement(
  'engine.history-of',
  `select cases.id, cases.no, cases.title, cases.status, cases.opened_at from cases
   where cases.party_id = $4 and cases.parent_id is null and cases.id <> $5::uuid and ${VISIBLE} order by cases.opened_at desc, cases.id desc limit 10`,
  { id: 'uuid', no: 'text', title: typed<Text>('jsonb'), status: 'text', opened_at: 'timestamptz' },
)
export function findHistory(db: Queries, sight: Sight, party: string, except: string) {
  return db.query(historyOf, [...sightParams(sight), party, except])
}

const lateByOrg = statement(
  'engine.late-by-org',
  `select cases.org, count(*) filter (where cases.light = 'blue')::integer as blue, count(*) filter (where cases.light = 'yellow')::integer as yellow,
     count(*) filter (where cases.light = 'red')::integer as red
   from cases where cases.status = 'open' and cases.light in ('blue', 'yellow', 'red') and ${VISIBLE}
   group by cases.org order by red desc, yellow desc, blue desc, cases.org limit 100`,
  { org: 'text', blue: 'int4', yellow: 'int4', red: 'int4' },
)
export function findLateByOrg(db: Queries, sight: Sight) {
  return db.query(lateByOrg, sightParams(sight))
}

const filesOf = statement(
  'engine.files-of',
  `select case_files.file_id, case_files.material, case_files.name, case_files.added_at, case_files.case_id, case_files.audience
   from case_files where case_files.case_id = any($1::uuid[]) order by case_files.added_at`,
  { file_id: 'text', material: 'text', name: 'text', added_at: 'timestamptz', case_id: 'uuid', audience: typed<Audience>('text') },
)
/** Files of cases whose visibility was checked already; those of audience `house` are not for the applicant. */
export function findFilesOf(db: Queries, cases: readonly string[]) {
  return db.query(filesOf, [cases])
}

const fileVisible = statement(
  'engine.file-visible',
  `select case_files.name from case_files join cases on cases.id = case_files.case_id or cases.root_id = case_files.case_id
   where case_files.file_id = $4 and ${VISIBLE} and (case_files.audience = 'applicant' or ${VISIBLE_BY_OFFICE}) limit 1`,
  { name: 'text' },
)
/** The name under which a file hangs on a case the reader may see; null when there is none. A part of a bundle sees the files of its root. */
export async function findVisibleFile(db: Queries, sight: Sight, file: string): Promise<string | null> {
  return (await db.maybe(fileVisible, [...sightParams(sight), file]))?.name ?? null
}

const openOfBundle = statement(
  'engine.open-of-bundle',
  `select cases.id, cases.no from cases where cases.party_id = $1 and cases.bundle = $2 and cases.parent_id is null and cases.status = 'open' order by cases.opened_at desc limit 1`,
  { id: 'uuid', no: 'text' },
)
/** The case of this bundle that the party has running, if any. For the party's own application; carries no sight. */
export function findOpenOfBundle(db: Queries, party: string, bundle: string) {
  return db.maybe(openOfBundle, [party, bundle])
}

const anyCase = statement('engine.any-case', 'select exists (select 1 from cases) as there', { there: 'bool' })
/** Whether this database has ever had a case. */
export async function hasCases(db: Queries): Promise<boolean> {
  return (await db.one(anyCase)).there
}

const supervisionsOf = statement(
  'engine.supervisions-of',
  `select cases.id from cases where cases.kind = 'supervision' and cases.data -> 'about' ->> 'case' = $1
   order by cases.opened_at desc, cases.id desc limit 1`,
  { id: 'uuid' },
)
/** The latest supervision case about a case. Carries no sight, and reads every case: for the small past of a demonstration. */
export async function findSupervisionOf(db: Queries, about: string): Promise<string | null> {
  return (await db.maybe(supervisionsOf, [about]))?.id ?? null
}
