import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import { openRoom } from '../../../test/rooms.ts'
import { assembled } from '../../platform/pg/statement.ts'
import type { Registration } from './core/registration.ts'
import { addFacts, addOfficers } from './store.ts'

const room = await openRoom()
const { db, parties } = room
const ROOT = '00000000-0000-7000-8000-0000000000aa'
const caseOf = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const wish = (change: Registration['change'], n: number, partyId = 'mei-stall'): Registration => ({
  change,
  partyId,
  caseId: caseOf(n),
  rootId: ROOT,
  applicant: 'mei',
  bundle: 'open-stall',
  matter: 'stall-registration',
  region: '990102001',
  form: { stall_name: '示例·新摊', quay: '北码头' },
  at: '2026-03-05T02:00:00.000Z',
  on: '2026-03-05',
})
const tables = ['people', 'posts', 'parties', 'party_facts', 'party_people', 'party_events'] as const
async function counts() {
  const all = tables.map(async (table) => [
    table,
    (await db.one(assembled(`select count(*)::integer as n from ${table}`, { n: 'int4' }))).n,
  ])
  return Object.fromEntries(await Promise.all(all)) as { [table: string]: number }
}

test('demonstration data is loaded once, however often it is loaded', async () => {
  const before = await counts()
  assert.equal(before.people, room.pack.demo.people.length)
  assert.equal(before.parties, room.pack.demo.parties.length)
  await db.tx((tx) => parties.loadDemo(tx))
  assert.deepEqual(await counts(), before)
})

test('a principal has posts with their paths and parties with their kind; the end of an authorisation ends it', async () => {
  const gang = await parties.findPrincipal(db, 'gang')
  assert.deepEqual(gang?.posts, [
    { desk: 'department', org: '990171.park', roles: ['handler', 'chief'], orgPath: '990171.park/', regionPath: '990100/990171/' },
  ])
  assert.deepEqual(gang?.parties, [{ id: 'tide-company', name: '示例·潮汐海产公司', kind: 'enterprise', as: 'agent' }])
  room.setTime('2028-01-01T01:00:00.000Z')
  assert.deepEqual((await parties.findPrincipal(db, 'gang'))?.parties, [])
  room.setTime('2026-03-02T01:00:00.000Z')
  assert.equal(await parties.findPrincipal(db, 'nobody'), null)
})

test('a fact that says something new supersedes the one before; the same again is no news', async () => {
  const fact = (value: unknown) => [{ fact: 'has_boat', value, source: { zh: '渔船册' }, asOf: '2026-03-02' }]
  const rows = assembled(
    "select party_facts.seq from party_facts where party_facts.party_id = 'mei-stall' and party_facts.fact = 'has_boat'",
    {
      seq: 'int4',
    },
  )
  await db.tx((tx) => addFacts(tx, 'mei-stall', fact(false), room.now()))
  await db.tx((tx) => addFacts(tx, 'mei-stall', fact(false), room.now()))
  assert.equal((await parties.partyFacts(db, 'mei-stall'))?.facts.has_boat, false)
  assert.equal((await db.query(rows)).length, 2)
})

test('founding happens once: the second time answers the same party', async () => {
  const first = unwrap(await db.tx((tx) => parties.recordRegistration(tx, wish('found', 1))))
  const second = unwrap(await db.tx((tx) => parties.recordRegistration(tx, wish('found', 1))))
  assert.deepEqual(second, first)
  assert.equal(first.name, '示例·新摊')
  assert.match(first.creditCode ?? '', /^91990102YC000001/)
  assert.equal(await parties.partyOfRoot(db, ROOT, 'mei-stall'), first.id)
  room.setTime('2026-03-05T03:00:00.000Z')
  const mei = await parties.findPrincipal(db, 'mei')
  assert.deepEqual(
    mei?.parties.map(({ id, as }) => [id, as]).sort(),
    [
      [first.id, 'legal-representative'],
      ['mei-stall', 'owner'],
    ].sort(),
  )
})

test('what is closed in the same case has gone on as what was founded', async () => {
  const closed = unwrap(await db.tx((tx) => parties.recordRegistration(tx, wish('close', 2))))
  assert.equal(closed.status, 'converted')
  const again = await db.tx((tx) => parties.recordRegistration(tx, { ...wish('close', 3), rootId: caseOf(9) }))
  assert.equal(again.ok ? '' : again.error.code, 'parties/no-longer-registered')
})

test('conversion keeps id and code and is written into the history', async () => {
  const made = unwrap(
    await db.tx((tx) =>
      parties.createParty(tx, {
        kind: 'sole-trader',
        name: '示例·小摊',
        creditCode: '92990102YC9000016W',
        region: '990102001',
        synthetic: true,
      }),
    ),
  )
  const nobody = await db.tx((tx) => parties.recordRegistration(tx, { ...wish('convert', 4, made.id), rootId: caseOf(8) }))
  assert.equal(nobody.ok ? '' : nobody.error.code, 'parties/nobody-represents')
  await db.tx((tx) => addOfficers(tx, [{ partyId: made.id, person: 'mei', as: 'owner', since: '2026-03-01', until: null }]))
  const converted = unwrap(await db.tx((tx) => parties.recordRegistration(tx, { ...wish('convert', 4, made.id), rootId: caseOf(8) })))
  assert.deepEqual(converted, { ...made, kind: 'enterprise', name: '示例·新摊' })
  const history = await db.query(
    assembled(
      "select party_events.change, party_events.before ->> 'name' as was from party_events where party_events.party_id = $1 order by party_events.seq",
      {
        change: 'text',
        was: 'text?',
      },
    ),
    [made.id],
  )
  assert.deepEqual(history, [
    { change: 'recorded', was: null },
    { change: 'convert', was: '示例·小摊' },
  ])
})

test('a natural person recorded at a counter acts for herself, and represents what she founds', async () => {
  const made = unwrap(
    await db.tx((tx) => parties.createParty(tx, { kind: 'person', name: '示例·来人', region: '990102001', synthetic: true })),
  )
  assert.deepEqual(await parties.peopleOfParty(db, made.id), [{ person: made.id, as: 'owner' }])
  const founding = { ...wish('found', 5, made.id), rootId: caseOf(7), applicant: 'lan' }
  const founded = unwrap(await db.tx((tx) => parties.recordRegistration(tx, founding)))
  assert.deepEqual(await parties.peopleOfParty(db, founded.id), [{ person: made.id, as: 'legal-representative' }])
})

test('staff is found by organisation and by the regions above', async () => {
  const at = await parties.principalsOfOrg(db, '990102.harbour', ['head', 'chief'])
  assert.deepEqual(
    at.map((post) => post.person),
    ['hai'],
  )
  assert.deepEqual(await parties.principalsOfOrg(db, '990102.harbour', ['supervisor']), [])
  const over = await parties.principalsOver(db, '990102001', ['supervisor'])
  assert.deepEqual(
    over.map((post) => post.person),
    ['du'],
  )
  const elsewhere = await parties.principalsOver(db, '990103100')
  assert.equal(
    elsewhere.some((post) => post.person === 'hai'),
    false,
  )
})
