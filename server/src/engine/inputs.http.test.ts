/** Whom an action may name: organisations that are competent where the case is, persons who work where the step lies. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { type CaseView, listOrgs } from '@yichuang/contract'
import { addPerson, MONDAY, type TestServer, testServer } from '../../test/harness.ts'
import { ALL_IN, type Person, type Player, player, refusalOf } from '../../test/play.ts'

let server: TestServer
let play: Player
let hai: Person
let registration: string

const stepOf = (view: CaseView, id: string) => view.steps.find((step) => step.id === id) ?? assert.fail(`no step ${id}`)

before(async () => {
  server = await testServer({ at: MONDAY })
  play = player(server.url)
  await addPerson(server.databaseUrl, { id: 'hai-2', posts: [{ desk: 'department', org: '990102.harbour', roles: ['handler'] }] })
  await addPerson(server.databaseUrl, { id: 'hai-hall', posts: [{ desk: 'counter', org: '990102.harbour', roles: ['clerk'] }] })
  hai = await play.as('hai')
  const { case: id } = await (await play.as('mei')).submitStall({ answers: ALL_IN })
  const view = await (await play.as('lan')).act(id, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
  registration = stepOf(view, 'register').child?.id ?? assert.fail('no case of the registration')
})

const refused = async (action: string, input: { readonly [field: string]: unknown }) => {
  const { status, code } = await refusalOf(hai.act(registration, action, 'review', input))
  return [status, code]
}

describe('organisations that an action names', () => {
  it('are those of the pack: a step passed on to nobody would be seen by nobody', async () => {
    assert.deepEqual(await refused('transfer', { org: '990102.moon', reason: '…' }), [422, 'cases/org-unknown'])
    assert.deepEqual(await refused('co-handle', { orgs: ['990102.health', 'anybody'] }), [422, 'cases/org-unknown'])
    assert.equal(stepOf(await hai.see(registration), 'review').status, 'ready')
  })

  it('are competent there: of the region of the case or above it, never of another county', async () => {
    assert.deepEqual(await refused('transfer', { org: '990103.harbour' }), [422, 'cases/org-not-competent'])
    assert.deepEqual(await refused('co-handle', { orgs: ['990102.health', '990103.health'] }), [422, 'cases/org-not-competent'])
    assert.deepEqual(await refused('co-handle', { orgs: ['990171.park'] }), [422, 'cases/org-not-competent'])
    await addPerson(server.databaseUrl, { id: 'far', posts: [{ desk: 'department', org: '990103.health', roles: ['handler'] }] })
    assert.equal((await refusalOf((await play.as('far')).see(registration))).code, 'cases/unknown')
  })

  it('are just those that GET /orgs lists for the region of the case', async () => {
    const { regionCode } = await hai.see(registration)
    const { orgs } = await hai.call(listOrgs, { query: { region: regionCode } })
    const listed = new Set(orgs.map((org) => org.id))
    assert.ok(listed.has('990102.health') && listed.has('990100.lighthouse') && !listed.has('990103.health') && !listed.has('990171.park'))
    for (const org of server.app.pack.orgs.keys()) {
      if (listed.has(org)) continue
      assert.deepEqual(await refused('transfer', { org }), [422, 'cases/org-not-competent'], org)
    }
    await hai.act(registration, 'co-handle', 'review', { orgs: [...listed].filter((org) => org !== '990102.harbour') })
    assert.equal((await refusalOf(hai.call(listOrgs, { query: { region: '999999' } }))).code, 'matters/region-unknown')
  })
})

describe('a person to whom a step is given', () => {
  it('works at its desk in its organisation', async () => {
    assert.deepEqual(await refused('assign', { person: 'nobody-at-all' }), [422, 'cases/person-not-there'])
    assert.deepEqual(await refused('assign', { person: 'mei' }), [422, 'cases/person-not-there'])
    assert.deepEqual(await refused('assign', { person: 'wei' }), [422, 'cases/person-not-there'])
    assert.deepEqual(await refused('assign', { person: 'hai-hall' }), [422, 'cases/person-not-there'])
    const after = await hai.act(registration, 'assign', 'review', { person: 'hai-2' })
    assert.equal(stepOf(after, 'review').assignee?.zh, '示例·hai-2')
  })
})
