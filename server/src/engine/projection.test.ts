/** What the tables say of a case, from its state alone. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Actor, CaseState, Command, CommandBody, Data, Flow } from '@yichuang/caseflow'
import { decide, fold } from '@yichuang/caseflow'
import { unwrap } from '@yichuang/result'
import { testCity } from '../../test/harness.ts'
import { matterFacts } from './openings.ts'
import { endingOf, involvedIn, project, stageOf } from './projection.ts'

const pack = await testCity()
const flow: Flow = pack.flows.get('permit') ?? assert.fail('no permit')
const SYSTEM: Actor = { person: 'system', side: 'system', posts: [], forParty: false }
const staff = (desk: string, org: string): Actor => ({
  person: `${desk}-${org}`,
  side: 'staff',
  posts: [{ desk, org, roles: ['clerk', 'handler', 'chief'] }],
  forParty: false,
})
const CLERK = staff('counter', 'hall')
const OFFICER = staff('department', 'bureau')
const MEI: Actor = { person: 'mei', side: 'applicant', posts: [], forParty: true }

/** A story told to the engine: who says what when. */
function story(...steps: readonly [string, Actor, CommandBody][]): { state: CaseState; at: string } {
  let state: CaseState | null = null
  let last = ''
  for (const [at, actor, body] of steps) {
    state = fold(unwrap(decide(flow, state, { ...body, at, actor } as Command, pack.calendar)), state)
    last = at
  }
  return { state: state ?? assert.fail('no story'), at: last }
}

const matter = pack.matters.get('food-handling') ?? assert.fail('no matter')
const opened = (at: string): [string, Actor, CommandBody] => {
  const data = { matter: matterFacts(matter) } as Data
  return [at, SYSTEM, { type: 'open', caseId: 'c', kind: 'permit', org: 'bureau', acceptor: 'hall', region: '990102', data }]
}
const act = (at: string, actor: Actor, action: string, step?: string, input: Data = {}): [string, Actor, CommandBody] => [
  at,
  actor,
  step === undefined ? { type: 'act', action, input } : { type: 'act', action, step, input },
]
const of = ({ state, at }: { state: CaseState; at: string }, now = at) => project(flow, state, pack.calendar, now)

const D1 = '2026-03-02T01:00:00.000Z'
const D2 = '2026-03-03T01:00:00.000Z'
const GAP = [{ material: 'kitchen-plan', title: '灶台平面图', limit: '5 workdays', consequence: '暂扣' }]

describe('a projection', () => {
  it('of a new case: one task at the counter, the notice running, a moment for its breach', () => {
    const projection = of(story(opened(D1)))
    assert.deepEqual(
      [projection.status, projection.light, projection.dueAt, projection.waiting],
      ['open', 'green', '2026-03-09T09:00:00.000Z', false],
    )
    assert.deepEqual(
      projection.tasks.map(({ step, org, desk, as, status, dueAt }) => [step, org, desk, as, status, dueAt]),
      [['intake', 'hall', 'counter', 'handler', 'ready', '2026-03-09T09:00:00.000Z']],
    )
    assert.deepEqual(
      projection.obligations.map(({ clock, level }) => `${clock}/${level}`),
      ['notice/deem-accepted'],
    )
    assert.deepEqual(projection.involved, ['bureau', 'hall'])
  })

  it('of steps in parallel: a task each, and the stage counts them', () => {
    const projection = of(story(opened(D1), act(D1, CLERK, 'accept', 'intake')))
    assert.deepEqual(projection.tasks.map((task) => task.step).sort(), ['inspect', 'review'])
    assert.equal(projection.stage.zh, '2 个环节并联办理')
    // The site visit pauses promise and law: only its own limit has a date, and that is no promise.
    assert.deepEqual([projection.light, projection.dueAt], ['grey', '2026-03-05T09:00:00.000Z'])
  })

  it('of a co-handled step: a task for whoever was asked, until they have answered', () => {
    const asked = story(opened(D1), act(D1, CLERK, 'accept', 'intake'), act(D1, OFFICER, 'co-handle', 'review', { orgs: ['fire'] }))
    assert.deepEqual(
      of(asked)
        .tasks.filter((task) => task.step === 'review')
        .map(({ org, as }) => [org, as]),
      [
        ['bureau', 'handler'],
        ['fire', 'co-handler'],
      ],
    )
    assert.deepEqual(involvedIn(asked.state), ['bureau', 'fire', 'hall'])
  })

  it('of a suspended case: its tasks wait without a light, and the alarm of the planned end is owed', () => {
    const suspend = { basis: 'tide-observation', until: '2026-03-12', reason: '等大潮' }
    const projection = of(
      story(
        opened(D1),
        act(D1, CLERK, 'accept', 'intake'),
        act(D1, OFFICER, 'report', 'inspect', { findings: '好' }),
        act(D2, OFFICER, 'suspend', undefined, suspend),
      ),
    )
    assert.deepEqual([projection.light, projection.dueAt, projection.stage.en], ['grey', null, 'Suspended'])
    assert.deepEqual(
      projection.tasks.map(({ status, light }) => [status, light]),
      [['paused', 'grey']],
    )
    assert.deepEqual(
      projection.obligations.map(({ clock }) => clock),
      ['suspension'],
    )
  })

  it('of a case that waits for the applicant, for a correction or for a gap', () => {
    const correct = { items: [{ item: '草图', reason: '不清' }], until: '2026-03-06' }
    const corrected = of(story(opened(D1), act(D1, CLERK, 'request-correction', 'intake', correct)))
    assert.deepEqual([corrected.waiting, corrected.tasks[0]?.status], [true, 'waiting'])
    const gapped = of(story(opened(D1), act(D1, CLERK, 'accept-with-gaps', 'intake', { gaps: GAP })))
    assert.equal(gapped.waiting, true)
    assert.deepEqual(
      gapped.obligations.filter(({ clock }) => clock.startsWith('gap:')).map(({ level }) => level),
      ['warn', 'lapse'],
    )
  })

  it('of an ended case: no task, no moment, no date, no waiting', () => {
    const ended = of(story(opened(D1), act(D1, CLERK, 'accept-with-gaps', 'intake', { gaps: GAP }), act(D2, MEI, 'withdraw')))
    assert.deepEqual([ended.status, ended.outcome, ended.closedAt], ['ended', 'withdrawn', D2])
    assert.deepEqual([ended.tasks, ended.obligations, ended.dueAt, ended.waiting, ended.light], [[], [], null, false, 'green'])
    assert.equal(ended.stage.zh, endingOf('withdrawn').zh)
  })

  it('turns its light with the day on which it is looked at, and with nothing else', () => {
    const visited = story(opened(D1), act(D1, CLERK, 'accept', 'intake'), act(D1, OFFICER, 'report', 'inspect', { findings: '好' }))
    const lights = ['2026-03-03', '2026-03-05', '2026-03-06', '2026-03-20'].map((day) => of(visited, `${day}T01:00:00.000Z`).light)
    assert.deepEqual(lights, ['green', 'blue', 'yellow', 'red'])
    assert.deepEqual(of(visited), of(visited))
  })
})

it('an outcome without words of its own is still an ending', () => assert.equal(endingOf('settled').en, 'Completed'))

it('a case in which nothing is ready waits for what comes before', () => {
  const { state } = story(opened(D1))
  assert.equal(stageOf(flow, { ...state, steps: {} }).en, 'Waiting for an earlier step')
})
