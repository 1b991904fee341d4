import type { CaseRow, CaseView, ClockView, StepView, TimelineEntry } from '@yichuang/contract'
import { shortDay } from '../../platform/dates.ts'
import { words } from '../../platform/i18n.ts'
import type { TimelineItem } from '../../ui/CaseTimeline.tsx'
import type { FlowNode, NodeStatus } from '../../ui/flow.ts'

const STATUS: { readonly [status in StepView['status']]: NodeStatus } = {
  waiting: 'waiting',
  unknown: 'unknown',
  ready: 'running',
  done: 'done',
  skipped: 'not-needed',
  'not-needed': 'not-needed',
  refused: 'refused',
}

export function statusOf(step: StepView): NodeStatus {
  return STATUS[step.status]
}

export function nodeOf(step: StepView): FlowNode {
  const light = step.child?.light ?? step.light
  return {
    id: step.id,
    title: words(step.title),
    org: words(step.org),
    status: statusOf(step),
    after: step.after,
    ...(step.status === 'ready' && light !== undefined ? { light } : {}),
    ...(step.child === undefined ? {} : { note: noteOf(step.child) }),
  }
}

function noteOf(child: NonNullable<StepView['child']>): string {
  const due = child.status === 'open' ? mainClock(child.clocks)?.dueOn : null
  return due == null ? words(child.stage) : `${words(child.stage)} · ${shortDay(due)}`
}

/**
 * Steps as a map: what is not needed is left out, and what came before it comes before what follows it. The lead department's step of a
 * bundle (`lead`, made by the pack's compiler) is ready only after a refusal; until then it is no part of the way.
 */
export function mapOf(steps: readonly StepView[]): { readonly nodes: FlowNode[]; readonly left: StepView[] } {
  const left = steps.filter((step) => statusOf(step) === 'not-needed')
  const dropped = new Set(left.map((step) => step.id))
  const before = new Map(steps.map((step) => [step.id, step.after]))
  const through = (ids: readonly string[]): string[] => [
    ...new Set(ids.flatMap((id) => (dropped.has(id) ? through(before.get(id) ?? []) : [id]))),
  ]
  const shown = steps.filter((step) => !dropped.has(step.id) && !(step.id === 'lead' && step.status === 'waiting'))
  return { nodes: shown.map((step) => ({ ...nodeOf(step), after: through(step.after) })), left }
}

/** The clock a reader asks about first: the running promise, then whatever still runs, then the last one. */
export function mainClock(clocks: readonly ClockView[]): ClockView | undefined {
  const live = clocks.filter((clock) => clock.status !== 'stopped')
  return live.find((clock) => clock.clock === 'promised') ?? live[0] ?? clocks.find((clock) => clock.clock === 'promised') ?? clocks.at(-1)
}

/** Steps of every bundle that are no matters, named by the pack's compiler. */
const FRAME: ReadonlySet<string> = new Set(['intake', 'lead', 'deliver'])

/** Parts of a bundle, or steps of a single permit, as panes. */
export function panesOf(view: Pick<CaseView, 'kind' | 'steps'>): NodeStatus[] {
  const parts = view.kind === 'bundle' ? view.steps.filter((step) => !FRAME.has(step.id)) : view.steps
  return parts.map(statusOf)
}

const TONES: { readonly [type: string]: TimelineItem['tone'] } = {
  'case-opened': 'now',
  'step-finished': 'good',
  'child-ended': 'good',
  'case-ended': 'good',
  'gap-closed': 'good',
  'gap-opened': 'warn',
  'gap-lapsed': 'bad',
  'correction-requested': 'warn',
  suspended: 'warn',
  'clock-paused': 'warn',
  'obligation-fired': 'warn',
  supervised: 'bad',
}

export function timelineItem(entry: TimelineEntry): Omit<TimelineItem, 'extra'> {
  return {
    key: `${entry.case?.id ?? ''}${entry.seq}`,
    at: entry.at,
    what: entry.case === undefined ? words(entry.words) : `${words(entry.case.title)} · ${words(entry.words)}`,
    by: words(entry.by),
    detail: words(entry.detail),
    tone: TONES[entry.type] ?? 'plain',
  }
}

export function isRefused(row: Pick<CaseRow, 'status' | 'outcome'>): boolean {
  return row.status === 'ended' && ['declined', 'refused', 'withdrawn'].includes(row.outcome ?? '')
}
