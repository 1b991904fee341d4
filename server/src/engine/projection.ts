/** What the tables say about a case, derived from its state: deleting every row and deriving again gives identical rows (law 1). */
import type { CaseState, ClockView, Flow, Light, Obligation, Task, Text } from '@yichuang/caseflow'
import { caseLight, clockViews, obligations, tasks } from '@yichuang/caseflow'
import type { Calendar, Instant } from '@yichuang/workday'

/** What a case is called and whose it is; decided at opening and kept on the row. */
export type CaseCaption = {
  readonly no: string
  readonly title: Text
  readonly partyName: string
  readonly regionPath: string
}

export type CaseProjection = {
  readonly status: CaseState['status']
  readonly outcome: string | null
  readonly light: Light
  readonly dueAt: Instant | null
  readonly stage: Text
  readonly waiting: boolean
  readonly rated: boolean
  readonly closedAt: Instant | null
  readonly involved: readonly string[]
  readonly tasks: readonly TaskProjection[]
  readonly obligations: readonly Obligation[]
}

export type TaskProjection = Task & { readonly light: Light; readonly dueAt: Instant | null; readonly stepTitle: Text }

export function project(flow: Flow, state: CaseState, calendar: Calendar, now: Instant): CaseProjection {
  const views = clockViews(flow, state, calendar, now)
  const light = lightOf(state, views)
  const dueAt = state.status === 'open' ? earliestDue(views) : null
  return {
    status: state.status,
    outcome: state.outcome ?? null,
    light,
    dueAt,
    stage: stageOf(flow, state),
    waiting: state.status === 'open' && waitsForApplicant(state),
    rated: state.rating !== undefined,
    closedAt: state.endedAt ?? null,
    involved: involvedIn(state),
    tasks: state.status === 'open' ? tasks(flow, state).map((task) => withCaption(flow, task, light, dueAt)) : [],
    obligations: state.status === 'open' ? obligations(flow, state, calendar) : [],
  }
}

function withCaption(flow: Flow, task: Task, light: Light, dueAt: Instant | null): TaskProjection {
  return { ...task, light: task.status === 'paused' ? 'grey' : light, dueAt, stepTitle: flow.steps[task.step]?.title ?? { zh: task.step } }
}

/** An ended case keeps no light; a green one would promise something about the past. */
function lightOf(state: CaseState, views: readonly ClockView[]): Light {
  return state.status === 'ended' ? 'green' : caseLight(views)
}

/** The clock that bites first among those that run. */
function earliestDue(views: readonly ClockView[]): Instant | null {
  let earliest: Instant | null = null
  for (const view of views) {
    if (view.status !== 'running' || view.dueAt === null) continue
    if (earliest === null || view.dueAt < earliest) earliest = view.dueAt
  }
  return earliest
}

function waitsForApplicant(state: CaseState): boolean {
  return state.waiting !== undefined || hasOpenGap(state)
}

function hasOpenGap(state: CaseState): boolean {
  return Object.values(state.gaps).some((gap) => gap.status === 'open')
}

/** Organisations that have a part in the case as it stands. */
export function involvedIn(state: CaseState): readonly string[] {
  const orgs = new Set([state.org])
  if (state.acceptor !== undefined) orgs.add(state.acceptor)
  for (const step of Object.values(state.steps)) {
    if (step.round === 0) continue
    orgs.add(step.org)
    for (const org of Object.keys(step.coHandling ?? {})) orgs.add(org)
  }
  return [...orgs].sort()
}

/** Everything that is not one of these came to its end as it should. */
const ENDINGS: { readonly [outcome: string]: Text } = {
  refused: { zh: '不予许可', en: 'Refused' },
  declined: { zh: '不予受理', en: 'Not accepted' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  ended: { zh: '已终止', en: 'Terminated' },
  'ended-by-lead': { zh: '已终止', en: 'Terminated' },
}
const DONE: Text = { zh: '已办结', en: 'Completed' }

/** How a case, or a part of it, ended. */
export function endingOf(outcome: string | undefined): Text {
  return ENDINGS[outcome ?? ''] ?? DONE
}

/** What stands now, in a few words. */
export function stageOf(flow: Flow, state: CaseState): Text {
  if (state.status === 'ended') return endingOf(state.outcome)
  if (state.suspension !== undefined) return { zh: '已暂停', en: 'Suspended' }
  if (state.waiting !== undefined) return { zh: '待申请人补正', en: 'Waiting for a correction' }
  const ready = flow.order.filter((id) => state.steps[id]?.status === 'ready')
  if (ready.length === 0 && hasOpenGap(state)) return { zh: '待补交容缺材料', en: 'Waiting for what was left out' }
  if (ready.length === 0) return { zh: '等待前序环节', en: 'Waiting for an earlier step' }
  const titles = ready.map((id) => flow.steps[id]?.title ?? { zh: id })
  if (titles.length === 1 && titles[0] !== undefined) return titles[0]
  return { zh: `${titles.length} 个环节并联办理`, en: `${titles.length} steps in parallel` }
}
