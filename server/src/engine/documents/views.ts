/** Reads of issued documents: whoever may see the case may see what was issued in it. */
import type { Text } from '@yichuang/caseflow'
import type { DocumentRow } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import type { RowOf } from '../../platform/pg/columns.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { statement, typed } from '../../platform/pg/statement.ts'
import { type Sight, sightParams, VISIBLE } from '../visibility.ts'
import type { DocumentContent } from './content.ts'
import type { IssuedDocument } from './store.ts'

const heading = {
  case_id: 'uuid',
  id: 'uuid',
  template: 'text',
  no: 'text',
  title: typed<Text>('jsonb'),
  org: 'text',
  issued_at: 'timestamptz',
} as const
const HEADING = Object.keys(heading)
  .map((column) => `documents.${column}`)
  .join(', ')

const find = statement(
  'documents.find',
  `select ${HEADING}, documents.content from documents join cases on cases.id = documents.case_id where documents.id = $4::uuid and ${VISIBLE}`,
  { ...heading, content: typed<DocumentContent>('jsonb') },
)
/** Null: there is none, or it belongs to a case that the reader may not see; nobody learns which. */
export async function findDocument(db: Queries, id: string, sight: Sight): Promise<IssuedDocument | null> {
  const row = await db.maybe(find, [...sightParams(sight), id])
  return row === null ? null : { ...headingOf(row), content: row.content }
}

const ofCase = statement(
  'documents.of-case',
  `select ${HEADING} from documents join cases on cases.id = documents.case_id
   where documents.case_id = $4::uuid and ${VISIBLE}
   union all
   select ${HEADING} from cases join documents on documents.case_id = cases.id
   where cases.root_id = $4::uuid and cases.id <> $4::uuid and ${VISIBLE}
   order by issued_at, id`,
  heading,
)
export type DocumentHeading = Omit<IssuedDocument, 'content'>
/** Documents of a case, oldest first; of a bundle's case also those of its parts that the reader may see (`caseId` says whose each is). */
export async function listDocuments(db: Queries, caseId: string, sight: Sight): Promise<DocumentHeading[]> {
  return (await db.query(ofCase, [...sightParams(sight), caseId])).map(headingOf)
}

type HeadingRow = RowOf<typeof heading>
function headingOf(row: HeadingRow): DocumentHeading {
  const { id, template, no, title, org } = row
  return { caseId: row.case_id, id, template, no, title, org, issuedAt: row.issued_at }
}

const ofCases = statement(
  'documents.of-cases',
  `select ${HEADING} from documents where documents.case_id = any($1::uuid[]) order by documents.issued_at, documents.id`,
  heading,
)
/** Documents of cases whose visibility was checked already, as the contract shows them, oldest first. */
export async function documentRowsOf(db: Queries, pack: Pick<CityPack, 'orgs'>, cases: readonly string[]): Promise<DocumentRow[]> {
  const rows = await db.query(ofCases, [cases])
  return rows.map((row) => ({
    id: row.id,
    no: row.no,
    template: row.template,
    title: row.title,
    issuedAt: row.issued_at,
    org: pack.orgs.get(row.org)?.name ?? { zh: row.org },
    case: row.case_id,
  }))
}
