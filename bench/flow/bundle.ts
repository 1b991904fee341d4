/** The bundle 个体工商户转型为企业 of the pack, compiled, and one lifecycle of it: the small food and tobacco shop of its first example. */
import { readFileSync } from 'node:fs'
import {
  type Actor,
  type BundleNodeSource,
  type Command,
  type CommandBody,
  compileBundleFlow,
  type Data,
  type Flow,
  type FlowSource,
} from '@yichuang/caseflow'
import { unwrap } from '@yichuang/result'
import { type Calendar, makeCalendar } from '@yichuang/workday'
import { parse } from 'yaml'

export const AT = '2026-09-14T02:00:00.000Z'

function readPack<T>(file: string): T {
  return parse(readFileSync(new URL(`../../packs/zhuzhou/${file}`, import.meta.url), 'utf8')) as T
}

type Example = { readonly answers: Data; readonly expect: { readonly nodes: readonly string[] } }
type Written = {
  readonly id: string
  readonly title: { readonly zh: string }
  readonly lead: string
  readonly nodes: readonly {
    readonly id: string
    readonly matter: string
    readonly after?: readonly string[]
    readonly when?: string
    readonly optional?: boolean
  }[]
  readonly examples: readonly [Example]
}

const written = readPack<Written>('bundles/sole-trader-to-company.yaml')
export const nodes: readonly BundleNodeSource[] = written.nodes.map(({ after = [], optional = false, ...node }) => ({
  ...node,
  after,
  optional,
  title: node.id,
}))
export const example = written.examples[0]

const chosen = new Set(example.expect.nodes)

/** The example's own nodes and what they wait for: all that the peers are given to do, without conditions. In their favour. */
export const chosenNodes: readonly { readonly id: string; readonly after: readonly string[] }[] = nodes
  .filter(({ id }) => chosen.has(id))
  .map(({ id, after }) => ({ id, after: after.filter((before) => chosen.has(before)) }))

export function compileBundle(): Flow {
  const { ladder: _, ...template } = readPack<FlowSource>('flows/bundle.yaml')
  const { id, title, lead } = written
  return unwrap(compileBundleFlow(template, { id, version: '1', title, lead, completion: 'all', nodes }, { ladders: {}, bases: new Map() }))
}

export const calendar: Calendar = makeCalendar({ years: [], utcOffsetMinutes: 480, hours: [{ from: '09:00', to: '17:00' }] })

const actor = (side: Actor['side'], posts: Actor['posts'] = []): Actor => ({ person: side, side, posts, forParty: side === 'applicant' })
const clerk = actor('staff', [{ desk: 'counter', org: 'hall', roles: [] }])
const engine = actor('system')

/** What the bundle hears from its children, in an order in which every node is ready when it is told. */
function ofChild(step: string): [Actor, CommandBody][] {
  const childId = `child-${step}`
  return [
    [engine, { type: 'child-opened', step, childId }],
    [engine, { type: 'child-ended', step, childId, outcome: 'granted' }],
  ]
}

/** Submitted, accepted, every node's child opened and granted, delivered. */
export function lifecycle(): Command[] {
  const data: Data = { answers: example.answers, bundle: { limits: { promised: '6 workdays' } } }
  const told: [Actor, CommandBody][] = [
    [actor('applicant'), { type: 'open', caseId: 'b', kind: 'bundle', org: 'scj', acceptor: 'hall', region: '430211', data }],
    [clerk, { type: 'act', step: 'intake', action: 'accept', input: {} }],
    ...example.expect.nodes.flatMap(ofChild),
    [clerk, { type: 'act', step: 'deliver', action: 'hand-over', input: {} }],
  ]
  return told.map(([by, body]) => ({ at: AT, actor: by, ...body }))
}
