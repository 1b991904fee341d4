/** One command and all that follows from it in other cases: decided in memory, written at the end. */
import type { Actor, CaseEvent, CaseState, Command, CommandBody, Flow, FollowUp, Light } from '@yichuang/caseflow'
import { decideAndFold, followUps } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import { regionPath } from '@yichuang/pack'
import { err, ok, type Result, refuse } from '@yichuang/result'
import type { Instant } from '@yichuang/workday'
import { Refused } from '../platform/http/problems.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Tx } from '../platform/pg/database.ts'
import type { Flows } from './flows.ts'
import { childOpening, type Opening, orgsFor, standingStep, supervisionOpening } from './openings.ts'
import { project } from './projection.ts'
import type { Serials } from './serials.ts'
import { type AddedFile, addFiles, addWords, type CaseRecord, findCase, findEvents, findOpenChildren, writeCase } from './store.ts'

/** What one command did to one case; handed to the listeners of the same transaction (documents, outbox). */
export type Move = {
  readonly record: CaseRecord
  readonly events: readonly CaseEvent[]
  readonly flow: Flow
  readonly light: Light
  readonly isNew: boolean
}
export type OnMove = (tx: Tx, move: Move) => Promise<void>

export type EngineParts = {
  readonly pack: CityPack
  readonly flows: Flows
  readonly now: () => Instant
  readonly serials: Serials
  readonly onMove: readonly OnMove[]
}

export const SYSTEM: Actor = { person: 'system', side: 'system', posts: [], forParty: false }

type Touched = {
  readonly partyBefore: string
  record: CaseRecord
  loadedVersion: number
  isNew: boolean
  parentStep: string | null
  events: CaseEvent[]
}
type Work = { readonly caseId: string; readonly body: CommandBody; readonly actor: Actor; readonly followed: boolean }

/** One command and all that follows from it, over a set of cases that grows as it goes. */
export class Run {
  readonly touched = new Map<string, Touched>()
  readonly queue: Work[] = []
  readonly tx: Tx
  readonly at: Instant
  readonly parts: EngineParts
  constructor(tx: Tx, parts: EngineParts) {
    this.tx = tx
    this.parts = parts
    this.at = parts.now()
  }

  async load(caseId: string, read?: CaseRecord): Promise<Touched | null> {
    const known = this.touched.get(caseId)
    if (known !== undefined) return known
    const record = read ?? (await findCase(this.tx, caseId))
    if (record === null) return null
    const touched: Touched = {
      partyBefore: record.partyName,
      record,
      loadedVersion: record.version,
      isNew: false,
      parentStep: null,
      events: [],
    }
    this.touched.set(caseId, touched)
    return touched
  }

  /** Decides one command; the first refusal is the caller's answer, a refusal of something that follows is a bug unless that case has ended. */
  async drain(): Promise<Result<null>> {
    for (let work = this.queue.shift(); work !== undefined; work = this.queue.shift()) {
      const touched = await this.load(work.caseId)
      if (touched === null) return refuse('cases/unknown', 'There is no such case, or you may not see it.')
      const decided = await this.decideOn(touched, work)
      if (decided.ok) continue
      if (!work.followed) return decided
      if (decided.error.code !== 'caseflow/case-ended')
        throw new Error(`${work.body.type} on ${touched.record.no}: ${decided.error.code} ${decided.error.message}`)
    }
    return ok(null)
  }

  async decideOn(touched: Touched, work: Work): Promise<Result<null>> {
    const before = touched.isNew && touched.events.length === 0 ? null : touched.record.state
    const flow = await this.flowFor(touched, work.body)
    const command = { ...work.body, at: this.at, actor: work.actor } as Command
    const decided = decideAndFold(flow, before, command, this.parts.pack.calendar)
    if (!decided.ok) return decided
    const { events, state } = decided.value
    if (before === null && events.length === 0) throw new Error('a decision without events on a new case')
    touched.record = { ...touched.record, state, partyName: partyNameIn(state) ?? touched.record.partyName }
    touched.events.push(...events)
    for (const wish of followUps(flow, state, events)) await this.follow(touched.record, wish)
    return ok(null)
  }

  /** A new case takes the newest version of its flow; a move to another version is decided by that version. */
  flowFor(touched: Touched, body: CommandBody): Flow | Promise<Flow> {
    const { state } = touched.record
    const newest = (touched.isNew && touched.events.length === 0) || body.type === 'migrate'
    return newest ? this.parts.flows.current(state.flow) : this.parts.flows.of(this.tx, state)
  }

  async follow(record: CaseRecord, wish: FollowUp): Promise<void> {
    switch (wish.type) {
      case 'open-child': {
        const on = this.parts.pack.calendar.dateOf(this.at)
        const root = record.rootId === record.id ? record : ((await this.load(record.rootId))?.record ?? record)
        const child = await this.begin(childOpening(this.parts.pack, { root, parent: record, on }, wish))
        this.queue.push({
          caseId: record.id,
          body: { type: 'child-opened', step: wish.step, childId: child },
          actor: SYSTEM,
          followed: true,
        })
        return
      }
      case 'tell-parent':
        this.queue.push({
          caseId: wish.caseId,
          body: { type: 'child-ended', step: wish.step, childId: record.id, outcome: wish.outcome },
          actor: SYSTEM,
          followed: true,
        })
        return
      case 'tell-parent-reopened':
        // Not marked as followed: a bundle that cannot take the case back is the answer to whoever wanted to reopen it.
        this.queue.push({
          caseId: wish.caseId,
          body: { type: 'child-reopened', step: wish.step, childId: record.id },
          actor: SYSTEM,
          followed: false,
        })
        return
      case 'tell-children':
        for (const child of await this.openChildren(record.id))
          this.queue.push({ caseId: child, body: wish.command, actor: SYSTEM, followed: true })
        return
      case 'open-supervision':
        await this.begin(supervisionOpening(this.parts.pack, { about: record, late: await this.standsAt(record) }, wish))
        return
      default:
        wish satisfies never
    }
  }

  /** The organisation that has the case in hand: of a bundle the one that has its first open part. */
  async standsAt({ state }: CaseRecord): Promise<string> {
    const step = standingStep(await this.parts.flows.of(this.tx, state), state)
    const child = step?.childId === undefined ? null : await this.load(step.childId)
    if (child !== null && child.record.state.status === 'open') return this.standsAt(child.record)
    return step?.org ?? state.org
  }

  async openChildren(parent: string): Promise<string[]> {
    const stored = await findOpenChildren(this.tx, parent)
    const fresh = [...this.touched.values()].filter((t) => t.isNew && t.record.parentId === parent).map((t) => t.record.id)
    return [...new Set([...stored, ...fresh])]
  }

  /** Puts a new case at the end of the queue and answers its id. */
  async begin(opening: Opening, actor: Actor = SYSTEM): Promise<string> {
    const id = uuidv7(this.at)
    const no = opening.no ?? (await this.parts.serials.caseNo(opening.region, this.parts.pack.calendar.dateOf(this.at)))
    this.touched.set(id, {
      partyBefore: opening.party.name,
      record: newRecord(this.parts.pack, opening, { id, no }),
      loadedVersion: 0,
      isNew: true,
      parentStep: opening.parent?.step ?? null,
      events: [],
    })
    this.queue.push({ caseId: id, body: openCommand(this.parts.pack, id, opening), actor, followed: actor === SYSTEM })
    return id
  }

  /** All cases at once: the statements leave together, and a version that moved meanwhile gives up the whole. */
  async write(): Promise<Result<null>> {
    const changed = [...this.touched.values()].filter((touched) => touched.events.length > 0)
    // Everybody locks the cases of a family in one order, or two commands that meet in it would wait for each other.
    changed.sort((a, b) => (a.record.id < b.record.id ? -1 : 1))
    const written = await Promise.all(changed.map((touched) => this.writeOne(touched)))
    const lost = written.find((record) => record !== null)
    return lost === undefined || lost === null ? ok(null) : this.lost(lost)
  }

  /** The record when it was lost to somebody else. */
  async writeOne({ record, events, isNew, parentStep, partyBefore }: Touched): Promise<CaseRecord | null> {
    const { pack, onMove } = this.parts
    const flow = await this.parts.flows.of(this.tx, record.state)
    const projection = project(flow, record.state, pack.calendar, this.at)
    const orgPath = pack.orgs.get(record.state.org)?.path ?? `${record.state.org}/`
    const [written] = await Promise.all([
      writeCase(this.tx, { record, events, projection, isNew, parentStep, orgPath }),
      addFiles(this.tx, record.rootId, filesOf(events), { at: this.at, person: events[0]?.actor ?? SYSTEM.person }),
      record.partyName === partyBefore ? null : addWords(this.tx, record, partyBefore),
      ...onMove.map((listener) => listener(this.tx, { record, events, flow, light: projection.light, isNew })),
    ])
    return written ? null : record
  }

  /** Law 7: the loser hears who, when and what. */
  async lost(record: CaseRecord): Promise<Result<null>> {
    return changedMeanwhile(await findEvents(this.tx, record.id))
  }
}

/**
 * A write that found the case moved on: the transaction is given up and begun again (the code is PostgreSQL's for a serialization failure);
 * when that does not help either, the caller hears the refusal.
 */
export class Conflict extends Refused {
  readonly code = '40001'
}

/** What the party is called now: a registration that changed it is told to every open case of the family as a fact. */
export function partyNameIn(state: CaseState): string | undefined {
  const party = state.data.party as { readonly name?: unknown } | undefined
  return typeof party?.name === 'string' ? party.name : undefined
}

/** Who, when and what: the last command's action, or the event with which the engine itself moved the case. */
export function changedMeanwhile(events: readonly CaseEvent[]): Result<never> {
  const last = events.at(-1)
  const event = events.findLast((one) => one.type === 'action-taken' && one.at === last?.at) ?? last
  const what = event?.type === 'action-taken' ? { action: event.action, step: event.step ?? null } : { event: event?.type }
  return err({
    code: 'cases/changed-meanwhile',
    message: 'Somebody else moved this case since you looked at it. Load it again and decide on what stands now.',
    data: event === undefined ? {} : { ...what, by: event.actor, at: event.at },
  })
}

function newRecord(pack: CityPack, opening: Opening, { id, no }: { id: string; no: string }): CaseRecord {
  const state = { id, flow: opening.flow, seq: 0 } as CaseState // replaced by the fold of its first events before anybody reads it
  return {
    id,
    no,
    rootId: opening.parent?.rootId ?? id,
    parentId: opening.parent?.caseId ?? null,
    matter: opening.matter ?? null,
    bundle: opening.bundle ?? null,
    title: opening.title,
    partyId: opening.party.id,
    partyName: opening.party.name,
    applicant: opening.applicant,
    regionPath: regionPath(pack, opening.region),
    version: 0,
    state,
  }
}

function openCommand(pack: CityPack, caseId: string, opening: Opening): CommandBody {
  const flow = pack.flows.get(opening.flow)
  if (flow === undefined) throw new Error(`there is no flow ${opening.flow} in this pack`)
  return {
    type: 'open',
    caseId,
    kind: opening.kind,
    org: opening.org,
    region: opening.region,
    data: { ...opening.data, orgs: orgsFor(pack, flow, opening.region) },
    ...(opening.acceptor === undefined ? {} : { acceptor: opening.acceptor }),
    ...(opening.parent === undefined ? {} : { parent: { caseId: opening.parent.caseId, step: opening.parent.step } }),
    ...(opening.gaps === undefined ? {} : { gaps: opening.gaps }),
    ...(opening.notNeeded === undefined ? {} : { notNeeded: opening.notNeeded }),
  }
}

/** Files named in the input of actions: `files: [{ file, material, name }]`; `office` when an organisation brought them. */
export function filesOf(events: readonly CaseEvent[]): AddedFile[] {
  return events.flatMap((event) => {
    const files = event.type === 'action-taken' ? event.input.files : event.type === 'case-opened' ? event.data.files : undefined
    const office = event.type === 'action-taken' && event.org !== undefined
    return Array.isArray(files) ? (files as Omit<AddedFile, 'office'>[]).map((file) => ({ ...file, office })) : []
  })
}
