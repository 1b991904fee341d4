/** Reads of reviews, by the reader's organisations and regions: neither applicant nor case leaves this table. */
import type { Text } from '@yichuang/caseflow'
import type { Instant } from '@yichuang/workday'
import { type Sight, sightParams, VISIBLE } from '../../engine/visibility.ts'
import type { RowOf } from '../../platform/pg/columns.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { statement, typed } from '../../platform/pg/statement.ts'

/** Beyond this a count is "at least". */
export const COUNT_CAP = 1000

const columns = {
  id: 'uuid',
  at: 'timestamptz',
  stars: 'int2',
  words: 'text',
  org: 'text',
  matter: typed<Text>('jsonb'),
} as const
export type ReviewRow = RowOf<typeof columns>

const MINE = '(reviews.org = any($1::text[]) or reviews.region_path like any($2::text[]))'

const page = statement(
  'reviews.page',
  `select reviews.id, reviews.at, reviews.stars, reviews.words, reviews.org, reviews.matter from reviews
   where ${MINE} and ($3::timestamptz is null or (reviews.at, reviews.id) < ($3::timestamptz, $4::uuid))
   order by reviews.at desc, reviews.id desc limit $5::integer`,
  columns,
)
export type ReviewKey = { readonly at: Instant; readonly id: string }
type Scope = Pick<Sight, 'orgs' | 'regions'>
export async function findReviews(db: Queries, scope: Scope, after: ReviewKey | null, limit: number): Promise<ReviewRow[]> {
  return db.query(page, [scope.orgs, scope.regions, after?.at ?? null, after?.id ?? null, limit])
}

const byStars = statement(
  'reviews.by-stars',
  `select reviews.stars, count(*)::integer as total from reviews where ${MINE} group by reviews.stars`,
  { stars: 'int2', total: 'int4' },
)
/** How many of one star, two stars … five stars. */
export async function countByStars(db: Queries, scope: Scope): Promise<number[]> {
  const rows = await db.query(byStars, [scope.orgs, scope.regions])
  return [1, 2, 3, 4, 5].map((stars) => rows.find((row) => row.stars === stars)?.total ?? 0)
}

const partyOfCase = statement('reviews.party-of-case', `select cases.party_id from cases where cases.id = $4::uuid and ${VISIBLE}`, {
  party_id: 'text',
})
/** Whose case it is, or null when the reader may not see it. */
export async function findPartyOfCase(db: Queries, sight: Sight, caseId: string): Promise<string | null> {
  return (await db.maybe(partyOfCase, [...sightParams(sight), caseId]))?.party_id ?? null
}
