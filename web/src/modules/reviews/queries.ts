import { infiniteQueryOptions, useQueryClient } from '@tanstack/react-query'
import { listReviews, rateCase } from '@yichuang/contract'
import { ask } from '../../platform/api.ts'
import { FIRST_PAGE, nextPage } from '../../platform/query.ts'
import { useSubmit } from '../../platform/submit.ts'

export function useRate(caseId: string) {
  const client = useQueryClient()
  return useSubmit(
    (wish: { stars: number; words: string | undefined }, idempotencyKey) =>
      ask(rateCase, { params: { case: caseId }, body: wish, idempotencyKey }),
    {
      done: async () => {
        await client.invalidateQueries({ queryKey: ['case'] })
        await client.invalidateQueries({ queryKey: ['cases'] })
      },
    },
  )
}

export const reviewsQuery = infiniteQueryOptions({
  queryKey: ['reviews'],
  queryFn: ({ pageParam, signal }) => ask(listReviews, { query: { limit: 30, cursor: pageParam }, signal }),
  initialPageParam: FIRST_PAGE,
  getNextPageParam: nextPage,
})
