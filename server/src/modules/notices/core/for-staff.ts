/** 告知工作人员: ladder levels by role, work that came from somebody else, opinions asked for. Pure. */
import type { LadderLevel } from '@yichuang/caseflow'
import { limitText } from '@yichuang/workday'
import { allOf, type Draft, firstOf, type Telling } from './vocabulary.ts'
import { type Both, both, say } from './words.ts'

type Teller = (telling: Telling) => readonly Draft[]

export function forStaff(telling: Telling): Draft[] {
  return TELLERS.flatMap((teller) => teller(telling))
}

function laddered({ moved, flow, gaps }: Telling): readonly Draft[] {
  const title = both(moved.title)
  return allOf(moved.events, 'obligation-fired').flatMap((event) => {
    const rung = flow?.ladder.find((one) => one.id === event.level)
    const level = both(rung?.title ?? LEVELS[event.level], event.level)
    const clock = clockWords({ flow, gaps }, event.clock)
    const reason = event.card === undefined ? say('', '') : reasonWanted(rung)
    return event.tells
      .filter((role) => role !== 'applicant')
      .map((role) => ({
        seq: event.seq,
        at: event.at,
        kind: 'ladder',
        audience: { to: 'role', role } as const,
        title: say(`${level.zh}：${title.zh}`, `${level.en}: ${title.en}`),
        body: say(
          `“${title.zh}”（${moved.no}，${moved.partyName}）的${clock.zh}：${level.zh}。${reason.zh}`,
          `${clock.en} of "${title.en}" (${moved.no}, ${moved.partyName}): ${level.en}.${reason.en}`,
        ),
        light: event.light,
        important: false,
      }))
  })
}

const LEVELS: { readonly [level: string]: Both } = {
  warn: say('快到期', 'Due soon'),
  lapse: say('到期未补', 'Lapsed'),
  overdue: say('已过计划日期', 'Past its planned day'),
  'deem-accepted': say('逾期未告知，视为受理', 'Nobody answered in time: it counts as accepted'),
  'deem-renewed': say('逾期未决定，视为准予延续', 'Nobody decided in time: it counts as renewed'),
  'deem-agreed': say('逾期未反馈，视为同意', 'Nobody answered in time: it counts as agreed'),
}

function reasonWanted(rung: LadderLevel | undefined): Both {
  const within = rung?.reasonWithin
  if (within === undefined) return say('请说明原因。', ' Please give the reason.')
  return say(`请在${limitText(within, 'zh')}内说明原因。`, ` Please give the reason within ${limitText(within, 'en')}.`)
}

function clockWords({ flow, gaps }: Pick<Telling, 'flow' | 'gaps'>, clock: string): Both {
  if (clock.startsWith('gap:')) {
    const name = gaps[clock.slice('gap:'.length)]?.title ?? clock
    return say(`容缺材料“${name}”`, `The gap "${name}"`)
  }
  return CLOCKS[clock] ?? both(flow?.clocks[clock]?.title, clock)
}
const CLOCKS: { readonly [clock: string]: Both } = {
  suspension: say('特别程序', 'The special procedure'),
  correction: say('补正', 'The correction'),
}

function transferred({ moved }: Telling): readonly Draft[] {
  const title = both(moved.title)
  return allOf(moved.events, 'step-transferred').map((event) => ({
    seq: event.seq,
    at: event.at,
    kind: 'transferred',
    audience: { to: 'org', org: event.org },
    title: say(`转来：${title.zh}`, `Transferred to you: ${title.en}`),
    body: say(
      `“${title.zh}”（${moved.no}，${moved.partyName}）已转到贵单位，请领取。`,
      `"${title.en}" (${moved.no}, ${moved.partyName}) now belongs to your organisation; please take it.`,
    ),
    important: false,
  }))
}

function coHandling({ moved, pack }: Telling): readonly Draft[] {
  const title = both(moved.title)
  const asker = both(pack.orgs.get(moved.org)?.name, moved.org)
  return allOf(moved.events, 'co-handling-asked').flatMap((event) =>
    event.orgs.map((org) => ({
      seq: event.seq,
      at: event.at,
      kind: 'co-handling-asked',
      audience: { to: 'org', org } as const,
      title: say(`征求意见：${title.zh}`, `Your opinion is asked: ${title.en}`),
      body: say(
        `${asker.zh}就“${title.zh}”（${moved.no}）征求贵单位意见。`,
        `${asker.en} asks for your opinion on "${title.en}" (${moved.no}).`,
      ),
      important: false,
    })),
  )
}

/** Work that somebody else laid on a desk; taking it oneself needs no notice. */
function assigned({ moved }: Telling): readonly Draft[] {
  const title = both(moved.title)
  const given = allOf(moved.events, 'step-claimed').filter((event) => event.person !== event.actor)
  return given.map((event) => ({
    seq: event.seq,
    at: event.at,
    kind: 'assigned',
    audience: { to: 'person', person: event.person },
    title: say(`指派给您：${title.zh}`, `Assigned to you: ${title.en}`),
    body: say(
      `“${title.zh}”（${moved.no}，${moved.partyName}）已指派给您。`,
      `"${title.en}" (${moved.no}, ${moved.partyName}) has been assigned to you.`,
    ),
    important: false,
  }))
}

function supplied({ moved }: Telling): readonly Draft[] {
  const title = both(moved.title)
  return allOf(moved.events, 'correction-supplied').map((event) => ({
    seq: event.seq,
    at: event.at,
    kind: 'correction-supplied',
    audience: { to: 'role', role: 'handler' },
    title: say(`补正已交：${title.zh}`, `Corrections came in: ${title.en}`),
    body: say(
      `“${title.zh}”（${moved.no}，${moved.partyName}）的补正材料已提交，请确认。`,
      `The corrections to "${title.en}" (${moved.no}, ${moved.partyName}) have come in; please check them.`,
    ),
    important: false,
  }))
}

function supervised({ moved }: Telling): readonly Draft[] {
  const title = both(moved.title)
  return allOf(moved.events, 'supervised').flatMap((event) =>
    ['handler', 'head'].map((role) => ({
      seq: event.seq,
      at: event.at,
      kind: 'supervised',
      audience: { to: 'role', role } as const,
      title: say(`督办：${title.zh}`, `Supervision: ${title.en}`),
      body: say(
        `“${title.zh}”（${moved.no}）被督办。要求：${event.reason}`,
        `"${title.en}" (${moved.no}) is under supervision. What is asked: ${event.reason}`,
      ),
      light: moved.light,
      important: false,
    })),
  )
}

/** A case about the organisation itself: its party is the organisation that is late. */
function supervisionOpened({ moved }: Telling): readonly Draft[] {
  const event = firstOf(moved.events, 'case-opened')
  if (event === undefined || !moved.partyId.startsWith('org:')) return []
  const title = both(moved.title)
  return ['handler', 'head'].map((role) => ({
    seq: event.seq,
    at: event.at,
    kind: 'supervision-opened',
    audience: { to: 'role', role } as const,
    title,
    body: say(
      `督办件 ${moved.no} 已立，请按时答复：${title.zh}`,
      `Supervision case ${moved.no} was opened; please answer in time: ${title.en}`,
    ),
    light: 'red',
    important: false,
  }))
}

const TELLERS: readonly Teller[] = [laddered, transferred, coHandling, assigned, supplied, supervised, supervisionOpened]
