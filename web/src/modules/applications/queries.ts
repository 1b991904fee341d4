import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query'
import { createDraft, deleteDraft, getBundle, getDraft, listDrafts, planBundle, submitDraft } from '@yichuang/contract'
import { ask } from '../../platform/api.ts'
import { useSubmit } from '../../platform/submit.ts'

export type Answers = { readonly [question: string]: unknown }

export const bundleQuery = (bundle: string) =>
  queryOptions({
    queryKey: ['bundle', bundle],
    queryFn: ({ signal }) => ask(getBundle, { params: { bundle }, signal }),
    staleTime: 300_000,
  })

export const planQuery = (bundle: string, party: string | undefined, region: string | undefined, answers: Answers) =>
  queryOptions({
    queryKey: ['plan', bundle, party, region, answers],
    queryFn: ({ signal }) => ask(planBundle, { params: { bundle }, body: { party, region, answers: { ...answers } }, signal }),
    placeholderData: keepPreviousData,
  })

export const draftQuery = (draft: string) =>
  queryOptions({
    queryKey: ['draft', draft],
    queryFn: ({ signal }) => ask(getDraft, { params: { draft }, signal }),
    /* The page keeps what is typed; it must not be overwritten by a read in the background. */
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const draftsQuery = queryOptions({ queryKey: ['drafts'], queryFn: ({ signal }) => ask(listDrafts, { signal }) })

export function useCreateDraft(done: (draft: string) => void) {
  const client = useQueryClient()
  return useSubmit(
    (wish: { bundle: string; party: string; answers: Answers; region: string | undefined }, idempotencyKey) =>
      ask(createDraft, {
        body: { bundle: wish.bundle, party: wish.party, answers: { ...wish.answers }, region: wish.region },
        idempotencyKey,
      }),
    {
      done: (draft) => {
        void client.invalidateQueries({ queryKey: ['drafts'] })
        done(draft.id)
      },
    },
  )
}

export function useDeleteDraft() {
  const client = useQueryClient()
  return useSubmit((draft: string, idempotencyKey) => ask(deleteDraft, { params: { draft }, idempotencyKey }), {
    done: () => client.invalidateQueries({ queryKey: ['drafts'] }),
  })
}

export function useSubmitDraft(draft: string, done: (caseId: string) => void) {
  const client = useQueryClient()
  return useSubmit(
    (wish: { version: number; signed: boolean }, idempotencyKey) => ask(submitDraft, { params: { draft }, body: wish, idempotencyKey }),
    {
      done: (receipt) => {
        for (const queryKey of [['drafts'], ['cases'], ['inbox']]) void client.invalidateQueries({ queryKey })
        done(receipt.case)
      },
    },
  )
}
