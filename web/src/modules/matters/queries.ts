import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getMatter, listBundles, listMatters, listRegions } from '@yichuang/contract'
import { ask } from '../../platform/api.ts'

export const bundlesQuery = (q: string) =>
  queryOptions({
    queryKey: ['bundles', q],
    queryFn: ({ signal }) => ask(listBundles, { query: { q: q === '' ? undefined : q }, signal }),
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  })

export const mattersQuery = (q: string) =>
  queryOptions({
    queryKey: ['matters', q],
    queryFn: ({ signal }) => ask(listMatters, { query: { q: q === '' ? undefined : q }, signal }),
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  })

export const matterQuery = (matter: string) =>
  queryOptions({
    queryKey: ['matter', matter],
    queryFn: ({ signal }) => ask(getMatter, { params: { matter }, signal }),
    staleTime: 300_000,
  })

export const regionsQuery = (parent: string | undefined) =>
  queryOptions({
    queryKey: ['regions', parent],
    queryFn: ({ signal }) => ask(listRegions, { query: { parent }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
