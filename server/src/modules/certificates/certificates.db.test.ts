import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CASE_MOVED, type CaseMoved } from '@yichuang/caseflow'
import { unwrap } from '@yichuang/result'
import { actAs, openBundle, openRoom } from '../../../test/rooms.ts'
import { assembled, typed } from '../../platform/pg/statement.ts'
import { issueFor } from './issue.ts'
import { CERTIFICATE_ISSUED, type CertificateIssued } from './messages.ts'

const room = await openRoom()
const { db, outbox, certificates, parties } = room
const told: CertificateIssued[] = []
const moves: CaseMoved[] = []
outbox.consume('ear', [CERTIFICATE_ISSUED, CASE_MOVED], async (message) => {
  if (message.topic === CERTIFICATE_ISSUED) told.push(message.payload as CertificateIssued)
  else moves.push(message.payload as CaseMoved)
})

const children = assembled('select cases.id, cases.parent_step as step from cases where cases.parent_id = $1::uuid', {
  id: 'uuid',
  step: typed<string>('text'),
})
async function child(root: string, step: string): Promise<string> {
  return (await db.query(children, [root])).find((one) => one.step === step)?.id ?? assert.fail(`no child ${step}`)
}
const register = async (root: string, officer: string, step: string) => {
  const id = await child(root, step)
  await actAs(room, officer, { case: id, step: 'review', action: 'pass' })
  await actAs(room, officer, { case: id, step: 'decide', action: 'grant' })
  await actAs(room, officer, { case: id, step: 'deliver', action: 'hand-over' })
  return id
}

const root = await openBundle(room, {
  bundle: 'open-stall',
  party: 'mei-stall',
  applicant: 'mei',
  answers: { cooks: false, at_night: true, own_boat: true, insured: false },
  form: { stall_name: '示例·新摊', holder: '示例·阿梅海味', quay: 'north', lamp_colour: 'amber' },
})
await actAs(room, 'lan', { case: root, step: 'intake', action: 'accept' })
await outbox.drain()

test('acceptance alone issues nothing; what was there from the start is there', async () => {
  const held = await certificates.heldBy(db, 'mei-stall')
  assert.deepEqual(
    held.map(({ type, number }) => [type, number]),
    [['net-tag', 'CW-0001']],
  )
  assert.deepEqual(told, [])
})

test('a grant changes the register first and then issues to whom it founded', async () => {
  const id = await register(root, 'hai', 'register')
  await outbox.drain()
  const company = await parties.partyOfRoot(db, root, 'mei-stall')
  assert.equal(company, id)
  const [licence] = await certificates.heldBy(db, company)
  assert.equal(licence?.type, 'stall-licence')
  assert.equal(licence.number, 'CT2026000001')
  assert.deepEqual(licence.face, { name: '示例·新摊', holder: '示例·新摊', quay: '北码头' })
  assert.equal(licence.validUntil, '2031-03-01')
  assert.deepEqual(
    told.map(({ partyId, caseId, type, replaces }) => ({ partyId, caseId, type, replaces })),
    [{ partyId: company, caseId: id, type: 'stall-licence', replaces: false }],
  )
})

test('later parts of the same bundle go to the founded party too', async () => {
  await register(root, 'deng', 'lamp')
  await outbox.drain()
  const company = await parties.partyOfRoot(db, root, 'mei-stall')
  assert.deepEqual((await certificates.heldBy(db, company)).map((one) => one.type).sort(), ['lamp-permit', 'stall-licence'])
  assert.deepEqual(
    (await certificates.ofCases(db, [await child(root, 'lamp')])).map((one) => one.type),
    ['lamp-permit'],
  )
})

test('every message told again, in any order, changes nothing', async () => {
  const all = assembled('select certificates.* from certificates order by certificates.id', {})
  const history = assembled('select certificate_history.* from certificate_history order by 1, 2, 3', {})
  const serials = assembled('select certificate_serials.* from certificate_serials order by 1', {})
  const look = () => Promise.all([all, history, serials].map((one) => db.query(one)))
  const before = await look()
  const count = told.length
  for (const moved of [...moves].reverse()) await db.tx((tx) => issueFor(tx, { ...room, onRegistered: async () => {} }, moved))
  await outbox.drain()
  assert.deepEqual(await look(), before)
  assert.equal(told.length, count)
})

test('a cancelling matter cancels what the holder has, once, and keeps it in the wallet as cancelled', async () => {
  const closing = await openBundle(room, {
    bundle: 'close-stall',
    party: 'mei-stall',
    applicant: 'mei',
    answers: { has_tag: true },
    form: {},
  })
  await actAs(room, 'lan', { case: closing, step: 'intake', action: 'accept' })
  await actAs(room, 'yu', { case: await child(closing, 'tag'), step: 'handle', action: 'finish' })
  await outbox.drain()
  assert.deepEqual(await certificates.heldBy(db, 'mei-stall'), [])
  const kept = assembled(
    `select certificate_history.status, certificate_history.words ->> 'zh' as words from certificate_history join certificates
     on certificates.id = certificate_history.certificate_id where certificates.number = 'CW-0001' order by certificate_history.seq`,
    { status: 'text', words: 'text' },
  )
  assert.deepEqual(await db.query(kept), [
    { status: 'valid', words: '颁发' },
    { status: 'cancelled', words: '注销' },
  ])
})

test('closing takes back the licence of the register', async () => {
  const company = await parties.partyOfRoot(db, root, 'mei-stall')
  const closing = await openBundle(room, { bundle: 'close-stall', party: company, applicant: 'mei', answers: { has_tag: false }, form: {} })
  await actAs(room, 'lan', { case: closing, step: 'intake', action: 'accept' })
  await register(closing, 'hai', 'close')
  await outbox.drain()
  assert.equal((await parties.findParty(db, company))?.status, 'cancelled')
  assert.deepEqual(
    (await certificates.heldBy(db, company)).map((one) => one.type),
    ['lamp-permit'],
  )
})

test('a registration that cannot be carried out is parked with its reason and stops nobody else', async () => {
  const again = await openBundle(room, {
    bundle: 'close-stall',
    party: await parties.partyOfRoot(db, root, 'mei-stall'),
    applicant: 'mei',
    answers: { has_tag: false },
    form: {},
  })
  await actAs(room, 'lan', { case: again, step: 'intake', action: 'accept' })
  await register(again, 'hai', 'close')
  await outbox.drain()
  const parked = assembled('select outbox.consumer, outbox.error from outbox where outbox.parked_at is not null', {
    consumer: 'text',
    error: 'text',
  })
  const rows = await db.query(parked)
  assert.deepEqual([...new Set(rows.map((row) => row.consumer))], ['certificates'])
  assert.match(rows[0]?.error ?? '', /no-longer-registered/)
})

test('two holders of one type have numbers of their own', async () => {
  const one = await db.tx(async (tx) =>
    unwrap(await parties.createParty(tx, { kind: 'person', name: '示例·某人', region: '990102001', synthetic: true })),
  )
  assert.equal((await certificates.heldBy(db, one.id)).length, 0)
  const second = await openBundle(room, {
    bundle: 'open-stall',
    party: one.id,
    applicant: 'mei',
    answers: { cooks: false, at_night: false, own_boat: false, insured: false },
    form: { stall_name: '示例·二号摊', quay: 'south' },
  })
  await actAs(room, 'lan', { case: second, step: 'intake', action: 'accept' })
  await register(second, 'hai', 'register')
  await outbox.drain()
  const [licence] = await certificates.heldBy(db, await parties.partyOfRoot(db, second, one.id))
  assert.equal(licence?.number, 'CT2026000002')
})
