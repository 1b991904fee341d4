import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFact, CaseMoved, MovedEvent } from '@yichuang/caseflow'
import { tidewater } from '../../../../test/rooms.ts'
import { forStaff } from './for-staff.ts'

const pack = await tidewater()
const MOVED: CaseMoved = {
  caseId: '00000000-0000-7000-8000-000000000001',
  rootId: '00000000-0000-7000-8000-000000000001',
  parentId: null,
  no: '990102-20260302-00001',
  kind: 'permit',
  matter: 'lamp-permit',
  bundle: null,
  title: { zh: '夜灯许可', en: 'Night lamp permit' },
  partyId: 'mei-stall',
  partyName: '示例·阿梅海味',
  applicant: 'mei',
  org: '990100.lighthouse',
  acceptor: '990102.hall',
  region: '990102001',
  status: 'open',
  outcome: null,
  isNew: false,
  light: 'red',
  events: [],
}
type Fact = Exclude<CaseFact, { type: 'case-opened' }>
const tell = (...facts: readonly Fact[]) => {
  const events = facts.map((fact, i): MovedEvent => ({ at: '2026-03-10T09:00:00.000Z', actor: 'hai', seq: i + 7, ...fact }))
  return forStaff({ pack, moved: { ...MOVED, events }, flow: pack.flows.get('permit') ?? null, gaps: {} })
}
const fired = (level: string, tells: readonly string[], card?: 'red'): Fact => ({
  type: 'obligation-fired',
  clock: 'promised',
  level,
  dueAt: '2026-03-10T09:00:00.000Z',
  light: 'red',
  tells,
  ...(card === undefined ? {} : { card }),
})

test('a ladder level tells each of its roles, in the words of the pack, with the reason that is due', () => {
  const drafts = tell(fired('red', ['handler', 'head', 'supervisor'], 'red'))
  assert.deepEqual(
    drafts.map((draft) => draft.audience),
    [
      { to: 'role', role: 'handler' },
      { to: 'role', role: 'head' },
      { to: 'role', role: 'supervisor' },
    ],
  )
  assert.equal(drafts[0]?.title.zh, '红牌：夜灯许可')
  assert.match(drafts[0]?.body.zh ?? '', /承诺时限：红牌。请在1个工作日内说明原因/)
  assert.match(drafts[0]?.body.en ?? '', /within 1 working day/)
  assert.equal(drafts[0]?.light, 'red')
})

test('the applicant is not staff', () => {
  assert.deepEqual(tell(fired('warn', ['applicant'])), [])
})

test('a level that the pack no longer has is still told, by its name', () => {
  assert.match(tell(fired('gone', ['handler']))[0]?.title.zh ?? '', /^gone：/)
})

test('work that others lay on a desk is told to that desk; what one takes oneself is not', () => {
  const drafts = tell(
    { type: 'step-transferred', step: 'review', org: '990102.harbour' },
    { type: 'co-handling-asked', step: 'review', orgs: ['990102.health', '990102.fishery'] },
    { type: 'step-claimed', step: 'review', person: 'deng' },
    { type: 'step-claimed', step: 'review', person: 'hai' },
  )
  assert.deepEqual(
    drafts.map(({ kind, audience }) => [kind, audience]),
    [
      ['transferred', { to: 'org', org: '990102.harbour' }],
      ['co-handling-asked', { to: 'org', org: '990102.health' }],
      ['co-handling-asked', { to: 'org', org: '990102.fishery' }],
      ['assigned', { to: 'person', person: 'deng' }],
    ],
  )
})

test('corrections that came in are told to whoever asked for them', () => {
  assert.deepEqual(
    tell({ type: 'correction-supplied', step: 'intake' }).map(({ kind, audience }) => [kind, audience]),
    [['correction-supplied', { to: 'role', role: 'handler' }]],
  )
})
