/** 告知申请人: received, accepted, what is missing, decided, delivered, paused and why — in plain words, once each. Pure. */

import type { CaseMoved } from '@yichuang/caseflow'
import type { Limit } from '@yichuang/workday'
import { addLimit } from '@yichuang/workday'
import { allOf, type Draft, type EventOf, firstOf, type Telling } from './vocabulary.ts'
import { type Both, both, day, join, list, say } from './words.ts'

type Part = Omit<Draft, 'audience'>
type Teller = (telling: Telling) => readonly Part[]

/** Of a bundle's part only what differs from the whole is told: decisions, corrections, pauses. Receipt and delivery are told once, by the whole. */
export function forApplicants(telling: Telling): Draft[] {
  if (telling.moved.partyId.startsWith('org:')) return []
  const whole = telling.moved.parentId === null
  const tellers = whole ? [...OF_THE_WHOLE, ...OF_ANY] : OF_ANY
  return tellers.flatMap((teller) => teller(telling)).map((part) => ({ ...part, audience: { to: 'applicant' } as const }))
}

function titled(moved: CaseMoved): Both {
  return both(moved.title)
}

function orgName({ pack, moved }: Telling, org = moved.org): Both {
  return both(pack.orgs.get(org)?.name, org)
}

function dueOn({ pack }: Telling, startedAt: string, limit: Limit): Both | null {
  const { dueOn: date } = addLimit(startedAt, limit, pack.calendar)
  return date === null ? null : day(date)
}

function received({ moved }: Telling): readonly Part[] {
  const event = firstOf(moved.events, 'case-opened')
  if (event === undefined) return []
  const title = titled(moved)
  return [
    {
      ...at(event),
      kind: 'received',
      title: say(`已收件：${title.zh}`, `Received: ${title.en}`),
      body: say(
        `您为“${moved.partyName}”提交的“${title.zh}”已收件，办件编号 ${moved.no}。窗口看过材料后，会告诉您是否受理；材料不齐的，会一次告诉您缺什么。`,
        `Your application "${title.en}" for ${moved.partyName} has been received as no. ${moved.no}. The counter will tell you whether it is accepted; if anything is missing, you will hear all of it at once.`,
      ),
      important: true,
    },
  ]
}

function accepted(telling: Telling): readonly Part[] {
  const { moved } = telling
  const event = milestone(moved, 'accepted')
  if (event === undefined) return []
  const title = titled(moved)
  const gaps = allOf(moved.events, 'gap-opened')
  const sentences = [
    acceptedWords(telling, event, title),
    promise(telling),
    ...gaps.map((gap) => gapWords(telling, gap)),
    partsWords(telling),
  ]
  const head = gaps.length > 0 ? say('容缺受理', 'Accepted with gaps') : say('已受理', 'Accepted')
  return [
    {
      ...at(event),
      kind: gaps.length > 0 ? 'accepted-with-gaps' : 'accepted',
      title: say(`${head.zh}：${title.zh}`, `${head.en}: ${title.en}`),
      body: join(sentences.filter((sentence) => sentence !== null)),
      important: true,
    },
  ]
}

function acceptedWords(telling: Telling, event: EventOf<'milestone-reached'>, title: Both): Both {
  if (event.deemed !== undefined) {
    return say(
      `“${title.zh}”逾期没有告知您补正，依法自收到材料之日起视为受理。`,
      `Nobody asked you for corrections to "${title.en}" in time: by law it counts as accepted from the day it was received.`,
    )
  }
  const org = orgName(telling, telling.moved.acceptor ?? telling.moved.org)
  return say(`${org.zh}已受理“${title.zh}”（${telling.moved.no}）。`, `${org.en} has accepted "${title.en}" (${telling.moved.no}).`)
}

function promise(telling: Telling): Both | null {
  const clock = allOf(telling.moved.events, 'clock-started').find((event) => event.clock === 'promised')
  const date = clock === undefined ? null : dueOn(telling, clock.startedAt, clock.limit)
  return date === null ? null : say(`承诺 ${date.zh} 前办结。`, `We promise to finish by ${date.en}.`)
}

function gapWords(telling: Telling, gap: EventOf<'gap-opened'>): Both {
  const date = dueOn(telling, gap.openedAt, gap.limit)
  const until = date ?? say('约定的日期', 'the agreed day')
  const otherwise =
    gap.consequence === '' ? say('', '') : say(`逾期：${gap.consequence.replace(/。?$/, '。')}`, ` Otherwise: ${gap.consequence}`)
  return say(`请在 ${until.zh} 前补交“${gap.title}”。${otherwise.zh}`, `Please hand in "${gap.title}" by ${until.en}.${otherwise.en}`)
}

function partsWords({ pack, moved }: Telling): Both | null {
  const opened = allOf(moved.events, 'child-opened')
  if (opened.length === 0) return null
  const nodes = pack.bundles.get(moved.bundle ?? '')?.nodes ?? []
  const names = opened.map((event) => {
    const node = nodes.find((one) => one.id === event.step)
    return both(pack.matters.get(node?.matter ?? '')?.title, event.step)
  })
  const words = list(names)
  return say(
    `现在开始办理 ${names.length} 项：${words.zh}。`,
    `Now under way, ${names.length} part${names.length === 1 ? '' : 's'}: ${words.en}.`,
  )
}

/** Parts that open together are told together, not one by one; at acceptance they are part of that notice. */
function partsStarted(all: Telling): readonly Part[] {
  const { moved } = all
  const first = firstOf(moved.events, 'child-opened')
  const body = partsWords(all)
  if (first === undefined || body === null || milestone(moved, 'accepted') !== undefined) return []
  const title = titled(moved)
  return [
    {
      ...at(first),
      kind: 'parts-started',
      title: say(`${title.zh}：下一步`, `${title.en}: next`),
      body: join([body, say('有了结果会告诉您。', 'You will hear of the result.')]),
      important: false,
    },
  ]
}

function delivered({ moved }: Telling): readonly Part[] {
  const event = milestone(moved, 'delivered')
  if (event === undefined) return []
  const title = titled(moved)
  return [
    {
      ...at(event),
      kind: 'delivered',
      title: say(`已出件：${title.zh}`, `Delivered: ${title.en}`),
      body: say(
        `“${title.zh}”（${moved.no}）的结果已经送达，电子证照在“我的证照”里。办得怎么样，请您评价。`,
        `The results of "${title.en}" (${moved.no}) have been delivered; e-certificates are in your wallet. Please tell us how it went.`,
      ),
      important: true,
    },
  ]
}

function gapSettled({ moved, gaps }: Telling): readonly Part[] {
  const closed = allOf(moved.events, 'gap-closed').map((event) => {
    const name = gaps[event.gap]?.title ?? event.gap
    return {
      ...at(event),
      kind: 'gap-closed',
      title: say(`容缺材料已补齐：${name}`, `Handed in: ${name}`),
      body: say(`“${name}”已收到，容缺已补齐，您不用再交。`, `"${name}" has come in; nothing more is owed for it.`),
      important: false,
    }
  })
  const lapsed = allOf(moved.events, 'gap-lapsed').map((event) => {
    const gap = gaps[event.gap]
    const name = gap?.title ?? event.gap
    return {
      ...at(event),
      kind: 'gap-lapsed',
      title: say(`容缺材料逾期未交：${name}`, `Not handed in: ${name}`),
      body: say(
        `“${name}”到期没有补交。${gap?.consequence ?? ''}`,
        `"${name}" was not handed in by its day. ${gap?.consequence ?? ''}`.trim(),
      ),
      light: 'red' as const,
      important: true,
    }
  })
  return [...closed, ...lapsed]
}

function endedOtherwise({ moved }: Telling): readonly Part[] {
  const event = firstOf(moved.events, 'case-ended')
  if (event === undefined || QUIET_ENDS.has(event.outcome)) return []
  const title = titled(moved)
  const words = ENDS[event.outcome] ?? say('已终止', 'Terminated')
  const reason = event.reason === undefined ? say('', '') : say(`理由：${event.reason}`, ` Reason: ${event.reason}`)
  const remedy =
    event.outcome === 'withdrawn'
      ? say('需要时可以重新申请。', 'You may apply again whenever you wish.')
      : say(
          '对此不服的，可以申请行政复议或者提起行政诉讼，期限见文书。',
          'You may ask for administrative review or go to court; the document says until when.',
        )
  return [
    {
      ...at(event),
      kind: event.outcome === 'declined' || event.outcome === 'withdrawn' ? event.outcome : 'ended',
      title: say(`${words.zh}：${title.zh}`, `${words.en}: ${title.en}`),
      body: say(
        `“${title.zh}”（${moved.no}）${words.zh}。${reason.zh}${remedy.zh}`,
        `"${title.en}" (${moved.no}): ${words.en.toLowerCase()}.${reason.en} ${remedy.en}`,
      ),
      important: event.outcome !== 'withdrawn',
    },
  ]
}
/** Ends that their own decision or delivery has told already. */
const QUIET_ENDS = new Set(['granted', 'completed', 'delivered', 'refused'])
const ENDS: { readonly [outcome: string]: Both } = {
  declined: say('不予受理', 'Not accepted'),
  withdrawn: say('已撤回', 'Withdrawn'),
}

function correction(telling: Telling): readonly Part[] {
  const { moved } = telling
  const title = titled(moved)
  return allOf(moved.events, 'correction-requested').map((event) => {
    const until = event.until === undefined ? null : day(telling.pack.calendar.dateOf(event.until))
    const items = event.items.map(({ item, reason }) => (reason === '' ? item : `${item}（${reason}）`)).join('；')
    const by = until === null ? say('', '') : say(`请在 ${until.zh} 前补正。`, ` Please do so by ${until.en}.`)
    return {
      ...at(event),
      kind: 'correction-requested',
      title: say(`请补正：${title.zh}`, `Please correct: ${title.en}`),
      body: say(
        `“${title.zh}”（${moved.no}）需要补正：${items}。${by.zh}这是一次告知，之后不会再要别的。`,
        `"${title.en}" (${moved.no}) needs: ${items}.${by.en} This is everything; nothing else will be asked for later.`,
      ),
      light: 'yellow' as const,
      important: true,
    }
  })
}

function decided(telling: Telling): readonly Part[] {
  const { moved } = telling
  const event = milestone(moved, 'decided')
  const outcome = outcomeOf(moved)
  if (event === undefined || outcome === null) return []
  const title = titled(moved)
  const org = orgName(telling)
  if (outcome === 'granted') {
    return [
      {
        ...at(event),
        kind: 'granted',
        title: say(`准予：${title.zh}`, `Granted: ${title.en}`),
        body: say(`${org.zh}已对“${title.zh}”（${moved.no}）作出准予决定。`, `${org.en} has granted "${title.en}" (${moved.no}).`),
        important: true,
      },
    ]
  }
  const reason = reasonIn(moved)
  const because = reason === '' ? say('', '') : say(`理由：${reason}。`, ` Reason: ${reason}.`)
  return [
    {
      ...at(event),
      kind: 'refused',
      title: say(`不予许可：${title.zh}`, `Refused: ${title.en}`),
      body: say(
        `${org.zh}对“${title.zh}”（${moved.no}）决定不予办理。${because.zh}不服的，可以申请行政复议或者提起行政诉讼，期限见决定书。`,
        `${org.en} has refused "${title.en}" (${moved.no}).${because.en} You may ask for administrative review or go to court; the decision says until when.`,
      ),
      important: true,
    },
  ]
}

function paused(telling: Telling): readonly Part[] {
  const { moved, pack } = telling
  const suspended = firstOf(moved.events, 'suspended')
  const event = suspended ?? firstOf(moved.events, 'clock-paused')
  if (event === undefined) return []
  const title = titled(moved)
  const basis = both(pack.bases.get(event.basis)?.title, event.basis)
  const planned = event.until === undefined ? null : day(pack.calendar.dateOf(event.until))
  const until = planned === null ? say('', '') : say(`预计 ${planned.zh} 结束。`, ` It is planned to end on ${planned.en}.`)
  const why =
    suspended === undefined || suspended.reason === '' ? say('', '') : say(`原因：${suspended.reason}。`, ` Reason: ${suspended.reason}.`)
  return [
    {
      ...at(event),
      kind: 'paused',
      title: say(`时限暂停：${title.zh}`, `Clock paused: ${title.en}`),
      body: say(
        `“${title.zh}”（${moved.no}）进入${basis.zh}，所需时间不计入办理时限。${why.zh}${until.zh}结束后继续计时。`,
        `"${title.en}" (${moved.no}) has entered a special procedure: ${basis.en.toLowerCase()}. Its time does not count towards the limit.${why.en}${until.en} Counting goes on afterwards.`,
      ),
      light: 'grey',
      important: true,
    },
  ]
}

function resumed(telling: Telling): readonly Part[] {
  const { moved } = telling
  const event = firstOf(moved.events, 'clock-resumed')
  const told = milestone(moved, 'decided') ?? firstOf(moved.events, 'case-ended') ?? firstOf(moved.events, 'clock-paused')
  if (event === undefined || told !== undefined) return []
  const title = titled(moved)
  return [
    {
      ...at(event),
      kind: 'resumed',
      title: say(`恢复计时：${title.zh}`, `Clock runs again: ${title.en}`),
      body: say(
        `“${title.zh}”（${moved.no}）的特别程序已结束，从下一个工作日起继续计时。新的日期见办件页面。`,
        `The special procedure of "${title.en}" (${moved.no}) is over; counting goes on with the next working day. The new date is on the page of the case.`,
      ),
      important: false,
    },
  ]
}

function extended(telling: Telling): readonly Part[] {
  const { moved, flow } = telling
  const title = titled(moved)
  return allOf(moved.events, 'clock-extended').map((event) => {
    const clock = both(flow?.clocks[event.clock]?.title, event.clock)
    return {
      ...at(event),
      kind: 'extended',
      title: say(`延长期限：${title.zh}`, `Limit extended: ${title.en}`),
      body: say(
        `“${title.zh}”（${moved.no}）的${clock.zh}经负责人批准延长，理由：${event.reason}。新的日期见办件页面。`,
        `The limit of "${title.en}" (${moved.no}) was extended with approval (${clock.en}). Reason: ${event.reason}. The new date is on the page of the case.`,
      ),
      important: true,
    }
  })
}

/** Obligations of the applicant's own: a gap that is due soon, a correction whose day has passed. A lapse is told as what it is. */
function reminded({ moved, gaps }: Telling): readonly Part[] {
  const fired = allOf(moved.events, 'obligation-fired').filter((event) => event.tells.includes('applicant') && event.level !== 'lapse')
  const title = titled(moved)
  return fired.map((event) => {
    const gap = event.clock.startsWith('gap:') ? gaps[event.clock.slice('gap:'.length)] : undefined
    const what = gap?.title ?? '补正材料'
    const whatEn = gap?.title ?? 'the corrections'
    const soon = event.level === 'warn'
    return {
      ...at(event),
      kind: soon ? 'gap-due-soon' : 'correction-overdue',
      title: soon
        ? say(`快到期了：${what}`, `Due soon: ${whatEn}`)
        : say(`已过补正日期：${title.zh}`, `Corrections are overdue: ${title.en}`),
      body: soon
        ? say(
            `“${title.zh}”（${moved.no}）容缺的“${what}”快到补交日期了，请尽快提交。`,
            `"${whatEn}" for "${title.en}" (${moved.no}) is due soon; please hand it in.`,
          )
        : say(
            `“${title.zh}”（${moved.no}）的补正日期已过，请尽快补交，或者联系窗口。`,
            `The day for your corrections to "${title.en}" (${moved.no}) has passed; please supply them or call the counter.`,
          ),
      light: event.light,
      important: true,
    }
  })
}

const OF_THE_WHOLE: readonly Teller[] = [received, accepted, partsStarted, delivered, gapSettled, endedOtherwise, reminded]
const OF_ANY: readonly Teller[] = [correction, decided, paused, resumed, extended]

function at({ seq, at: moment }: { readonly seq: number; readonly at: string }): { readonly seq: number; readonly at: string } {
  return { seq, at: moment }
}

function milestone(moved: CaseMoved, name: string): EventOf<'milestone-reached'> | undefined {
  return allOf(moved.events, 'milestone-reached').find((event) => event.milestone === name)
}

const GRANTING = new Set(['granted', 'completed'])

function outcomeOf({ events }: CaseMoved): 'granted' | 'refused' | null {
  const outcomes = [...allOf(events, 'step-finished'), ...allOf(events, 'case-ended')].map((event) => event.outcome)
  if (outcomes.includes('refused')) return 'refused'
  return outcomes.some((outcome) => outcome !== undefined && GRANTING.has(outcome)) ? 'granted' : null
}

function reasonIn({ events }: CaseMoved): string {
  const reason = firstOf(events, 'action-taken')?.input.reason ?? firstOf(events, 'case-ended')?.reason
  return typeof reason === 'string' ? reason.replace(/。$/, '') : ''
}
