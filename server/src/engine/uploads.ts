/** Which uploads hang on cases: those are kept. */
import type { Queries } from '../platform/pg/database.ts'
import { statement } from '../platform/pg/statement.ts'

const inCases = statement(
  'engine.files-in-cases',
  'select distinct case_files.file_id from case_files where case_files.file_id = any($1::text[])',
  { file_id: 'text' },
)
export async function findFilesInCases(db: Queries, ids: readonly string[]): Promise<string[]> {
  return (await db.query(inCases, [ids])).map((row) => row.file_id)
}
