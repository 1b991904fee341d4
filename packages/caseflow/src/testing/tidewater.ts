/** Flows of a city that does not exist, for tests and benchmarks: a lighthouse keeper's permit, a boat-registration bundle, a complaint. */

import { unwrap } from '@yichuang/result'
import { type Calendar, makeCalendar } from '@yichuang/workday'
import { compileFlow } from '../compile.ts'
import { type BundleSource, compileBundleFlow } from '../compile-bundle.ts'
import { compileLadder } from '../compile-ladder.ts'
import type { FlowContext } from '../flow.ts'
import type { FlowSource, LadderLevelSource } from '../source.ts'
import type { Actor } from '../vocabulary.ts'

const HARBOUR_LIGHTS: readonly LadderLevelSource[] = [
  {
    id: 'warn',
    title: '预警',
    light: 'blue',
    clocks: ['promised', 'answer'],
    at: [{ remaining: '1 workday' }, { elapsed: 0.8 }],
    tells: ['handler', 'head'],
  },
  {
    id: 'yellow',
    title: '黄牌',
    light: 'yellow',
    card: 'yellow',
    clocks: ['promised', 'answer', 'step'],
    at: [{ over: '0 workdays' }],
    tells: ['head'],
    reason_within: '1 workday',
  },
  { id: 'red', title: '红牌', light: 'red', card: 'red', clocks: ['statutory'], at: [{ over: '0 workdays' }], tells: ['leader'] },
  {
    id: 'supervise',
    title: '督办',
    light: 'red',
    clocks: ['promised'],
    at: [{ over: '3 workdays' }],
    tells: ['supervisor'],
    opens: 'supervision',
  },
]

export const context: FlowContext = {
  ladders: { 'harbour-lights': unwrap(compileLadder('harbour-lights', HARBOUR_LIGHTS, ['ladders', 'harbour-lights'])) },
  bases: new Map([
    ['climb-test', {}],
    ['storm', { most: { n: 15, unit: 'day' } as const }],
    ['hearing', {}],
  ]),
  version: 'tide-1',
}

export const keeperSource: FlowSource = {
  flow: 'keeper',
  kind: 'permit',
  title: { zh: '灯塔看守许可', en: 'Lighthouse keeper permit' },
  ladder: 'harbour-lights',
  reopen_window: '10 days',
  clocks: {
    promised: { title: '承诺时限', starts: 'accepted', stops: ['decided'], limit: 'matter.limits.promised' },
    statutory: {
      title: '法定时限',
      starts: 'accepted',
      stops: ['decided'],
      limit: '20 workdays',
      extend: { most: '10 workdays', by: 'head' },
    },
    notice: {
      title: '补正告知',
      starts: 'received',
      stops: ['accepted', 'correction-requested', 'declined'],
      limit: '5 workdays',
      on_breach: { effect: 'deem-accepted', basis: '行政许可法第三十二条' },
      pausable: false,
    },
    delivery: { title: '送达时限', starts: 'decided', stops: ['delivered'], limit: '10 workdays', pausable: false },
  },
  steps: {
    intake: {
      title: '收件受理',
      desk: 'counter',
      in_bundle: 'accept',
      actions: {
        accept: { marks: 'accepted', effect: 'complete', document: 'receipt' },
        'accept-with-gaps': {
          marks: 'accepted',
          effect: 'complete',
          needs: ['gaps'],
          when: 'every gap in input.gaps satisfies gap.tolerable',
        },
        'request-correction': {
          marks: 'correction-requested',
          effect: 'wait-for-applicant',
          needs: ['items', { field: 'until', type: 'date', required: false }],
        },
        decline: { marks: 'declined', effect: 'end', outcome: 'declined', needs: ['reason', 'remedies'] },
      },
    },
    review: {
      title: '审查',
      after: ['intake'],
      desk: 'department',
      limit: '3 workdays',
      actions: { pass: { effect: 'complete' }, 'send-back': { effect: 'return', to: 'intake' } },
    },
    climb: {
      title: '登塔考核',
      after: ['intake'],
      when: 'matter.on_site',
      desk: 'department',
      special: 'climb-test',
      joint: true,
      actions: { report: { effect: 'complete', needs: ['findings'] } },
    },
    decide: {
      title: '决定',
      after: ['review', 'climb'],
      desk: 'department',
      role: 'chief',
      actions: {
        grant: { marks: 'decided', outcome: 'granted', effect: 'complete' },
        refuse: { marks: 'decided', outcome: 'refused', effect: 'complete', needs: ['reason', 'remedies'] },
        rework: { effect: 'return', to: 'review' },
      },
    },
    deliver: {
      title: '制证送达',
      after: ['decide'],
      when: 'outcome = "granted"',
      desk: 'counter',
      issues: true,
      actions: { 'hand-over': { marks: 'delivered', effect: 'complete' }, 'wrong-paper': { effect: 'return', to: 'decide' } },
    },
  },
}

export const bundleTemplate: FlowSource = {
  flow: 'bundle',
  kind: 'bundle',
  title: '一件事',
  ladder: 'harbour-lights',
  clocks: {
    promised: { title: '承诺时限', starts: 'accepted', stops: ['delivered'], limit: 'bundle.promised' },
    delivery: { title: '出件时限', starts: 'accepted', stops: ['delivered'], limit: '30 workdays', laddered: false },
  },
  steps: {
    intake: {
      title: '综合受理',
      desk: 'counter',
      actions: {
        accept: { marks: 'accepted', effect: 'complete' },
        'accept-with-gaps': { marks: 'accepted', effect: 'complete', needs: ['gaps'] },
        'request-correction': { effect: 'wait-for-applicant', needs: ['items'] },
        decline: { effect: 'end', outcome: 'declined', needs: ['reason'] },
      },
    },
    lead: {
      title: '牵头研判',
      desk: 'department',
      actions: { continue: { effect: 'continue-without' }, 'end-all': { effect: 'end', outcome: 'ended', needs: ['reason'] } },
    },
    deliver: { title: '统一出件', desk: 'counter', actions: { 'hand-over': { marks: 'delivered', effect: 'complete' } } },
  },
}

export const boatBundle: BundleSource = {
  id: 'boat',
  version: 'tide-1',
  title: '渔船登记一件事',
  lead: 'harbour',
  completion: 'all',
  nodes: [
    { id: 'hull', matter: 'hull-number', after: [], title: '船号登记', optional: false },
    { id: 'insure', matter: 'insurance', after: ['hull'], title: '保险登记', optional: false },
    { id: 'berth', matter: 'berth', after: ['hull'], title: '泊位', optional: false },
    { id: 'net', matter: 'net-permit', after: ['hull'], when: 'answers.fishes', title: '捕捞许可', optional: false },
    { id: 'flag', matter: 'flag', after: ['berth'], title: '旗号备案', optional: false },
    { id: 'paint', matter: 'paint', after: [], title: '船身涂装备案', optional: true },
  ],
}

export const complaintSource: FlowSource = {
  flow: 'complaint',
  kind: 'complaint',
  title: { zh: '投诉', en: 'Complaint' },
  ladder: 'harbour-lights',
  reopen_window: '5 days',
  clocks: {
    answer: { title: '答复时限', starts: 'received', stops: ['answered'], limit: '5 workdays', extend: { most: '5 workdays', by: 'head' } },
  },
  steps: {
    dispatch: {
      title: '派单',
      desk: 'hotline',
      org: 'hotline',
      actions: { dispatch: { effect: 'complete' }, reject: { effect: 'end', outcome: 'rejected', needs: ['reason'] } },
    },
    handle: {
      title: '办理',
      after: ['dispatch'],
      desk: 'department',
      actions: {
        answer: { effect: 'complete', marks: 'answered', outcome: 'answered', needs: ['reply'] },
        refer: { effect: 'return', to: 'dispatch' },
      },
    },
    visit: {
      title: '回访',
      after: ['handle'],
      desk: 'hotline',
      org: 'hotline',
      actions: { satisfied: { effect: 'complete' }, again: { effect: 'return', to: 'handle' } },
    },
  },
  actions: { reopen: { title: '不满意重办', effect: 'reopen', to: 'handle', by: 'applicant', needs: ['reason'] } },
}

export const keeper = unwrap(compileFlow(keeperSource, context))
export const boat = unwrap(compileBundleFlow(bundleTemplate, boatBundle, context))
export const complaint = unwrap(compileFlow(complaintSource, context))

/** 2026 has one holiday (Thursday 2026-05-07) and one make-up Saturday (2026-05-09). */
export const calendar: Calendar = makeCalendar({
  years: [{ year: 2026, version: '2026/1', source: 'invented', holidays: { '2026-05-07': '潮节' }, makeUps: { '2026-05-09': '潮节' } }],
  utcOffsetMinutes: 480,
  hours: [{ from: '09:00', to: '17:00' }],
})

const staff = (person: string, posts: Actor['posts']): Actor => ({ person, side: 'staff', posts, forParty: false })

export const actors = {
  clerk: staff('clerk', [{ desk: 'counter', org: 'hall', roles: [] }]),
  officer: staff('officer', [{ desk: 'department', org: 'harbour', roles: [] }]),
  other: staff('other', [{ desk: 'department', org: 'harbour', roles: [] }]),
  chief: staff('chief', [{ desk: 'department', org: 'harbour', roles: ['chief', 'head'] }]),
  customs: staff('customs', [{ desk: 'department', org: 'customs', roles: [] }]),
  operator: staff('operator', [{ desk: 'hotline', org: 'hotline', roles: [] }]),
  supervisor: staff('supervisor', [{ desk: 'supervision', org: 'council', roles: [] }]),
  stranger: staff('stranger', [{ desk: 'department', org: 'lagoon', roles: ['chief'] }]),
  owner: { person: 'owner', side: 'applicant', posts: [], forParty: true },
  passer: { person: 'passer', side: 'applicant', posts: [], forParty: false },
  engine: { person: 'engine', side: 'system', posts: [], forParty: false },
} as const satisfies { readonly [name: string]: Actor }

export const keeperData = { matter: { limits: { promised: '5 workdays' }, on_site: true } }
