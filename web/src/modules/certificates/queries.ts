import { queryOptions } from '@tanstack/react-query'
import { getCertificate, listCertificates, verifyCertificate } from '@yichuang/contract'
import { ask } from '../../platform/api.ts'

export const walletQuery = queryOptions({
  queryKey: ['certificates'],
  queryFn: ({ signal }) => ask(listCertificates, { query: {}, signal }),
})

export const certificateQuery = (certificate: string) =>
  queryOptions({
    queryKey: ['certificate', certificate],
    queryFn: ({ signal }) => ask(getCertificate, { params: { certificate }, signal }),
  })

export const verifyQuery = (identifier: string) =>
  queryOptions({
    queryKey: ['verify', identifier],
    queryFn: ({ signal }) => ask(verifyCertificate, { params: { identifier }, signal }),
    staleTime: 0,
  })
