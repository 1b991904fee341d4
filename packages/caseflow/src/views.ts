/** Projections that screens read: lights and clocks, inbox rows. */
import { type Calendar, due, elapsed, type Instant, remaining } from '@yichuang/workday'
import { levelsFor, momentOfLevel } from './obligations.ts'
import { countOf } from './state.ts'
import { type CaseState, type ClockDef, type ClockState, type ClockView, type Flow, LIGHTS, type Light, type Task } from './vocabulary.ts'

/** Every clock of the case as of `now`; a stopped clock as it was when it stopped. Units of `elapsed` and `remaining` are the limit's. */
export function clockViews(flow: Flow, state: CaseState, calendar: Calendar, now: Instant): readonly ClockView[] {
  return Object.entries(state.clocks).flatMap(([id, clock]) => {
    const def = flow.clocks[id]
    return def === undefined ? [] : [viewOf(flow, { def, clock, now }, calendar)]
  })
}

type Seen = { readonly def: ClockDef; readonly clock: ClockState; readonly now: Instant }

function viewOf(flow: Flow, { def, clock, now }: Seen, calendar: Calendar): ClockView {
  const count = countOf(clock)
  const at = clock.stoppedAt ?? now
  const { dueAt, provisional } = due(count, calendar)
  return {
    clock: def.id,
    title: def.title,
    status: clock.status,
    light: lightOf(flow, { def, clock, now: at }, calendar),
    limit: clock.limit,
    startedAt: clock.startedAt,
    ...(clock.stoppedAt === undefined ? {} : { stoppedAt: clock.stoppedAt }),
    dueAt,
    remaining: remaining(count, at, calendar),
    elapsed: elapsed(count, at, calendar),
    provisional,
  }
}

/** From the moments themselves, not from what has fired: a light is right even while the queue is behind. */
function lightOf(flow: Flow, { def, clock, now }: Seen, calendar: Calendar): Light {
  if (clock.status === 'paused') return 'grey'
  let light: Light = 'green'
  for (const level of levelsFor(flow, def)) {
    const moment = momentOfLevel(level, countOf(clock), calendar)
    if (moment !== null && moment < now && severity(level.light) > severity(light)) light = level.light
  }
  return light
}

function severity(light: Light): number {
  return light === 'grey' ? -1 : LIGHTS.indexOf(light)
}

/** The case's own light: a running clock that is overdue is seen even while others pause; else grey while any pauses; else the worst. */
export function caseLight(views: readonly ClockView[]): Light {
  const running = views.filter((view) => view.status === 'running').map((view) => view.light)
  const worst = running.reduce<Light>((light, next) => (severity(next) > severity(light) ? next : light), 'green')
  if (worst === 'yellow' || worst === 'red') return worst
  return views.some((view) => view.status === 'paused') ? 'grey' : worst
}

/** Inbox rows: ready steps that people work on (a bundle's nodes are cases of their own), and one row for every organisation asked for its opinion. */
export function tasks(flow: Flow, state: CaseState): readonly Task[] {
  if (state.status === 'ended') return []
  return flow.order.flatMap((id) => tasksOf(flow, state, id))
}

function tasksOf(flow: Flow, state: CaseState, id: string): Task[] {
  const def = flow.steps[id]
  const step = state.steps[id]
  if (def === undefined || def.matter !== undefined || step?.status !== 'ready') return []
  const { round, org, assignee, readyAt = state.openedAt } = step
  const row = { step: id, round, desk: def.desk, readyAt, status: taskStatus(state, id) }
  const withRole = def.role === undefined ? row : { ...row, role: def.role }
  const own: Task = { ...withRole, org, as: 'handler', ...(assignee === undefined ? {} : { assignee }) }
  const asked = Object.entries(step.coHandling ?? {}).filter(([, answer]) => answer.answeredAt === undefined)
  return [own, ...asked.map(([other, { askedAt }]): Task => ({ ...row, org: other, as: 'co-handler', readyAt: askedAt }))]
}

function taskStatus({ suspension, waiting }: CaseState, id: string): Task['status'] {
  if (suspension !== undefined && (suspension.step === undefined || suspension.step === id)) return 'paused'
  return waiting?.step === id ? 'waiting' : 'ready'
}
