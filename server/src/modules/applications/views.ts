import type { Queries } from '../../platform/pg/database.ts'
import { statement } from '../../platform/pg/statement.ts'

const filesInDrafts = statement(
  'applications.files-in-drafts',
  `select distinct material.value ->> 'file' as file from drafts cross join lateral jsonb_array_elements(drafts.materials) as material (value)
   where drafts.submitted_case is null and material.value ->> 'file' = any($1::text[])`,
  { file: 'text' },
)
/** Which of these uploads an unfinished application names; those of a submitted one hang on its case. */
export async function findFilesInDrafts(db: Queries, ids: readonly string[]): Promise<string[]> {
  return (await db.query(filesInDrafts, [ids])).map((row) => row.file)
}
