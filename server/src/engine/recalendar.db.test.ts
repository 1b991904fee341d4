/** A revised calendar reaches the open cases, and only their open clocks. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Actor, CaseEvent, Data } from '@yichuang/caseflow'
import type { CityPack, PackFile } from '@yichuang/pack'
import { compilePack } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { testCityFiles, testDatabase, whenDone } from '../../test/harness.ts'
import { type Database, openDatabase } from '../platform/pg/database.ts'
import { assembled } from '../platform/pg/statement.ts'
import { type Engine, makeEngine } from './engine.ts'
import { keepPackVersion, makeFlows } from './flows.ts'
import { matterFacts } from './openings.ts'
import { recomputeCalendars } from './recalendar.ts'
import { makeSerials } from './serials.ts'
import { findEvents } from './store.ts'

const HALL = '990102.hall'
const CLERK: Actor = { person: 'lan', side: 'staff', posts: [{ desk: 'counter', org: HALL, roles: ['clerk'] }], forParty: false }
const HAI: Actor = {
  person: 'deng',
  side: 'staff',
  posts: [{ desk: 'department', org: '990100.lighthouse', roles: ['handler', 'chief'] }],
  forParty: false,
}
const SYSTEM: Actor = { person: 'system', side: 'system', posts: [], forParty: false }

/** A server's engine with the pack of its day: in June the regatta of September is announced. */
type Era = { readonly pack: CityPack; readonly engine: Engine; readonly at: { now: string }; recompute(): Promise<number> }

async function era(db: Database, files: readonly PackFile[], version: string, now: string): Promise<Era> {
  const pack = unwrap(compilePack(files, { version }))
  const at = { now }
  const flows = makeFlows(pack)
  await keepPackVersion(db, pack, files, now)
  const engine = makeEngine({ pack, flows, now: () => at.now, serials: makeSerials(db), onMove: [] })
  const report = (error: unknown) => assert.ifError(error)
  return { pack, engine, at, recompute: () => recomputeCalendars({ db, pack, flows, engine, report }) }
}

async function openLamp(db: Database, { pack, engine }: Era): Promise<string> {
  const matter = pack.matters.get('lamp-permit') ?? assert.fail('no lamp permit')
  const data = { matter: matterFacts(matter), party: {}, answers: {} } as Data
  const where = { region: '990102001', org: '990100.lighthouse', acceptor: HALL, data }
  const party = { id: 'mei-stall', name: '示例·阿梅海味' }
  const opening = { flow: matter.flow, kind: 'permit', title: matter.title, matter: matter.id, party, applicant: 'mei', ...where }
  const { id } = unwrap(await db.tx((tx) => engine.open(tx, opening, SYSTEM)))
  unwrap(await db.tx((tx) => engine.act(tx, { caseId: id, action: 'accept', step: 'intake', input: {} }, CLERK)))
  return id
}

type Recomputed = CaseEvent & { readonly type: 'clock-recomputed' }
async function recomputedIn(db: Database, id: string): Promise<Recomputed[]> {
  return (await findEvents(db, id)).filter((event): event is Recomputed & { seq: number } => event.type === 'clock-recomputed')
}

const rowOf = (db: Database, id: string) =>
  db.one(
    assembled('select cases.due_at, cases.calendar_version, cases.version from cases where cases.id = $1::uuid', {
      due_at: 'timestamptz?',
      calendar_version: 'text',
      version: 'int4',
    }),
    [id],
  )

describe('a calendar that is revised in mid-year', () => {
  it('moves the open clocks that it touches, each with an event from which day to which and why; stopped ones and ended cases stay', async () => {
    const db = openDatabase(await testDatabase())
    whenDone(() => db.close())
    const files = await testCityFiles()
    const before = await era(
      db,
      files.filter((file) => file.path !== 'calendar/2026-2.yaml'),
      'spring',
      '2026-09-04T01:00:00.000Z',
    )
    // Friday: two working days are promised, which are Monday and Tuesday until the regatta takes both.
    const open = await openLamp(db, before)
    const untouched = await (async () => {
      before.at.now = '2026-10-12T01:00:00.000Z'
      const id = await openLamp(db, before)
      before.at.now = '2026-09-04T01:00:00.000Z'
      return id
    })()
    const decided = await openLamp(db, before)
    for (const [action, step] of [
      ['pass', 'review'],
      ['grant', 'decide'],
    ] as const)
      unwrap(await db.tx((tx) => before.engine.act(tx, { caseId: decided, action, step, input: {} }, HAI)))
    const ended = await openLamp(db, before)
    const withdraw = { caseId: ended, action: 'withdraw', input: {} }
    unwrap(await db.tx((tx) => before.engine.act(tx, withdraw, { person: 'mei', side: 'applicant', posts: [], forParty: true })))
    assert.equal((await rowOf(db, open)).due_at, '2026-09-08T09:00:00.000Z')
    assert.equal(await before.recompute(), 0)

    const after = await era(db, files, 'autumn', '2026-09-04T02:00:00.000Z')
    assert.equal(await after.recompute(), 3)
    const events = await recomputedIn(db, open)
    assert.deepEqual(events.map(({ clock, from, to }) => [clock, from, to]).sort(), [
      ['promised', '2026-09-08T09:00:00.000Z', '2026-09-10T09:00:00.000Z'],
      ['statutory', '2026-09-11T09:00:00.000Z', '2026-09-14T09:00:00.000Z'],
    ])
    assert.ok(events.every((event) => event.calendarVersion === '2025/1+2026/2' && event.why.includes('2026/1')))
    assert.equal((await rowOf(db, open)).due_at, '2026-09-10T09:00:00.000Z')
    const yellow = await db.one(
      assembled("select obligations.due_at from obligations where obligations.case_id = $1::uuid and obligations.level = 'yellow'", {
        due_at: 'timestamptz',
      }),
      [open],
    )
    assert.equal(yellow.due_at, '2026-09-10T09:00:00.000Z')
    // Of the decided case only the delivery still runs; it passes over the regatta too.
    assert.deepEqual(
      (await recomputedIn(db, decided)).map((event) => event.clock),
      ['delivery'],
    )
    assert.deepEqual(await recomputedIn(db, untouched), [])
    assert.deepEqual(await recomputedIn(db, ended), [])
    assert.equal((await rowOf(db, untouched)).calendar_version, '2025/1+2026/2')
    assert.equal(await after.recompute(), 0)
  })

  it('tells every open clock, from an unknown day, when the earlier calendar is nowhere to be found', async () => {
    const db = openDatabase(await testDatabase())
    whenDone(() => db.close())
    const files = await testCityFiles()
    const spring = files.filter((file) => file.path !== 'calendar/2026-2.yaml')
    const before = await era(db, spring, 'spring', '2026-09-04T01:00:00.000Z')
    const id = await openLamp(db, before)
    const after = await era(db, files, 'autumn', '2026-09-04T02:00:00.000Z')
    await db.run(assembled("update cases set state = jsonb_set(state, '{calendarVersion}', '\"lost\"'), calendar_version = 'lost'", {}))
    assert.equal(await after.recompute(), 1)
    assert.deepEqual(
      (await recomputedIn(db, id)).map(({ clock, from }) => [clock, from]),
      [
        ['promised', null],
        ['statutory', null],
      ],
    )
  })
})
