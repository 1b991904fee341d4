/** What happens when a moment of a case has come: a level of the ladder fires, a gap lapses, a deemed outcome takes place. */
import type { Refusal } from '@yichuang/result'
import { findDeemed } from './flow.ts'
import { upstreamOf } from './graph.ts'
import { GAP_CLOCK, levelsFor, obligations } from './obligations.ts'
import { advance, finishStep } from './progress.ts'
import { isSettled, stepStatus } from './state.ts'
import { emit, refuseTurn, stateOf, type Turn } from './turn.ts'
import type { CaseFact, ClockDef, CommandBody, Flow, Obligation } from './vocabulary.ts'

type Fire = Extract<CommandBody, { readonly type: 'fire' }>

export function fire(turn: Turn, command: Fire): void {
  const live = obligations(turn.flow, stateOf(turn), turn.calendar).find(
    ({ clock, level }) => clock === command.clock && level === command.level,
  )
  const refusal = checkFire(turn, command, live)
  if (refusal !== null) {
    refuseTurn(turn, refusal)
    return
  }
  emit(turn, firedFact(turn.flow, command))
  if (command.clock.startsWith(GAP_CLOCK) && command.level === 'lapse') {
    lapse(turn, command.clock.slice(GAP_CLOCK.length))
    return
  }
  const clock = turn.flow.clocks[command.clock]
  if (clock?.onBreach?.effect === command.level) deem(turn, clock)
}

function checkFire(turn: Turn, command: Fire, live: Obligation | undefined): Refusal | null {
  const name = `${command.clock}/${command.level}`
  if (live === undefined) return { code: 'caseflow/obligation-gone', message: `The case has no obligation ${name} any more; drop the row.` }
  if (live.dueAt !== command.dueAt) {
    const message = `The obligation ${name} has moved to ${live.dueAt}; replace the row.`
    return { code: 'caseflow/obligation-moved', message, data: { dueAt: live.dueAt } }
  }
  if (turn.at >= live.dueAt) return null
  return {
    code: 'caseflow/obligation-early',
    message: `The obligation ${name} is due at ${live.dueAt}, not before.`,
    data: { dueAt: live.dueAt },
  }
}

const HOUSE = ['handler', 'head']

/** Levels of the kernel's own clocks; the pack's ladder knows the others. */
function firedFact(flow: Flow, { clock, level, dueAt }: Fire): CaseFact {
  const fact = { type: 'obligation-fired', clock, level, dueAt } as const
  if (clock.startsWith(GAP_CLOCK)) {
    return level === 'warn'
      ? { ...fact, light: 'blue', tells: ['handler', 'applicant'] }
      : { ...fact, light: 'yellow', tells: [...HOUSE, 'applicant'] }
  }
  const def = flow.clocks[clock]
  const rung = def === undefined ? undefined : levelsFor(flow, def).find((one) => one.id === level)
  if (rung === undefined) return { ...fact, light: def === undefined ? 'yellow' : 'red', tells: HOUSE }
  const { light, tells, card, opens } = rung
  return { ...fact, light, tells, ...(card === undefined ? {} : { card }), ...(opens === undefined ? {} : { opens }) }
}

function lapse(turn: Turn, gap: string): void {
  emit(turn, { type: 'gap-lapsed', gap })
  advance(turn)
}

/**
 * 超时默认: the law speaks where the office was silent (行政许可法 arts 32(4), 50). The step that should have answered is finished in the
 * engine's name, its milestone counts from the clock's own start for acceptance (clocks start from the receipt), from now otherwise.
 */
function deem(turn: Turn, clock: ClockDef): void {
  const target = findDeemed(turn.flow, clock)
  const startedAt = stateOf(turn).clocks[clock.id]?.startedAt
  if (target === null || clock.onBreach === undefined || startedAt === undefined) return
  const { step, action } = target
  if (stepStatus(stateOf(turn), step.id) === 'done') return
  for (const id of upstreamOf(turn.flow.steps, step.id)) {
    if (!isSettled(stepStatus(stateOf(turn), id))) emit(turn, { type: 'step-not-needed', step: id, why: clock.onBreach.effect })
  }
  const since = clock.onBreach.effect === 'deem-accepted' ? startedAt : turn.at
  finishStep(turn, step, action, { deemed: clock.onBreach.basis, since })
  advance(turn)
}
