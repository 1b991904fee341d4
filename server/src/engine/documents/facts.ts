/** What a document may say about a case: the facts that placeholders of a template name. Pure. */
import type { CaseEvent, CaseState, Flow, Gap, StepDef, Text } from '@yichuang/caseflow'
import { type CityPack, type DocumentTemplate, hallFor, type Org, type SpecialBasis } from '@yichuang/pack'
import { addLimit, type Calendar, due, type Limit, limitText } from '@yichuang/workday'
import type { CaseRecord } from '../store.ts'
import { type Facts, placeholdersOf } from './content.ts'

export type Issuing = {
  readonly pack: CityPack
  readonly flow: Flow
  readonly record: CaseRecord
  /** All events of the move; `event` is the one that issues. */
  readonly events: readonly CaseEvent[]
  readonly event: CaseEvent
  readonly document: { readonly id: string; readonly no: string }
  /** Path that the QR code holds. */
  readonly verify: string
}

/**
 * Names: `case.no|title|opened_at`, `matter.title|limits.promised|limits.statutory`, `applicant.name|credit_code`, `org.name|phone|synthetic`,
 * `hall.name|phone`, `document.no`, `date`, `due.<clock>`, `items` [{item, reason}], `gaps` [{title, due, consequence}], `reason`, `remedies`,
 * `basis`, `until`, `findings`, `verify_url`, `outcome`. Absent facts are left out, so that a document says `—` instead of something invented.
 */
export function documentFacts(issuing: Issuing): Facts {
  const { pack, record, event } = issuing
  const { calendar } = pack
  const { state } = record
  const input = inputOf(event)
  const hall = hallOf(pack, state)
  return present({
    case: present({ no: record.no, title: record.title, opened_at: dayText(calendar.dateOf(state.openedAt)) }),
    matter: matterFactsOf(record),
    applicant: present({ name: record.partyName, credit_code: at(state.data, 'party', 'credit_code') }),
    org: orgFacts(pack.orgs.get(state.org)) ?? present({ name: state.org, synthetic: true }),
    hall: orgFacts(hall),
    document: { no: issuing.document.no },
    date: dayText(calendar.dateOf(event.at)),
    due: dueDates(state, calendar),
    items: input.items ?? receivedItems(event) ?? state.waiting?.items,
    gaps: openGaps(state).map((gap) => gapFacts(gap, calendar)),
    reason: input.reason ?? input.findings ?? specialStep(issuing.flow, event)?.title ?? state.suspension?.reason,
    findings: input.findings,
    remedies: input.remedies ?? remediesOf(issuing),
    basis: basisOf(issuing, input.basis),
    until: untilOf(issuing, input.until),
    verify_url: issuing.verify,
    outcome: outcomeText(state.outcome ?? finishedOutcome(issuing.events)),
  })
}

const NAMES = new Set([
  ...['case.no', 'case.title', 'case.opened_at', 'matter.title', 'matter.limits.promised', 'matter.limits.statutory'],
  ...[
    'applicant.name',
    'applicant.credit_code',
    'org.name',
    'org.phone',
    'hall.name',
    'hall.phone',
    'document.no',
    'date',
    'items',
    'gaps',
  ],
  ...['item.item', 'item.reason', 'item.title', 'item.due', 'item.consequence'],
  ...['reason', 'findings', 'remedies', 'basis', 'until', 'verify_url', 'outcome'],
])

/** Placeholders and lists of a template that no case will ever answer: slips of whoever wrote it. */
export function unknownFacts(template: DocumentTemplate): string[] {
  return placeholdersOf(template).filter((name) => !NAMES.has(name) && !/^due\.[a-z0-9-]+$/.test(name))
}

/** 2026年11月23日 · 23 November 2026 */
export function dayText(date: string): Text {
  const [year = '', month = '', day = ''] = date.split('-')
  return { zh: `${year}年${Number(month)}月${Number(day)}日`, en: `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}` }
}
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

function present(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== null))
}

function at(data: unknown, ...path: readonly string[]): unknown {
  let value = data
  for (const key of path) value = typeof value === 'object' && value !== null ? (value as Facts)[key] : undefined
  return value
}

function inputOf(event: CaseEvent): Facts {
  return event.type === 'action-taken' ? event.input : {}
}

function orgFacts(org: Org | null | undefined): Facts | undefined {
  return org === null || org === undefined ? undefined : present({ name: org.name, phone: org.phone, synthetic: org.synthetic })
}

function hallOf(pack: CityPack, state: CaseState): Org | null | undefined {
  return state.acceptor === undefined ? hallFor(pack, state.region) : pack.orgs.get(state.acceptor)
}

/** A bundle has no matter: its own title and the limit of its own clock speak for it. */
function matterFactsOf({ state, title }: CaseRecord): Facts {
  const limits = ['promised', 'statutory'].map((clock) => {
    const limit = (at(state.data, 'matter', 'limits', clock) ?? state.clocks[clock]?.limit) as Limit | undefined
    return [clock, limit === undefined ? undefined : limitWords(limit)]
  })
  return { title: at(state.data, 'matter', 'title') ?? title, limits: present(Object.fromEntries(limits)) }
}

const limitWords = (limit: Limit): Text => ({ zh: limitText(limit, 'zh'), en: limitText(limit, 'en') })

function dueDates(state: CaseState, calendar: Calendar): Facts {
  return present(Object.fromEntries(Object.keys(state.clocks).map((clock) => [clock, dueText(state, clock, calendar)])))
}

function dueText(state: CaseState, clock: string, calendar: Calendar): Text | undefined {
  const running = state.clocks[clock]
  const dueOn = running === undefined ? null : due(running, calendar).dueOn
  return dueOn === null ? undefined : dayText(dueOn)
}

function openGaps(state: CaseState): Gap[] {
  return Object.values(state.gaps).filter((gap) => gap.status === 'open')
}

function gapFacts(gap: Gap, calendar: Calendar): Facts {
  const { dueOn } = addLimit(gap.openedAt, gap.limit, calendar)
  return present({ title: gap.title, due: dueOn === null ? undefined : dayText(dueOn), consequence: gap.consequence })
}

function remediesOf({ pack, record }: Issuing): Text | undefined {
  const remedies = record.matter === null ? undefined : pack.matters.get(record.matter)?.remedies
  return remedies === undefined ? undefined : joined([remedies.review, remedies.litigation])
}

/** What the officer named, else the special procedure of the step, else the law of the matter. */
function basisOf({ pack, flow, record, event }: Issuing, named: unknown): unknown {
  if (typeof named === 'string' && named.trim() !== '') {
    const basis = pack.bases.get(named)
    return basis === undefined ? named : specialText(basis)
  }
  const step = 'step' in event && typeof event.step === 'string' ? flow.steps[event.step] : undefined
  const special = step?.special === undefined ? undefined : pack.bases.get(step.special)
  if (special !== undefined) return specialText(special)
  const matter = record.matter === null ? undefined : pack.matters.get(record.matter)
  const laws = matter?.basis.map((basis) => `${basis.law}${basis.article}`) ?? []
  return laws.length === 0 ? undefined : laws.join('；')
}

function specialText({ title, law }: SpecialBasis): Text {
  return { zh: `${title.zh}（${law}）`, en: `${title.en ?? title.zh} (${law})` }
}

/** The step of a special procedure that begins with this event. */
function specialStep(flow: Flow, event: CaseEvent): StepDef | undefined {
  const step = event.type === 'step-readied' ? flow.steps[event.step] : undefined
  return step?.special === undefined ? undefined : step
}

/** 收件: what came in with the application, and how. */
function receivedItems(event: CaseEvent): readonly Facts[] | undefined {
  if (event.type !== 'case-opened') return undefined
  const materials = Object.entries((event.data.materials ?? {}) as { readonly [id: string]: Facts })
  const files = Array.isArray(event.data.files) ? (event.data.files as readonly Facts[]) : []
  const uploaded = new Set(files.map((file) => file.material))
  return materials
    .filter(([id, { status }]) => status !== 'result' && (status !== 'upload' || uploaded.has(id)))
    .map(([, material]) => ({ item: at(material, 'title'), reason: at(material, 'from') ?? WAYS[String(material.status)] ?? '' }))
}
const WAYS: { readonly [status: string]: Text } = {
  form: { zh: '表单生成', en: 'from the form' },
  promise: { zh: '告知承诺', en: 'by promise' },
  upload: { zh: '申请人提供', en: 'from the applicant' },
}

/** The day the officer named, else the end that the case itself knows: of a suspension, of a correction, of an extended clock. */
function untilOf({ pack, flow, record, events, event }: Issuing, named: unknown): Text | undefined {
  const { state } = record
  const special = specialStep(flow, event)
  if (special?.limit !== undefined) return dayText(addLimit(event.at, special.limit, pack.calendar).dueOn ?? pack.calendar.dateOf(event.at))
  const extended = events.find((event) => event.type === 'clock-extended')
  const moment = typeof named === 'string' ? named : (state.suspension?.until ?? state.waiting?.until)
  if (moment === undefined) return extended?.type === 'clock-extended' ? dueText(state, extended.clock, pack.calendar) : undefined
  return dayText(moment.includes('T') ? pack.calendar.dateOf(moment) : moment)
}

function finishedOutcome(events: readonly CaseEvent[]): string | undefined {
  const finished = events.findLast((event) => event.type === 'step-finished')
  return finished?.type === 'step-finished' ? finished.outcome : undefined
}

const OUTCOMES: { readonly [outcome: string]: Text } = {
  granted: { zh: '准予', en: 'granted' },
  completed: { zh: '办结', en: 'completed' },
  refused: { zh: '不予准许', en: 'refused' },
  declined: { zh: '不予受理', en: 'not accepted' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  ended: { zh: '终止', en: 'terminated' },
}
function outcomeText(outcome: string | undefined): Text | undefined {
  return outcome === undefined ? undefined : (OUTCOMES[outcome] ?? { zh: outcome })
}

function joined(texts: readonly Text[]): Text {
  return { zh: texts.map((text) => text.zh).join('；'), en: texts.map((text) => text.en ?? text.zh).join('; ') }
}
