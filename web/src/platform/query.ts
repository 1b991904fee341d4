import { QueryClient } from '@tanstack/react-query'
import { Problem } from './problem.ts'

/** Reads are retried only when the server could not answer; what it refused, it will refuse again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => !(error instanceof Problem && error.status < 500) && count < 2,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  })
}

/** Paging by key: the first page has no cursor, the next one has the cursor that the page before gave. */
export const FIRST_PAGE = undefined as string | undefined
export function nextPage(page: { readonly next: string | null }): string | undefined {
  return page.next ?? undefined
}
