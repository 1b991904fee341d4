/** The queue of moments: in order, once, whoever else fails, however late. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Actor, CaseEvent, Data } from '@yichuang/caseflow'
import { unwrap } from '@yichuang/result'
import { actAs, openBundle, openRoom, type Room } from '../../test/rooms.ts'
import { openDatabase } from '../platform/pg/database.ts'
import { assembled } from '../platform/pg/statement.ts'
import { makeFlows } from './flows.ts'
import { makeObligationQueue, type ObligationQueue } from './obligations.ts'
import { matterFacts } from './openings.ts'
import { parkedObligations } from './parked.ts'
import { replayCase } from './replay.ts'
import { findCase, findEvents } from './store.ts'

const HALL = '990102.hall'
const CLERK: Actor = { person: 'lan', side: 'staff', posts: [{ desk: 'counter', org: HALL, roles: ['clerk'] }], forParty: false }
const SYSTEM: Actor = { person: 'system', side: 'system', posts: [], forParty: false }
const PARTY = { id: 'mei-stall', name: '示例·阿梅海味' }

type Fired = CaseEvent & { readonly type: 'obligation-fired' }

function queueOf(room: Room, errors: unknown[] = []): ObligationQueue {
  return makeObligationQueue({ db: room.db, engine: room.engine, now: room.now, report: (error) => errors.push(error) })
}

/** A lamp permit, accepted at once: two working days are promised, five are the law's. */
async function openLamp(room: Room): Promise<string> {
  const matter = room.pack.matters.get('lamp-permit') ?? assert.fail('no lamp permit')
  const data = { matter: matterFacts(matter), party: {}, answers: {} } as Data
  const where = { region: '990102001', org: '990100.lighthouse', acceptor: HALL, data }
  const opening = { flow: matter.flow, kind: 'permit', title: matter.title, matter: matter.id, party: PARTY, applicant: 'mei', ...where }
  const { id } = unwrap(await room.db.tx((tx) => room.engine.open(tx, opening, SYSTEM)))
  unwrap(await room.db.tx((tx) => room.engine.act(tx, { caseId: id, action: 'accept', step: 'intake', input: {} }, CLERK)))
  return id
}

async function openComplaint(room: Room): Promise<string> {
  const where = { region: '990102001', org: '990102.harbour', acceptor: HALL, data: {} }
  const opening = { flow: 'complaint', kind: 'complaint', title: { zh: '投诉' }, party: PARTY, applicant: 'mei', ...where }
  return unwrap(await room.db.tx((tx) => room.engine.open(tx, opening, SYSTEM))).id
}

async function firedIn(room: Room, caseId: string): Promise<Fired[]> {
  return (await findEvents(room.db, caseId)).filter((event): event is Fired & { seq: number } => event.type === 'obligation-fired')
}

async function count(room: Room, sql: string): Promise<number> {
  return (await room.db.one(assembled(sql, { n: 'int4' }))).n
}

async function rowOf(room: Room, id: string): Promise<{ light: string; version: number; status: string }> {
  return room.db.one(
    assembled('select cases.light, cases.version, cases.status from cases where cases.id = $1::uuid', {
      light: 'text',
      version: 'int4',
      status: 'text',
    }),
    [id],
  )
}

describe('the ladder', () => {
  it('turns blue, yellow and red on its day, gives a card each, and opens a supervision case of the organisation that is late', async () => {
    const room = await openRoom()
    const queue = queueOf(room)
    const id = await openLamp(room)
    const days: [string, string, string[]][] = [
      ['2026-03-03T08:59:59.000Z', 'green', []],
      ['2026-03-04T01:00:00.000Z', 'blue', ['warn']],
      ['2026-03-04T09:00:00.001Z', 'yellow', ['warn', 'yellow']],
      ['2026-03-09T09:00:00.001Z', 'red', ['warn', 'yellow', 'red', 'red-statutory']],
      ['2026-03-10T09:00:00.001Z', 'red', ['warn', 'yellow', 'red', 'red-statutory', 'supervise']],
    ]
    for (const [at, light, levels] of days) {
      room.setTime(at)
      await queue.fireDue()
      assert.deepEqual([(await rowOf(room, id)).light, (await firedIn(room, id)).map((event) => event.level)], [light, levels], at)
    }
    const opened = await room.db.query(
      assembled('select cases.party_id, cases.org, cases.flow, cases.data from cases where cases.kind = $1', {
        party_id: 'text',
        org: 'text',
        flow: 'text',
        data: 'jsonb',
      }),
      ['supervision'],
    )
    assert.deepEqual(
      opened.map((one) => [one.party_id, one.org, one.flow, (one.data as { about: { case: string } }).about.case]),
      [['org:990100.lighthouse', '990100.lighthouse', 'supervision', id]],
    )
    assert.equal(await queue.fireDue(), 0)
  })

  it('holds to account whoever has the case in hand at the breach: a step that was passed on, the part at which a bundle stands', async () => {
    const room = await openRoom()
    const lamp = await openLamp(room)
    await actAs(room, 'deng', { case: lamp, step: 'review', action: 'transfer', input: { org: '990100.harbour' } })
    const answers = { cooks: true, at_night: false, own_boat: false, insured: false }
    const bundle = await openBundle(room, { bundle: 'open-stall', party: 'mei-stall', applicant: 'mei', answers, form: { quay: 'north' } })
    await actAs(room, 'lan', { case: bundle, step: 'intake', action: 'accept' })
    const { state } = (await findCase(room.db, bundle)) ?? assert.fail('no bundle')
    const registration = state.steps.register?.childId ?? assert.fail('no part')
    await actAs(room, 'hai', { case: registration, step: 'review', action: 'transfer', input: { org: '990100.harbour' } })
    room.setTime('2026-05-06T01:00:00.000Z')
    await queueOf(room).fireDue()
    const opened = await room.db.query(
      assembled(
        "select cases.org, cases.data -> 'about' ->> 'case' as about from cases where cases.kind = 'supervision' order by cases.no",
        {
          org: 'text',
          about: 'text',
        },
      ),
    )
    const blamed = (id: string) => opened.filter((one) => one.about === id).map((one) => one.org)
    assert.deepEqual([blamed(lamp), blamed(registration), blamed(bundle)], [['990100.harbour'], ['990100.harbour'], ['990100.harbour']])
    assert.equal(state.org, '990102.harbour')
  })

  it('fires each missed level once after downtime, in order, at its true moment', async () => {
    const room = await openRoom()
    const id = await openLamp(room)
    room.setTime('2026-04-01T01:00:00.000Z')
    assert.equal(await queueOf(room).fireDue(), 5)
    assert.deepEqual(
      (await firedIn(room, id)).map((event) => [event.level, event.dueAt, event.at]),
      [
        ['warn', '2026-03-03T16:00:00.000Z'],
        ['yellow', '2026-03-04T09:00:00.000Z'],
        ['red', '2026-03-09T09:00:00.000Z'],
        ['red-statutory', '2026-03-09T09:00:00.000Z'],
        ['supervise', '2026-03-10T09:00:00.000Z'],
      ].map((one) => [...one, '2026-04-01T01:00:00.000Z']),
    )
    assert.equal(await queueOf(room).fireDue(), 0)
  })

  it('accepts what nobody answered in time, as the law says, and starts the promise from the day of the receipt', async () => {
    const room = await openRoom()
    const matter = room.pack.matters.get('lamp-permit') ?? assert.fail('no lamp permit')
    const data = { matter: matterFacts(matter), party: {}, answers: {} } as Data
    const where = { region: '990102001', org: '990100.lighthouse', acceptor: HALL, data }
    const opening = { flow: matter.flow, kind: 'permit', title: matter.title, matter: matter.id, party: PARTY, applicant: 'mei', ...where }
    const { id } = unwrap(await room.db.tx((tx) => room.engine.open(tx, opening, SYSTEM)))
    room.setTime('2026-03-09T09:00:01.000Z')
    await queueOf(room).fireDue()
    const accepted = (await findEvents(room.db, id)).find((event) => event.type === 'milestone-reached' && event.milestone === 'accepted')
    assert.equal(accepted?.type === 'milestone-reached' ? accepted.since : null, '2026-03-02T01:00:00.000Z')
    assert.equal((await rowOf(room, id)).light, 'red')
  })
})

describe('trouble', () => {
  it('parks what fails again and again with its error, stops nobody else, and tries it once more after a repair', async () => {
    const room = await openRoom()
    const errors: unknown[] = []
    const queue = queueOf(room, errors)
    const [sick, ...sound] = [await openLamp(room), await openLamp(room), await openLamp(room)] as [string, string, string]
    const spoil = assembled(`update cases set state = '{"flow": "no-such-flow"}' where cases.id = $1::uuid`, {})
    await room.db.run(spoil, [sick])
    room.setTime('2026-03-05T01:00:00.000Z')
    assert.equal(await queue.fireDue(), 4)
    for (const id of sound) assert.equal((await rowOf(room, id)).light, 'yellow')
    for (let pass = 0; pass < 4; pass += 1) assert.equal(await queue.fireDue(), 0)
    const parked = await room.db.query(
      assembled(
        'select obligations.level, obligations.attempts, obligations.error from obligations where obligations.parked_at is not null order by 1',
        {
          level: 'text',
          attempts: 'int4',
          error: 'text',
        },
      ),
    )
    assert.deepEqual(
      parked.map((one) => [one.level, one.attempts]),
      [
        ['warn', 5],
        ['yellow', 5],
      ],
    )
    assert.match(parked[0]?.error ?? '', /pack version/)
    assert.equal(errors.length, 10)
    await queue.fireDue()
    assert.equal(errors.length, 10)
    await room.db.tx((tx) => replayCase(tx, { pack: room.pack, flows: makeFlows(room.pack) }, sick))
    assert.equal(await queue.fireDue(), 2)
    assert.equal((await rowOf(room, sick)).light, 'yellow')
  })

  it('tries what was parked again when an operator says so, and counts it until then', async () => {
    const room = await openRoom()
    const queue = queueOf(room)
    const id = await openLamp(room)
    const record = { state: 'text' } as const
    const { state } = await room.db.one(assembled('select cases.state::text as state from cases where cases.id = $1::uuid', record), [id])
    const put = assembled('update cases set state = $2::jsonb where cases.id = $1::uuid', {})
    await room.db.run(put, [id, '{"flow": "no-such-flow"}'])
    room.setTime('2026-03-05T01:00:00.000Z')
    for (let pass = 0; pass < 5; pass += 1) await queue.fireDue()
    assert.equal(await parkedObligations.count(room.db), 2)
    const listed = await parkedObligations.list(room.db)
    assert.deepEqual(
      listed.map((one) => [one.case_id, one.level]),
      [
        [id, 'warn'],
        [id, 'yellow'],
      ],
    )
    assert.match(listed[0]?.no ?? '', /^\d+/)
    await room.db.run(put, [id, state])
    assert.equal(await queue.fireDue(), 0)
    assert.equal(await parkedObligations.retry(room.db), 2)
    assert.deepEqual([await queue.fireDue(), await parkedObligations.count(room.db)], [2, 0])
    assert.equal((await rowOf(room, id)).light, 'yellow')
  })

  it('puts a moment that a new calendar has moved back into the queue rather than losing it', async () => {
    const room = await openRoom()
    const id = await openLamp(room)
    const due = assembled('select obligations.due_at from obligations where obligations.case_id = $1::uuid and obligations.level = $2', {
      due_at: 'timestamptz',
    })
    const right = (await room.db.one(due, [id, 'yellow'])).due_at
    await room.db.run(
      assembled(
        "update obligations set due_at = '2026-03-02T02:00:00Z' where obligations.case_id = $1::uuid and obligations.level = 'yellow'",
        {},
      ),
      [id],
    )
    room.setTime('2026-03-02T03:00:00.000Z')
    assert.equal(await queueOf(room).fireDue(), 0)
    assert.equal((await room.db.one(due, [id, 'yellow'])).due_at, right)
  })

  it('is not mistaken by the moment at which it began to look: what falls due meanwhile fires in the same call', async () => {
    const room = await openRoom()
    const queue = queueOf(room)
    await openLamp(room)
    const early = queue.fireDue()
    room.setTime('2026-03-04T10:00:00.000Z')
    assert.equal(await queue.fireDue(), 2)
    await early
  })

  it('fires each moment once when several servers look at the same queue', async () => {
    const room = await openRoom()
    const ids = [await openLamp(room), await openLamp(room), await openLamp(room), await openLamp(room)]
    const other = openDatabase(room.db.url)
    const queues = [queueOf(room), makeObligationQueue({ db: other, engine: room.engine, now: room.now, report: assert.ifError })]
    room.setTime('2026-04-01T01:00:00.000Z')
    for (let fired = 0; fired < 20; ) fired += (await Promise.all(queues.map((queue) => queue.fireDue()))).reduce((a, b) => a + b, 0)
    for (const id of ids)
      assert.equal(new Set((await firedIn(room, id)).map((event) => event.level)).size, (await firedIn(room, id)).length)
    await other.close()
  })
})

// A hundred thousand and one would take an hour of a small machine; what broke elsewhere broke at the first hundred.
const MANY = 2001

it(`escalates ${MANY} overdue cases, every one of them`, async () => {
  const room = await openRoom()
  const first = await openComplaint(room)
  await multiply(room, first, MANY - 1)
  room.setTime('2026-03-20T01:00:00.000Z')
  const queue = queueOf(room)
  assert.equal(await queue.fireDue(), MANY * 2)
  assert.equal(await count(room, `select count(*)::integer as n from cases where cases.light = 'red'`), MANY)
  assert.equal(
    await count(room, `select count(distinct (case_id, data->>'level'))::integer as n from case_events where type = 'obligation-fired'`),
    MANY * 2,
  )
  assert.equal(await count(room, `select count(*)::integer as n from case_events where type = 'obligation-fired'`), MANY * 2)
  assert.equal(await count(room, 'select count(*)::integer as n from obligations'), 0)
})

/** The same case many times over, as rows. */
async function multiply(room: Room, id: string, times: number): Promise<void> {
  const clone = `
    with clones as materialized (select gen_random_uuid() as id, n from generate_series(1, $2::integer) as n),
    made as (
      insert into cases select (jsonb_populate_record(cases, jsonb_build_object('id', clones.id, 'root_id', clones.id, 'no', cases.no || '-' || clones.n,
        'state', jsonb_set(cases.state, '{id}', to_jsonb(clones.id))))).* from cases, clones where cases.id = $1::uuid
    ),
    owed as (
      insert into obligations (case_id, clock, level, due_at)
      select clones.id, obligations.clock, obligations.level, obligations.due_at from obligations, clones where obligations.case_id = $1::uuid
    )
    insert into case_events (case_id, seq, at, actor, org, type, data)
    select clones.id, e.seq, e.at, e.actor, e.org, e.type, e.data from case_events e, clones where e.case_id = $1::uuid`
  await room.db.run(assembled(clone, {}), [id, times])
}
