/** An operator's command moves a case as the server does: documents are issued, and what the rooms must hear is written for the server to deliver. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Actor, Data } from '@yichuang/caseflow'
import { unwrap } from '@yichuang/result'
import { testCity, testDatabase, whenDone } from '../test/harness.ts'
import { makeEngine } from './engine/engine.ts'
import { makeFlows } from './engine/flows.ts'
import { matterFacts } from './engine/openings.ts'
import { makeSerials } from './engine/serials.ts'
import { moveListeners, registerConsumers } from './listeners.ts'
import { makeParties } from './modules/parties/public.ts'
import { makeOutbox } from './platform/outbox.ts'
import { openDatabase } from './platform/pg/database.ts'
import { assembled } from './platform/pg/statement.ts'
import { makeLog } from './platform/telemetry.ts'

it('issues documents and leaves messages for every room, without delivering any', async () => {
  const db = openDatabase(await testDatabase())
  whenDone(() => db.close())
  const pack = await testCity()
  const now = () => '2035-03-05T01:30:00.000Z'
  const outbox = makeOutbox({ db, log: makeLog('silent') })
  const engine = makeEngine({ pack, flows: makeFlows(pack), now, serials: makeSerials(db), onMove: moveListeners({ pack, outbox }) })
  const sms = { send: () => Promise.reject(new Error('nobody delivers here')) }
  registerConsumers({ pack, parties: makeParties({ pack, now }), outbox, engine, sms })

  const matter = pack.matters.get('net-tag-filing') ?? assert.fail('no matter')
  const data = { matter: matterFacts(matter), party: {}, answers: {} } as Data
  const what = {
    flow: matter.flow,
    kind: 'permit',
    title: matter.title,
    matter: matter.id,
    party: { id: 'p', name: '示例' },
    applicant: 'mei',
  }
  const where = { region: '990102001', org: '990102.fishery', acceptor: '990102.hall', data }
  const fisher: Actor = { person: 'yu', side: 'staff', posts: [{ desk: 'department', org: '990102.fishery', roles: [] }], forParty: false }
  const { id } = unwrap(await db.tx((tx) => engine.open(tx, { ...what, ...where }, fisher)))
  unwrap(await db.tx((tx) => engine.act(tx, { caseId: id, action: 'finish', step: 'handle', input: {} }, fisher)))

  const issued = await db.query(assembled('select documents.template from documents', { template: 'text' }))
  assert.deepEqual(issued, [{ template: 'grant-decision' }])
  const waiting = await db.query(assembled('select distinct outbox.consumer from outbox order by 1', { consumer: 'text' }))
  assert.deepEqual(
    waiting.map((row) => row.consumer),
    ['certificates', 'notices'],
  )
})
