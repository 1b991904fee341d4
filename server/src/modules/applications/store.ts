import type { DraftMaterial } from '@yichuang/contract'
import type { Queries } from '../../platform/pg/database.ts'
import { json, statement, typed } from '../../platform/pg/statement.ts'

type Values = { readonly [id: string]: unknown }

const columns = {
  party_id: 'text',
  id: 'uuid',
  person: 'text',
  at_counter: 'bool',
  bundle: 'text',
  bundle_version: 'text',
  region: 'text',
  answers: typed<Values>('jsonb'),
  form: typed<Values>('jsonb'),
  materials: typed<readonly DraftMaterial[]>('jsonb'),
  version: 'int4',
  updated_at: 'timestamptz',
  submitted_case: 'uuid?',
} as const
const COLUMNS = Object.keys(columns)
  .map((column) => `drafts.${column}`)
  .join(', ')

export type StoredDraft = NonNullable<Awaited<ReturnType<typeof findDraft>>>

// $2 parties acted for, $3 the reader: a draft is seen by the people of its party and by the clerk who writes it, while her hall serves the party.
const find = statement(
  'applications.find-draft',
  `select ${COLUMNS} from drafts where drafts.id = $1::uuid and (drafts.party_id = any($2::text[]) or (drafts.person = $3 and drafts.at_counter))`,
  columns,
)
export function findDraft(db: Queries, id: string, reader: { parties: readonly string[]; person: string }) {
  return db.maybe(find, [id, reader.parties, reader.person])
}

const mine = statement(
  'applications.my-drafts',
  `select ${COLUMNS} from drafts where (drafts.party_id = any($1::text[]) or (drafts.person = $2 and drafts.at_counter)) and drafts.submitted_case is null
   order by drafts.updated_at desc, drafts.id limit 50`,
  columns,
)
export function findMyDrafts(db: Queries, reader: { parties: readonly string[]; person: string }) {
  return db.query(mine, [reader.parties, reader.person])
}

const countOpen = statement(
  'applications.count-open',
  `select count(*)::integer as n from drafts where drafts.party_id = $1 and drafts.person = $2 and drafts.submitted_case is null`,
  { n: 'int4' },
)
export async function countOpenDrafts(tx: Queries, party: string, person: string): Promise<number> {
  return (await tx.one(countOpen, [party, person])).n
}

const insert = statement(
  'applications.insert-draft',
  `insert into drafts (party_id, id, person, at_counter, bundle, bundle_version, region, answers, form, materials, version, created_at, updated_at)
   values ($1, $2::uuid, $3, $4, $5, $6, $7, $8::jsonb, '{}', '[]', 1, $9::timestamptz, $9::timestamptz) returning ${COLUMNS}`,
  columns,
)
export type NewDraft = {
  readonly party: string
  readonly id: string
  readonly person: string
  readonly atCounter: boolean
  readonly bundle: string
  readonly bundleVersion: string
  readonly region: string
  readonly answers: Values
  readonly at: string
}
export function insertDraft(tx: Queries, draft: NewDraft) {
  return tx.one(insert, [
    draft.party,
    draft.id,
    draft.person,
    draft.atCounter,
    draft.bundle,
    draft.bundleVersion,
    draft.region,
    json(draft.answers),
    draft.at,
  ])
}

const update = statement(
  'applications.update-draft',
  `update drafts set answers = $3::jsonb, form = $4::jsonb, materials = $5::jsonb, region = $6, bundle_version = $7, updated_at = $8::timestamptz, version = drafts.version + 1
   where drafts.id = $1::uuid and drafts.version = $2::integer and drafts.submitted_case is null returning ${COLUMNS}`,
  columns,
)
export type DraftChange = Pick<StoredDraft, 'id' | 'version' | 'answers' | 'form' | 'materials' | 'region'> & {
  readonly bundleVersion: string
  readonly at: string
}
/** null: somebody saved it meanwhile, or it was submitted. */
export function updateDraft(tx: Queries, change: DraftChange) {
  const { id, version, answers, form, materials, region, bundleVersion, at } = change
  return tx.maybe(update, [id, version, json(answers), json(form), json(materials), region, bundleVersion, at])
}

const submitted = statement(
  'applications.mark-submitted',
  'update drafts set submitted_case = $3::uuid, version = drafts.version + 1 where drafts.id = $1::uuid and drafts.version = $2::integer and drafts.submitted_case is null returning drafts.id',
  { id: 'uuid' },
)
export async function markSubmitted(tx: Queries, draft: StoredDraft, caseId: string): Promise<boolean> {
  return (await tx.query(submitted, [draft.id, draft.version, caseId])).length === 1
}

const remove = statement('applications.delete-draft', 'delete from drafts where drafts.id = $1::uuid and drafts.submitted_case is null', {})
export function deleteDraft(tx: Queries, id: string): Promise<number> {
  return tx.run(remove, [id])
}

const lastForm = statement(
  'applications.last-form',
  `select drafts.form from drafts where drafts.party_id = $1 and drafts.bundle = $2 and drafts.submitted_case is not null order by drafts.updated_at desc limit 1`,
  { form: typed<Values>('jsonb') },
)
/** What the party wrote in this bundle's form last time. */
export async function findPreviousForm(db: Queries, party: string, bundle: string): Promise<Values | null> {
  return (await db.maybe(lastForm, [party, bundle]))?.form ?? null
}

const line = statement('applications.line', "select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 8431))::text as stood", {
  stood: 'text?',
})
/** Whoever submits the same thing for the same party waits here until the other's transaction has ended. */
export async function standInLine(tx: Queries, party: string, bundle: string): Promise<void> {
  await tx.one(line, [party, bundle])
}

const writtenDown = statement(
  'applications.written-down',
  `select exists (
     select 1 from drafts where drafts.party_id = $1 and drafts.person = any($2::text[]) and drafts.at_counter and drafts.submitted_case is null
   ) as there`,
  { there: 'bool' },
)
/** Whether one of these clerks has an unfinished application of the party before them. */
export async function isWrittenDown(db: Queries, party: string, clerks: readonly string[]): Promise<boolean> {
  return clerks.length > 0 && (await db.one(writtenDown, [party, clerks])).there
}
