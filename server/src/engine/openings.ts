/** Cases that open cases: what a bundle hands to the case of a node, and what a ladder hands to a supervision case. Pure. */
import type { CaseState, Data, Flow, FollowUp, Gap, Json, StepState, Text } from '@yichuang/caseflow'
import { type CityPack, hallFor, type Matter, orgFor } from '@yichuang/pack'
import type { PlainDate } from '@yichuang/workday'
import type { CaseRecord } from './store.ts'

export type Opening = {
  readonly flow: string
  readonly kind: string
  readonly title: Text
  readonly matter?: string
  readonly bundle?: string
  readonly party: { readonly id: string; readonly name: string }
  readonly applicant: string
  readonly region: string
  readonly org: string
  readonly acceptor?: string
  readonly data: Data
  readonly gaps?: readonly Gap[]
  readonly notNeeded?: { readonly [step: string]: string }
  readonly parent?: { readonly caseId: string; readonly rootId: string; readonly step: string }
  /** Number given by the opener (sub-cases); otherwise the next of the day. */
  readonly no?: string
}

/** Facts of a matter that flows may ask about, snapshotted at opening: later changes of the list do not move open cases. */
export function matterFacts(matter: Matter): Data {
  return {
    id: matter.id,
    code: matter.code,
    title: matter.title as Json,
    version: matter.version,
    type: matter.type,
    kind: matter.kind,
    limits: { promised: matter.limits.promised, statutory: matter.limits.statutory },
    on_site: matter.onSite,
    visits: matter.visits,
  }
}

/** Organisations that a flow's steps name by key, found for the region: `hall`, or a department's key. */
export function orgsFor(pack: CityPack, flow: Flow, region: string): Data {
  const keys = new Set(flow.order.map((id) => flow.steps[id]?.org ?? 'case').filter((key) => key !== 'case' && key !== 'acceptor'))
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const org = key === 'hall' ? hallFor(pack, region) : orgFor(pack, key, region)
      return org === null ? [] : [[key, org.id]]
    }),
  )
}

export type Family = {
  readonly root: CaseRecord
  readonly parent: CaseRecord
  /** The day: powers are delegated from one day to another. */
  readonly on: PlainDate
}

/** The case of one node: its own department, clocks, decision and result; form and files stay at the root. */
export function childOpening(pack: CityPack, { root, parent, on }: Family, wish: Extract<FollowUp, { type: 'open-child' }>): Opening {
  const matter = pack.matters.get(wish.matter)
  if (matter === undefined) throw new Error(`${parent.no} opens matter ${wish.matter}, which this pack does not have`)
  const { state } = parent
  const org = orgFor(pack, matter.dept, state.region, { matter: matter.id, on })
  if (org === null) throw new Error(`no organisation handles ${matter.id} in ${state.region}`)
  const acceptor = state.acceptor ?? hallFor(pack, state.region)?.id
  return {
    flow: matter.flow,
    kind: pack.flows.get(matter.flow)?.kind ?? 'permit',
    title: matter.title,
    matter: matter.id,
    ...(parent.bundle === null ? {} : { bundle: parent.bundle }),
    party: { id: parent.partyId, name: parent.partyName },
    applicant: parent.applicant,
    region: state.region,
    org: org.id,
    ...(acceptor === undefined ? {} : { acceptor }),
    data: {
      matter: matterFacts(matter),
      answers: root.state.data.answers ?? {},
      party: root.state.data.party ?? {},
      bundle: { id: parent.bundle, case: root.id, no: root.no },
    },
    gaps: gapsFor(matter, root),
    parent: { caseId: parent.id, rootId: root.id, step: wish.step },
    no: `${parent.no}-${String(nodeNumber(pack, parent, wish.step)).padStart(2, '0')}`,
  }
}

/** Open gaps of the bundle in materials that this matter asks for. */
function gapsFor(matter: Matter, root: CaseRecord): Gap[] {
  const asked = new Set(matter.materials.map((material) => material.material))
  return Object.values(root.state.gaps).filter((gap) => gap.status === 'open' && asked.has(gap.material))
}

/** Sub-cases are numbered by the place of their node in the bundle, so that -03 means the same matter in every case of it. */
function nodeNumber(pack: CityPack, parent: CaseRecord, step: string): number {
  const nodes = parent.bundle === null ? [] : (pack.bundles.get(parent.bundle)?.nodes ?? [])
  return nodes.findIndex((node) => node.id === step) + 1
}

/** The step at which a case stands: the first by order that is ready. */
export function standingStep({ order }: Pick<Flow, 'order'>, { steps }: CaseState): StepState | null {
  const id = order.find((step) => steps[step]?.status === 'ready')
  return (id === undefined ? undefined : steps[id]) ?? null
}

export type Supervised = {
  readonly about: CaseRecord
  /** Where the case stood at the breach. */
  readonly late: string
}

/** 督办: the case a ladder level opens about a late case; its party is the organisation that is late, so the applicant is not shown it. */
export function supervisionOpening(
  pack: CityPack,
  { about, late }: Supervised,
  wish: Extract<FollowUp, { type: 'open-supervision' }>,
): Opening {
  return {
    flow: wish.flow,
    kind: pack.flows.get(wish.flow)?.kind ?? 'supervision',
    title: { zh: `督办：${about.title.zh}`, ...(about.title.en === undefined ? {} : { en: `Supervision: ${about.title.en}` }) },
    party: { id: `org:${late}`, name: pack.orgs.get(late)?.name.zh ?? late },
    applicant: 'system',
    region: about.state.region,
    org: late,
    data: { about: { case: about.id, no: about.no, title: about.title as Json, clock: wish.clock, level: wish.level } },
  }
}
