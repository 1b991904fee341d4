/** Law 1: whatever the tables say besides the record can be thrown away. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { addPerson, MONDAY, type TestServer, testServer } from '../../test/harness.ts'
import { ALL_IN, type Player, player } from '../../test/play.ts'
import { PROJECTIONS, projectionsOf } from '../../test/projections.ts'
import type { Database } from '../platform/pg/database.ts'
import { assembled } from '../platform/pg/statement.ts'
import { makeFlows } from './flows.ts'
import { replayCases } from './replay.ts'

const forget = ['tasks', 'obligations', 'case_orgs', 'case_words', 'case_files'].map((table) => `delete from ${table}`)
const spoil = `update cases set org = 'x', org_path = 'x/', flow_version = 'x', status = 'ended', outcome = 'x', light = 'red', due_at = null,
  stage = '{}', waiting = true, rated = true, closed_at = now(), calendar_version = 'x', state = '{}'`

async function run(db: Database, sql: string): Promise<void> {
  await db.run(assembled(sql, {}))
}

describe('replay', () => {
  let server: TestServer
  let play: Player

  before(async () => {
    server = await testServer({ at: MONDAY })
    play = player(server.url)
    await addPerson(server.databaseUrl, { id: 'agent', actsFor: [{ party: 'tide-company', as: 'agent' }] })
    await liveThroughEverything(play)
    await server.app.settle()
  })

  it('rebuilds identical rows from the record alone, in cases that were opened, returned, transferred, paused, refused, late and ended', async () => {
    const { db, pack } = server.app
    const before = await projectionsOf(db)
    assert.ok(before.tasks.length > 3 && before.obligations.length > 3 && before.case_files.length > 1)
    for (const sql of [...forget, spoil]) await run(db, sql)
    assert.notDeepEqual(await projectionsOf(db), before)
    const heard: number[] = []
    assert.equal(await replayCases(db, { pack, flows: makeFlows(pack) }, (done) => heard.push(done)), before.cases.length)
    assert.equal(heard.at(-1), before.cases.length)
    const after = await projectionsOf(db)
    for (const table of Object.keys(PROJECTIONS) as (keyof typeof PROJECTIONS)[]) assert.deepEqual(after[table], before[table], table)
  })

  it('changes nothing where nothing was spoilt, and work goes on after it', async () => {
    const { db, pack } = server.app
    const before = await projectionsOf(db)
    await replayCases(db, { pack, flows: makeFlows(pack) })
    assert.deepEqual(await projectionsOf(db), before)
    assert.ok((await play.workOn()) > 0)
  })
})

/** As many kinds of events as a few cases can have. */
async function liveThroughEverything(play: Player): Promise<void> {
  const [mei, lan, hai, wei, deng] = [
    await play.as('mei'),
    await play.as('lan'),
    await play.as('hai'),
    await play.as('wei'),
    await play.as('deng'),
  ]
  const { case: id } = await mei.submitStall({ answers: { ...ALL_IN, insured: false } })
  let view = await lan.act(id, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
  const childOf = (node: string) => view.steps.find((step) => step.id === node)?.child?.id ?? assert.fail(node)
  const registration = childOf('register')
  await hai.act(registration, 'claim', 'review')
  await hai.act(registration, 'co-handle', 'review', { orgs: ['990102.fishery', '990102.health'] })
  await wei.act(registration, 'answer-co-handling', 'review', { opinion: '无意见' })
  await hai.act(registration, 'pass', 'review')
  await hai.act(registration, 'send-back', 'decide', { reason: '再看一遍' })
  await hai.act(registration, 'pass', 'review')
  await hai.act(registration, 'grant', 'decide')
  await hai.act(registration, 'hand-over', 'deliver')
  view = await mei.see(id)
  await deng.act(childOf('lamp'), 'transfer', 'review', { org: '990102.harbour', reason: '由区里办' })
  await deng.act(childOf('lamp'), 'comment', undefined, { text: '已转区里' })
  await wei.act(childOf('food'), 'suspend', undefined, { basis: 'tide-observation', until: '2035-03-12', reason: '等大潮' })
  await play.advance('P7D')
  const { file, name } = await mei.upload('more.pdf')
  await mei.act(id, 'attach', undefined, { files: [{ file, name, material: 'quay-sketch' }] })
  const other = await play.as('agent')
  const second = await other.submitStall({
    party: 'tide-company',
    region: '990171001',
    answers: { ...ALL_IN, insured: false, own_boat: false },
  })
  await other.act(second.case, 'withdraw')
}
