/** Parts of a case as its reader sees them: clocks, steps, gaps, materials, form, actions. Pure. */
import type { AvailableAction, CaseState, ClockView, Flow, Json, StepDef, Text } from '@yichuang/caseflow'
import { clockViews, obligations } from '@yichuang/caseflow'
import { maskIdCard, maskMobile } from '@yichuang/codes'
import type * as contract from '@yichuang/contract'
import { type Bundle, type CityPack, type Field, NOT_NEEDED, orgFor } from '@yichuang/pack'
import { addLimit, type Instant, type Limit } from '@yichuang/workday'
import type { FamilyCase } from '../views.ts'
import { assigneeOf, type Names, type Reader } from './people.ts'

export function clockParts(pack: CityPack, flow: Flow, state: CaseState, now: Instant): contract.ClockView[] {
  return clockViews(flow, state, pack.calendar, now).map((view) => clockPart(pack, state, view))
}

export function clockPart(pack: CityPack, state: CaseState, view: ClockView): contract.ClockView {
  const pause = view.status === 'paused' ? state.clocks[view.clock]?.pauses.findLast((p) => p.to === undefined) : undefined
  return {
    clock: view.clock,
    title: view.title,
    status: view.status,
    light: view.light,
    limit: view.limit,
    startedAt: view.startedAt,
    dueAt: view.dueAt,
    dueOn: view.dueAt === null ? null : pack.calendar.dateOf(view.dueAt),
    remaining: view.remaining,
    elapsed: view.elapsed,
    provisional: view.provisional,
    ...(view.stoppedAt === undefined ? {} : { stoppedAt: view.stoppedAt }),
    ...(pause === undefined ? {} : { pausedBasis: pack.bases.get(pause.basis)?.title ?? { zh: pause.basis } }),
  }
}

export type StepContext = {
  readonly pack: CityPack
  readonly flow: Flow
  readonly flowOf: (state: CaseState) => Flow
  readonly reader: Reader
  readonly names: Names
  readonly family: readonly FamilyCase[]
  readonly now: Instant
}

export function stepParts(state: CaseState, context: StepContext): contract.StepView[] {
  return context.flow.order.map((id) => stepPart(id, state, context))
}

function stepPart(id: string, state: CaseState, context: StepContext): contract.StepView {
  const { pack, flow, reader, names } = context
  const def = flow.steps[id]
  if (def === undefined) throw new Error(`flow ${flow.id} orders step ${id}, which it does not have`)
  const step = state.steps[id] ?? { status: 'waiting' as const, round: 0, org: plannedOrg(context, def, state) }
  const child = context.family.find((one) => one.id === step.childId)
  const special = def.special === undefined || step.status !== 'ready' ? undefined : pack.bases.get(def.special)?.title
  const assignee = assigneeOf(reader, names, step.assignee)
  return {
    id,
    title: def.title,
    org: pack.orgs.get(child?.org ?? step.org)?.short ?? { zh: step.org },
    desk: def.desk,
    status: isRefusal(step.outcome) ? 'refused' : step.status,
    after: [...def.after],
    ...(assignee === undefined ? {} : { assignee }),
    ...(step.readyAt === undefined ? {} : { readyAt: step.readyAt }),
    ...(step.doneAt === undefined ? {} : { doneAt: step.doneAt }),
    ...(step.why === undefined ? {} : { why: whyWords(step.why) }),
    ...(step.missing === undefined ? {} : { missing: [...step.missing] }),
    ...(special === undefined ? {} : { special }),
    ...(child === undefined ? {} : { child: childPart(child, context), light: child.light }),
  }
}

/** Who will have a step that has not begun: for a node of a bundle the organisation that its matter falls to. */
function plannedOrg({ pack, now }: StepContext, def: StepDef, state: CaseState): string {
  const on = pack.calendar.dateOf(now)
  const matter = def.matter === undefined ? undefined : pack.matters.get(def.matter)
  if (matter !== undefined) return orgFor(pack, matter.dept, state.region, { matter: matter.id, on })?.id ?? matter.dept
  if (def.org === 'case') return state.org
  if (def.org === 'acceptor') return state.acceptor ?? state.org
  const orgs = state.data.orgs as { readonly [key: string]: string } | undefined
  return orgs?.[def.org] ?? def.org
}

/** Reasons are kept in the words that the applicant read; the one the planner gives itself has an English side. */
function whyWords(zh: string): Text {
  return zh === NOT_NEEDED.zh ? NOT_NEEDED : { zh }
}

function isRefusal(outcome: string | undefined): boolean {
  return outcome === 'refused' || outcome === 'declined'
}

function childPart(child: FamilyCase, { pack, flowOf, now }: StepContext): NonNullable<contract.StepView['child']> {
  return {
    id: child.id,
    no: child.no,
    status: child.status,
    light: child.light,
    stage: child.stage,
    clocks: clockParts(pack, flowOf(child.state), child.state, now),
    rated: child.rated,
    visible: child.visible,
    ...(child.outcome === null ? {} : { outcome: child.outcome }),
  }
}

export function gapParts(pack: CityPack, flow: Flow, state: CaseState): contract.GapView[] {
  const fired = obligations(flow, state, pack.calendar)
  return Object.values(state.gaps).map((gap) => {
    const due = addLimit(gap.openedAt, gap.limit, pack.calendar)
    const warned = gap.status === 'open' && !fired.some((one) => one.clock === `gap:${gap.id}` && one.level === 'warn')
    return {
      id: gap.id,
      material: gap.material,
      title: gap.title,
      status: gap.status,
      limit: gap.limit,
      openedAt: gap.openedAt,
      dueAt: due.dueAt,
      dueOn: due.dueOn,
      light: gap.status === 'lapsed' ? 'red' : warned ? 'blue' : 'green',
      consequence: gap.consequence,
    }
  })
}

/** What applications put into a case's data about one material. */
export type MaterialFact = {
  readonly title: Text
  readonly way: string
  readonly status: 'have' | 'promise' | 'form' | 'upload' | 'result'
  readonly from?: Text
  readonly matters: readonly string[]
  readonly need?: 'required' | 'optional'
  readonly tolerance?: { readonly limit: Limit; readonly consequence: Text }
}
export type FileRow = { readonly file_id: string; readonly material: string; readonly name: string; readonly added_at: string }
/** Of uploads by id; `by` is who sent it. */
export type FileFacts = ReadonlyMap<string, { readonly bytes: number; readonly type: string; readonly by: string }>

export type MaterialContext = {
  readonly pack: CityPack
  readonly matter: string | null
  readonly files: readonly FileRow[]
  readonly facts: FileFacts
  readonly now: Instant
}

/** Materials live at the root; a part of a bundle shows those its matter asks for. */
export function materialParts(root: CaseState, context: MaterialContext): contract.MaterialView[] {
  const materials = (root.data.materials ?? {}) as unknown as { readonly [id: string]: MaterialFact }
  return Object.entries(materials)
    .filter(([, fact]) => context.matter === null || fact.matters.includes(context.matter))
    .filter(([id, fact]) => fact.need !== 'optional' || fact.status !== 'upload' || context.files.some((file) => file.material === id))
    .map(([id, fact]) => materialPart(id, fact, root, context))
    .concat(attachments(materials, context))
}

/** Files that belong to none of the materials asked for. */
function attachments(materials: { readonly [id: string]: MaterialFact }, { files, facts }: MaterialContext): contract.MaterialView[] {
  const loose = files.filter((file) => materials[file.material] === undefined)
  if (loose.length === 0) return []
  return [
    {
      material: 'attachments',
      title: { zh: '其他附件', en: 'Other attachments' },
      way: 'upload',
      status: 'uploaded',
      files: loose.map((file) => filePart(file, facts)),
      forMatters: [],
    },
  ]
}

function filePart(file: FileRow, facts: FileFacts): contract.MaterialView['files'][number] {
  const fact = facts.get(file.file_id)
  return { file: file.file_id, name: file.name, bytes: fact?.bytes ?? 0, type: fact?.type ?? '', at: file.added_at }
}

function materialPart(
  id: string,
  fact: MaterialFact,
  root: CaseState,
  { pack, files, facts, now }: MaterialContext,
): contract.MaterialView {
  const mine = files.filter((file) => file.material === id)
  const gap = Object.values(root.gaps).find((one) => one.material === id && one.status === 'open')
  const status = mine.length > 0 ? 'uploaded' : gap !== undefined ? 'gap' : fact.status === 'upload' ? 'missing' : fact.status
  return {
    material: id,
    title: fact.title,
    way: fact.way,
    status,
    files: mine.map((file) => filePart(file, facts)),
    forMatters: fact.matters.map((matter) => pack.matters.get(matter)?.title ?? { zh: matter }),
    ...(fact.from === undefined ? {} : { from: fact.from }),
    ...(fact.tolerance === undefined
      ? {}
      : { tolerance: { ...fact.tolerance, dueOn: addLimit(now, fact.tolerance.limit, pack.calendar).dueOn } }),
  }
}

export function formParts(bundle: Bundle, root: CaseState, matter: string | null, reader: Reader): contract.CaseView['form'] {
  const values = (root.data.form ?? {}) as { readonly [field: string]: Json }
  const sources = (root.data.form_sources ?? {}) as { readonly [field: string]: Text }
  return bundle.form
    .map((section) => ({
      id: section.id,
      title: section.title,
      fields: section.fields
        .filter((field) => values[field.id] !== undefined && values[field.id] !== null && values[field.id] !== '')
        .filter((field) => matter === null || field.usedBy === undefined || field.usedBy.includes(matter))
        .map((field) => ({
          id: field.id,
          title: field.title,
          type: field.type,
          value: shown(field, values[field.id], reader),
          ...(sources[field.id] === undefined ? {} : { source: sources[field.id] }),
        })),
    }))
    .filter((section) => section.fields.length > 0)
}

/** Staff see personal numbers masked; the full value is an audited reveal. */
function shown(field: Field, value: Json | undefined, reader: Reader): unknown {
  if (field.type === 'list' && Array.isArray(value)) {
    return value.map((row) =>
      Object.fromEntries(
        Object.entries(row as object).map(([key, cell]) => [
          key,
          shownCell(
            field.fields?.find((f) => f.id === key),
            cell,
            reader,
          ),
        ]),
      ),
    )
  }
  if (field.type === 'choice') return field.options?.find((option) => option.value === value)?.title.zh ?? value
  return shownCell(field, value, reader)
}

function shownCell(field: Field | undefined, value: unknown, reader: Reader): unknown {
  if (reader.isApplicant || field === undefined || typeof value !== 'string') return value
  if (field.type === 'id-card') return maskIdCard(value)
  if (field.type === 'mobile') return maskMobile(value)
  return value
}

export function answerParts(bundle: Bundle, root: CaseState): contract.CaseView['answers'] {
  const answers = (root.data.answers ?? {}) as { readonly [question: string]: Json }
  return bundle.questions
    .filter((question) => answers[question.id] !== undefined && answers[question.id] !== null)
    .map((question) => ({ question: question.text, answer: answerText(question.options ?? [], answers[question.id]) }))
}

function answerText(options: readonly { readonly value: string; readonly title: Text }[], value: Json | undefined): Text {
  if (value === true) return { zh: '是', en: 'Yes' }
  if (value === false) return { zh: '否', en: 'No' }
  if (Array.isArray(value) && value.length === 0) return { zh: '没有', en: 'None' }
  const titles = [value].flat().map((one) => options.find((option) => option.value === one)?.title ?? { zh: String(one) })
  return { zh: titles.map((t) => t.zh).join('、'), en: titles.map((t) => t.en ?? t.zh).join(', ') }
}

export function actionPart(pack: CityPack, action: AvailableAction): contract.ActionView {
  return {
    action: action.action,
    title: action.title,
    effect: action.effect,
    needs: action.needs.map((need) => ({
      field: need.field,
      type: need.type,
      required: need.required,
      ...(need.title === undefined ? {} : { title: need.title }),
      ...(need.type === 'basis' ? { options: [...pack.bases.values()].map((basis) => ({ value: basis.id, title: basis.title })) } : {}),
    })),
    destructive: action.destructive,
    allowed: action.refusal === undefined,
    ...(action.step === undefined ? {} : { step: action.step }),
    ...(action.document === undefined ? {} : { document: action.document }),
    ...(action.refusal === undefined ? {} : { refusal: action.refusal }),
  }
}
