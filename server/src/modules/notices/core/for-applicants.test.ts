import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFact, CaseMoved, Gap, MovedEvent } from '@yichuang/caseflow'
import fc from 'fast-check'
import { tidewater } from '../../../../test/rooms.ts'
import { forApplicants } from './for-applicants.ts'

const pack = await tidewater()
const AT = '2026-03-02T01:00:00.000Z'
const MOVED: CaseMoved = {
  caseId: '00000000-0000-7000-8000-000000000001',
  rootId: '00000000-0000-7000-8000-000000000001',
  parentId: null,
  no: '990102-20260302-00001',
  kind: 'bundle',
  matter: null,
  bundle: 'open-stall',
  title: { zh: '开海味摊一件事', en: 'Open a seafood stall' },
  partyId: 'mei-stall',
  partyName: '示例·阿梅海味',
  applicant: 'mei',
  org: '990102.harbour',
  acceptor: '990102.hall',
  region: '990102001',
  status: 'open',
  outcome: null,
  isNew: false,
  light: 'green',
  events: [],
}
type Fact = Exclude<CaseFact, { type: 'case-opened' }>
const events = (...facts: readonly Fact[]): MovedEvent[] => facts.map((fact, i) => ({ at: AT, actor: 'lan', seq: i + 1, ...fact }))
const gap: Gap = {
  id: 'kitchen-plan',
  material: 'kitchen-plan',
  title: '厨房图',
  openedAt: AT,
  limit: { n: 5, unit: 'workday' },
  consequence: '撤销受理',
  status: 'open',
}
const tell = (facts: readonly Fact[], moved: Partial<CaseMoved> = {}, gaps: { [id: string]: Gap } = {}) =>
  forApplicants({ pack, moved: { ...MOVED, events: events(...facts), ...moved }, flow: pack.flows.get('permit') ?? null, gaps })
const kinds = (facts: readonly Fact[], moved: Partial<CaseMoved> = {}) => tell(facts, moved).map((draft) => draft.kind)

const ACCEPTED: Fact = { type: 'milestone-reached', milestone: 'accepted' }
const PROMISED: Fact = { type: 'clock-started', clock: 'promised', limit: { n: 4, unit: 'workday' }, startedAt: AT }
const GAP: Fact = {
  type: 'gap-opened',
  gap: gap.id,
  material: gap.material,
  title: gap.title,
  limit: gap.limit,
  consequence: gap.consequence,
  openedAt: AT,
}
const PART = { parentId: '00000000-0000-7000-8000-000000000009' }

test('acceptance names the promised day in both languages', () => {
  const [notice] = tell([ACCEPTED, PROMISED])
  assert.equal(notice?.kind, 'accepted')
  assert.match(notice.body.zh, /灯塔区政务服务大厅已受理.*承诺 2026年3月6日 前办结/)
  assert.match(notice.body.en ?? '', /by 6 March 2026/)
})

test('acceptance with gaps says what, until when and what happens otherwise', () => {
  const [notice, ...others] = tell([ACCEPTED, GAP, PROMISED])
  assert.equal(notice?.kind, 'accepted-with-gaps')
  assert.match(notice.body.zh, /请在 2026年3月9日 前补交“厨房图”。逾期：撤销受理/)
  assert.match(notice.body.en ?? '', /by 9 March 2026/)
  assert.deepEqual(others, [])
})

test('twelve parts that open together are one notice; at acceptance they are part of it', () => {
  const opened = ['food', 'lamp', 'insurance'].map((step): Fact => ({ type: 'child-opened', step, childId: step }))
  const [notice, ...others] = tell(opened)
  assert.equal(notice?.kind, 'parts-started')
  assert.match(notice.body.zh, /现在开始办理 3 项/)
  assert.deepEqual(others, [])
  assert.deepEqual(kinds([ACCEPTED, ...opened]), ['accepted'])
})

test('a part of a bundle repeats neither receipt, acceptance, gaps nor delivery', () => {
  const facts: Fact[] = [ACCEPTED, GAP, { type: 'gap-closed', gap: gap.id }, { type: 'milestone-reached', milestone: 'delivered' }]
  assert.deepEqual(kinds(facts, PART), [])
})

test('decisions are told by whoever decided, refusals with their reason and remedies', () => {
  const refused: Fact[] = [
    { type: 'action-taken', action: 'refuse', step: 'decide', effect: 'end', input: { reason: '灯色不合规定。', remedies: '…' } },
    { type: 'step-finished', step: 'decide', action: 'refuse', outcome: 'refused' },
    { type: 'milestone-reached', milestone: 'decided' },
    { type: 'case-ended', outcome: 'refused' },
  ]
  const [notice, ...others] = tell(refused, PART)
  assert.equal(notice?.kind, 'refused')
  assert.match(notice.body.zh, /理由：灯色不合规定。不服的，可以申请行政复议/)
  assert.deepEqual(others, [])
  assert.deepEqual(
    kinds([
      { type: 'step-finished', step: 'decide', action: 'grant', outcome: 'granted' },
      { type: 'milestone-reached', milestone: 'decided' },
    ]),
    ['granted'],
  )
})

test('a special procedure pauses two clocks and is told once, with its name', () => {
  const [notice, ...others] = tell(
    [
      { type: 'clock-paused', clock: 'promised', basis: 'site-visit' },
      { type: 'clock-paused', clock: 'statutory', basis: 'site-visit' },
    ],
    PART,
  )
  assert.equal(notice?.kind, 'paused')
  assert.equal(notice.light, 'grey')
  assert.match(notice.body.zh, new RegExp(pack.bases.get('site-visit')?.title.zh ?? '—'))
  assert.deepEqual(others, [])
})

test('corrections list all items and the day', () => {
  const [notice] = tell([
    {
      type: 'correction-requested',
      step: 'intake',
      items: [
        { item: '身份证', reason: '看不清' },
        { item: '码头图', reason: '' },
      ],
      until: '2026-03-09T09:00:00.000Z',
    },
  ])
  assert.match(notice?.body.zh ?? '', /身份证（看不清）；码头图。请在 2026年3月9日 前补正/)
})

test('a lapsed gap is told as lapsed, not also as overdue', () => {
  const facts: Fact[] = [
    { type: 'obligation-fired', clock: `gap:${gap.id}`, level: 'lapse', dueAt: AT, light: 'yellow', tells: ['handler', 'applicant'] },
    { type: 'gap-lapsed', gap: gap.id },
  ]
  const drafts = tell(facts, {}, { [gap.id]: gap })
  assert.deepEqual(
    drafts.map((draft) => draft.kind),
    ['gap-lapsed'],
  )
  assert.match(drafts[0]?.body.zh ?? '', /厨房图.*撤销受理/)
})

test('ends that nobody else tells: declined with reason, withdrawn', () => {
  assert.deepEqual(kinds([{ type: 'case-ended', outcome: 'declined', reason: '不属本机关职权' }]), ['declined'])
  assert.deepEqual(kinds([{ type: 'case-ended', outcome: 'withdrawn' }]), ['withdrawn'])
  assert.deepEqual(kinds([{ type: 'case-ended', outcome: 'ended-by-lead', reason: '…' }]), ['ended'])
  assert.deepEqual(kinds([{ type: 'case-ended', outcome: 'completed' }]), [])
})

test('a supervision case is nobody’s application', () => {
  assert.deepEqual(kinds([ACCEPTED, PROMISED], { partyId: 'org:990102.harbour' }), [])
})

const anyFact = fc.constantFrom<Fact>(
  ACCEPTED,
  PROMISED,
  GAP,
  { type: 'milestone-reached', milestone: 'decided' },
  { type: 'milestone-reached', milestone: 'delivered' },
  { type: 'step-finished', step: 'decide', action: 'grant', outcome: 'granted' },
  { type: 'step-finished', step: 'review', action: 'pass' },
  { type: 'clock-paused', clock: 'promised', basis: 'somewhere-else' },
  { type: 'clock-resumed', clock: 'promised' },
  { type: 'suspended', basis: 'site-visit', reason: '', until: AT },
  { type: 'child-opened', step: 'not-in-the-pack', childId: 'x' },
  { type: 'gap-closed', gap: 'nobody-knows' },
  { type: 'case-ended', outcome: 'something-new' },
  { type: 'clock-extended', clock: 'gone', by: { n: 1, unit: 'workday' }, basis: '', reason: '复杂' },
)

test('whatever happens: one notice per event and kind, words in both languages, no holes in them', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 12 }), fc.boolean(), (facts, part) => {
      const drafts = tell(facts, part ? PART : {})
      const keys = drafts.map((draft) => `${draft.seq} ${draft.kind}`)
      assert.equal(new Set(keys).size, keys.length)
      for (const { title, body } of drafts) {
        for (const text of [title.zh, title.en ?? '', body.zh, body.en ?? '']) {
          assert.ok(text.trim().length > 3)
          assert.doesNotMatch(text, /undefined|null|\[object/)
        }
      }
    }),
  )
})
