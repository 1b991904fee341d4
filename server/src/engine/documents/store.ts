/** Writes of issued documents. */
import type { Text } from '@yichuang/caseflow'
import type { Queries } from '../../platform/pg/database.ts'
import { json, statement } from '../../platform/pg/statement.ts'
import type { DocumentContent } from './content.ts'

export type IssuedDocument = {
  readonly caseId: string
  readonly id: string
  /** Id of the pack's template. */
  readonly template: string
  readonly no: string
  readonly title: Text
  /** Id of the issuing organisation. */
  readonly org: string
  readonly content: DocumentContent
  readonly issuedAt: string
}

const insert = statement(
  'documents.insert',
  `insert into documents (case_id, id, template, no, title, org, content, issued_at)
   values ($1::uuid, $2::uuid, $3, $4, $5::jsonb, $6, $7::jsonb, $8::timestamptz)`,
)
export async function insertDocument(tx: Queries, issued: IssuedDocument): Promise<void> {
  const { caseId, id, template, no, title, org, content, issuedAt } = issued
  await tx.run(insert, [caseId, id, template, no, json(title), org, json(content), issuedAt])
}
