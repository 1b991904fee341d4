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

type HeadingRow = RowOf<typeof heading>
function headingOf(row: HeadingRow): Omit<IssuedDocument, 'content'> {
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
