import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unwrap } from '@yichuang/result'
import { compileFlow } from './compile.ts'
import { compileLadder } from './compile-ladder.ts'
import type { FlowContext } from './flow.ts'
import type { FlowSource, LadderLevelSource } from './source.ts'
import { complaint, context, keeper, keeperSource } from './testing/tidewater.ts'

const base: FlowSource = {
  flow: 'ferry',
  kind: 'permit',
  title: '渡船',
  steps: {
    intake: { title: '收件', desk: 'counter', actions: { accept: { effect: 'complete', marks: 'accepted' } } },
    decide: { title: '决定', desk: 'department', after: ['intake'], actions: { grant: { effect: 'complete', marks: 'decided' } } },
  },
}
const { intake, decide } = base.steps

const known: FlowContext = { ...context, documents: new Set(['receipt']), matters: new Set(['hull-number']) }

/** A source that no type would allow, as a maker may write it. */
function faults(change: object): string[] {
  const compiled = compileFlow({ ...base, ...change } as FlowSource, known)
  return compiled.ok ? [] : compiled.error.map(({ path, code }) => `${path.join('.')} ${code}`)
}
const withStep = (step: object) => faults({ steps: { ...base.steps, decide: { ...decide, ...step } } })
const withAction = (action: object) => withStep({ actions: { ...decide?.actions, extra: action } })
const withClock = (clock: object) =>
  faults({ clocks: { promised: { title: '时限', starts: 'accepted', stops: ['decided'], limit: '5 workdays', ...clock } } })

const TABLE: readonly (readonly [fault: string, found: () => string[], expected: readonly string[]])[] = [
  ['nothing wrong', () => faults({}), []],
  ['a required key is missing', () => faults({ kind: undefined }), [' missing-key']],
  ['an unknown key', () => faults({ stepps: {} }), ['stepps unknown-key']],
  ['an unknown key of a step', () => withStep({ aftr: ['intake'] }), ['steps.decide.aftr unknown-key']],
  ['no steps', () => faults({ steps: {} }), ['steps no-steps']],
  ['steps as a list', () => faults({ steps: ['intake'] }), ['steps wrong-type', 'steps no-steps']],
  ['a step without desk', () => withStep({ desk: undefined }), ['steps.decide missing-key']],
  ['an unknown step in after', () => withStep({ after: ['intke'] }), ['steps.decide.after.0 unknown-step']],
  ['a cycle', () => faults({ steps: { intake: { ...intake, after: ['decide'] }, decide } }), ['steps.intake.after cycle']],
  [
    'a step nobody can finish, and what waits for it',
    () => faults({ steps: { intake: { ...intake, actions: {} }, decide } }),
    ['steps.intake.actions no-way-out', 'steps.decide unreachable'],
  ],
  ['an unknown effect', () => withAction({ effect: 'approve' }), ['steps.decide.actions.extra.effect unknown-effect']],
  ['no effect', () => withAction({}), ['steps.decide.actions.extra missing-key']],
  [
    'an effect on a step, named on the case',
    () => faults({ actions: { done: { effect: 'complete' } } }),
    ['actions.done.effect effect-needs-step'],
  ],
  ['a return to nowhere', () => withAction({ effect: 'return' }), ['steps.decide.actions.extra missing-key']],
  ['a return to an unknown step', () => withAction({ effect: 'return', to: 'intak' }), ['steps.decide.actions.extra.to unknown-step']],
  [
    'a return forward',
    () => faults({ steps: { intake: { ...intake, actions: { ...intake?.actions, skip: { effect: 'return', to: 'decide' } } }, decide } }),
    ['steps.intake.actions.skip.to return-not-upstream'],
  ],
  [
    'a return over a node',
    () =>
      faults({
        steps: {
          intake,
          hull: { title: '船号', after: ['intake'], matter: 'hull-number' },
          decide: { ...decide, after: ['hull'], actions: { grant: { effect: 'complete' }, back: { effect: 'return', to: 'intake' } } },
        },
      }),
    ['steps.decide.actions.back.to return-over-node'],
  ],
  [
    'an unknown audience',
    () => withAction({ effect: 'comment', audience: 'everybody' }),
    ['steps.decide.actions.extra.audience unknown-audience'],
  ],
  ['an unknown side', () => withAction({ effect: 'complete', by: 'citizen' }), ['steps.decide.actions.extra.by unknown-side']],
  [
    'an unknown need type',
    () => withAction({ effect: 'complete', needs: [{ field: 'x', type: 'colour' }] }),
    ['steps.decide.actions.extra.needs.0.type unknown-need-type'],
  ],
  [
    'an unknown document',
    () => withAction({ effect: 'complete', document: 'reciept' }),
    ['steps.decide.actions.extra.document unknown-document'],
  ],
  [
    'an unknown matter',
    () => faults({ steps: { intake, hull: { title: 'x', after: ['intake'], matter: 'hul' } } }),
    ['steps.hull.matter unknown-matter'],
  ],
  ['an unknown special procedure', () => withStep({ special: 'climb' }), ['steps.decide.special unknown-basis']],
  ['an action for bundles that is not there', () => withStep({ in_bundle: 'accept' }), ['steps.decide.in_bundle unknown-action']],
  [
    'an action for bundles that does not complete',
    () => withStep({ in_bundle: 'claim' }),
    ['steps.decide.in_bundle in-bundle-not-complete'],
  ],
  ['a bad condition', () => withStep({ when: 'answers.a and' }), ['steps.decide.when bad-condition']],
  [
    'a bad condition of an action',
    () => withAction({ effect: 'complete', when: 'a ==' }),
    ['steps.decide.actions.extra.when bad-condition'],
  ],
  ['an unknown ladder', () => faults({ ladder: 'harbor-lights' }), ['ladder unknown-ladder']],
  ['an unknown completion', () => faults({ completion: 'some' }), ['completion unknown-completion']],
  ['a bad window', () => faults({ reopen_window: 'a week' }), ['reopen_window bad-limit']],
  ['a clock without limit', () => withClock({ limit: undefined }), ['clocks.promised clock-without-limit']],
  ['a bad limit', () => withClock({ limit: '5 moons' }), ['clocks.promised.limit bad-limit']],
  ['a limit by a fact', () => withClock({ limit: 'matter.limits.promised' }), []],
  [
    'a clock that starts on a milestone nobody marks',
    () => withClock({ starts: 'acepted' }),
    ['clocks.promised.starts unmarked-milestone'],
  ],
  [
    'a clock that stops on a milestone nobody marks',
    () => withClock({ stops: ['decided', 'delivered'] }),
    ['clocks.promised.stops.1 unmarked-milestone'],
  ],
  ['a clock from the receipt, which the engine marks', () => withClock({ starts: 'received' }), []],
  ['a deemed outcome by its bare name', () => withClock({ on_breach: 'deem-renewed' }), ['clocks.promised.on_breach deemed-without-basis']],
  [
    'an unknown deemed outcome',
    () => withClock({ on_breach: { effect: 'deem-granted', basis: 'x' } }),
    ['clocks.promised.on_breach unknown-deemed-outcome'],
  ],
  [
    'a deemed outcome that no action carries',
    () => withClock({ stops: ['received'], on_breach: { effect: 'deem-renewed', basis: 'x' } }),
    ['clocks.promised.on_breach deemed-without-action'],
  ],
  ['a bad extension', () => withClock({ extend: { most: '5 workdays' } }), ['clocks.promised.extend missing-key']],
  ['a title that is a number', () => withStep({ title: 7 }), ['steps.decide.title wrong-type', 'steps.decide.title missing-key']],
]

describe('faults of flows', () => {
  for (const [fault, found, expected] of TABLE) it(fault, () => assert.deepEqual(found(), expected))
  it('name the cycle', () => {
    const third = { title: '丙', desk: 'x', after: ['b'], actions: { go: { effect: 'complete' as const } } }
    const compiled = compileFlow(
      {
        ...base,
        steps: { start: { ...third, after: [] }, a: { ...third, after: ['start', 'c'] }, b: { ...third, after: ['a'] }, c: third },
      },
      context,
    )
    assert.match(compiled.ok ? '' : (compiled.error[0]?.message ?? ''), /a → b → c → a|b → c → a → b|c → a → b → c/)
  })
  it('suggest what was meant', () => {
    const compiled = compileFlow({ ...base, ladder: 'harbor-lights' }, context)
    assert.match(compiled.ok ? '' : (compiled.error[0]?.message ?? ''), /did you mean "harbour-lights"/)
  })
  it('are all told at once', () => assert.equal(faults({ kind: undefined, ladder: 'x', completion: 'y' }).length, 3))
})

describe('faults of ladders', () => {
  const level = { id: 'warn', title: '预警', light: 'blue', clocks: ['promised'], at: [{ over: '0 workdays' }] }
  const found = (...levels: object[]) => {
    const compiled = compileLadder('l', levels as unknown as LadderLevelSource[], ['ladders', 'l'])
    return compiled.ok ? [] : compiled.error.map(({ path, code }) => `${path.join('.')} ${code}`)
  }
  const TABLE_OF_LADDERS: readonly (readonly [object[], string[]])[] = [
    [[level], []],
    [[level, level], ['ladders.l.1.id level-twice']],
    [[{ ...level, light: 'purple' }], ['ladders.l.0.light unknown-light']],
    [[{ ...level, at: [{ elapsed: 80 }] }], ['ladders.l.0.at.0 bad-moment']],
    [[{ ...level, at: [{ over: 'soon' }] }], ['ladders.l.0.at.0.over bad-limit']],
    [[{ ...level, at: [] }], ['ladders.l.0.at wrong-type']],
    [[{ ...level, card: 'green' }], ['ladders.l.0.card unknown-card']],
    [[{ id: 'warn' }], ['ladders.l.0 missing-key', 'ladders.l.0 missing-key', 'ladders.l.0 missing-key', 'ladders.l.0 missing-key']],
  ]
  for (const [levels, expected] of TABLE_OF_LADDERS) it(JSON.stringify(expected), () => assert.deepEqual(found(...levels), expected))
  it('a ladder that is no list', () => assert.equal(compileLadder('l', {} as never, []).ok, false))
})

describe('a compiled flow', () => {
  it('has its steps in topological order', () => assert.deepEqual(keeper.order, ['intake', 'review', 'climb', 'decide', 'deliver']))
  it('adds the kernel’s actions behind its own', () => {
    assert.deepEqual(Object.keys(keeper.steps.intake?.actions ?? {}).slice(0, 5), [
      'accept',
      'accept-with-gaps',
      'request-correction',
      'decline',
      'claim',
    ])
    assert.ok(keeper.steps.intake?.actions.supply !== undefined && keeper.steps.review?.actions.supply === undefined)
    assert.equal(complaint.actions.reopen?.by, 'applicant')
    assert.equal(unwrap(compileFlow(base, context)).actions.reopen, undefined)
  })
  it('asks for what an effect lives on, even if the pack forgot', () => {
    assert.deepEqual(keeper.steps.review?.actions['send-back']?.needs, [{ field: 'reason', type: 'text', required: true }])
    const { needs } = keeper.steps.intake?.actions['request-correction'] ?? {}
    assert.deepEqual(
      needs?.map(({ field, required }) => [field, required]),
      [
        ['items', true],
        ['until', false],
      ],
    )
  })
  it('reads needs by their usual names', () => {
    const { needs } = keeper.steps.intake?.actions['accept-with-gaps'] ?? {}
    assert.deepEqual(needs, [{ field: 'gaps', type: 'gaps', required: true }])
  })
  it('knows a clock for every step with a limit', () => assert.deepEqual(keeper.clocks['step:review']?.limit, { n: 3, unit: 'workday' }))
  it('takes version and bases from the context', () => {
    assert.equal(keeper.version, 'tide-1')
    assert.deepEqual(keeper.bases, { 'climb-test': {}, storm: { most: { n: 15, unit: 'day' } }, hearing: {} })
    assert.equal(unwrap(compileFlow({ ...keeperSource, version: '7' }, context)).version, '7')
  })
})
