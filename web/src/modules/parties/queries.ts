import { queryOptions } from '@tanstack/react-query'
import { createParty, findParties, getParty, listMyParties, revealPerson } from '@yichuang/contract'
import { ask } from '../../platform/api.ts'

export const myPartiesQuery = queryOptions({ queryKey: ['parties', 'mine'], queryFn: ({ signal }) => ask(listMyParties, { signal }) })

export const partyQuery = (party: string) =>
  queryOptions({ queryKey: ['party', party], queryFn: ({ signal }) => ask(getParty, { params: { party }, signal }) })

export const foundQuery = (q: string) =>
  queryOptions({
    queryKey: ['parties', 'search', q],
    queryFn: ({ signal }) => ask(findParties, { query: { q }, signal }),
    enabled: q.length >= 2,
  })

export function reveal(party: string, person: string, reason: string) {
  return ask(revealPerson, { params: { party }, body: { person, reason } })
}

export type NewParty = { kind: 'enterprise' | 'sole-trader' | 'person'; name: string; creditCode: string | undefined; region: string }
export function record(party: NewParty, idempotencyKey: string) {
  return ask(createParty, { body: party, idempotencyKey })
}
