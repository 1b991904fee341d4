import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type City, closeSession, getCity, getSession, openSession, type Session } from '@yichuang/contract'
import { ask } from './api.ts'
import { forgetAnswers } from './kept.ts'
import { isUnauthenticated } from './problem.ts'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await ask(getSession, { signal })
    } catch (error) {
      if (isUnauthenticated(error)) return null
      throw error
    }
  },
  staleTime: 60_000,
  refetchInterval: 60_000,
})

export const cityQuery = queryOptions({
  queryKey: ['city'],
  queryFn: ({ signal }): Promise<City> => ask(getCity, { signal }),
  staleTime: 60_000,
})

/** Who is logged in; null when nobody is; undefined while asking. */
export function useSession(): Session | null | undefined {
  return useQuery(sessionQuery).data
}

export function useCity(): City | undefined {
  return useQuery(cityQuery).data
}

/** The product's own time (it may run ahead in a demonstration). */
export function useNow(): string {
  const city = useCity()
  return new Date(Date.now() + (city?.clockOffset ?? 0)).toISOString()
}

export type Credentials = { readonly person: string } | { readonly account: string; readonly password: string; readonly code?: string }

/** Everything read as somebody else is forgotten at login and logout. */
export async function logIn(client: QueryClient, credentials: Credentials, idempotencyKey: string): Promise<Session> {
  const session = await ask(openSession, { body: credentials, idempotencyKey })
  client.clear()
  client.setQueryData(sessionQuery.queryKey, session)
  return session
}

export function useLogOut(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await ask(closeSession, {})
    forgetAnswers()
    client.clear()
    client.setQueryData(sessionQuery.queryKey, null)
  }
}

export function holdsDesk(session: Session | null | undefined, desk: string): boolean {
  return session?.desks.includes(desk) ?? false
}
