/** One case as its reader may see it: the answer of GET /cases/:case, put together in three round trips. */
import type { Actor, CaseState, Flow } from '@yichuang/caseflow'
import { available } from '@yichuang/caseflow'
import type { CaseView, DocumentRow } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import type { Instant } from '@yichuang/workday'
import type { Principal } from '../../platform/access.ts'
import type { Queries } from '../../platform/pg/database.ts'
import type { Flows } from '../flows.ts'
import { caseRow } from '../rows.ts'
import { findEvents } from '../store.ts'
import { type FamilyCase, findFamily, findFilesOf, findHistory, findVisibleCase, type VisibleCase } from '../views.ts'
import { sightOf } from '../visibility.ts'
import { actionPart, answerParts, clockParts, type FileFacts, formParts, gapParts, materialParts, stepParts } from './parts.ts'
import type { Names, Reader } from './people.ts'
import { timelineOf } from './timeline.ts'

/** What the engine asks of the rest of the house to show a case; made in the composition root. */
export type CaseViewParts = {
  readonly pack: CityPack
  readonly flows: Flows
  readonly now: () => Instant
  readonly names: (db: Queries, persons: readonly string[]) => Promise<Names>
  readonly party: (db: Queries, party: string) => Promise<CaseView['party'] | null>
  readonly certificates: (db: Queries, cases: readonly string[]) => Promise<CaseView['certificates']>
  readonly documents: (db: Queries, cases: readonly string[]) => Promise<DocumentRow[]>
  readonly fileFacts: (db: Queries, files: readonly string[]) => Promise<FileFacts>
  /** Who works at an organisation, one row per post. */
  readonly staffOf: (db: Queries, org: string) => Promise<readonly { readonly person: string; readonly desk: string }[]>
}

export function actorOf(principal: Principal, partyId: string): Actor {
  const forParty = principal.parties.some((party) => party.id === partyId)
  return {
    person: principal.person,
    side: forParty ? 'applicant' : 'staff',
    posts: forParty ? [] : principal.posts.map(({ desk, org, roles }) => ({ desk, org, roles })),
    forParty,
  }
}

/** null: there is no such case for this reader. */
export async function caseView(db: Queries, parts: CaseViewParts, principal: Principal, id: string): Promise<CaseView | null> {
  const sight = sightOf(principal)
  const row = await findVisibleCase(db, sight, id)
  if (row === null) return null
  const [family, events, history, files, party] = await Promise.all([
    findFamily(db, sight, row.id, [row.root_id, row.parent_id ?? row.id]),
    findEvents(db, row.id),
    findHistory(db, sight, row.party_id, row.root_id),
    findFilesOf(db, [row.root_id]),
    parts.party(db, row.party_id),
  ])
  const cases = [row.id, ...family.filter((one) => one.parent_id === row.id && one.visible).map((one) => one.id)]
  const [documents, certificates, names, facts, flowOf] = await Promise.all([
    parts.documents(db, cases),
    parts.certificates(db, cases),
    parts.names(db, peopleIn(row.state, events)),
    parts.fileFacts(
      db,
      files.map((file) => file.file_id),
    ),
    parts.flows.resolve(
      db,
      [row, ...family].map((one) => one.state),
    ),
  ])
  const shown = actorOf(principal, row.party_id).forParty ? files.filter((file) => file.audience === 'applicant') : files
  const found = { flowOf, row, family, events, history, files: shown, documents, certificates, names, party, facts }
  return assemble(parts, principal, found)
}

type Found = {
  readonly flowOf: (state: CaseState) => Flow
  readonly row: VisibleCase
  readonly family: readonly FamilyCase[]
  readonly events: Awaited<ReturnType<typeof findEvents>>
  readonly history: Awaited<ReturnType<typeof findHistory>>
  readonly files: Awaited<ReturnType<typeof findFilesOf>>
  readonly documents: DocumentRow[]
  readonly certificates: CaseView['certificates']
  readonly names: Names
  readonly party: CaseView['party'] | null
  readonly facts: FileFacts
}

function peopleIn(state: CaseState, events: Found['events']): string[] {
  const assignees = Object.values(state.steps).flatMap((step) => (step.assignee === undefined ? [] : [step.assignee]))
  return [...new Set([...assignees, ...events.map((event) => event.actor)])]
}

function assemble(parts: CaseViewParts, principal: Principal, found: Found): CaseView {
  const { pack } = parts
  const { row, family } = found
  const flow = found.flowOf(row.state)
  const actor = actorOf(principal, row.party_id)
  const reader: Reader = { isApplicant: actor.forParty, person: principal.person, applicant: row.applicant }
  const now = parts.now()
  return {
    ...captionPart(pack, row, actor.forParty),
    ...statePart(pack, flow, row, now),
    // What an office explains about a card it explains to those who watch over it.
    cards: row.state.cards.map(({ reason, ...card }) => (reader.isApplicant || reason === undefined ? card : { ...card, reason })),
    ...rootParts(pack, found, reader, now),
    party: found.party ?? { id: row.party_id, name: row.party_name, kind: 'organisation' },
    steps: stepParts(row.state, { pack, flow, flowOf: found.flowOf, reader, names: found.names, family, now }),
    actions: available(flow, row.state, actor, pack.calendar, now).map((action) => actionPart(pack, action)),
    timeline: timelineOf(found.events, {
      pack,
      flow,
      reader,
      names: found.names,
      documents: found.documents,
      children: childrenIn(family, row.id),
    }),
    documents: found.documents,
    certificates: found.certificates,
    history: found.history.map((one) => ({ id: one.id, no: one.no, title: one.title, status: one.status, openedAt: one.opened_at })),
  }
}

function childrenIn(family: readonly FamilyCase[], parent: string) {
  return new Map(
    family.filter((one) => one.parent_id === parent).map((one) => [one.id, { id: one.id, title: one.title, visible: one.visible }]),
  )
}

/** The row of a list, with what only the whole case shows; the organisation by its full name. */
function captionPart(pack: CityPack, row: VisibleCase, forParty: boolean) {
  const matter = row.matter === null ? undefined : pack.matters.get(row.matter)
  return {
    ...caseRow(pack, row, new Set(forParty ? [row.party_id] : [])),
    org: pack.orgs.get(row.org)?.name ?? { zh: row.org },
    regionCode: row.region,
    version: row.version,
    ...(matter === undefined ? {} : { matter: { id: matter.id, title: matter.title, version: matter.version } }),
    ...(row.bundle === null ? {} : { bundle: row.bundle }),
  }
}

function statePart(pack: CityPack, flow: Flow, row: VisibleCase, now: Instant) {
  const { state } = row
  const { suspension, waiting } = state
  const acceptor = state.acceptor === undefined ? undefined : orgPart(pack, state.acceptor)
  return {
    flow: state.flow,
    flowVersion: state.flowVersion,
    handler: orgPart(pack, state.org),
    clocks: clockParts(pack, flow, state, now),
    milestones: { ...state.milestones },
    gaps: gapParts(pack, flow, state),
    ...(acceptor === undefined ? {} : { acceptor }),
    ...(state.rating === undefined ? {} : { rating: { ...state.rating } }),
    ...(suspension === undefined
      ? {}
      : {
          suspension: {
            basis: pack.bases.get(suspension.basis)?.title ?? { zh: suspension.basis },
            reason: suspension.reason,
            since: suspension.since,
            until: suspension.until,
          },
        }),
    ...(waiting === undefined
      ? {}
      : {
          waiting: {
            step: waiting.step,
            items: waiting.items.map((item) => ({ ...item })),
            since: waiting.since,
            ...(waiting.until === undefined ? {} : { until: waiting.until }),
          },
        }),
  }
}

function orgPart(pack: CityPack, id: string) {
  const org = pack.orgs.get(id)
  return { id, name: org?.name ?? { zh: id }, short: org?.short ?? { zh: id }, ...(org?.phone === undefined ? {} : { phone: org.phone }) }
}

/** What lives at the root of a bundle: form, answers, materials. A part of it shows what its matter uses. */
function rootParts(pack: CityPack, { row, family, files, facts }: Found, reader: Reader, now: Instant) {
  const root = row.root_id === row.id ? row : family.find((one) => one.id === row.root_id)
  const parent = family.find((one) => one.id === row.parent_id)
  const bundle = row.bundle === null ? undefined : pack.bundles.get(row.bundle)
  const state = root?.state ?? row.state
  const matter = row.parent_id === null ? null : row.matter
  return {
    materials: materialParts(state, { pack, matter, files, facts, now }),
    form: bundle === undefined ? [] : formParts(bundle, state, matter, reader),
    answers: bundle === undefined ? [] : answerParts(bundle, state),
    ...(parent === undefined ? {} : { parentCase: { id: parent.id, no: parent.no, title: parent.title } }),
  }
}
