/** Writes of reviews: one row per case, from the engine's record. */
import type { Text } from '@yichuang/caseflow'
import type { Instant } from '@yichuang/workday'
import type { Queries } from '../../platform/pg/database.ts'
import { json, statement } from '../../platform/pg/statement.ts'

const insertReview = statement(
  'reviews.insert',
  `insert into reviews (case_id, id, at, stars, words, org, region_path, matter)
   values ($1::uuid, $2::uuid, $3::timestamptz, $4::smallint, $5, $6, $7, $8::jsonb)
   on conflict (case_id) do nothing`,
)
export type NewReview = {
  readonly caseId: string
  readonly id: string
  readonly at: Instant
  readonly stars: number
  readonly words: string
  readonly org: string
  readonly regionPath: string
  readonly matter: Text
}
export async function addReview(tx: Queries, { caseId, id, at, stars, words, org, regionPath, matter }: NewReview): Promise<void> {
  await tx.run(insertReview, [caseId, id, at, stars, words, org, regionPath, json(matter)])
}
