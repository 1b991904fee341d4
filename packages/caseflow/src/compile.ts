import { err, ok, type Result } from '@yichuang/result'
import type { Limit } from '@yichuang/workday'
import { readActions } from './compile-actions.ts'
import { checkFlow } from './compile-checks.ts'
import { type FlowContext, STEP_CLOCK } from './flow.ts'
import { topologicalOrder } from './graph.ts'
import { withCaseActions, withStepActions } from './kernel-actions.ts'
import { type FlowIssue, type Path, present, Reading, suggest } from './reading.ts'
import type { FlowSource } from './source.ts'
import { type ClockDef, DEEMED, type Flow, type LadderLevel, type StepDef } from './vocabulary.ts'

const NEVER: Limit = { n: 0, unit: 'workday' }
const DAYS_15: Limit = { n: 15, unit: 'day' }

const FLOW_KEYS = {
  known: ['flow', 'kind', 'title', 'version', 'clocks', 'ladder', 'steps', 'actions', 'completion', 'reopen_window', 'rating_window'],
  required: ['flow', 'kind', 'title', 'steps'],
}
const CLOCK_KEYS = {
  known: ['title', 'starts', 'stops', 'limit', 'extend', 'on_breach', 'pausable', 'laddered'],
  required: ['title', 'starts', 'stops'],
}
const STEP_KEYS = {
  known: [
    'title',
    'after',
    'when',
    'desk',
    'role',
    'org',
    'special',
    'joint',
    'optional',
    'matter',
    'limit',
    'issues',
    'in_bundle',
    'on_failure',
    'actions',
  ],
  required: ['title'],
}

/** A checked flow, or every fault with the path of its place in the source. */
export function compileFlow(source: FlowSource, context: FlowContext): Result<Flow, readonly FlowIssue[]> {
  const reading = new Reading()
  const flow = readFlow(reading, source, context)
  checkFlow(reading, flow, context)
  return reading.issues.length === 0 ? ok(flow) : err(reading.issues)
}

function readFlow(reading: Reading, source: FlowSource, context: FlowContext): Flow {
  const raw = reading.record(source, [], FLOW_KEYS)
  const id = reading.text(raw.flow, ['flow'])
  const steps = readSteps(reading, raw.steps)
  const reopenWindow = reading.limit(raw.reopen_window, ['reopen_window'], NEVER)
  return {
    id,
    version: reading.optionalText(raw.version, ['version']) ?? context.version ?? '0',
    kind: reading.text(raw.kind, ['kind']),
    title: reading.title(raw.title, ['title'], id),
    clocks: { ...readClocks(reading, raw.clocks), ...stepClocks(steps) },
    ladder: readLadderName(reading, raw.ladder, context),
    steps,
    order: topologicalOrder(steps),
    actions: withCaseActions(readActions(reading, raw.actions, ['actions']), reopenWindow.n > 0),
    completion: reading.word(raw.completion, ['completion'], ['all', 'each'], 'unknown-completion') ?? 'all',
    reopenWindow,
    ratingWindow: reading.limit(raw.rating_window, ['rating_window'], DAYS_15),
    bases: Object.fromEntries([...context.bases].map(([basis, { most }]) => [basis, present({ most })])),
  }
}

function readLadderName(reading: Reading, value: unknown, context: FlowContext): readonly LadderLevel[] {
  const id = reading.optionalText(value, ['ladder'])
  if (id === undefined) return []
  const ladder = context.ladders[id]
  if (ladder !== undefined) return ladder
  reading.add(['ladder'], 'unknown-ladder', `There is no ladder "${id}"${suggest(id, Object.keys(context.ladders))}.`)
  return []
}

function readSteps(reading: Reading, value: unknown): { [id: string]: StepDef } {
  const steps = reading.map(value, ['steps'])
  return Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, readStep(reading, id, step)]))
}

function readStep(reading: Reading, id: string, value: unknown): StepDef {
  const path = ['steps', id]
  const raw = reading.record(value, path, STEP_KEYS)
  const matter = reading.optionalText(raw.matter, [...path, 'matter'])
  const desk = reading.text(raw.desk, [...path, 'desk'])
  if (desk === '' && matter === undefined) reading.add(path, 'missing-key', 'The key "desk" is missing: which desk works on this step?')
  const actions = readActions(reading, raw.actions, [...path, 'actions'])
  return present({
    id,
    title: reading.title(raw.title, [...path, 'title'], id),
    after: reading.texts(raw.after, [...path, 'after']),
    when: reading.condition(raw.when, [...path, 'when']),
    desk,
    role: reading.optionalText(raw.role, [...path, 'role']),
    org: reading.optionalText(raw.org, [...path, 'org']) ?? (desk === 'counter' ? 'acceptor' : 'case'),
    special: reading.optionalText(raw.special, [...path, 'special']),
    joint: reading.flag(raw.joint, [...path, 'joint'], false),
    matter,
    optional: reading.flag(raw.optional, [...path, 'optional'], false),
    onFailure: reading.flag(raw.on_failure, [...path, 'on_failure'], false) ? (true as const) : undefined,
    actions: matter === undefined ? withStepActions(actions) : actions,
    inBundle: reading.optionalText(raw.in_bundle, [...path, 'in_bundle']),
    limit: raw.limit === undefined ? undefined : reading.limit(raw.limit, [...path, 'limit'], NEVER),
    issues: reading.flag(raw.issues, [...path, 'issues'], false),
  })
}

function stepClocks(steps: { readonly [id: string]: StepDef }): { [id: string]: ClockDef } {
  const clocks: { [id: string]: ClockDef } = {}
  for (const { id, title, limit } of Object.values(steps)) {
    if (limit === undefined) continue
    const clock = STEP_CLOCK + id
    clocks[clock] = { id: clock, title, starts: clock, stops: [], limit, pausable: true, laddered: true }
  }
  return clocks
}

function readClocks(reading: Reading, value: unknown): { [id: string]: ClockDef } {
  const clocks = reading.map(value, ['clocks'])
  return Object.fromEntries(Object.entries(clocks).map(([id, clock]) => [id, readClock(reading, id, clock)]))
}

function readClock(reading: Reading, id: string, value: unknown): ClockDef {
  const path = ['clocks', id]
  const raw = reading.record(value, path, CLOCK_KEYS)
  if (raw.limit === undefined)
    reading.add(path, 'clock-without-limit', `The clock "${id}" has no limit: write "5 workdays" or the path of a fact.`)
  return present({
    id,
    title: reading.title(raw.title, [...path, 'title'], id),
    starts: reading.text(raw.starts, [...path, 'starts']),
    stops: reading.texts(raw.stops, [...path, 'stops']),
    limit: readClockLimit(reading, raw.limit, [...path, 'limit']),
    extend: readExtension(reading, raw.extend, [...path, 'extend']),
    onBreach: readBreach(reading, raw.on_breach, [...path, 'on_breach']),
    pausable: reading.flag(raw.pausable, [...path, 'pausable'], true),
    laddered: reading.flag(raw.laddered, [...path, 'laddered'], true),
  })
}

/** A path has dots and no spaces (`matter.limits.promised`); anything else must be a limit. */
function readClockLimit(reading: Reading, value: unknown, path: Path): ClockDef['limit'] {
  if (typeof value === 'string' && /^[a-z]\w*(\.\w+)+$/.test(value)) return { path: value }
  return reading.limit(value, path, NEVER)
}

function readExtension(reading: Reading, value: unknown, path: Path): ClockDef['extend'] {
  if (value === undefined) return undefined
  const raw = reading.record(value, path, { known: ['most', 'by'], required: ['most', 'by'] })
  return { most: reading.limit(raw.most, [...path, 'most'], NEVER), by: reading.text(raw.by, [...path, 'by']) }
}

function readBreach(reading: Reading, value: unknown, path: Path): ClockDef['onBreach'] {
  if (value === undefined) return undefined
  const raw =
    typeof value === 'string'
      ? { effect: value }
      : reading.record(value, path, { known: ['effect', 'basis', 'action'], required: ['effect'] })
  const effect = reading.word(raw.effect, path, DEEMED, 'unknown-deemed-outcome')
  const basis = 'basis' in raw ? reading.text(raw.basis, [...path, 'basis']) : ''
  if (basis === '') {
    reading.add(path, 'deemed-without-basis', 'A deemed outcome needs the law that gives it: { effect: deem-accepted, basis: … }.')
  }
  const action = 'action' in raw ? reading.optionalText(raw.action, [...path, 'action']) : undefined
  return effect === undefined ? undefined : present({ effect, basis, action })
}
