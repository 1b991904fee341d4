import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unwrap } from '@yichuang/result'
import { makeCalendar } from '@yichuang/workday'
import { available } from './available.ts'
import { compileFlow } from './compile.ts'
import { decide } from './decide.ts'
import { obligations } from './obligations.ts'
import { Story } from './testing/story.ts'
import { actors, calendar, complaint, context, keeper, keeperData, keeperSource } from './testing/tidewater.ts'
import { caseLight, clockViews, tasks } from './views.ts'

const { clerk, officer, other, chief, customs, operator, supervisor, stranger, owner, passer, engine } = actors
const GAP = { material: 'lamp-plan', title: '灯具图', limit: '5 workdays', consequence: '撤回受理', tolerable: true }
const withdrawal = complaint.actions.withdraw ?? assert.fail('no withdrawal')
const REFUSAL = { reason: 'no', remedies: '60 days' }

const received = () => new Story(keeper).on('05-04').open(keeperData)
const accepted = () => received().act(clerk, 'intake/accept')
/** Accepted without an examination on the tower: nothing is paused. */
const plain = () =>
  new Story(keeper)
    .on('05-04')
    .open({ matter: { limits: { promised: '5 workdays' }, on_site: false } })
    .act(clerk, 'intake/accept')
const decided = () => plain().act(officer, 'review/pass').act(chief, 'decide/grant')
const ended = () => decided().act(clerk, 'deliver/hand-over')

const live = (story: Story) => obligations(story.flow, story.state, story.calendar).map(({ clock, level }) => `${clock}/${level}`)
const dueOf = (story: Story, name: string) =>
  obligations(story.flow, story.state, story.calendar).find(({ clock, level }) => `${clock}/${level}` === name)?.dueAt
const view = (story: Story, clock: string) =>
  clockViews(story.flow, story.state, story.calendar, story.at).find((one) => one.clock === clock)
const light = (story: Story) => caseLight(clockViews(story.flow, story.state, story.calendar, story.at))

describe('opening', () => {
  it('marks received, starts its clocks and readies the first step at the acceptor', () => {
    const story = received()
    assert.deepEqual(story.happened, ['case-opened', 'milestone-reached:received', 'clock-started:notice', 'step-readied:intake'])
    assert.equal(story.state.steps.intake?.org, 'hall')
    assert.equal(story.state.seq, 4)
  })
  it('is refused a second time', () => assert.equal(received().open(keeperData).code, 'case-exists'))
  it('takes the acceptance over from the bundle, at once', () => {
    const story = new Story(keeper).open(keeperData, { parent: { caseId: 'b1', step: 'keep' } })
    assert.equal(story.state.steps.intake?.action, 'accept')
    assert.ok(story.last.some((event) => event.type === 'action-taken' && event.document === undefined))
    assert.ok(story.happened.includes('clock-started:promised'))
  })
  it('leaves out what the plan says is not needed, with the reason, and goes on behind it', () => {
    const story = new Story(keeper).open(keeperData, { notNeeded: { intake: '已受理' } })
    assert.equal(story.state.steps.intake?.status, 'not-needed')
    assert.equal(story.state.steps.intake?.why, '已受理')
    assert.equal(story.state.steps.review?.status, 'ready')
  })
  it('refuses a plan that leaves out a step the flow does not have', () => {
    assert.equal(new Story(keeper).open(keeperData, { notNeeded: { dance: 'x' } }).code, 'step-unknown')
  })
  it('takes over open gaps with the day on which they were opened', () => {
    const gap = {
      id: 'lamp-plan',
      material: 'lamp-plan',
      title: '灯具图',
      openedAt: '2026-05-01T02:00:00.000Z',
      limit: { n: 5, unit: 'workday' as const },
      consequence: 'x',
      status: 'open' as const,
    }
    const story = new Story(keeper).open(keeperData, { gaps: [gap, { ...gap, id: 'old', status: 'closed' }] })
    assert.deepEqual(story.state.gaps, { 'lamp-plan': gap })
  })
  it('refuses to start a clock whose limit the case does not have', () => {
    const story = new Story(keeper).open({ matter: { on_site: false } }).act(clerk, 'intake/accept')
    assert.equal(story.code, 'limit-missing')
    assert.deepEqual(story.refusal?.data, { clock: 'promised', path: 'matter.limits.promised' })
    assert.equal(story.state.steps.intake?.status, 'ready')
  })
})

describe('readiness', () => {
  it('is parallel by default and joins where `after` says', () => {
    const story = accepted()
    assert.equal(story.state.steps.review?.status, 'ready')
    assert.equal(story.state.steps.climb?.status, 'ready')
    assert.equal(story.act(officer, 'review/pass').state.steps.decide, undefined)
    assert.equal(story.act(officer, 'climb/report', { findings: 'steady' }).state.steps.decide?.status, 'ready')
  })
  it('skips a step whose condition is false', () => assert.equal(plain().state.steps.climb?.status, 'skipped'))
  it('keeps a step unknown while a fact is missing, and set-data decides it', () => {
    const story = new Story(keeper).open({ matter: { limits: { promised: '5 workdays' } } }).act(clerk, 'intake/accept')
    assert.deepEqual(story.state.steps.climb, { status: 'unknown', round: 0, org: '', missing: ['matter.on_site'] })
    assert.equal(story.act(officer, 'climb/report', { findings: 'x' }).code, 'not-yet')
    story.tell(engine, { type: 'set-data', changes: { matter: { on_site: true } } })
    assert.equal(story.state.steps.climb?.status, 'ready')
    assert.deepEqual(story.state.data.matter, { limits: { promised: '5 workdays' }, on_site: true })
  })
  it('reconsiders a skipped step while nobody has begun behind it, and not afterwards', () => {
    const on = { type: 'set-data', changes: { matter: { on_site: true } } } as const
    assert.equal(plain().tell(engine, on).state.steps.climb?.status, 'ready')
    assert.equal(plain().act(officer, 'review/pass').tell(engine, on).state.steps.climb?.status, 'skipped')
  })
  it('takes back a step whose condition has become false', () => {
    const story = accepted().tell(engine, { type: 'set-data', changes: { matter: { on_site: false } } })
    assert.equal(story.state.steps.climb?.status, 'skipped')
    assert.equal(view(story, 'promised')?.status, 'running')
  })
  it('looks organisations up in the case’s data', () => {
    const story = new Story(complaint).open({ orgs: { hotline: '990000.hotline' } })
    assert.equal(story.state.steps.dispatch?.org, '990000.hotline')
  })
  it('ends the case when everything is settled', () => {
    const story = ended()
    assert.equal(story.state.status, 'ended')
    assert.equal(story.state.outcome, 'granted')
    const refused = plain().act(officer, 'review/pass').act(chief, 'decide/refuse', REFUSAL)
    assert.equal(refused.state.steps.deliver?.status, 'skipped')
    assert.equal(refused.state.outcome, 'refused')
    assert.ok(Object.values(refused.state.clocks).every((clock) => clock.status === 'stopped'))
  })
})

describe('who may act', () => {
  const table = [
    ['another desk of the same organisation', () => received().act(officer, 'intake/accept'), 'not-your-desk'],
    ['the right desk of another organisation', () => accepted().act(stranger, 'review/pass'), 'not-your-desk'],
    ['the right desk without the role', () => plain().act(officer, 'review/pass').act(officer, 'decide/grant'), 'not-your-role'],
    ['the applicant at an officer’s step', () => received().act(owner, 'intake/accept'), 'not-your-side'],
    ['an officer with the applicant’s action', () => received().act(clerk, 'withdraw'), 'not-your-side'],
    ['somebody who does not act for the party', () => received().act(passer, 'withdraw'), 'not-your-party'],
    ['the engine with people’s action', () => received().act(engine, 'intake/accept'), 'not-your-side'],
    ['people with the engine’s action', () => received().act(clerk, 'follow-parent'), 'not-your-side'],
    [
      'people with the engine’s command',
      () => received().tell(clerk, { type: 'gap-settled', material: 'x', status: 'closed' }),
      'engine-only',
    ],
    [
      'an officer who sets facts',
      () => received().tell(officer, { type: 'set-data', changes: { matter: { on_site: false } } }),
      'engine-only',
    ],
    ['a stranger who comments', () => received().act(stranger, 'comment', { text: 'hm' }), 'not-your-desk'],
    ['supervision without the desk', () => received().act(clerk, 'supervise', { reason: 'x' }), 'not-your-desk'],
    ['a step that is not ready', () => received().act(officer, 'review/pass'), 'step-not-ready'],
    ['a step that does not exist', () => received().act(officer, 'revue/pass'), 'step-unknown'],
    ['an action that does not exist', () => received().act(clerk, 'intake/acept'), 'action-unknown'],
  ] as const
  for (const [who, tell, code] of table) it(`${who}: ${code}`, () => assert.equal(tell().code, code))
  it('suggests the action that was meant', () =>
    assert.match(received().act(clerk, 'intake/acept').refusal?.message ?? '', /did you mean "accept"/))
  it('lets supervision supervise', () =>
    assert.deepEqual(received().act(supervisor, 'supervise', { reason: 'slow' }).happened, ['supervised']))
})

describe('input', () => {
  it('names every missing field', () => {
    const story = plain().act(officer, 'review/pass').act(chief, 'decide/refuse', { reason: ' ' })
    assert.equal(story.code, 'input-missing')
    assert.deepEqual(story.refusal?.data?.fields, ['reason', 'remedies'])
  })
  const wrong = [
    ['items', 'intake/request-correction', { items: [{ item: 'lamp' }] }],
    ['until', 'intake/request-correction', { items: [{ item: 'lamp', reason: 'dim' }], until: '2026-02-30' }],
    ['gaps', 'intake/accept-with-gaps', { gaps: [{ ...GAP, limit: 'soon' }] }],
    ['files', 'attach', { files: 'plan.pdf' }],
    ['by', 'extend', { by: 'long', reason: 'x' }],
  ] as const
  for (const [field, action, input] of wrong) {
    it(`refuses a wrong ${field}`, () => {
      const story = (action === 'extend' ? plain() : received()).act(action === 'extend' ? chief : clerk, action, input)
      assert.equal(story.code, 'input-invalid')
      assert.deepEqual(story.refusal?.data?.fields, [field])
    })
  }
  it('keeps what it asked for, and files; nothing else reaches the record', () => {
    const story = plain().act(officer, 'review/pass', { files: ['f'], outcome: 'granted', note: 'x' })
    const [taken] = story.last
    assert.deepEqual(taken?.type === 'action-taken' && taken.input, { files: ['f'] })
    assert.equal(plain().act(officer, 'review/pass', { files: 'f' }).code, 'input-invalid')
  })
  it('never overrides a fact of the record in a condition', () => {
    const needs = [
      { field: 'matter', type: 'json' as const },
      { field: 'said', type: 'boolean' as const },
    ]
    const actions = { pass: { effect: 'complete' as const, needs, when: 'matter.on_site and said' } }
    const steps = { ...keeperSource.steps, review: { title: '审查', after: ['intake'], desk: 'department', actions } }
    const flow = unwrap(compileFlow({ ...keeperSource, steps }, context))
    const story = (onSite: boolean) =>
      new Story(flow).open({ matter: { limits: { promised: '5 workdays' }, on_site: onSite } }).act(clerk, 'intake/accept')
    assert.equal(story(false).act(officer, 'review/pass', { matter: { on_site: true }, said: true }).code, 'condition-not-met')
    assert.equal(story(true).act(officer, 'review/pass', { matter: { on_site: false }, said: true }).code, undefined)
    assert.equal(story(true).act(officer, 'review/pass', { matter: {}, said: false }).code, 'condition-not-met')
  })
  it('checks a condition on what the action is told', () => {
    assert.equal(received().act(clerk, 'intake/accept-with-gaps', { gaps: [{ ...GAP, tolerable: false }] }).code, 'condition-not-met')
    const { tolerable: _, ...unsaid } = GAP
    const story = received().act(clerk, 'intake/accept-with-gaps', { gaps: [unsaid] })
    assert.equal(story.code, 'not-yet')
    assert.deepEqual(story.refusal?.data?.missing, ['input.gaps[1].tolerable'])
  })
})

describe('hands', () => {
  it('gives a claimed step to one person and tells the other who, when and what (law 7)', () => {
    const story = accepted().act(officer, 'review/claim').act(other, 'review/pass')
    assert.equal(story.code, 'already-taken')
    assert.deepEqual(story.refusal?.data, { step: 'review', by: 'officer', at: '2026-05-04T02:00:00.000Z', action: 'claim' })
    assert.equal(story.act(other, 'review/claim').code, 'already-taken')
    assert.equal(story.act(officer, 'review/pass').code, undefined)
    const late = story.act(other, 'review/pass')
    assert.deepEqual(late.refusal?.data, { step: 'review', by: 'officer', at: '2026-05-04T02:00:00.000Z', action: 'pass' })
  })
  it('puts back, assigns by the head, transfers', () => {
    const story = accepted().act(officer, 'review/claim').act(officer, 'review/release')
    assert.equal(story.state.steps.review?.assignee, undefined)
    assert.equal(story.act(officer, 'review/assign', { person: 'other' }).code, 'not-your-role')
    assert.equal(story.act(chief, 'review/assign', { person: 'other' }).state.steps.review?.assignee, 'other')
    story.act(other, 'review/transfer', { org: 'customs' })
    assert.equal(story.state.steps.review?.org, 'customs')
    assert.equal(story.state.steps.review?.assignee, undefined)
    assert.equal(story.act(officer, 'review/pass').code, 'not-your-desk')
    assert.equal(story.act(customs, 'review/pass').code, undefined)
  })
  it('asks other organisations, each with a row in its inbox until it answers', () => {
    const story = accepted().act(officer, 'review/co-handle', { orgs: ['customs'] })
    assert.deepEqual(
      tasks(story.flow, story.state).map(({ step, org, as }) => `${step} ${org} ${as}`),
      ['review harbour handler', 'review customs co-handler', 'climb harbour handler'],
    )
    assert.equal(story.act(stranger, 'review/answer-co-handling', { opinion: 'x' }).code, 'not-your-desk')
    assert.equal(
      story.act(customs, 'review/answer-co-handling', { opinion: '同意' }).state.steps.review?.coHandling?.customs?.opinion,
      '同意',
    )
    assert.equal(tasks(story.flow, story.state).length, 2)
    assert.equal(story.act(customs, 'review/answer-co-handling', { opinion: 'again' }).code, 'not-your-desk')
  })
})

describe('correction', () => {
  const asked = () =>
    received()
      .on('05-05')
      .act(clerk, 'intake/request-correction', { items: [{ item: '灯具图', reason: '缺页' }], until: '2026-05-20' })
  it('waits for the applicant and stops the notice clock', () => {
    const story = asked()
    assert.deepEqual(story.happened, ['correction-requested:intake', 'milestone-reached:correction-requested', 'clock-stopped:notice'])
    assert.equal(tasks(story.flow, story.state)[0]?.status, 'waiting')
    assert.equal(story.act(clerk, 'intake/accept').code, 'waiting-for-applicant')
    assert.equal(dueOf(story, 'correction/overdue'), '2026-05-20T09:00:00.000Z')
  })
  it('raises an alarm once when its planned end passes, and the clerk may then decline', () => {
    const story = asked().fire('correction', 'overdue', '2026-05-20T09:00:00.000Z')
    assert.deepEqual(live(story), [])
    assert.equal(story.act(clerk, 'intake/decline', REFUSAL).state.outcome, 'declined')
  })
  it('goes on when the applicant supplies, with what was left of the notice', () => {
    const items = [{ item: '灯具图', reason: '缺页' }]
    const story = received().on('05-06').act(clerk, 'intake/request-correction', { items }).on('05-12').act(owner, 'intake/supply')
    assert.deepEqual(story.happened, ['correction-supplied:intake', 'clock-continued:notice'])
    assert.equal(story.state.clocks.notice?.startedAt, '2026-05-04T02:00:00.000Z')
    // One working day was used (05-05); four are left: 05-13, 14, 15, 18.
    assert.equal(view(story, 'notice')?.dueAt, '2026-05-18T09:00:00.000Z')
    assert.equal(dueOf(story, 'notice/deem-accepted'), '2026-05-18T09:00:00.000Z')
    assert.equal(story.act(clerk, 'intake/accept').code, undefined)
  })
  it('tells once: a second request at the step is refused, after a return too', () => {
    const again = { items: [{ item: '证明', reason: '新要求' }] }
    const story = asked().on('05-12').act(owner, 'intake/supply').act(clerk, 'intake/request-correction', again)
    assert.equal(story.code, 'correction-once')
    assert.match(story.refusal?.message ?? '', /第三十二条/)
    story.act(clerk, 'intake/accept').act(officer, 'review/send-back', { reason: 'x' })
    assert.equal(story.act(clerk, 'intake/request-correction', again).code, 'correction-once')
  })
  it('… unless the flow says that it may be repeated', () => {
    const ask = { effect: 'wait-for-applicant' as const, repeatable: true }
    const steps = { a: { title: 'a', desk: 'counter', actions: { ask, go: { effect: 'complete' as const } } } }
    const story = new Story(unwrap(compileFlow({ flow: 'f', kind: 'permit', title: 'f', steps }, context)))
    const items = [{ item: 'x', reason: 'y' }]
    story.open({}).act(clerk, 'a/ask', { items }).act(owner, 'a/supply').act(clerk, 'a/ask', { items })
    assert.equal(story.code, undefined)
    assert.equal(story.state.waiting?.step, 'a')
  })
  it('has nothing to supply when nothing was asked', () => assert.equal(received().act(owner, 'intake/supply').code, 'nothing-asked'))
})

describe('special procedure', () => {
  it('pauses the case’s clocks while its step is ready, with its basis; notice and delivery run on', () => {
    const story = accepted()
    assert.equal(view(story, 'promised')?.status, 'paused')
    assert.equal(story.state.clocks.promised?.pauses[0]?.basis, 'climb-test')
    assert.equal(light(story), 'grey')
    assert.deepEqual(live(story), [])
    story.on('05-08').act(officer, 'climb/report', { findings: 'steady' })
    assert.deepEqual(
      story.happened.filter((one) => one.startsWith('clock')),
      ['clock-resumed:promised', 'clock-resumed:statutory', 'clock-resumed:step:review'],
    )
    assert.equal(light(story), 'green')
    // Five working days from the day after: 05-09 (make-up Saturday), 11, 12, 13, 14.
    assert.equal(view(story, 'promised')?.dueAt, '2026-05-14T09:00:00.000Z')
  })
})

describe('suspension', () => {
  const told = { basis: 'storm', until: '2026-05-15', reason: '台风' }
  const suspended = () => plain().on('05-05').act(officer, 'suspend', told)
  it('needs a basis from the list and an end in the future', () => {
    assert.equal(plain().act(officer, 'suspend', { ...told, basis: 'lunch' }).code, 'suspension-basis-unknown')
    assert.equal(plain().act(officer, 'suspend', { ...told, until: '2026-05-01' }).code, 'suspension-end-past')
    assert.deepEqual(plain().act(officer, 'suspend', { basis: 'storm' }).refusal?.data?.fields, ['until', 'reason'])
  })
  it('lasts no longer than its special procedure may, and says until when', () => {
    const storm = (until: string) =>
      plain()
        .on('05-05')
        .act(officer, 'suspend', { ...told, until })
    assert.equal(storm('2026-05-20').code, undefined)
    const story = storm('2026-05-21')
    assert.equal(story.code, 'suspension-too-long')
    assert.deepEqual(story.refusal?.data?.fields, ['until'])
    assert.equal(story.refusal?.data?.until, '2026-05-20T09:00:00.000Z')
    assert.match(story.refusal?.message ?? '', /15 .*days.* until 2026-05-20/)
    assert.equal(plain().act(officer, 'suspend', { ...told, basis: 'hearing', until: '2026-12-31' }).code, undefined)
  })
  it('pauses clocks and refuses everything but resume, withdraw, comment and attach (law 4)', () => {
    const story = suspended()
    assert.equal(light(story), 'grey')
    assert.equal(tasks(story.flow, story.state)[0]?.status, 'paused')
    for (const [actor, action, input] of [
      [officer, 'review/pass', {}],
      [officer, 'review/claim', {}],
      [chief, 'extend', { by: '5 workdays', reason: 'x' }],
      [supervisor, 'supervise', { reason: 'x' }],
      [officer, 'suspend', told],
    ] as const) {
      assert.equal(story.act(actor, action, input).code, 'case-suspended')
    }
    assert.equal(story.act(officer, 'comment', { text: 'x' }).code, undefined)
    assert.equal(story.act(owner, 'attach', { files: ['f1'] }).code, undefined)
    assert.equal(story.act(officer, 'resume').code, undefined)
    assert.equal(story.act(officer, 'resume').code, 'not-suspended')
  })
  it('can be withdrawn', () => assert.equal(suspended().act(owner, 'withdraw').state.outcome, 'withdrawn'))
  it('raises one alarm when the planned end passes', () => {
    const story = suspended()
    assert.deepEqual(live(story), ['suspension/overdue'])
    story.fire('suspension', 'overdue', '2026-05-15T09:00:00.000Z')
    assert.deepEqual(live(story), [])
    assert.equal(story.state.suspension?.overdue, true)
  })
  it('does not consume the day it began nor the day it ended', () => {
    const story = suspended().on('05-12').act(officer, 'resume')
    // 05-04 accepted, 05-05 suspended, 05-12 resumed: five working days are 13, 14, 15, 18, 19.
    assert.equal(view(story, 'promised')?.dueAt, '2026-05-19T09:00:00.000Z')
  })
  it('overlaps a special procedure without a hole: the pause goes on under the other basis', () => {
    const story = accepted().on('05-05').act(officer, 'suspend', told).on('05-06').act(officer, 'resume')
    assert.deepEqual(
      story.state.clocks.promised?.pauses.map(({ basis }) => basis),
      ['climb-test', 'storm', 'climb-test'],
    )
    assert.equal(view(story, 'promised')?.status, 'paused')
  })
})

describe('gaps', () => {
  const withGap = () =>
    new Story(keeper)
      .on('05-04')
      .open({ matter: { limits: { promised: '5 workdays' }, on_site: false } })
      .act(clerk, 'intake/accept-with-gaps', { gaps: [GAP] })
  it('are opened with their debt day, warned one working day before, and lapse', () => {
    const story = withGap()
    assert.equal(story.state.gaps['lamp-plan']?.status, 'open')
    // Working days 5, 6, 8, 9 (make-up), 11: due on Monday 05-11, warned at the close of the working day before.
    assert.equal(dueOf(story, 'gap:lamp-plan/lapse'), '2026-05-11T09:00:00.000Z')
    assert.equal(dueOf(story, 'gap:lamp-plan/warn'), '2026-05-09T09:00:00.000Z')
    story.fire('gap:lamp-plan', 'warn', '2026-05-09T09:00:00.000Z')
    assert.ok(!live(story).includes('gap:lamp-plan/warn'))
    story.fire('gap:lamp-plan', 'lapse', '2026-05-11T09:00:00.000Z')
    assert.deepEqual(story.happened, ['obligation-fired:gap:lamp-plan/lapse', 'gap-lapsed:lamp-plan'])
    assert.ok(!live(story).some((one) => one.startsWith('gap:')))
  })
  it('are closed by an officer, once', () => {
    const story = withGap().act(clerk, 'close-gap', { gap: 'lamp-plan' })
    assert.equal(story.state.gaps['lamp-plan']?.status, 'closed')
    assert.equal(story.act(clerk, 'close-gap', { gap: 'lamp-plan' }).code, 'no-open-gap')
    assert.equal(withGap().act(clerk, 'close-gap', { gap: 'rope' }).code, 'gap-not-open')
  })
  it('hold the end of the case until they are settled', () => {
    const story = withGap().act(officer, 'review/pass').act(chief, 'decide/grant').act(clerk, 'deliver/hand-over')
    assert.equal(story.state.status, 'open')
    assert.equal(story.act(clerk, 'close-gap', { gap: 'lamp-plan' }).state.status, 'ended')
  })
  it('of a child are settled by its bundle; a case without that gap does not mind', () => {
    const settled = { type: 'gap-settled', material: 'lamp-plan', status: 'closed' } as const
    assert.deepEqual(withGap().tell(engine, settled).happened, ['gap-closed:lamp-plan'])
    assert.deepEqual(plain().tell(engine, settled).last, [])
  })
})

describe('deemed acceptance (行政许可法 art. 32(4))', () => {
  // Received on 05-04: five working days end on 05-11.
  const silent = () => received().fire('notice', 'deem-accepted', '2026-05-11T09:00:00.000Z')
  it('takes place when the notice clock is breached', () => {
    const story = silent()
    assert.equal(story.state.steps.intake?.action, 'accept')
    const reached = story.last.find((event) => event.type === 'milestone-reached')
    assert.equal(reached?.type === 'milestone-reached' && reached.deemed, '行政许可法第三十二条')
  })
  it('counts from the receipt: promised and statutory clocks start retroactively', () => {
    const story = silent()
    assert.equal(story.state.milestones.accepted, '2026-05-04T02:00:00.000Z')
    assert.equal(story.state.clocks.promised?.startedAt, '2026-05-04T02:00:00.000Z')
    assert.equal(story.state.clocks.statutory?.startedAt, '2026-05-04T02:00:00.000Z')
    assert.equal(story.state.steps.review?.status, 'ready')
  })
  it('does not take place when the applicant was told in time', () => {
    const story = received().act(clerk, 'intake/request-correction', { items: [{ item: 'a', reason: 'b' }] })
    assert.equal(story.fire('notice', 'deem-accepted', '2026-05-11T09:00:00.000Z').code, 'obligation-gone')
  })
})

describe('other deemed outcomes', () => {
  const { steps, clocks } = keeperSource
  const flow = unwrap(
    compileFlow(
      {
        ...keeperSource,
        steps,
        clocks: {
          ...clocks,
          promised: {
            title: '延续',
            starts: 'accepted',
            stops: ['decided'],
            limit: '2 workdays',
            on_breach: { effect: 'deem-renewed', basis: '行政许可法第五十条' },
          },
        },
      },
      context,
    ),
  )
  it('finish the step that should have spoken; what it still waited for is not needed', () => {
    const story = new Story(flow)
      .on('05-04')
      .open({ matter: { on_site: false } })
      .act(clerk, 'intake/accept')
      .fire('promised', 'deem-renewed', '2026-05-06T09:00:00.000Z')
    assert.equal(story.state.steps.review?.status, 'not-needed')
    assert.equal(story.state.steps.decide?.action, 'grant')
    assert.equal(story.state.outcome, 'granted')
    assert.equal(story.state.steps.deliver?.status, 'ready')
  })
})

describe('ladder', () => {
  it('has one obligation per clock and level, in order of time, and each fires once', () => {
    const story = plain()
    assert.deepEqual(live(story), ['step:review/yellow', 'promised/warn', 'promised/yellow', 'promised/supervise', 'statutory/red'])
    story.fire('step:review', 'yellow', dueOf(story, 'step:review/yellow') ?? '')
    assert.equal(story.fire('step:review', 'yellow', '2026-05-08T09:00:00.000Z').code, 'obligation-gone')
    assert.deepEqual(story.state.cards, [{ level: 'yellow', clock: 'step:review', card: 'yellow', at: '2026-05-08T09:00:00.000Z' }])
  })
  it('refuses a row that has moved or is early', () => {
    const story = plain()
    assert.equal(story.fire('promised', 'yellow', '2026-05-30T09:00:00.000Z').code, 'obligation-moved')
    const early = { type: 'fire', clock: 'promised', level: 'yellow', dueAt: '2026-05-11T09:00:00.000Z' } as const
    assert.equal(story.on('05-05').tell(engine, early).code, 'obligation-early')
  })
  it('fires after downtime with the true moment', () => {
    const story = plain()
    const dueAt = dueOf(story, 'promised/yellow') ?? ''
    story.on('06-30').tell(engine, { type: 'fire', clock: 'promised', level: 'yellow', dueAt })
    assert.equal(story.state.cards[0]?.at, dueAt)
  })
  it('turns lights on their day, whatever has fired: blue, yellow, red', () => {
    const story = plain()
    const lights = ['05-09', '05-11 09:30', '05-12', '05-15'].map((day) => view(story.on(day), 'promised')?.light)
    assert.deepEqual(lights, ['green', 'blue', 'yellow', 'red'])
    assert.equal(light(story.on('05-12')), 'yellow')
  })
  it('opens a supervision case and asks for the reason of a card', () => {
    const story = plain()
    story.fire('promised', 'yellow', dueOf(story, 'promised/yellow') ?? '')
    story.fire('promised', 'supervise', dueOf(story, 'promised/supervise') ?? '')
    assert.deepEqual(story.wishes, [{ type: 'open-supervision', flow: 'supervision', level: 'supervise', clock: 'promised' }])
    assert.equal(story.act(officer, 'answer-card', { clock: 'promised', level: 'red', reason: 'x' }).code, 'no-open-card')
    story.act(officer, 'answer-card', { clock: 'promised', level: 'yellow', reason: '人手不足' })
    assert.equal(story.state.cards[0]?.reason, '人手不足')
    assert.equal(story.act(officer, 'answer-card', { clock: 'promised', level: 'yellow', reason: 'x' }).code, 'no-open-card')
  })
})

describe('extension', () => {
  const told = { by: '10 workdays', reason: '案情复杂' }
  it('is for the role that the flow names, at most so long, once, before the end', () => {
    const story = plain()
    assert.equal(story.act(officer, 'extend', told).code, 'not-your-role')
    assert.equal(story.act(chief, 'extend', { ...told, by: '11 workdays' }).code, 'extension-too-long')
    assert.equal(story.act(chief, 'extend', { ...told, by: '10 days' }).code, 'extension-too-long')
    assert.equal(story.act(chief, 'extend', { ...told, clock: 'promised' }).code, 'extension-not-provided')
    assert.equal(story.act(chief, 'extend', { ...told, clock: 'lunch' }).code, 'input-invalid')
    const before = view(story, 'statutory')?.dueAt
    assert.deepEqual(story.act(chief, 'extend', told).happened, ['clock-extended:statutory'])
    assert.ok((view(story, 'statutory')?.dueAt ?? '') > (before ?? ''))
    assert.equal(story.act(chief, 'extend', told).code, 'extension-twice')
  })
  it('comes too late after the end', () => assert.equal(plain().on('06-20').act(chief, 'extend', told).code, 'extension-too-late'))
})

describe('return', () => {
  it('supersedes what was finished behind it and moves its clocks back (law 3)', () => {
    const story = decided().on('05-05').act(clerk, 'deliver/wrong-paper', { reason: '姓名有误' })
    assert.deepEqual(story.happened, [
      'step-superseded:decide',
      'step-superseded:deliver',
      'milestone-superseded:decided',
      'clock-continued:promised',
      'clock-continued:statutory',
      'clock-superseded:delivery',
      'step-readied:decide',
    ])
    assert.equal(story.state.steps.decide?.round, 2)
    assert.equal(story.state.outcome, undefined)
    assert.equal(new Set(live(story)).size, live(story).length)
    story.act(chief, 'decide/grant')
    assert.equal(story.state.clocks.delivery?.startedAt, story.at)
  })
  it('goes back several steps and decides conditions anew', () => {
    const story = accepted()
      .act(officer, 'climb/report', { findings: 'x' })
      .act(officer, 'review/pass')
      .act(chief, 'decide/rework', { reason: 'x' })
    assert.equal(story.state.steps.review?.status, 'ready')
    assert.equal(story.state.steps.climb?.status, 'done')
    assert.equal(story.state.steps.decide?.status, 'waiting')
  })
  it('does not reset a promise: acceptance is firm', () => {
    const story = plain().on('05-06').act(officer, 'review/send-back', { reason: '漏章' })
    assert.equal(story.state.steps.intake?.round, 2)
    assert.equal(story.state.clocks.promised?.startedAt, '2026-05-04T02:00:00.000Z')
    story.on('05-08').act(clerk, 'intake/accept')
    assert.equal(story.state.clocks.promised?.startedAt, '2026-05-04T02:00:00.000Z')
    assert.equal(story.state.milestones.accepted, '2026-05-04T02:00:00.000Z')
    assert.equal(story.state.steps.review?.round, 2)
  })
  it('of an accepted child does not accept by itself a second time', () => {
    const story = new Story(keeper)
      .open(keeperData, { parent: { caseId: 'b1', step: 'keep' } })
      .act(officer, 'review/send-back', { reason: 'x' })
    assert.equal(story.state.steps.intake?.status, 'ready')
  })
})

describe('effects on the whole case belong to somebody', () => {
  const storm = { basis: 'storm', until: '2026-05-15', reason: 'x' }
  const asked = () => accepted().act(officer, 'review/co-handle', { orgs: ['customs'] })
  it('suspend and resume: to whoever works on it now, or its own organisation', () => {
    assert.equal(received().act(clerk, 'suspend', storm).code, undefined)
    // The counter's part is done; customs was only asked for an opinion.
    assert.equal(accepted().act(clerk, 'suspend', storm).code, 'not-your-desk')
    assert.equal(asked().act(customs, 'suspend', storm).code, 'not-your-desk')
    const story = accepted().act(officer, 'suspend', storm)
    assert.equal(story.act(clerk, 'resume').code, 'not-your-desk')
    assert.equal(story.act(officer, 'resume').code, undefined)
    const moved = plain().act(officer, 'review/transfer', { org: 'customs' })
    assert.equal(moved.act(customs, 'suspend', storm).code, undefined)
  })
  it('extend: to the role that the flow names, at its own organisation', () => {
    const head = { ...customs, posts: [{ desk: 'department', org: 'customs', roles: ['head'] }] }
    assert.equal(asked().act(head, 'extend', { by: '2 workdays', reason: 'x' }).code, 'not-your-desk')
  })
  it('close-gap: to the counter that took it in, its own organisation and the applicant', () => {
    const owing = () =>
      received()
        .act(clerk, 'intake/accept-with-gaps', { gaps: [GAP] })
        .act(officer, 'review/co-handle', { orgs: ['customs'] })
    assert.equal(owing().act(customs, 'close-gap', { gap: 'lamp-plan' }).code, 'not-your-desk')
    for (const actor of [clerk, officer, owner]) assert.equal(owing().act(actor, 'close-gap', { gap: 'lamp-plan' }).code, undefined)
  })
})

describe('after the end (law 5)', () => {
  it('nothing but rating and reopening', () => {
    const story = ended()
    for (const [actor, action, input] of [
      [owner, 'withdraw', {}],
      [officer, 'comment', { text: 'x' }],
      [owner, 'attach', { files: ['f'] }],
      [clerk, 'deliver/hand-over', {}],
    ] as const) {
      assert.equal(story.act(actor, action, input).code, 'case-ended')
    }
    assert.deepEqual(
      available(story.flow, story.state, owner, calendar, story.at).map(({ action }) => action),
      ['rate'],
    )
    assert.equal(story.tell(engine, { type: 'set-data', changes: { a: 1 } }).code, 'case-ended')
    assert.deepEqual(story.tell(engine, { type: 'gap-settled', material: 'x', status: 'closed' }).last, [])
  })
  it('one rating, by the applicant, one to five stars, within the window', () => {
    assert.equal(plain().act(owner, 'rate', { stars: 5 }).code, 'case-not-ended')
    const story = ended()
    assert.equal(story.act(clerk, 'rate', { stars: 5 }).code, 'not-your-side')
    for (const stars of [0, 6, 4.5]) assert.equal(story.act(owner, 'rate', { stars }).code, 'input-invalid')
    story.act(owner, 'rate', { stars: 4, words: '很快' })
    assert.deepEqual(story.state.rating, { stars: 4, words: '很快', at: story.at })
    assert.equal(story.act(owner, 'rate', { stars: 1 }).code, 'already-rated')
    assert.equal(ended().on('05-20').act(owner, 'rate', { stars: 5 }).code, 'rating-too-late')
  })
  it('reopens inside the window, with new terms', () => {
    assert.equal(ended().on('05-15').act(chief, 'reopen', { reason: 'x' }).code, 'reopen-too-late')
    const story = ended().on('05-12').act(chief, 'reopen', { reason: '证书印错' })
    assert.equal(story.state.status, 'open')
    assert.equal(story.state.steps.deliver?.status, 'ready')
    assert.equal(story.state.clocks.delivery?.startedAt, story.at)
    assert.equal(story.state.clocks.promised?.status, 'stopped')
  })
  it('reopens a complaint at the step that the flow names, with a fresh clock', () => {
    const story = new Story(complaint)
      .on('05-04')
      .open({})
      .act(operator, 'dispatch/dispatch')
      .act(officer, 'handle/answer', { reply: 'done' })
      .act(operator, 'visit/satisfied')
    assert.equal(story.state.status, 'ended')
    story.on('05-08').act(owner, 'reopen', { reason: '没解决' })
    assert.equal(story.state.steps.handle?.status, 'ready')
    assert.equal(story.state.steps.visit?.status, 'waiting')
    assert.equal(story.state.clocks.answer?.startedAt, story.at)
    assert.equal(story.state.clocks.answer?.status, 'running')
  })
  it('reopens where it stood: a declined case at the step that declined it', () => {
    const story = received().act(clerk, 'intake/decline', REFUSAL).act(chief, 'reopen', { reason: '误退' })
    assert.equal(story.state.steps.intake?.status, 'ready')
    assert.equal(story.state.clocks.notice?.status, 'running')
  })
  it('is reopened by a head or chief of its own organisation only', () => {
    const foreign = { ...officer, person: 'x', posts: [{ desk: 'counter', org: 'hall', roles: ['head', 'chief'] }] }
    assert.equal(ended().act(officer, 'reopen', { reason: 'x' }).code, 'not-your-role')
    for (const actor of [clerk, stranger, foreign]) assert.equal(ended().act(actor, 'reopen', { reason: 'x' }).code, 'not-your-desk')
    const archive = { ...officer, posts: [{ desk: 'archive', org: 'harbour', roles: ['head'] }] }
    assert.equal(ended().act(archive, 'reopen', { reason: 'x' }).code, 'not-your-desk')
  })
  it('is never reopened when its applicant has withdrawn it', () => {
    assert.equal(plain().act(owner, 'withdraw').act(chief, 'reopen', { reason: 'x' }).code, 'withdrawn')
    const steps = complaint.steps
    const renamed = { ...complaint, steps, actions: { ...complaint.actions, withdraw: { ...withdrawal, outcome: 'taken-back' } } }
    assert.equal(new Story(renamed).open({}).act(owner, 'withdraw').act(owner, 'reopen', { reason: 'x' }).code, 'withdrawn')
  })
})

describe('calendar versions', () => {
  const revised = makeCalendar({
    years: [{ year: 2026, version: '2026/2', source: 'invented', holidays: { '2026-05-07': '潮节', '2026-05-08': '潮节' }, makeUps: {} }],
    utcOffsetMinutes: 480,
    hours: [{ from: '09:00', to: '17:00' }],
  })
  it('recompute open clocks, say from when to when and why, and leave stopped ones', () => {
    const before = plain()
    const was = { promised: view(before, 'promised')?.dueAt ?? null }
    const after = replay(before, revised).tell(engine, { type: 'recalendar', why: '通知修订', was })
    const recomputed = after.last.find((event) => event.type === 'clock-recomputed' && event.clock === 'promised')
    assert.deepEqual(recomputed?.type === 'clock-recomputed' && [recomputed.from, recomputed.to, recomputed.why], [
      '2026-05-11T09:00:00.000Z',
      '2026-05-13T09:00:00.000Z',
      '通知修订',
    ])
    assert.ok(!after.happened.includes('clock-recomputed:notice'))
    assert.equal(after.state.calendarVersion, revised.version)
    assert.equal(dueOf(after, 'promised/yellow'), '2026-05-13T09:00:00.000Z')
  })
  it('say nothing of clocks that do not move', () => {
    const story = plain()
    const was = Object.fromEntries(clockViews(story.flow, story.state, calendar, story.at).map((one) => [one.clock, one.dueAt]))
    assert.deepEqual(story.tell(engine, { type: 'recalendar', why: 'x', was }).last, [])
  })
})

/** The same case, continued under another calendar. */
function replay(story: Story, by = calendar): Story {
  const again = new Story(story.flow, by)
  const [first] = story.events
  if (first?.type !== 'case-opened') throw new Error('no case')
  again.at = first.at
  again.open(first.data)
  for (const event of story.events) {
    if (event.type !== 'action-taken') continue
    again.at = event.at
    again.act(
      event.actor === 'clerk' ? clerk : officer,
      event.step === undefined ? event.action : `${event.step}/${event.action}`,
      event.input,
    )
  }
  return again
}

describe('migration (law 8)', () => {
  const { climb: _, ...steps } = keeperSource.steps
  const next = unwrap(
    compileFlow(
      {
        ...keeperSource,
        version: 'tide-2',
        steps: {
          ...steps,
          decide: { ...keeperSource.steps.decide, title: '决定', after: ['review'] },
          archive: { title: '归档', desk: 'counter', after: ['deliver'], actions: { file: { effect: 'complete' } } },
        },
      },
      context,
    ),
  )
  it('keeps the version it started on until somebody moves it, and records the difference', () => {
    const story = plain()
    assert.equal(story.state.flowVersion, 'tide-1')
    const result = unwrap(decide(next, story.state, { at: story.at, actor: engine, type: 'migrate' }, calendar))
    const [migrated] = result
    assert.deepEqual(migrated?.type === 'case-migrated' && [migrated.from, migrated.to, migrated.difference], [
      'tide-1',
      'tide-2',
      { stepsGone: ['climb'], stepsNew: ['decide', 'deliver', 'archive'], clocksGone: [], clocksNew: ['delivery'] },
    ])
  })
  it('is refused while people work at a step that is gone, and to another flow', () => {
    const stranded = decide(next, accepted().state, { at: accepted().at, actor: engine, type: 'migrate' }, calendar)
    assert.equal(stranded.ok ? '' : stranded.error.code, 'caseflow/migration-strands-work')
    const foreign = decide(complaint, accepted().state, { at: accepted().at, actor: engine, type: 'migrate' }, calendar)
    assert.equal(foreign.ok ? '' : foreign.error.code, 'caseflow/migration-other-flow')
  })
})
