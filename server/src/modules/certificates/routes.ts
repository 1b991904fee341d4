/** 证照 over HTTP: the wallet, one certificate, and verification by anybody who holds a copy. */
import { parseCertificateId, tidyCode } from '@yichuang/codes'
import { type Certificate, type CertificateCard, getCertificate, listCertificates, verifyCertificate } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import { ok, refuse } from '@yichuang/result'
import { sightOf } from '../../engine/visibility.ts'
import type { Http } from '../../platform/http/server.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { maskHolder } from './core/masking.ts'
import { statusOn } from './core/validity.ts'
import { type CertificateRow, findByIdentifier, findHistory, findOfParties, findSeen, findSeenOfParty } from './views.ts'

export type CertificateRoutesParts = { readonly db: Queries; readonly pack: CityPack }

export function routes(http: Pick<Http, 'answer'>, { db, pack }: CertificateRoutesParts): void {
  http.answer(listCertificates, async ({ principal, query, now }) => {
    const on = pack.calendar.dateOf(now)
    const sight = sightOf(principal)
    const rows = query.party === undefined ? await findOfParties(db, sight.parties) : await findSeenOfParty(db, sight, query.party)
    return ok({ certificates: rows.map((row) => card(row, on)) })
  })

  http.answer(getCertificate, async ({ principal, params, now }) => {
    const row = await findSeen(db, sightOf(principal), params.certificate)
    if (row === null) return refuse('certificates/unknown', 'There is no such certificate, or you may not see it.')
    const history = await findHistory(db, row.party_id, row.id)
    const answer: Certificate = {
      ...card(row, pack.calendar.dateOf(now)),
      face: row.face.map((field) => ({ ...field })),
      ...(row.case_id === null ? {} : { case: row.case_id }),
      verify: `/verify/${row.identifier}`,
      history,
    }
    return ok(answer)
  })

  http.answer(verifyCertificate, async ({ params, now }) => {
    const identifier = parseCertificateId(tidyCode(params.identifier))
    if (!identifier.ok) {
      return refuse('codes/certificate-id-invalid', identifier.error.message, { ...identifier.error.data, why: identifier.error.code })
    }
    const row = await findByIdentifier(db, identifier.value)
    if (row === null)
      return refuse('certificates/unknown', 'No certificate with this identifier was issued here: treat the copy as not genuine.')
    return ok({
      genuine: true,
      status: statusOn(row.status, row.valid_until, pack.calendar.dateOf(now)),
      title: row.title,
      number: row.number,
      holder: maskHolder(row.holder),
      issuer: row.issuer_name,
      issuedOn: row.issued_on,
      validUntil: row.valid_until,
      synthetic: row.synthetic,
      checkedAt: now,
    })
  })
}

function card(row: CertificateRow, on: string): CertificateCard {
  return {
    id: row.id,
    type: row.type,
    title: row.title,
    identifier: row.identifier,
    number: row.number,
    holder: row.holder,
    party: row.party_id,
    issuer: row.issuer_name,
    issuedOn: row.issued_on,
    validUntil: row.valid_until,
    status: statusOn(row.status, row.valid_until, on),
    version: row.version,
    synthetic: row.synthetic,
  }
}
