import { infiniteQueryOptions, useQueryClient } from '@tanstack/react-query'
import { listNotices, readAllNotices, readNotice } from '@yichuang/contract'
import { ask } from '../../platform/api.ts'
import { FIRST_PAGE, nextPage } from '../../platform/query.ts'
import { useSubmit } from '../../platform/submit.ts'

export const noticesQuery = infiniteQueryOptions({
  queryKey: ['notices'],
  queryFn: ({ pageParam, signal }) => ask(listNotices, { query: { limit: 30, cursor: pageParam }, signal }),
  initialPageParam: FIRST_PAGE,
  getNextPageParam: nextPage,
})

function useRefresh() {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: ['notices'] })
    await client.invalidateQueries({ queryKey: ['session'] })
  }
}

export function useReadNotice() {
  return useSubmit((notice: string, idempotencyKey) => ask(readNotice, { params: { notice }, idempotencyKey }), { done: useRefresh() })
}

export function useReadAll() {
  return useSubmit((_all: null, idempotencyKey) => ask(readAllNotices, { idempotencyKey }), { done: useRefresh() })
}
