import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CASE_MOVED, type CaseMoved } from '@yichuang/caseflow'
import { unwrap } from '@yichuang/result'
import { actAs, openBundle, openRoom } from '../../../test/rooms.ts'
import { assembled, typed } from '../../platform/pg/statement.ts'
import { tellOfMove } from './deliver.ts'
import { consumers } from './jobs.ts'
import { unreadOf } from './public.ts'

type Sent = { readonly id: string; readonly mobile: string; readonly text: string }

const room = await openRoom()
const { db, outbox, engine } = room
const moves: CaseMoved[] = []
const sent: Sent[] = []
outbox.consume('ear', [CASE_MOVED], async (message) => {
  moves.push(message.payload as CaseMoved)
})
consumers({ ...room, sms: { send: async (message) => void sent.push(message) } })

const kindsOf = assembled('select notices.kind from notices where notices.person = $1 order by notices.at, notices.id', { kind: 'text' })
const kinds = async (person: string) => (await db.query(kindsOf, [person])).map((row) => row.kind)
const children = assembled('select cases.id, cases.parent_step as step from cases where cases.parent_id = $1::uuid', {
  id: 'uuid',
  step: typed<string>('text'),
})
const child = async (step: string) => (await db.query(children, [root])).find((one) => one.step === step)?.id ?? assert.fail(step)

const root = await openBundle(room, {
  bundle: 'open-stall',
  party: 'mei-stall',
  applicant: 'mei',
  answers: { cooks: false, at_night: true, own_boat: true, insured: false },
  form: { stall_name: '示例·新摊', quay: 'north', lamp_colour: 'amber' },
})
await outbox.drain()

test('the applicant hears of the receipt, on paper and on the phone', async () => {
  assert.deepEqual(await kinds('mei'), ['received'])
  assert.deepEqual(
    sent.map(({ mobile }) => mobile),
    ['19900000001'],
  )
  assert.match(sent[0]?.text ?? '', /^【一窗】已收件：开海味摊一件事。/)
  assert.equal(await unreadOf(db, 'mei'), 1)
})

test('acceptance is one notice, whatever it opens', async () => {
  await actAs(room, 'lan', { case: root, step: 'intake', action: 'accept' })
  await outbox.drain()
  assert.deepEqual(await kinds('mei'), ['received', 'accepted'])
})

test('the decision and its certificate are told to the people of whoever holds it', async () => {
  const id = await child('register')
  for (const [step, action] of [
    ['review', 'pass'],
    ['decide', 'grant'],
    ['deliver', 'hand-over'],
  ] as const) {
    await actAs(room, 'hai', { case: id, step, action })
  }
  await outbox.drain()
  assert.deepEqual((await kinds('mei')).slice(2).sort(), ['certificate-issued', 'granted', 'parts-started'])
})

test('every message told again, in any order, tells nobody anything', async () => {
  const all = assembled('select notices.* from notices order by notices.id', {})
  const before = await db.query(all)
  const count = sent.length
  for (const moved of [...moves].reverse()) await db.tx((tx) => tellOfMove(tx, room, moved))
  await outbox.drain()
  assert.deepEqual(await db.query(all), before)
  assert.equal(sent.length, count)
})

test('a ladder level reaches whoever took the work, the head and the supervisor of the region', async () => {
  const lamp = await child('lamp')
  await actAs(room, 'deng', { case: lamp, step: 'review', action: 'claim' })
  const due = assembled(
    "select obligations.due_at from obligations where obligations.case_id = $1::uuid and obligations.clock = 'promised' and obligations.level = 'red'",
    { due_at: 'timestamptz' },
  )
  const { due_at } = await db.one(due, [lamp])
  room.setTime(due_at)
  await db.tx(async (tx) => unwrap(await engine.tell(tx, lamp, { type: 'fire', clock: 'promised', level: 'red', dueAt: due_at })))
  await outbox.drain()
  assert.deepEqual(await kinds('deng'), ['ladder'], 'handler and head in one person: told once')
  assert.deepEqual(await kinds('du'), ['ladder'])
  for (const person of ['hai', 'wei', 'yu', 'lan']) assert.equal((await kinds(person)).includes('ladder'), false, person)
})

test('supervision opens a case of its own about the organisation', async () => {
  const lamp = await child('lamp')
  const due = assembled(
    "select obligations.due_at from obligations where obligations.case_id = $1::uuid and obligations.clock = 'promised' and obligations.level = 'supervise'",
    { due_at: 'timestamptz' },
  )
  const { due_at } = await db.one(due, [lamp])
  room.setTime(due_at)
  await db.tx(async (tx) => unwrap(await engine.tell(tx, lamp, { type: 'fire', clock: 'promised', level: 'supervise', dueAt: due_at })))
  await outbox.drain()
  assert.equal((await kinds('deng')).filter((kind) => kind === 'supervision-opened').length, 1)
  assert.equal(
    (await kinds('mei')).some((kind) => kind === 'ladder' || kind === 'supervision-opened'),
    false,
  )
})

test('asked opinions reach the organisation that was asked', async () => {
  const lamp = await child('lamp')
  await actAs(room, 'deng', { case: lamp, step: 'review', action: 'co-handle', input: { orgs: ['990102.health'] } })
  await outbox.drain()
  assert.deepEqual(await kinds('wei'), ['co-handling-asked'])
})
