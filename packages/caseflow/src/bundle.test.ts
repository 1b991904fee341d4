import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compileBundleFlow } from './compile-bundle.ts'
import { Story } from './testing/story.ts'
import { actors, boat, boatBundle, bundleTemplate, context, keeper, keeperData } from './testing/tidewater.ts'
import { tasks } from './views.ts'
import type { Data } from './vocabulary.ts'

const { clerk, officer, chief, owner, engine } = actors
const GAP = { material: 'hull-plan', title: '船体图', limit: '5 workdays', consequence: '撤回' }

const opened = (answers: Data = { fishes: true }, flow = boat) =>
  new Story(flow).on('05-04').open({ bundle: { promised: '8 workdays' }, answers })
const accepted = (answers?: Data) => opened(answers).act(clerk, 'intake/accept')

/** The child of a node is opened and ends. */
function node(story: Story, step: string, outcome = 'granted'): Story {
  story.tell(engine, { type: 'child-opened', step, childId: `child-${step}` })
  return story.tell(engine, { type: 'child-ended', step, childId: `child-${step}`, outcome })
}

const nodes = (story: Story, ...steps: string[]) => steps.reduce((told, step) => node(told, step), story)
const status = (story: Story, step: string) => story.state.steps[step]?.status ?? 'waiting'

describe('a bundle', () => {
  it('compiles to intake → nodes → deliver, the lead aside', () => {
    assert.deepEqual(boat.steps.flag?.after, ['intake', 'berth'])
    assert.deepEqual(boat.steps.deliver?.after, ['hull', 'insure', 'berth', 'net', 'flag', 'paint'])
    assert.equal(boat.steps.lead?.org, 'harbour')
    assert.equal(boat.id, 'boat')
  })
  it('opens a child for each node whose predecessors have given their result', () => {
    const story = accepted()
    assert.deepEqual(story.wishes, [
      { type: 'open-child', step: 'hull', matter: 'hull-number', org: 'harbour' },
      { type: 'open-child', step: 'paint', matter: 'paint', org: 'harbour' },
    ])
    assert.deepEqual(
      node(story, 'hull').wishes.map((wish) => wish.type === 'open-child' && wish.step),
      ['insure', 'berth', 'net'],
    )
  })
  it('skips a node whose condition is false and says which answer is missing', () => {
    assert.equal(status(node(accepted({ fishes: false }), 'hull'), 'net'), 'skipped')
    assert.deepEqual(node(accepted({}), 'hull').state.steps.net?.missing, ['answers.fishes'])
  })
  it('takes the reasons of the plan', () => {
    const story = new Story(boat).open({ bundle: { promised: '8 workdays' }, answers: {} }, { notNeeded: { net: '您选择了不捕捞' } })
    assert.equal(story.state.steps.net?.why, '您选择了不捕捞')
  })
  it('delivers when all nodes are settled and then ends', () => {
    const story = nodes(accepted(), 'hull', 'insure', 'berth', 'net', 'flag')
    assert.equal(status(story, 'deliver'), 'waiting')
    node(story, 'paint')
    assert.equal(status(story, 'deliver'), 'ready')
    story.act(clerk, 'deliver/hand-over')
    assert.equal(story.state.outcome, 'completed')
    assert.equal(status(story, 'lead'), 'waiting')
  })
  it('gives its nodes no inbox rows: the children have their own', () => {
    assert.deepEqual(tasks(boat, accepted().state), [])
  })
  it('hears of a child twice and does nothing the second time', () => {
    const story = node(accepted(), 'hull')
    assert.deepEqual(story.tell(engine, { type: 'child-ended', step: 'hull', childId: 'child-hull', outcome: 'withdrawn' }).last, [])
    assert.equal(story.state.steps.hull?.outcome, 'granted')
  })
  it('knows one child per node', () => {
    const story = accepted().tell(engine, { type: 'child-opened', step: 'hull', childId: 'a' })
    assert.deepEqual(story.tell(engine, { type: 'child-opened', step: 'hull', childId: 'a' }).last, [])
    assert.equal(story.tell(engine, { type: 'child-opened', step: 'hull', childId: 'b' }).code, 'child-exists')
    assert.equal(story.tell(engine, { type: 'child-opened', step: 'berth', childId: 'c' }).code, 'not-a-ready-node')
  })
})

describe('a refusal at a node', () => {
  const refused = () => node(node(accepted(), 'hull'), 'berth', 'refused')
  it('readies the lead and keeps its dependents waiting', () => {
    const story = refused()
    assert.equal(status(story, 'lead'), 'ready')
    assert.equal(status(story, 'berth'), 'ready')
    assert.equal(status(story, 'flag'), 'waiting')
    assert.equal(story.act(officer, 'lead/continue').code, 'input-missing')
  })
  for (const outcome of ['declined', 'withdrawn']) {
    it(`${outcome} counts like a refusal`, () => assert.equal(status(node(accepted(), 'hull', outcome), 'lead'), 'ready'))
  }
  it('continue: the node is settled, its dependents are not needed, and why', () => {
    const story = refused().act(officer, 'lead/continue', { reason: '泊位另行安排' })
    assert.equal(status(story, 'berth'), 'done')
    assert.deepEqual(story.state.steps.flag, { status: 'not-needed', round: 0, org: '', why: 'continued-without:berth' })
    nodes(story, 'insure', 'net', 'paint').act(clerk, 'deliver/hand-over')
    assert.equal(story.state.outcome, 'partly-completed')
  })
  it('comes to the lead again for the next node', () => {
    const story = node(refused().act(officer, 'lead/continue', { reason: 'x' }), 'net', 'refused')
    assert.equal(status(story, 'lead'), 'ready')
    assert.equal(story.state.steps.lead?.round, 2)
  })
  it('end-all: the bundle ends and tells its open children', () => {
    const story = refused()
    story.tell(engine, { type: 'child-opened', step: 'insure', childId: 'child-insure' })
    story.act(officer, 'lead/end-all', { reason: '无法办理' })
    assert.equal(story.state.outcome, 'ended')
    assert.deepEqual(story.wishes, [
      { type: 'tell-children', command: { type: 'act', action: 'follow-parent', input: { outcome: 'ended', reason: '无法办理' } } },
    ])
  })
  it('of an optional node blocks nothing', () => {
    const story = node(accepted(), 'paint', 'refused')
    assert.equal(status(story, 'lead'), 'waiting')
    nodes(story, 'hull', 'insure', 'berth', 'net', 'flag')
    assert.equal(status(story, 'deliver'), 'ready')
  })
})

describe('a child that had ended and is reopened', () => {
  const reopen = (story: Story, step: string) => story.tell(engine, { type: 'child-reopened', step, childId: `child-${step}` })
  const end = (story: Story, step: string, outcome: string) =>
    story.tell(engine, { type: 'child-ended', step, childId: `child-${step}`, outcome })
  const refused = () => node(node(accepted(), 'hull'), 'berth', 'refused')

  it('tells its bundle', () => {
    const story = new Story(keeper).on('05-04').open(keeperData, { parent: { caseId: 'b1', step: 'keep' } })
    story.act(officer, 'climb/report', { findings: 'x' }).act(officer, 'review/pass')
    story.act(chief, 'decide/refuse', { reason: 'x', remedies: 'y' })
    assert.equal(story.state.outcome, 'refused')
    story.act(chief, 'reopen', { reason: '复议撤销' })
    assert.deepEqual(story.wishes, [{ type: 'tell-parent-reopened', caseId: 'b1', step: 'keep' }])
  })
  it('is a node like any other again: the lead’s step is withdrawn, and a grant opens what waited', () => {
    const story = reopen(refused(), 'berth')
    assert.deepEqual(story.happened, ['child-reopened:berth', 'step-superseded:lead'])
    assert.deepEqual([status(story, 'berth'), story.state.steps.berth?.outcome, status(story, 'lead')], ['ready', undefined, 'waiting'])
    assert.deepEqual(story.wishes, [])
    assert.deepEqual(reopen(story, 'berth').last, [])
    end(story, 'berth', 'granted')
    assert.deepEqual([status(story, 'berth'), story.state.steps.berth?.outcome, status(story, 'flag')], ['done', 'granted', 'ready'])
  })
  it('comes to the lead again when it is refused again', () => {
    const story = end(reopen(refused(), 'berth'), 'berth', 'refused')
    assert.equal(status(story, 'lead'), 'ready')
    assert.equal(story.state.steps.lead?.round, 2)
  })
  it('leaves the lead its step while another node has failed', () => {
    assert.equal(status(reopen(node(refused(), 'net', 'refused'), 'berth'), 'lead'), 'ready')
  })
  it('takes joint delivery back while nobody has begun it', () => {
    const story = reopen(nodes(node(accepted(), 'paint', 'refused'), 'hull', 'insure', 'berth', 'net', 'flag'), 'paint')
    assert.deepEqual([status(story, 'paint'), status(story, 'deliver')], ['ready', 'waiting'])
    assert.equal(status(end(story, 'paint', 'granted'), 'deliver'), 'ready')
  })
  it('is refused when somebody decides about it, when the bundle has gone on without it, and when it has ended', () => {
    assert.equal(reopen(refused().act(officer, 'lead/claim'), 'berth').code, 'lead-at-work')
    const without = refused().act(officer, 'lead/continue', { reason: 'x' })
    assert.equal(reopen(without, 'berth').code, 'bundle-went-on')
    nodes(without, 'insure', 'net', 'paint').act(clerk, 'deliver/hand-over')
    assert.equal(reopen(without, 'berth').code, 'bundle-ended')
    assert.equal(accepted().tell(engine, { type: 'child-reopened', step: 'hull', childId: 'x' }).code, 'not-a-ready-node')
  })
  it('changes nothing where the bundle has gone on with its result', () => {
    const story = node(node(accepted(), 'hull'), 'berth')
    assert.deepEqual(reopen(story, 'hull').last, [])
    assert.equal(status(story, 'hull'), 'done')
  })
})

describe('bundle and children', () => {
  const child = () => new Story(keeper).on('05-04').open(keeperData, { parent: { caseId: 'b1', step: 'keep' } })
  it('withdrawing the bundle takes the children with it, even suspended ones', () => {
    const story = accepted()
    story.tell(engine, { type: 'child-opened', step: 'hull', childId: 'child-hull' }).act(owner, 'withdraw', { reason: '不办了' })
    const [wish] = story.wishes
    assert.ok(wish?.type === 'tell-children')
    const told = child().act(officer, 'suspend', { basis: 'storm', until: '2026-05-15', reason: 'x' }).tell(engine, wish.command)
    assert.equal(told.state.outcome, 'withdrawn')
    assert.deepEqual(told.wishes, [{ type: 'tell-parent', caseId: 'b1', step: 'keep', outcome: 'withdrawn' }])
  })
  it('suspended as a whole, opens no child until it is resumed', () => {
    const story = accepted().tell(engine, { type: 'child-opened', step: 'hull', childId: 'child-hull' })
    story.act(officer, 'suspend', { basis: 'storm', until: '2026-05-15', reason: 'x' })
    story.tell(engine, { type: 'child-ended', step: 'hull', childId: 'child-hull', outcome: 'granted' })
    assert.deepEqual([status(story, 'hull'), status(story, 'berth'), story.wishes], ['done', 'waiting', []])
    story.act(officer, 'resume')
    assert.equal(status(story, 'berth'), 'ready')
    assert.ok(story.wishes.some((wish) => wish.type === 'open-child' && wish.step === 'berth'))
  })
  it('a child tells its bundle when its result is there', () => {
    const story = child().act(officer, 'climb/report', { findings: 'x' }).act(officer, 'review/pass').act(chief, 'decide/grant')
    assert.deepEqual(story.wishes, [])
    story.act(clerk, 'deliver/hand-over')
    assert.deepEqual(story.wishes, [{ type: 'tell-parent', caseId: 'b1', step: 'keep', outcome: 'granted' }])
  })
  it('… even while a gap keeps the child itself open', () => {
    const gap = {
      id: 'lamp',
      material: 'lamp',
      title: 'x',
      openedAt: '2026-05-04T02:00:00.000Z',
      limit: { n: 5, unit: 'workday' as const },
      consequence: 'x',
      status: 'open' as const,
    }
    const story = new Story(keeper).on('05-04').open(keeperData, { parent: { caseId: 'b1', step: 'keep' }, gaps: [gap] })
    story
      .act(officer, 'climb/report', { findings: 'x' })
      .act(officer, 'review/pass')
      .act(chief, 'decide/grant')
      .act(clerk, 'deliver/hand-over')
    assert.equal(story.state.status, 'open')
    assert.equal(story.wishes[0]?.type, 'tell-parent')
  })
  it('a gap that the bundle settles is settled in the children', () => {
    const story = opened()
      .act(clerk, 'intake/accept-with-gaps', { gaps: [GAP] })
      .act(clerk, 'close-gap', { gap: 'hull-plan' })
    assert.deepEqual(story.wishes, [{ type: 'tell-children', command: { type: 'gap-settled', material: 'hull-plan', status: 'closed' } }])
  })
})

describe('faults of bundles', () => {
  const issues = (change: Partial<typeof boatBundle>) => {
    const compiled = compileBundleFlow(bundleTemplate, { ...boatBundle, ...change }, context)
    return compiled.ok ? [] : compiled.error.map(({ path, code }) => `${path.join('.')} ${code}`)
  }
  const hull = { id: 'hull', matter: 'hull-number', after: [], title: '船号登记', optional: false }
  it('are located in the bundle', () => {
    assert.deepEqual(issues({ nodes: [{ ...hull, after: ['hul'] }] }), ['nodes.0.after.0 unknown-step'])
    assert.deepEqual(issues({ nodes: [{ ...hull, when: 'answers.x and' }] }), ['nodes.0.when bad-condition'])
    assert.deepEqual(issues({ nodes: [hull, hull] }), ['nodes.1.id node-twice'])
    assert.deepEqual(issues({ nodes: [] }), ['nodes no-nodes'])
    assert.deepEqual(
      issues({
        nodes: [
          { ...hull, after: ['b'] },
          { ...hull, id: 'b', after: ['hull'] },
        ],
      }),
      ['nodes.0.after cycle'],
    )
  })
  it('a template without a lead is refused', () => {
    const { lead: _, ...steps } = bundleTemplate.steps
    const compiled = compileBundleFlow({ ...bundleTemplate, steps }, boatBundle, context)
    assert.equal(compiled.ok ? '' : compiled.error[0]?.code, 'missing-key')
  })
})
