/** Writes of the engine, and the reads a command needs. One statement moves one case with everything derived from it. */
import type { CaseEvent, CaseState, Data, Text } from '@yichuang/caseflow'
import { wordsOf } from '@yichuang/words'
import type { RowOf } from '../platform/pg/columns.ts'
import type { Queries } from '../platform/pg/database.ts'
import { statement, typed } from '../platform/pg/statement.ts'
import type { CaseProjection } from './projection.ts'

/** A case as the engine holds it while a command runs. */
export type CaseRecord = {
  readonly id: string
  readonly no: string
  readonly rootId: string
  readonly parentId: string | null
  readonly matter: string | null
  readonly bundle: string | null
  readonly title: Text
  readonly partyId: string
  readonly partyName: string
  readonly applicant: string
  readonly regionPath: string
  readonly version: number
  readonly state: CaseState
  /** The case's data as its row has them: written again only when `state.data` are others. */
  readonly keptData?: Data
}

/** The state as it lies in its row: without its data, which have a column of their own. */
export type StoredState = Omit<CaseState, 'data'>

/** Columns of a case that the engine works with, and the way from such a row to the case. */
export const recordColumns = {
  id: 'uuid',
  no: 'text',
  root_id: 'uuid',
  parent_id: 'uuid?',
  matter: 'text?',
  bundle: 'text?',
  title: typed<Text>('jsonb'),
  party_id: 'text',
  party_name: 'text',
  applicant: 'text',
  region_path: 'text',
  version: 'int4',
  state: typed<StoredState>('jsonb'),
  data: typed<Data>('jsonb'),
} as const
export function recordOf(row: RowOf<typeof recordColumns>): CaseRecord {
  return {
    id: row.id,
    no: row.no,
    rootId: row.root_id,
    parentId: row.parent_id,
    matter: row.matter,
    bundle: row.bundle,
    title: row.title,
    partyId: row.party_id,
    partyName: row.party_name,
    applicant: row.applicant,
    regionPath: row.region_path,
    version: row.version,
    state: { ...row.state, data: row.data },
    keptData: row.data,
  }
}

const RECORD = Object.keys(recordColumns)
  .map((column) => `cases.${column}`)
  .join(', ')
const loadCase = statement('engine.load-case', `select ${RECORD} from cases where cases.id = $1`, recordColumns)
export async function findCase(tx: Queries, id: string): Promise<CaseRecord | null> {
  const row = await tx.maybe(loadCase, [id])
  return row === null ? null : recordOf(row)
}

const childrenOf = statement('engine.children-of', `select cases.id from cases where cases.parent_id = $1 and cases.status = 'open'`, {
  id: 'uuid',
})
export async function findOpenChildren(tx: Queries, parent: string): Promise<string[]> {
  return (await tx.query(childrenOf, [parent])).map((row) => row.id)
}

// The four derived tables are brought to what they should be: rows that are no more go, the others are put. $2 is the new version.
// Whoever finds the case moved on records nothing: two who decide in the same millisecond would otherwise meet in the key of the events.
// `words` is where the search words of new tasks come from.
const derived = (words: string) => `
  recorded as (
    insert into case_events (case_id, seq, at, actor, org, type, data)
    select $1::uuid, e.seq, e.at, e.actor, e.org, e.type, e.data
    from moved, jsonb_to_recordset($3::jsonb) as e (seq integer, at timestamptz, actor text, org text, type text, data jsonb)
  ),
  put_orgs as (
    insert into case_orgs (case_id, org, opened_at)
    select $1::uuid, o.org, c.opened_at
    from jsonb_to_record($11::jsonb) as c (involved jsonb, opened_at timestamptz), jsonb_array_elements_text(c.involved) as o (org)
    on conflict (case_id, org) do nothing
  ),
  wanted_tasks as (
    select t.* from jsonb_to_recordset($4::jsonb) as t (
      step text, org text, round integer, as_role text, desk text, role text, assignee text, status text, light text, due_at timestamptz,
      ready_at timestamptz, step_title jsonb)
  ),
  gone_tasks as (
    delete from tasks where tasks.case_id = $1::uuid and not exists (
      select 1 from wanted_tasks where wanted_tasks.step = tasks.step and wanted_tasks.org = tasks.org)
  ),
  put_tasks as (
    insert into tasks (case_id, step, org, round, as_role, desk, role, assignee, status, light, due_at, urgency, ready_at, case_no, kind, title,
      party_name, step_title, region_path, case_version, words)
    select $1::uuid, w.step, w.org, w.round, w.as_role, w.desk, w.role, w.assignee, w.status, w.light, w.due_at,
      coalesce(w.due_at, timestamptz '9999-12-31'), w.ready_at, $6, $7, $8::jsonb, $9, w.step_title, $10, $2::integer, ${words}
    from wanted_tasks w
    on conflict (case_id, step, org) do update set party_name = excluded.party_name, round = excluded.round, as_role = excluded.as_role, desk = excluded.desk, role = excluded.role,
      assignee = excluded.assignee, status = excluded.status, light = excluded.light, due_at = excluded.due_at, urgency = excluded.urgency,
      ready_at = excluded.ready_at, step_title = excluded.step_title, case_version = excluded.case_version
  ),
  wanted_obligations as (
    select o.* from jsonb_to_recordset($5::jsonb) as o (clock text, level text, due_at timestamptz)
  ),
  gone_obligations as (
    delete from obligations where obligations.case_id = $1::uuid and not exists (
      select 1 from wanted_obligations w where w.clock = obligations.clock and w.level = obligations.level)
  ),
  put_obligations as (
    insert into obligations (case_id, clock, level, due_at)
    select $1::uuid, w.clock, w.level, w.due_at from wanted_obligations w
    on conflict (case_id, clock, level) do update set due_at = excluded.due_at, attempts = 0, error = null, parked_at = null
    where obligations.due_at <> excluded.due_at
  )`

const insertCase = statement(
  'engine.insert-case',
  `with moved as (
     insert into cases (id, no, root_id, parent_id, parent_step, kind, flow, flow_version, matter, bundle, title, party_id, party_name, applicant,
       region, region_path, org, org_path, acceptor, status, outcome, light, due_at, stage, waiting, rated, opened_at, closed_at,
       calendar_version, state, data, version)
     select $1::uuid, $6::text, c.root_id, c.parent_id, c.parent_step, $7::text, c.flow, c.flow_version, c.matter, c.bundle, $8::jsonb, c.party_id, $9::text,
       c.applicant, c.region, $10::text, c.org, c.org_path, c.acceptor, c.status, c.outcome, c.light,
       c.due_at, c.stage, c.waiting, c.rated, c.opened_at, c.closed_at, c.calendar_version, $12::jsonb, $13::jsonb, $2::integer
     from jsonb_to_record($11::jsonb) as c (root_id uuid, parent_id uuid, parent_step text, flow text, flow_version text, matter text, bundle text,
       party_id text, applicant text, region text, org text, org_path text, acceptor text, status text, outcome text, light text,
       due_at timestamptz, stage jsonb, waiting boolean, rated boolean, opened_at timestamptz, closed_at timestamptz, calendar_version text)
     returning id
   ), worded as (
     insert into case_words (case_id, words) values ($1::uuid, $14::text[])
   ), ${derived('$14::text[]')}
   select moved.id from moved`,
  { id: 'uuid' },
)

const updateCase = statement(
  'engine.update-case',
  `with moved as (
     update cases set party_name = $9::text, org = c.org, org_path = c.org_path, flow_version = c.flow_version,
       status = c.status, outcome = c.outcome, light = c.light, due_at = c.due_at, stage = c.stage, waiting = c.waiting, rated = c.rated,
       closed_at = c.closed_at, calendar_version = c.calendar_version, state = $12::jsonb,
       data = coalesce($13::jsonb, cases.data), version = $2::integer
     from jsonb_to_record($11::jsonb) as c (org text, org_path text, flow_version text, status text, outcome text, light text,
       due_at timestamptz, stage jsonb, waiting boolean, rated boolean, closed_at timestamptz, calendar_version text)
     where cases.id = $1::uuid and cases.version = $14::integer
     returning cases.id
   ), ${derived("coalesce((select case_words.words from case_words where case_words.case_id = $1::uuid), '{}')")}
   select moved.id from moved`,
  { id: 'uuid' },
)

/** Everything that is written about one case by one command. */
export type CaseWrite = {
  readonly record: CaseRecord
  readonly events: readonly CaseEvent[]
  readonly projection: CaseProjection
  readonly isNew: boolean
  readonly parentStep: string | null
  readonly orgPath: string
}

const reword = statement(
  'engine.reword',
  `with tasked as (update tasks set words = $2::text[] where tasks.case_id = $1::uuid)
   update case_words set words = $2::text[] where case_words.case_id = $1::uuid`,
)
/** The party got another name while its case runs: both names find it. */
export async function addWords(tx: Queries, record: CaseRecord, before: string): Promise<void> {
  await tx.run(reword, [record.id, caseWords(record, [before])])
}

const openOfRoot = statement(
  'engine.open-of-root',
  `select cases.id from cases where cases.root_id = $1::uuid and cases.status = 'open' order by cases.no`,
  { id: 'uuid' },
)
export async function findOpenOfRoot(tx: Queries, root: string): Promise<string[]> {
  return (await tx.query(openOfRoot, [root])).map((row) => row.id)
}

/** false: the case moved on since it was read (its version differs). */
export async function writeCase(tx: Queries, write: CaseWrite): Promise<boolean> {
  const { record, isNew } = write
  const version = record.version + (isNew ? 0 : 1)
  const rows = isNew
    ? await tx.query(insertCase, [...paramsOf(write, version), caseWords(record, [])])
    : await tx.query(updateCase, [...paramsOf(write, version), record.version])
  return rows.length === 1
}

const putWords = statement(
  'engine.put-case-words',
  `insert into case_words (case_id, words) values ($1::uuid, $2::text[]) on conflict (case_id) do update set words = excluded.words`,
)
type Rewrite = Pick<CaseWrite, 'record' | 'projection' | 'orgPath'> & {
  /** What the party was called while the case ran. */
  readonly names: readonly string[]
}
/** Everything that is derived, once more: nothing is recorded and the version stays. */
export async function rewriteCase(tx: Queries, write: Rewrite): Promise<void> {
  const { record, names } = write
  // The words first: tasks take theirs from there.
  await Promise.all([
    tx.run(putWords, [record.id, caseWords(record, names)]),
    tx.one(updateCase, [...paramsOf({ ...write, events: [], isNew: false, parentStep: null }, record.version), record.version]),
  ])
}

function paramsOf(write: CaseWrite, version: number): (string | number | null)[] {
  const { record, events, projection } = write
  const { data, ...storedState } = record.state
  return [
    record.id,
    version,
    JSON.stringify(events.map((event, i) => eventRow(event, record.state.seq - events.length + i + 1))),
    JSON.stringify(projection.tasks.map(taskRow)),
    JSON.stringify(projection.obligations.map((o) => ({ clock: o.clock, level: o.level, due_at: o.dueAt }))),
    record.no,
    record.state.kind,
    JSON.stringify(record.title),
    record.partyName,
    record.regionPath,
    JSON.stringify(columnsOf(write)),
    JSON.stringify(storedState),
    data === record.keptData ? null : JSON.stringify(data),
  ]
}

/** In an order of their own, so that it does not matter which name came first. */
function caseWords({ title, partyName }: CaseRecord, names: readonly string[]): string[] {
  const texts = [title.zh, title.en ?? '', partyName, ...names]
  return [...new Set(texts.flatMap(wordsOf))].sort()
}

function eventRow(event: CaseEvent, seq: number) {
  const { type, at, actor, org, ...data } = event
  return { seq, at, actor, org: org ?? null, type, data }
}

function taskRow(task: CaseProjection['tasks'][number]) {
  return {
    step: task.step,
    org: task.org,
    round: task.round,
    as_role: task.as,
    desk: task.desk,
    role: task.role ?? null,
    assignee: task.assignee ?? null,
    status: task.status,
    light: task.light,
    due_at: task.dueAt,
    ready_at: task.readyAt,
    step_title: task.stepTitle,
  }
}

function columnsOf({ record, projection, parentStep, orgPath }: CaseWrite) {
  const { state } = record
  return {
    root_id: record.rootId,
    parent_id: record.parentId,
    parent_step: parentStep,
    flow: state.flow,
    flow_version: state.flowVersion,
    matter: record.matter,
    bundle: record.bundle,
    party_id: record.partyId,
    applicant: record.applicant,
    region: state.region,
    org: state.org,
    org_path: orgPath,
    acceptor: state.acceptor ?? null,
    involved: projection.involved,
    status: projection.status,
    outcome: projection.outcome,
    light: projection.light,
    due_at: projection.dueAt,
    stage: projection.stage,
    waiting: projection.waiting,
    rated: projection.rated,
    opened_at: state.openedAt,
    closed_at: projection.closedAt,
    calendar_version: state.calendarVersion,
  }
}

// What an office adds is its own, unless it is a material that the applicant was asked for: paper scanned at the counter.
const insertFiles = statement(
  'engine.insert-case-files',
  `insert into case_files (case_id, file_id, material, name, added_at, added_by, audience)
   select $1::uuid, f.file, f.material, f.name, $3::timestamptz, $4,
     case when f.office and not exists (select 1 from cases where cases.id = $1::uuid and cases.data -> 'materials' ? f.material)
       then 'house' else 'applicant' end
   from jsonb_to_recordset($2::jsonb) as f (file text, material text, name text, office boolean)
   on conflict (case_id, file_id, material) do nothing`,
  {},
)
export type AddedFile = { readonly file: string; readonly material: string; readonly name: string; readonly office: boolean }
export async function addFiles(
  tx: Queries,
  caseId: string,
  files: readonly AddedFile[],
  by: { at: string; person: string },
): Promise<void> {
  if (files.length > 0) await tx.run(insertFiles, [caseId, JSON.stringify(files), by.at, by.person])
}

const takeSerials = statement(
  'engine.take-serials',
  `insert into serials (name, day, last) values ($1, $2::date, $3::integer)
   on conflict (name, day) do update set last = serials.last + excluded.last
   returning last`,
  { last: 'int4' },
)
/** Reserves `count` numbers; answers the last of them. */
export async function reserveSerials(db: Queries, name: string, day: string, count: number): Promise<number> {
  return (await db.one(takeSerials, [name, day, count])).last
}

const eventsOf = statement(
  'engine.events-of',
  'select case_events.seq, case_events.at, case_events.actor, case_events.org, case_events.type, case_events.data from case_events where case_events.case_id = $1 order by case_events.seq',
  { seq: 'int4', at: 'timestamptz', actor: 'text', org: 'text?', type: 'text', data: typed<object>('jsonb') },
)
/** The record of a case, oldest first. */
export async function findEvents(tx: Queries, caseId: string): Promise<(CaseEvent & { seq: number })[]> {
  const rows = await tx.query(eventsOf, [caseId])
  return rows.map(
    (row) =>
      ({
        ...row.data,
        type: row.type,
        at: row.at,
        actor: row.actor,
        ...(row.org === null ? {} : { org: row.org }),
        seq: row.seq,
      }) as CaseEvent & { seq: number },
  )
}

const byNo = statement('engine.case-by-no', 'select cases.id from cases where cases.no = $1 limit 1', { id: 'uuid' })
export async function findCaseByNo(tx: Queries, no: string): Promise<string | null> {
  return (await tx.maybe(byNo, [no]))?.id ?? null
}
