/** 好差评: one rating per case, by the applicant only. 国办发〔2019〕51号. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Instant, PageQuery, pageOf, Text, Uuid } from './words.ts'

export const Stars = Type.Integer({ minimum: 1, maximum: 5, description: '5 非常满意 4 满意 3 基本满意 2 不满意 1 非常不满意' })
/** Anonymous to the rated organisation: neither name nor case number. */
export const Review = Type.Object({ id: Uuid, at: Instant, stars: Stars, words: Type.String(), org: Text, matter: Text })
export type Review = Static<typeof Review>

export const rateCase = endpoint({
  id: 'rateCase',
  at: 'POST /cases/:case/rating',
  summary: 'Rate a case once, as its applicant, inside the window',
  params: Type.Object({ case: Uuid }),
  body: Type.Object({ stars: Stars, words: Type.Optional(Type.String({ maxLength: 500 })) }),
  answer: Type.Object({ stars: Stars, at: Instant }),
  refusals: ['cases/unknown', 'reviews/applicant-only', 'reviews/already-rated', 'reviews/too-early', 'reviews/window-closed'],
})
export const listReviews = endpoint({
  id: 'listReviews',
  at: 'GET /reviews',
  summary: 'Ratings of my organisations, anonymous',
  query: Type.Object({ ...PageQuery }),
  answer: Type.Object({
    ...pageOf(Review).properties,
    average: Type.Union([Type.Number(), Type.Null()]),
    byStars: Type.Array(Type.Integer()),
  }),
})
