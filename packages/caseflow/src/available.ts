import type { Refusal } from '@yichuang/result'
import type { Calendar, Instant } from '@yichuang/workday'
import { type Ask, checkActor, checkStep, permit } from './permit.ts'
import type { ActionDef, Actor, AvailableAction, CaseState, Flow, StepDef } from './vocabulary.ts'

/**
 * Actions that concern this actor now: those allowed, and those that only the case's situation forbids, with the refusal that `decide`
 * would give. Actions of other desks, of the other side, of steps that are not ready and without anything to act upon are left out.
 */
export function available(flow: Flow, state: CaseState, actor: Actor, calendar: Calendar, at: Instant): readonly AvailableAction[] {
  const base = { flow, state, actor, calendar, at }
  const steps = flow.order.flatMap((id) => flow.steps[id] ?? [])
  const ofSteps = steps.flatMap((step) => Object.values(step.actions).flatMap((action) => offer({ ...base, action, step })))
  return [...ofSteps, ...Object.values(flow.actions).flatMap((action) => offer({ ...base, action }))]
}

/** Not this actor's business, or nothing there to act upon: no button at all, rather than a disabled one. */
const HIDDEN = new Set(
  ['not-your-side', 'not-your-party', 'not-your-desk', 'case-ended', 'case-not-ended', 'not-suspended', 'not-taken', 'nothing-asked']
    .concat(['no-open-gap', 'no-open-card', 'extension-not-provided', 'clock-not-running', 'no-parent'])
    .map((what) => `caseflow/${what}`),
)

function offer(ask: Ask): AvailableAction[] {
  if (checkStep(ask) !== null || HIDDEN.has(checkActor(ask)?.code ?? '')) return []
  const refusal = permit(ask)
  if (refusal !== null && HIDDEN.has(refusal.code)) return []
  const offered = describe(ask.action, ask.step)
  return [refusal === null ? offered : { ...offered, refusal: shown(refusal, ask) }]
}

function describe({ id, title, effect, needs, destructive, document }: ActionDef, step: StepDef | undefined): AvailableAction {
  return {
    action: id,
    ...(step === undefined ? {} : { step: step.id }),
    title,
    effect,
    needs,
    destructive,
    ...(document === undefined ? {} : { document }),
  }
}

/** On the disabled button: the pack's own words where it has some for the condition that does not hold. */
function shown({ code, message }: Refusal, { action }: Ask): NonNullable<AvailableAction['refusal']> {
  const own = code === 'caseflow/condition-not-met' ? action.whyNot : undefined
  return own === undefined ? { code, message } : { code, message, words: own }
}
