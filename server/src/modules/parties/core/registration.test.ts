import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle, CertificateType, CityPack, Field, Matter } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { close, convert, found, type Registration, registerFacts, representativeOf } from './registration.ts'
import type { Officer, PartyRecord } from './vocabulary.ts'

const field = (id: string, more: Partial<Field> = {}): Field => ({
  id,
  title: { zh: id },
  type: 'text',
  required: true,
  prefill: [],
  editable: true,
  ...more,
})
const licence = {
  id: 'licence',
  fields: ['name', 'type', 'capital', 'premises', 'founded_on'].map((id) => ({ id, title: { zh: id }, from: `party.${id}` })),
} as unknown as CertificateType
const FIELDS = [
  field('seal_name', { usedBy: ['seal'] }),
  field('new_name', { usedBy: ['convert'] }),
  field('company_type'),
  field('capital'),
  field('where', { prefill: ['certificate:licence.premises'] }),
  field('bank_name'),
]
const PACK = {
  certificates: new Map([['licence', licence]]),
  matters: new Map([['convert', { results: [{ title: { zh: '照' }, certificate: 'licence', mode: 'replace' }] } as unknown as Matter]]),
  bundles: new Map([['turn', { form: [{ id: 'all', title: { zh: '全' }, fields: FIELDS }] } as unknown as Bundle]]),
} satisfies Pick<CityPack, 'certificates' | 'matters' | 'bundles'>

const FORM = {
  seal_name: '章',
  new_name: '新名有限公司',
  company_type: '有限责任公司',
  capital: 500000,
  where: '北码头 1 号',
  bank_name: '某行',
}
const WISH: Registration = {
  change: 'convert',
  partyId: 'stall',
  caseId: '00000000-0000-7000-8000-000000000001',
  rootId: '00000000-0000-7000-8000-000000000000',
  applicant: 'mei',
  bundle: 'turn',
  matter: 'convert',
  region: '990102001',
  form: FORM,
  at: '2026-03-05T02:00:00.000Z',
  on: '2026-03-05',
}
const STALL: PartyRecord = {
  id: 'stall',
  kind: 'sole-trader',
  name: '旧名摊',
  creditCode: '92990102MA90000113',
  region: '990102001',
  regionPath: '990100/990102/990102001/',
  status: 'active',
  foundedOn: '2019-05-06',
  synthetic: true,
  recordedAt: '2026-01-01T00:00:00.000Z',
}
const OWNER: Officer = { person: 'mei', as: 'owner', since: '2019-05-06', until: null }
const BASE = {
  creditCode: '91990102YC000001XF',
  regionPath: STALL.regionPath,
  synthetic: true,
  predecessor: null,
  applying: STALL.name,
  officers: [OWNER],
}

test('the face of the certificate and the names of the fields say what the register takes from the form', () => {
  assert.deepEqual(registerFacts(PACK, WISH), {
    name: '新名有限公司',
    type: '有限责任公司',
    capital: 500000,
    premises: '北码头 1 号',
  })
})

test('a founded party takes nothing from fields that were filled with what is known of the applicant', () => {
  assert.equal('premises' in registerFacts(PACK, { ...WISH, change: 'found' }), false)
})

test('conversion keeps code, founding date and id; kind and name change; the owner becomes legal representative', () => {
  const { party, facts, officers } = unwrap(convert(STALL, [OWNER], WISH, registerFacts(PACK, WISH)))
  assert.deepEqual(party, { ...STALL, kind: 'enterprise', name: '新名有限公司' })
  assert.deepEqual(officers, [{ person: 'mei', as: 'legal-representative', since: '2026-03-05', until: null }])
  assert.deepEqual(
    facts.map((fact) => [fact.fact, fact.asOf]),
    [
      ['type', '2026-03-05'],
      ['capital', '2026-03-05'],
      ['premises', '2026-03-05'],
    ],
  )
})

test('when an agent applied, the owner is the legal representative all the same', () => {
  const { officers } = unwrap(convert(STALL, [OWNER], { ...WISH, applicant: 'agent' }, {}))
  assert.deepEqual(
    officers.map((officer) => officer.person),
    ['mei'],
  )
})

test('whoever is no owner and no legal representative is never put into the register: it refuses instead', () => {
  const agent: Officer = { ...OWNER, person: 'agent', as: 'agent' }
  for (const officers of [[], [agent]]) {
    const converted = convert(STALL, officers, { ...WISH, applicant: 'agent' }, {})
    assert.equal(converted.ok ? '' : converted.error.code, 'parties/nobody-represents')
    const founded = found({ ...WISH, change: 'found', applicant: 'agent' }, { ...BASE, officers }, { name: '新名' })
    assert.equal(founded.ok ? '' : founded.error.code, 'parties/nobody-represents')
  }
  const clerk = unwrap(found({ ...WISH, change: 'found', applicant: 'clerk' }, BASE, { name: '新名' }))
  assert.deepEqual(
    clerk.officers.map((officer) => officer.person),
    ['mei'],
  )
})

test('of several owners the one who applied represents; a legal representative only where there is no owner', () => {
  const head: Officer = { ...OWNER, person: 'boss', as: 'legal-representative' }
  const other: Officer = { ...OWNER, person: 'other' }
  assert.equal(representativeOf([OWNER, other], 'other'), 'other')
  assert.equal(representativeOf([OWNER, other], 'boss'), 'mei')
  assert.equal(representativeOf([head, OWNER], 'boss'), 'mei')
  assert.equal(representativeOf([head], null), 'boss')
})

test('only a sole trader that exists is converted', () => {
  for (const party of [
    { ...STALL, kind: 'enterprise' },
    { ...STALL, status: 'cancelled' },
    { ...STALL, status: 'converted' },
  ] as const) {
    const refused = convert(party, [OWNER], WISH, {})
    assert.equal(refused.ok, false)
  }
})

test('closing says whether another goes on in its place', () => {
  assert.equal(unwrap(close(STALL, null)).party.status, 'cancelled')
  assert.deepEqual(unwrap(close(STALL, 'company')), {
    party: { ...STALL, status: 'converted' },
    facts: [],
    officers: [],
    related: 'company',
  })
  assert.equal(close({ ...STALL, status: 'cancelled' }, null).ok, false)
})

test('a founded enterprise has the id of its case, a new code and day, and needs a name', () => {
  const { party, officers } = unwrap(found({ ...WISH, change: 'found' }, BASE, { name: ' 新名有限公司 ' }))
  assert.equal(party.id, WISH.caseId)
  assert.equal(party.name, '新名有限公司')
  assert.equal(party.foundedOn, '2026-03-05')
  assert.equal(officers[0]?.as, 'legal-representative')
  const nameless = found({ ...WISH, change: 'found' }, BASE, {})
  assert.equal(nameless.ok ? '' : nameless.error.code, 'parties/name-missing')
})
