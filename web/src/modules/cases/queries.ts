import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import {
  type ActionView,
  actOnCase,
  type CaseView,
  explainClock,
  getCase,
  listCases,
  listInbox,
  listLate,
  type QueryOf,
} from '@yichuang/contract'
import { ask } from '../../platform/api.ts'
import { Problem } from '../../platform/problem.ts'
import { FIRST_PAGE, nextPage } from '../../platform/query.ts'
import { useSubmit } from '../../platform/submit.ts'

export type InboxFilter = Omit<QueryOf<typeof listInbox>, 'cursor' | 'limit'>
export type CaseFilter = Omit<QueryOf<typeof listCases>, 'cursor' | 'limit'>

const PAGE = 30
/** Work arrives and clocks turn while a page lies open. */
const REFRESH_MS = 30_000

export const inboxQuery = (filter: InboxFilter) =>
  infiniteQueryOptions({
    queryKey: ['inbox', filter],
    refetchInterval: REFRESH_MS,
    queryFn: ({ pageParam, signal }) => ask(listInbox, { query: { ...filter, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextPage,
  })

export const casesQuery = (filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['cases', filter],
    queryFn: ({ pageParam, signal }) => ask(listCases, { query: { ...filter, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextPage,
  })

export const lateQuery = (light: 'blue' | 'yellow' | 'red' | undefined) =>
  infiniteQueryOptions({
    queryKey: ['late', light],
    queryFn: ({ pageParam, signal }) => ask(listLate, { query: { light, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextPage,
  })

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) => ask(getCase, { params: { case: id }, signal }),
  })

export const explainQuery = (id: string, clock: string) =>
  queryOptions({
    queryKey: ['case', id, 'clock', clock],
    queryFn: ({ signal }) => ask(explainClock, { params: { case: id, clock }, signal }),
  })

export type ActionInput = { readonly [field: string]: unknown }

/** Takes an action on the version that was looked at; the answer is the case as it stands now. */
export function useAct(view: { readonly id: string; readonly version: number }, done?: (view: CaseView) => void) {
  const client = useQueryClient()
  return useSubmit(
    ({ action, input }: { action: Pick<ActionView, 'action' | 'step'>; input: ActionInput }, idempotencyKey) =>
      ask(actOnCase, {
        params: { case: view.id },
        body: { action: action.action, step: action.step, input },
        idempotencyKey,
        ifMatch: view.version,
      }),
    {
      done: (next) => {
        client.setQueryData(caseQuery(view.id).queryKey, next)
        for (const queryKey of [['inbox'], ['cases'], ['late'], ['notices'], ['case']]) void client.invalidateQueries({ queryKey })
        done?.(next)
      },
      /* What it says has been refreshed is refreshed, so that the same press works the second time. */
      failed: (error) => {
        if (error instanceof Problem && error.status === 409) void client.invalidateQueries({ queryKey: caseQuery(view.id).queryKey })
      },
    },
  )
}
