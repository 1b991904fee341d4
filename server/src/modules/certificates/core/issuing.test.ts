import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MovedEvent } from '@yichuang/caseflow'
import { certificateIdParts, parseCertificateId } from '@yichuang/codes'
import type { Bundle, CertificateType } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { tidewater } from '../../../../test/rooms.ts'
import { draftOf, faceOf, grantedAt, inWords, numberOf, registerTypes, wishesOf } from './issuing.ts'

const pack = await tidewater()
const type = (id: string): CertificateType => pack.certificates.get(id) ?? assert.fail(id)
const issuer = pack.orgs.get('990102.harbour') ?? assert.fail('harbour')

const meta = { actor: 'hai', seq: 1 }
const finished = (outcome?: string): MovedEvent => ({
  ...meta,
  at: 'T1',
  type: 'step-finished',
  step: 'decide',
  action: 'a',
  ...(outcome === undefined ? {} : { outcome }),
})
const decided: MovedEvent = { ...meta, at: 'T2', type: 'milestone-reached', milestone: 'decided' }
const ended = (outcome: string): MovedEvent => ({ ...meta, at: 'T3', type: 'case-ended', outcome })

const TABLE: readonly [string, readonly MovedEvent[], string | null][] = [
  ['a decision that grants', [finished('granted'), decided], 'T2'],
  ['a decision that grants and ends', [finished('granted'), decided, ended('granted')], 'T2'],
  ['a refusal', [finished('refused'), decided, ended('refused')], null],
  ['a step that finished without decision', [finished('granted')], null],
  ['an end as completed', [ended('completed')], 'T3'],
  ['a withdrawal', [ended('withdrawn')], null],
  ['nothing of the kind', [finished()], null],
]
for (const [what, events, at] of TABLE) {
  test(`${what} ${at === null ? 'issues nothing' : `issues at ${at}`}`, () => assert.equal(grantedAt(events), at))
}

test('results that are no certificates issue nothing', () => {
  const matter = (id: string) => pack.matters.get(id) ?? assert.fail(id)
  assert.deepEqual(
    wishesOf(pack, matter('stall-registration')).map((wish) => [wish.type.id, wish.mode]),
    [['stall-licence', 'issue']],
  )
  assert.deepEqual(
    wishesOf(pack, matter('net-tag-return')).map((wish) => [wish.type.id, wish.mode]),
    [['net-tag', 'cancel']],
  )
  assert.deepEqual(wishesOf(pack, matter('berth-notice')), [])
})

test('a new certificate: number, version 001, an identifier whose check character is right', () => {
  const draft = unwrap(draftOf(type('stall-licence'), issuer, { issuedOn: '2026-03-05', number: 'CT2026000001', earlier: null }))
  assert.equal(draft.validUntil, '2031-03-04')
  const parts = certificateIdParts(unwrap(parseCertificateId(draft.identifier)))
  assert.deepEqual(parts, { type: type('stall-licence').typeCode, issuer: issuer.creditCode, serial: 'CT2026000001', version: '001' })
})

test('a change counts the version up and keeps a validity that still runs; one that has run out begins anew', () => {
  const earlier = { id: 'x', partyId: 'p', number: 'CT2024000007', version: 3, validUntil: '2029-01-01', face: [] }
  const given = { issuedOn: '2026-03-05', number: earlier.number, earlier }
  const running = unwrap(draftOf(type('stall-licence'), issuer, given))
  assert.equal(running.version, 4)
  assert.equal(running.validUntil, '2029-01-01')
  assert.match(running.identifier, /\.CT2024000007\.004\.[0-9A-Z]$/)
  const over = unwrap(draftOf(type('stall-licence'), issuer, { ...given, earlier: { ...earlier, validUntil: '2026-03-04' } }))
  assert.equal(over.validUntil, '2031-03-04')
})

test('signs that the standard does not allow in a serial are left out of the identifier, not of the number', () => {
  const draft = unwrap(draftOf(type('net-tag'), issuer, { issuedOn: '2026-03-05', number: 'CW-0001', earlier: null }))
  assert.match(draft.identifier, /\.CW0001\.001\./)
  assert.equal(draft.number, 'CW-0001')
})

test('the face has what is known, and no empty lines', () => {
  const face = faceOf(type('food-permit'), { form: { stall_name: '示例·摊' }, party: { name: '' }, answers: {} })
  assert.deepEqual(face, [{ id: 'name', title: { zh: '摊名', en: 'Stall' }, value: '示例·摊' }])
})

test('a replaced certificate keeps the lines that the case says nothing of', () => {
  const title = { zh: '旧' }
  const earlier = [
    { id: 'name', title, value: '旧名' },
    { id: 'tables', title, value: 4 },
    { id: 'gone', title, value: '不再有的栏目' },
  ]
  const face = faceOf(type('food-permit'), { form: { stall_name: '新名' }, party: {}, answers: {} }, earlier)
  assert.deepEqual(
    face.map(({ id, value }) => [id, value]),
    [
      ['name', '新名'],
      ['tables', 4],
    ],
  )
})

test('a path does not lead into what the values inherit', () => {
  const odd = { ...type('net-tag'), fields: [{ id: 'x', title: { zh: 'x' }, from: 'party.constructor.name' }] }
  assert.deepEqual(faceOf(odd, { party: {} }), [])
})

test('choices are written in words', () => {
  const bundle: Bundle = pack.bundles.get('open-stall') ?? assert.fail('open-stall')
  assert.deepEqual(inWords(bundle, { quay: 'north', stall_name: 'north', other: 1 }), { quay: '北码头', stall_name: 'north', other: 1 })
  assert.deepEqual(inWords(undefined, { quay: 'north' }), { quay: 'north' })
})

test('the register issues what is issued where a bundle founds or converts', () => {
  assert.deepEqual([...registerTypes(pack)], ['stall-licence'])
})

test('numbers carry prefix and year', () => assert.equal(numberOf(type('net-tag'), 2026, 42), 'CW2026000042'))
