/** The record in words: one line per thing that a person did or that the law did; the machine's small steps stay in the event log. */
import type { CaseEvent, Flow, Text } from '@yichuang/caseflow'
import type { TimelineEntry } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import { limitText } from '@yichuang/workday'
import { endingOf } from '../projection.ts'
import { reachOf } from './audience.ts'
import { byWhom, type Names, type Reader } from './people.ts'

type Recorded = CaseEvent & { readonly seq: number }
export type TimelineContext = {
  readonly pack: CityPack
  readonly flow: Flow
  readonly reader: Reader
  readonly names: Names
  /** Documents issued by an event, by template and moment. */
  readonly documents: readonly { readonly id: string; readonly template: string; readonly issuedAt: string }[]
  readonly children: ReadonlyMap<string, { readonly id: string; readonly title: Text; readonly visible: boolean }>
}

export function timelineOf(events: readonly Recorded[], context: TimelineContext): TimelineEntry[] {
  return events.flatMap((event) => {
    const line = lineOf(event, context)
    if (line === null) return []
    const document = event.type === 'action-taken' && event.document !== undefined ? documentOf(event, context) : undefined
    return [
      {
        seq: event.seq,
        at: event.at,
        type: event.type,
        by: byWhom(context.pack, context.reader, context.names, event),
        words: line.words,
        ...(line.detail === undefined ? {} : { detail: line.detail }),
        ...('step' in event && event.step !== undefined ? { step: event.step } : {}),
        ...(document === undefined ? {} : { document }),
        ...(line.child === undefined ? {} : { case: line.child }),
      },
    ]
  })
}

type Line = { readonly words: Text; readonly detail?: Text; readonly child?: { id: string; title: Text } }

function documentOf(event: Recorded & { type: 'action-taken' }, { documents }: TimelineContext): string | undefined {
  return documents.find((document) => document.template === event.document && document.issuedAt === event.at)?.id
}

function lineOf(event: Recorded, context: TimelineContext): Line | null {
  switch (event.type) {
    case 'case-opened':
      return {
        words:
          event.parent === undefined
            ? { zh: '提交申请', en: 'Application submitted' }
            : { zh: '分送部门办理', en: 'Passed to the department' },
      }
    case 'action-taken':
      return actionLine(event, context)
    case 'milestone-reached':
      return event.deemed === undefined
        ? null
        : { words: { zh: '逾期未告知，依法视为受理', en: 'No notice in time: accepted by operation of law' }, detail: { zh: event.deemed } }
    case 'clock-paused':
      return {
        words: { zh: `「${clockTitle(context, event.clock).zh}」暂停计时`, en: `Clock “${en(clockTitle(context, event.clock))}” paused` },
        detail: basisTitle(context, event.basis),
      }
    case 'clock-resumed':
      return {
        words: {
          zh: `「${clockTitle(context, event.clock).zh}」恢复计时`,
          en: `Clock “${en(clockTitle(context, event.clock))}” runs again`,
        },
      }
    case 'clock-extended':
      return {
        words: {
          zh: `「${clockTitle(context, event.clock).zh}」延长${limitText(event.by, 'zh')}`,
          en: `Clock “${en(clockTitle(context, event.clock))}” extended by ${limitText(event.by, 'en')}`,
        },
        detail: { zh: event.reason },
      }
    case 'clock-recomputed':
      return {
        words: { zh: '节假日安排更新，时限重新计算', en: 'Calendar changed: due date computed again' },
        detail: { zh: `${day(context, event.from)} → ${day(context, event.to)} · ${event.why}` },
      }
    case 'gap-opened':
      return {
        words: { zh: `容缺：${event.title}`, en: `Accepted without: ${event.title}` },
        detail: { zh: `${limitText(event.limit, 'zh')}内补交。逾期：${event.consequence}`, en: `Due in ${limitText(event.limit, 'en')}` },
      }
    case 'gap-closed':
      return { words: { zh: '容缺材料已补齐', en: 'The missing material has been supplied' } }
    case 'gap-lapsed':
      return { words: { zh: '容缺材料逾期未补', en: 'The missing material was not supplied in time' } }
    case 'obligation-fired':
      return { words: levelWords(context, event.level, event.clock) }
    case 'child-ended':
      return childLine({ ...event, words: endingOf(event.outcome) }, context)
    case 'child-reopened':
      return childLine({ ...event, words: { zh: '重新办理', en: 'reopened' } }, context)
    case 'case-reopened':
      return { words: { zh: '重新办理', en: 'Reopened' }, detail: { zh: event.reason } }
    case 'case-migrated':
      return { words: { zh: '转到新的流程版本', en: 'Moved to another flow version' } }
    case 'case-ended':
      return { words: { zh: '办件结束', en: 'Case closed' } }
    default:
      return null
  }
}

function actionLine(event: Recorded & { type: 'action-taken' }, context: TimelineContext): Line | null {
  const { flow, reader } = context
  const reach = reachOf(flow, event)
  if (reader.isApplicant && reach.line === 'house') return null
  const action = (event.step === undefined ? undefined : flow.steps[event.step]?.actions[event.action]) ?? flow.actions[event.action]
  const title = action?.title ?? { zh: event.action }
  const step = event.step === undefined ? undefined : flow.steps[event.step]?.title
  const words: Text = step === undefined ? title : { zh: `${step.zh} · ${title.zh}`, en: `${en(step)} · ${en(title)}` }
  if (reader.isApplicant && reach.words === 'house') return { words }
  const said = ['text', 'words', 'reason', 'findings', 'opinion', 'note']
    .map((field) => event.input[field])
    .find((value) => typeof value === 'string' && value !== '')
  return typeof said === 'string' ? { words, detail: { zh: said } } : { words }
}

type Told = { readonly childId: string; readonly step: string; readonly words: Text }

function childLine(event: Told, context: TimelineContext): Line {
  const child = context.children.get(event.childId)
  const title = child?.title ?? context.flow.steps[event.step]?.title ?? { zh: event.step }
  const words = { zh: `${title.zh}：${event.words.zh}`, en: `${en(title)}: ${en(event.words)}` }
  return child?.visible === true ? { words, child: { id: child.id, title } } : { words }
}

function clockTitle({ flow }: TimelineContext, clock: string): Text {
  return flow.clocks[clock]?.title ?? { zh: clock }
}

function basisTitle({ pack }: TimelineContext, basis: string): Text {
  const found = pack.bases.get(basis)
  return found === undefined ? { zh: basis } : { zh: `${found.title.zh}（${found.law}）`, en: `${en(found.title)} (${found.law})` }
}

function levelWords(context: TimelineContext, level: string, clock: string): Text {
  const title = context.flow.ladder.find((step) => step.id === level && step.clocks.includes(clock))?.title ??
    LEVELS[level] ?? { zh: level }
  const watched = context.flow.clocks[clock]?.title
  return watched === undefined ? title : { zh: `${title.zh}（${watched.zh}）`, en: `${en(title)} (${en(watched)})` }
}
const LEVELS: { readonly [level: string]: Text } = {
  warn: { zh: '临期提醒', en: 'Reminder: due soon' },
  lapse: { zh: '到期', en: 'Due' },
  overdue: { zh: '暂停已超过计划结束日', en: 'The suspension is past its planned end' },
}

function day({ pack }: TimelineContext, instant: string | null): string {
  return instant === null ? '—' : pack.calendar.dateOf(instant)
}

function en(text: Text): string {
  return text.en ?? text.zh
}
