import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createParty, findParties, getParty, listMyParties, revealPerson } from '@yichuang/contract'
import { openBundle, openRoom, serve } from '../../../test/rooms.ts'
import { assembled } from '../../platform/pg/statement.ts'
import { routes } from './routes.ts'

const room = await openRoom()
const { ask } = await serve(room, (http) => routes(http, { ...room, isWrittenDown: async () => false }))

test('those who act for a party see it with names in full and numbers masked', async () => {
  const { body } = await ask('mei', getParty, { params: { party: 'mei-stall' } })
  assert.deepEqual(body.people, [
    { person: 'mei', name: '示例·阿梅', as: 'owner', idCard: '990***********0119', mobile: '199****0001', until: null },
  ])
  const mobile = body.facts.find((fact) => fact.fact === 'mobile')
  assert.deepEqual(mobile, {
    fact: 'mobile',
    title: { zh: '手机号', en: 'Mobile' },
    value: '199****0001',
    source: { zh: '潮水市居民册', en: 'Register of residents' },
    asOf: '2026-01-15',
  })
})

test('my parties are mine', async () => {
  assert.deepEqual(
    (await ask('mei', listMyParties)).body.parties.map((party) => party.id),
    ['mei-stall'],
  )
  assert.deepEqual((await ask('lan', listMyParties)).body.parties, [])
})

test('the counter finds by the beginning of a name and by a whole code', async () => {
  const found = async (q: string) => (await ask('lan', findParties, { query: { q } })).body.parties.map((party) => party.id)
  assert.deepEqual(await found('示例·'), ['mei-stall'], 'the company is of a region that this hall does not serve')
  assert.deepEqual(await found('91990103MA900002XC'), [])
  assert.deepEqual(await found('92990102ma90000113'), ['mei-stall'])
  assert.deepEqual(await found('海味'), [], 'not from the middle')
  assert.deepEqual(await found('%%'), [], 'signs of patterns are letters')
})

test('a wrong code is told as such, and other desks do not search', async () => {
  const wrong = await ask('lan', findParties, { query: { q: '92990102MA90000114' } })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.problem.code, 'codes/credit-code-invalid')
  assert.match(wrong.problem.detail, /should be 3/)
  for (const person of ['mei', 'hai', 'du']) {
    assert.equal((await ask(person, findParties, { query: { q: '示例' } })).problem.code, 'parties/not-your-desk')
  }
  assert.equal((await ask(null, findParties, { query: { q: '示例' } })).status, 401)
})

test('the counter records a party once', async () => {
  const body = { kind: 'enterprise', name: '示例·新公司', creditCode: '91990102YC90000160', region: '990102001' } as const
  const wrongKind = await ask('lan', createParty, { body: { ...body, kind: 'sole-trader' } })
  assert.equal(wrongKind.problem.code, 'codes/credit-code-invalid')
  const made = await ask('lan', createParty, { body })
  assert.equal(made.status, 200, JSON.stringify(made.problem))
  assert.equal(made.body.synthetic, true)
  assert.equal((await ask('lan', createParty, { body })).problem.code, 'parties/already-there')
  assert.equal((await ask('hai', createParty, { body })).problem.code, 'parties/not-your-desk')
  const nowhere = await ask('lan', createParty, { body: { ...body, region: '110000' } })
  assert.equal(nowhere.problem.code, 'parties/region-unknown')
  const elsewhere = await ask('lan', createParty, { body: { kind: 'person', name: '示例·邻县人', region: '990103100' } })
  assert.equal(elsewhere.problem.code, 'parties/not-your-region')
})

test('seeing numbers in full takes a reason and leaves a trace; supervision does not see them', async () => {
  const early = await ask('lan', revealPerson, { params: { party: 'mei-stall' }, body: { person: 'mei', reason: '电话核对材料' } })
  assert.equal(early.problem.code, 'parties/reveal-not-allowed', 'there is no case of this party yet')
  await openBundle(room, { bundle: 'open-stall', party: 'mei-stall', applicant: 'mei', answers: {}, form: {} })
  const reveal = (person: string, whose = 'mei') =>
    ask(person, revealPerson, { params: { party: 'mei-stall' }, body: { person: whose, reason: '电话核对材料' } })
  assert.equal((await reveal('yu')).problem.code, 'parties/unknown', 'no case of this party lies there')
  assert.equal((await reveal('du')).problem.code, 'parties/reveal-not-allowed')
  assert.equal((await reveal('lan', 'gang')).problem.code, 'parties/reveal-not-allowed')
  const shown = await reveal('lan')
  assert.deepEqual(shown.body, { name: '示例·阿梅', idCard: '990102199101010119', mobile: '19900000001' })
  const trace = assembled('select party_reveals.who, party_reveals.whose, party_reveals.why from party_reveals', {
    who: 'text',
    whose: 'text',
    why: 'text',
  })
  assert.deepEqual(await room.db.query(trace), [{ who: 'lan', whose: 'mei', why: '电话核对材料' }])
})
