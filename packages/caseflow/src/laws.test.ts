/** The laws of the engine, on random legal paths through flows of a city that does not exist. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unwrap } from '@yichuang/result'
import fc from 'fast-check'
import { available } from './available.ts'
import { decide, decideAndFold } from './decide.ts'
import { evolve, fold } from './evolve.ts'
import { downstreamOf } from './graph.ts'
import { obligations } from './obligations.ts'
import { factsOf, failedNodes, isSettled, isWholeSuspended, stepStatus } from './state.ts'
import { begin, childMoves, commandOf, engineMoves, follow, later, type Move, peopleMoves, type Scene } from './testing/moves.ts'
import { actors, boat, calendar, complaint, keeper, keeperData } from './testing/tidewater.ts'
import type { CaseEvent, CaseState, EffectName, Flow, StepDef } from './vocabulary.ts'

const AT = '2026-05-04T02:00:00.000Z'
const STARTS: { readonly [name: string]: () => Scene } = {
  keeper: () => begin(keeper, keeperData, { calendar, at: AT }),
  'keeper, facts missing': () => begin(keeper, { matter: { limits: { promised: '2 workdays' } } }, { calendar, at: AT }),
  'keeper in a bundle': () => begin(keeper, keeperData, { calendar, at: AT, parent: { caseId: 'b1', step: 'keep' } }),
  boat: () => begin(boat, { bundle: { promised: '8 workdays' }, answers: {} }, { calendar, at: AT }),
  complaint: () => begin(complaint, {}, { calendar, at: AT }),
}

/** A path: which of the possible moves was taken, each time, and how many hours passed before it. */
const path = fc.array(fc.tuple(fc.nat({ max: 9999 }), fc.constantFrom(0, 0, 0, 1, 30)), { minLength: 1, maxLength: 25 })

function movesOf(scene: Scene): Move[] {
  return [...peopleMoves(scene), ...childMoves(scene), ...engineMoves(scene)]
}

/** Walks a random legal path and shows every situation, with the move that led there, to the law. */
function walk(
  start: () => Scene,
  choices: readonly (readonly [number, number])[],
  law: (now: Scene, before: Scene, move: Move) => void,
): Scene {
  let scene = start()
  for (const [choice, hours] of choices) {
    scene = { ...scene, at: later(scene.at, hours / 24) }
    const moves = movesOf(scene)
    const move = moves[choice % moves.length]
    if (move === undefined) break
    const next = follow(scene, move.command)
    law(next, scene, move)
    scene = next
  }
  return scene
}

const RUNS = { numRuns: 40 }

function everywhere(name: string, law: (start: () => Scene, choices: readonly (readonly [number, number])[]) => void): void {
  describe(name, () => {
    for (const [title, start] of Object.entries(STARTS))
      it(title, () =>
        fc.assert(
          fc.property(path, (choices) => law(start, choices)),
          RUNS,
        ),
      )
  })
}

everywhere('law 1: the state is the fold of its events', (start, choices) => {
  const { state, events } = walk(start, choices, () => {})
  assert.deepEqual(fold([...events]), state)
  assert.deepEqual(events.reduce<CaseState | null>(evolve, null), state)
  assert.deepEqual(fold(JSON.parse(JSON.stringify(events)) as CaseEvent[]), state)
  assert.equal(state.seq, events.length)
})

/** Law 2 once more, in the plainest words. */
function shouldBe(flow: Flow, state: CaseState, step: StepDef): readonly string[] {
  if (step.onFailure) return failedNodes(flow, state).length > 0 ? ['ready'] : ['waiting', 'done']
  if (!step.after.every((before) => isSettled(stepStatus(state, before)))) return ['waiting', 'not-needed']
  const verdict = step.when?.evaluate(factsOf(state)).value ?? true
  if (verdict === true) return ['ready', 'done', 'not-needed']
  return verdict === false ? ['skipped', 'done', 'not-needed'] : ['unknown', 'done', 'not-needed']
}

/** A decision about a condition stands once somebody has begun behind it, has taken the step, or works on its child. */
function isDecided({ flow, state }: Scene, step: StepDef): boolean {
  const own = state.steps[step.id]
  if (step.when === undefined || own === undefined) return false
  const begun = [...downstreamOf(flow.steps, step.id)].some((id) => ['ready', 'done'].includes(stepStatus(state, id)))
  return begun || own.assignee !== undefined || own.childId !== undefined
}

everywhere('law 1: the state that deciding reaches is the fold of what it decided, and folding remembers nothing', (start, choices) => {
  walk(start, choices, (now, before, move) => {
    const { events, state } = unwrap(decideAndFold(before.flow, before.state, move.command, calendar))
    assert.deepEqual(fold(events, before.state), state)
    assert.deepEqual(now.state, state)
    if (events.length > 0) assert.notEqual(fold(events, before.state), state)
  })
})

everywhere('law 2: a step is ready if and only if its predecessors are settled and its condition is true', (start, choices) => {
  walk(start, choices, (now) => {
    if (now.state.status === 'ended' || isWholeSuspended(now.state)) return
    for (const step of Object.values(now.flow.steps)) {
      const status = stepStatus(now.state, step.id)
      if (!shouldBe(now.flow, now.state, step).includes(status)) assert.ok(isDecided(now, step), `${step.id} is ${status}`)
    }
  })
})

everywhere('law 3: one live obligation per clock level, and clocks that agree with the milestones', (start, choices) => {
  walk(start, choices, ({ flow, state }, before, move) => {
    const names = obligations(flow, state, calendar).map(({ clock, level }) => `${clock}/${level}`)
    assert.equal(new Set(names).size, names.length)
    for (const name of names) {
      const [clock = '', level = ''] = name.split('/')
      assert.ok(!state.clocks[clock]?.fired.includes(level) && state.clocks[clock]?.status !== 'stopped', name)
    }
    for (const { id, starts, stops } of Object.values(flow.clocks)) {
      if (state.status === 'ended' || id.startsWith('step:') || id === 'notice') continue
      const shouldRun = state.milestones[starts] !== undefined && stops.every((stop) => state.milestones[stop] === undefined)
      const runs = state.clocks[id] !== undefined && state.clocks[id]?.status !== 'stopped'
      assert.equal(runs, shouldRun, `${id} after ${move.name}`)
    }
    const action = move.command.type === 'act' ? flow.steps[move.command.step ?? '']?.actions[move.command.action] : undefined
    if (action?.effect !== 'return' || action.to === undefined) return
    assert.equal(stepStatus(state, action.to), 'ready')
    assert.equal(state.steps[action.to]?.round, (before.state.steps[action.to]?.round ?? 0) + 1)
    for (const id of downstreamOf(flow.steps, action.to)) assert.ok(['waiting', 'not-needed'].includes(stepStatus(state, id)), id)
  })
})

/** Every action that the flow has, by every actor, with an input that fits. */
function everyAttempt(scene: Scene) {
  const ofSteps = Object.values(scene.flow.steps).flatMap((step) =>
    Object.values(step.actions).map((action) => ({ action, step: step.id })),
  )
  const all = [...ofSteps, ...Object.values(scene.flow.actions).map((action) => ({ action, step: undefined }))]
  return all.flatMap(({ action, step }) =>
    Object.values(actors).map((actor) => {
      const offer = { action: action.id, needs: action.needs, ...(step === undefined ? {} : { step }) }
      return { effect: action.effect, actor, offer, decided: decide(scene.flow, scene.state, commandOf(offer, actor, scene), calendar) }
    }),
  )
}

function acceptedEffects(scene: Scene): EffectName[] {
  return everyAttempt(scene).flatMap(({ effect, decided }) => (decided.ok ? [effect] : []))
}

everywhere('law 4: while suspended, only resume, withdraw, comment and attach', (start, choices) => {
  const suspended = suspendedScene(start, choices)
  if (suspended === null) return
  for (const effect of acceptedEffects(suspended)) assert.ok(['resume', 'withdraw', 'comment', 'attach'].includes(effect), effect)
})

function suspendedScene(start: () => Scene, choices: readonly (readonly [number, number])[]): Scene | null {
  const scene = walk(start, choices, () => {})
  const suspend = movesOf(scene).find((move) => move.name === '/suspend')
  const suspended = suspend === undefined ? scene : follow(scene, suspend.command)
  return isWholeSuspended(suspended.state) ? suspended : null
}

const OPENS = new Set(['step-readied', 'step-skipped', 'step-unknown', 'case-ended'])

everywhere(
  'law 4: … and whatever the engine hears meanwhile opens, skips and ends nothing; the resumption catches up',
  (start, choices) => {
    let scene = suspendedScene(start, choices)
    for (const [choice] of choices) {
      if (scene === null) return
      const moves = [...childMoves(scene), ...engineMoves(scene)]
      const move = moves[choice % moves.length]
      if (move === undefined) break
      const next = follow(scene, move.command)
      for (const { type } of next.events.slice(scene.events.length)) assert.ok(!OPENS.has(type), `${type} after ${move.name}`)
      scene = next
    }
    const resume = scene === null ? undefined : movesOf(scene).find((move) => move.name === '/resume')
    if (scene === null || resume === undefined) return
    const resumed = follow(scene, resume.command)
    if (resumed.state.status === 'ended') return
    for (const step of Object.values(resumed.flow.steps)) {
      const status = stepStatus(resumed.state, step.id)
      if (!shouldBe(resumed.flow, resumed.state, step).includes(status)) assert.ok(isDecided(resumed, step), `${step.id} is ${status}`)
    }
  },
)

everywhere('law 5: after the end, nothing but rating and reopening', (start, choices) => {
  const scene = walk(start, choices, () => {})
  const withdraw = movesOf(scene).find((move) => move.name === '/withdraw')
  const ended = withdraw === undefined ? scene : follow(scene, withdraw.command)
  if (ended.state.status !== 'ended') return
  for (const effect of acceptedEffects(ended)) assert.ok(['rate', 'reopen'].includes(effect), effect)
  assert.deepEqual(obligations(ended.flow, ended.state, calendar), [])
})

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}

everywhere('law 6 (pure half): the same command in the same situation has the same answer and touches nothing', (start, choices) => {
  walk(start, choices, (_, before, move) => {
    freeze(before.state)
    const once = decide(before.flow, before.state, move.command, calendar)
    assert.deepEqual(decide(before.flow, before.state, move.command, calendar), once)
  })
})

everywhere('law 7: of two who finish one step, the second hears who, when and with what', (start, choices) => {
  walk(start, choices, ({ flow, state, at }, _, move) => {
    const { command } = move
    if (command.type !== 'act' || command.step === undefined || state.status === 'ended' || stepStatus(state, command.step) !== 'done')
      return
    const second = decide(flow, state, { ...command, at: later(at, 1) }, calendar)
    assert.equal(second.ok ? '' : second.error.code, 'caseflow/already-taken')
    assert.deepEqual(second.ok ? {} : second.error.data, { step: command.step, by: command.actor.person, at, action: command.action })
  })
})

everywhere('law 8: the case keeps the version on which it started', (start, choices) => {
  const { state, flow } = walk(start, choices, () => {})
  assert.equal(state.flowVersion, flow.version)
})

everywhere('available and decide are one table: what is offered is accepted, what is not is refused alike', (start, choices) => {
  const scene = walk(start, choices, () => {})
  for (const { actor, offer, decided } of everyAttempt(scene)) {
    const offers = available(scene.flow, scene.state, actor, calendar, scene.at)
    const listed = offers.find(({ action, step }) => action === offer.action && step === offer.step)
    const name = `${actor.person}: ${offer.step ?? ''}/${offer.action}`
    if (listed === undefined) assert.ok(!decided.ok, `${name} was not offered but accepted`)
    else assert.equal(decided.ok ? undefined : decided.error.code, listed.refusal?.code, name)
  }
})
