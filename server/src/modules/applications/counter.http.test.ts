/** Who applies, and who only writes down: what a clerk's submission leaves in the case and in the register. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { createParty, getParty } from '@yichuang/contract'
import { addPerson, MONDAY, type TestServer, testServer } from '../../../test/harness.ts'
import { ONLY_STALL, type Person, type Player, player, refusalOf } from '../../../test/play.ts'
import { findCase } from '../../engine/store.ts'

let server: TestServer
let play: Player
let lan: Person

before(async () => {
  server = await testServer({ at: MONDAY })
  play = player(server.url)
  lan = await play.as('lan')
})

async function opened(id: string) {
  const record = (await findCase(server.app.db, id)) ?? assert.fail(`no case ${id}`)
  return { applicant: record.applicant, submittedBy: record.state.data.submitted_by }
}

describe('a clerk who submits for a party', () => {
  it('is not the applicant, nor the legal representative of what is founded: the owner is', async () => {
    const { case: id } = await lan.submitStall({ answers: ONLY_STALL })
    assert.deepEqual(await opened(id), { applicant: 'mei', submittedBy: 'counter' })
    const view = await lan.act(id, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch'] })
    const registration = view.steps.find((step) => step.id === 'register')?.child?.id ?? assert.fail('no registration')
    const hai = await play.as('hai')
    await hai.act(registration, 'pass', 'review')
    await hai.act(registration, 'grant', 'decide')
    await server.app.settle()
    const { people } = await (await play.as('mei')).call(getParty, { params: { party: registration } })
    assert.deepEqual(
      people.map(({ person, as }) => [person, as]),
      [['mei', 'legal-representative']],
    )
  })

  it('is told at once when nobody could represent what the application founds', async () => {
    const body = { kind: 'enterprise', name: '示例·无人公司', creditCode: '91990102YC90000160', region: '990102001' } as const
    const party = await lan.call(createParty, { body })
    const { code } = await refusalOf(lan.submitStall({ party: party.id, answers: ONLY_STALL, form: FILLED }))
    assert.equal(code, 'applications/nobody-represents')
  })
})

describe('somebody of the party who submits', () => {
  it('is the applicant', async () => {
    const third = await lan.call(createParty, { body: { kind: 'person', name: '示例·第三人', region: '990102001' } })
    const { case: id } = await lan.submitStall({ party: third.id, answers: ONLY_STALL })
    assert.deepEqual(await opened(id), { applicant: third.id, submittedBy: 'counter' })
    await addPerson(server.databaseUrl, { id: 'agent', actsFor: [{ party: 'tide-company', as: 'agent' }] })
    const agent = await play.as('agent')
    const { case: own } = await agent.submitStall({ party: 'tide-company', region: '990102001', answers: ONLY_STALL })
    assert.deepEqual(await opened(own), { applicant: 'agent', submittedBy: undefined })
  })
})

const FILLED = { stall_name: '示例摊', mobile: '19900000001', quay: 'north', lamp_colour: 'amber' }
