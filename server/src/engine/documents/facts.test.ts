import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, type CaseEvent, type CaseState, type CommandBody, type Data, decide, evolve } from '@yichuang/caseflow'
import { unwrap } from '@yichuang/result'
import { testCity } from '../../../test/harness.ts'
import { matterFacts } from '../openings.ts'
import type { CaseRecord } from '../store.ts'
import { resolveDocument } from './content.ts'
import { dayText, documentFacts, type Issuing } from './facts.ts'
import { documentNo } from './issue.ts'

const pack = await testCity()
const matter = pack.matters.get('lamp-permit') ?? assert.fail('the pack has no lamp-permit')
const flow = pack.flows.get(matter.flow) ?? assert.fail('the matter has no flow')
const region =
  [...pack.orgs.values()].find((org) => org.kind === 'hall' && org.region !== pack.root)?.region ?? assert.fail('no district hall')
const hall = [...pack.orgs.values()].find((org) => org.kind === 'hall' && org.region === region) ?? assert.fail('no hall')
const org = [...pack.orgs.values()].find((one) => one.key === matter.dept) ?? assert.fail('no organisation')

const SYSTEM: Actor = { person: 'system', side: 'system', posts: [], forParty: false }
const clerk: Actor = { person: 'clerk', side: 'staff', posts: [{ desk: 'counter', org: hall.id, roles: ['clerk'] }], forParty: false }

type Moved = { readonly state: CaseState; readonly events: readonly CaseEvent[] }
function move(before: CaseState | null, at: string, actor: Actor, body: CommandBody): Moved {
  const events = unwrap(decide(flow, before, { ...body, at, actor }, pack.calendar))
  let state = before
  for (const event of events) state = evolve(state, event)
  return { state: state ?? assert.fail('no state'), events }
}

const data: Data = { matter: matterFacts(matter), party: { credit_code: '92990101MA0000000X' }, answers: {} }
const opening: CommandBody = { type: 'open', caseId: 'c1', kind: flow.kind, org: org.id, acceptor: hall.id, region, data }
const opened = move(null, '2026-03-04T01:30:00.000Z', SYSTEM, opening).state

function act(action: string, input: Data, at = '2026-03-05T02:00:00.000Z'): Issuing {
  const { state, events } = move(opened, at, clerk, { type: 'act', action, step: 'intake', input })
  const event = events.find((one) => one.type === 'action-taken') ?? assert.fail('nobody took an action')
  const record = { id: 'c1', no: '1', title: matter.title, partyName: '望潮记', matter: matter.id, state } as CaseRecord
  return { pack, flow, record, events, event, document: { id: 'd1', no: documentNo('潮受字', '2026-03-05', 7) }, verify: '/cases/c1' }
}

test('acceptance: who, what, by when, in both languages', () => {
  const facts = documentFacts(act('accept', {}))
  const due = (facts.due as { promised?: unknown }).promised
  assert.deepEqual(facts.case, { no: '1', title: matter.title, opened_at: { zh: '2026年3月4日', en: '4 March 2026' } })
  assert.deepEqual(facts.applicant, { name: '望潮记', credit_code: '92990101MA0000000X' })
  assert.deepEqual(facts.org, { name: org.name, phone: org.phone, synthetic: true })
  assert.deepEqual(facts.hall, { name: hall.name, phone: hall.phone, synthetic: true })
  assert.deepEqual(facts.date, { zh: '2026年3月5日', en: '5 March 2026' })
  assert.deepEqual(facts.document, { no: '潮受字〔2026〕7号' })
  const last = pack.calendar.addWorkdays('2026-03-05', matter.limits.promised.n)
  assert.equal(matter.limits.promised.unit, 'workday')
  assert.deepEqual(due, dayText(last))
})

test('a correction lists every item and its last day', () => {
  const items = [
    { item: '灯图', reason: '缺页' },
    { item: '网牌', reason: '过期' },
  ]
  const facts = documentFacts(act('request-correction', { items, until: '2026-03-20' }))
  assert.deepEqual(facts.items, items)
  assert.deepEqual(facts.until, { zh: '2026年3月20日', en: '20 March 2026' })
})

test('gaps come with the day on which each debt falls due', () => {
  const gap = { material: 'lamp-plan', title: '灯图', limit: { n: 5, unit: 'workday' }, consequence: '撤销受理' }
  const facts = documentFacts(act('accept-with-gaps', { gaps: [gap] }))
  const due = dayText(pack.calendar.addWorkdays('2026-03-05', 5))
  assert.deepEqual(facts.gaps, [{ title: '灯图', due, consequence: '撤销受理' }])
})

test('a refusal carries the reason given, the law of the matter and the remedies', () => {
  const facts = documentFacts(act('decline', { reason: '不属于本机关职权', remedies: '六十日内申请复议' }))
  assert.equal(facts.reason, '不属于本机关职权')
  assert.equal(facts.remedies, '六十日内申请复议')
  assert.equal(facts.basis, matter.basis.map((basis) => `${basis.law}${basis.article}`).join('；'))
  assert.deepEqual(facts.outcome, { zh: '不予受理', en: 'not accepted' })
})

test('without words of the officer the remedies of the guide stand', () => {
  const { review, litigation } = matter.remedies
  assert.deepEqual(documentFacts(act('accept', {})).remedies, {
    zh: `${review.zh}；${litigation.zh}`,
    en: `${review.en}; ${litigation.en}`,
  })
})

test('a basis named by its id is written out with its law', () => {
  const basis = pack.bases.get('site-visit') ?? assert.fail('no such basis')
  const issuing = act('accept', {})
  const event = { ...issuing.event, input: { basis: 'site-visit' } } as CaseEvent
  assert.deepEqual(documentFacts({ ...issuing, event }).basis, {
    zh: `${basis.title.zh}（${basis.law}）`,
    en: `${basis.title.en} (${basis.law})`,
  })
})

test('every template that a counter action of this flow names is filled, except where the case knows no more', () => {
  const issuing = act('accept', {})
  const template = pack.documents.get('grant-decision') ?? assert.fail('no such template')
  assert.deepEqual(resolveDocument(template, documentFacts(issuing)).missing, [])
})
