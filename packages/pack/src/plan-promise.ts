/** The promised time of a bundle: along its critical path, never the sum of all. */
import type { Limit, ServiceHours } from '@yichuang/workday'
import type { PlanNode, PlanPromise } from './plan-vocabulary.ts'

/** No month has more working days than this. */
const WORKDAYS_OF_MONTH = 23
const HOURS_OF_DAY = 24
/** Float sums of sixths and sevenths of a day must not round up to one day more. */
const EPSILON = 1e-9

/** Nodes that are certainly part of it count. Working hours add up and are rounded up to whole workdays at the end. */
export function planPromise(nodes: readonly PlanNode[], hours: ServiceHours): PlanPromise {
  const included = new Map(nodes.filter((node) => node.included === true).map((node) => [node.id, node]))
  const known = new Map<string, Leg>()
  const legTo = (id: string): Leg => {
    const node = included.get(id)
    if (node === undefined) return NOWHERE
    const leg = known.get(id) ?? longest(node.after.map(legTo), node, hours)
    known.set(id, leg)
    return leg
  }
  const { workdays, path } = [...included.keys()].map(legTo).reduce(longer, NOWHERE)
  return { limit: { n: Math.ceil(workdays - EPSILON), unit: 'workday' }, path }
}

type Leg = { readonly workdays: number; readonly path: readonly string[] }
const NOWHERE: Leg = { workdays: 0, path: [] }

function longest(before: readonly Leg[], node: PlanNode, hours: ServiceHours): Leg {
  const leg = before.reduce(longer, NOWHERE)
  return { workdays: leg.workdays + inWorkdays(node.limits.promised, hours), path: [...leg.path, node.id] }
}

/** Of equal legs the one with more nodes, then the earlier one. */
function longer(a: Leg, b: Leg): Leg {
  if (Math.abs(a.workdays - b.workdays) > EPSILON) return b.workdays > a.workdays ? b : a
  return b.path.length > a.path.length ? b : a
}

/** Never less than the limit is in truth: a calendar day counts as a workday, since it may be followed by none. */
export function inWorkdays({ n, unit }: Limit, hours: ServiceHours): number {
  if (unit === 'workday' || unit === 'day') return n
  if (unit === 'working-hour') return n / hoursOf(hours)
  if (unit === 'month') return n * WORKDAYS_OF_MONTH
  return Math.ceil((unit === 'minute' ? n / 60 : n) / HOURS_OF_DAY)
}

function hoursOf(hours: ServiceHours): number {
  const minutes = hours.reduce((sum, { from, to }) => sum + minutesOf(to) - minutesOf(from), 0)
  return minutes > 0 ? minutes / 60 : HOURS_OF_DAY
}

function minutesOf(time: string): number {
  const [h = '0', m = '0'] = time.split(':')
  return Number(h) * 60 + Number(m)
}
