/** 好差评 over HTTP: the applicant rates once; organisations read what was said of them, not by whom. */
import { listReviews, type Review, rateCase } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import { err, ok, refuse } from '@yichuang/result'
import type { Engine } from '../../engine/engine.ts'
import { sightOf } from '../../engine/visibility.ts'
import { encodeCursor } from '../../platform/http/cursors.ts'
import { decodeMomentCursor } from '../../platform/http/moment-cursors.ts'
import type { Http } from '../../platform/http/server.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { APPLICANT_ONLY, inOurWords } from './core/refusals.ts'
import { COUNT_CAP, countByStars, findPartyOfCase, findReviews, type ReviewRow } from './views.ts'

export type ReviewRoutesParts = { readonly db: Queries; readonly pack: CityPack; readonly act: Engine['act'] }

const USUAL = 20

export function routes(http: Pick<Http, 'answer' | 'command'>, { db, pack, act }: ReviewRoutesParts): void {
  http.command(rateCase, async ({ principal, params, body }, tx) => {
    const party = await findPartyOfCase(tx, sightOf(principal), params.case)
    if (party === null) return refuse('cases/unknown', 'There is no such case, or you may not see it.')
    if (!principal.parties.some((one) => one.id === party)) return err(APPLICANT_ONLY)
    const input = { stars: body.stars, words: body.words?.trim() ?? '' }
    const actor = { person: principal.person, side: 'applicant', posts: [], forParty: true } as const
    const rated = await act(tx, { caseId: params.case, action: 'rate', input }, actor)
    if (!rated.ok) return err(inOurWords(rated.error))
    const { rating } = rated.value.state
    if (rating === undefined) throw new Error(`case ${params.case} was rated and has no rating`)
    return ok({ stars: rating.stars, at: rating.at })
  })

  http.answer(listReviews, async ({ principal, query }) => {
    const key = decodeMomentCursor(query.cursor)
    if (!key.ok) return key
    const scope = sightOf(principal)
    const limit = query.limit ?? USUAL
    const [found, byStars] = await Promise.all([findReviews(db, scope, key.value, limit + 1), countByStars(db, scope)])
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    const total = byStars.reduce((sum, n) => sum + n, 0)
    return ok({
      rows: rows.map((row) => reviewOf(row, pack)),
      next: found.length > limit && last !== undefined ? encodeCursor([last.at, last.id]) : null,
      count: { total: Math.min(total, COUNT_CAP), exact: total <= COUNT_CAP },
      average: averageOf(byStars, total),
      byStars,
    })
  })
}

function averageOf(byStars: readonly number[], total: number): number | null {
  if (total === 0) return null
  const sum = byStars.reduce((all, n, i) => all + n * (i + 1), 0)
  return Math.round((sum / total) * 100) / 100
}

function reviewOf(row: ReviewRow, pack: CityPack): Review {
  const { id, at, stars, words, matter } = row
  return { id, at, stars, words, matter, org: pack.orgs.get(row.org)?.name ?? { zh: row.org } }
}
