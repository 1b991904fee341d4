/** Certificates that demonstration parties hold before the first case; loading them again changes nothing. */
import type { CityPack, DemoParty } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { uuidv7 } from '../../platform/ids.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { identifierOf } from './core/issuing.ts'
import { addCertificate, addHistory } from './store.ts'

export async function loadDemo(tx: Queries, pack: CityPack): Promise<void> {
  for (const party of pack.demo.parties) {
    for (const held of party.certificates) await load(tx, pack, party, held)
  }
}

async function load(tx: Queries, pack: CityPack, party: DemoParty, held: DemoParty['certificates'][number]): Promise<void> {
  const type = pack.certificates.get(held.type)
  const issuer = pack.orgs.get(held.issuer)
  if (type === undefined || issuer === undefined) return
  const at = pack.calendar.startOf(held.issuedOn)
  const id = uuidv7(at)
  const added = await addCertificate(tx, {
    partyId: party.id,
    id,
    type: type.id,
    title: type.title,
    identifier: unwrap(identifierOf(type, issuer, held.number, 1)),
    number: held.number,
    version: 1,
    holder: party.name.zh,
    issuer: issuer.id,
    issuerName: issuer.name,
    issuedOn: held.issuedOn,
    validUntil: held.validUntil,
    caseId: null,
    face: type.fields.flatMap(({ id: field, title }) =>
      held.face[field] === undefined ? [] : [{ id: field, title, value: held.face[field] as never }],
    ),
    synthetic: true,
  })
  if (added) await addHistory(tx, { partyId: party.id, id, at, status: 'valid', words: { zh: '颁发', en: 'Issued' }, caseId: null })
}
