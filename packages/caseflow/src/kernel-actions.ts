/**
 * What every case can do without a word from the pack: a flow that names an action of the same id replaces the kernel's.
 * And what each effect must be told, whoever names the action.
 */
import type { ActionDef, EffectName, Need, NeedType, Side, Text } from './vocabulary.ts'

function need(field: string, type: NeedType, required = true): Need {
  return { field, type, required }
}

/** Added to an action's own needs, so that no pack can forget what its effect lives on. */
export const EFFECT_NEEDS: { readonly [effect in EffectName]: readonly Need[] } = {
  complete: [],
  return: [need('reason', 'text')],
  'wait-for-applicant': [need('items', 'items'), need('until', 'date', false)],
  supply: [],
  suspend: [need('basis', 'basis'), need('until', 'date'), need('reason', 'text')],
  resume: [],
  extend: [need('clock', 'text', false), need('by', 'limit'), need('reason', 'text'), need('basis', 'text', false)],
  transfer: [need('org', 'org'), need('reason', 'text', false)],
  assign: [need('person', 'person')],
  claim: [],
  release: [],
  'co-handle': [need('orgs', 'orgs')],
  'answer-co-handling': [need('opinion', 'text')],
  end: [],
  withdraw: [need('reason', 'text', false)],
  reopen: [need('reason', 'text')],
  supervise: [need('reason', 'text')],
  comment: [need('text', 'text')],
  attach: [need('files', 'files')],
  'close-gap': [need('gap', 'text'), need('files', 'files', false)],
  rate: [need('stars', 'stars'), need('words', 'text', false)],
  'continue-without': [need('reason', 'text')],
  'answer-card': [need('clock', 'text'), need('level', 'text'), need('reason', 'text')],
}

type Kernel = {
  readonly id: string
  readonly effect: EffectName
  readonly title: Text
  readonly by?: Side
  readonly role?: string
  readonly needs?: readonly Need[]
}

/** The engine's own action on a child whose bundle was withdrawn or ended; `input.outcome` says which. */
export const FOLLOW_PARENT = 'follow-parent'

const CASE_ACTIONS: readonly Kernel[] = [
  { id: 'comment', effect: 'comment', title: { zh: '备注', en: 'Comment' } },
  { id: 'attach', effect: 'attach', title: { zh: '添加附件', en: 'Attach files' } },
  { id: 'withdraw', effect: 'withdraw', title: { zh: '撤回申请', en: 'Withdraw' }, by: 'applicant' },
  {
    id: FOLLOW_PARENT,
    effect: 'withdraw',
    title: { zh: '随总件终止', en: 'End with the bundle' },
    by: 'system',
    needs: [need('outcome', 'text')],
  },
  { id: 'suspend', effect: 'suspend', title: { zh: '特别程序', en: 'Suspend for a special procedure' } },
  { id: 'resume', effect: 'resume', title: { zh: '恢复计时', en: 'Resume' } },
  { id: 'extend', effect: 'extend', title: { zh: '延长期限', en: 'Extend the limit' } },
  { id: 'supervise', effect: 'supervise', title: { zh: '督办', en: 'Supervise' } },
  { id: 'answer-card', effect: 'answer-card', title: { zh: '亮牌说明', en: 'Give the reason for a card' } },
  { id: 'close-gap', effect: 'close-gap', title: { zh: '补交容缺材料', en: 'Supply what was left out' } },
  { id: 'rate', effect: 'rate', title: { zh: '评价', en: 'Rate' }, by: 'applicant' },
  { id: 'reopen', effect: 'reopen', title: { zh: '重新办理', en: 'Reopen' } },
]

const STEP_ACTIONS: readonly Kernel[] = [
  { id: 'claim', effect: 'claim', title: { zh: '领取', en: 'Take' } },
  { id: 'release', effect: 'release', title: { zh: '退回待领', en: 'Put back' } },
  { id: 'assign', effect: 'assign', title: { zh: '指派', en: 'Assign' }, role: 'head' },
  { id: 'transfer', effect: 'transfer', title: { zh: '转办', en: 'Transfer' } },
  { id: 'co-handle', effect: 'co-handle', title: { zh: '征求意见', en: 'Ask for opinions' } },
  { id: 'answer-co-handling', effect: 'answer-co-handling', title: { zh: '反馈意见', en: 'Give an opinion' } },
]

const SUPPLY: Kernel = { id: 'supply', effect: 'supply', title: { zh: '提交补正', en: 'Supply what was asked for' }, by: 'applicant' }

function define(kernel: Kernel): ActionDef {
  const { id, effect, title, by = 'staff', role, needs = [] } = kernel
  const base: ActionDef = { id, effect, title, by, needs: [...needs, ...EFFECT_NEEDS[effect]], destructive: effect === 'withdraw' }
  return role === undefined ? base : { ...base, role }
}

type Actions = { readonly [id: string]: ActionDef }

function byId(kernels: readonly Kernel[]): Actions {
  return Object.fromEntries(kernels.map((kernel) => [kernel.id, define(kernel)]))
}

const FOR_CASES = byId(CASE_ACTIONS)
const FOR_STEPS = byId(STEP_ACTIONS)
const FOR_CORRECTION = byId([SUPPLY])

/** The pack's actions come first: they are the buttons that matter. */
export function withCaseActions(own: Actions, reopens: boolean): Actions {
  const { reopen, ...always } = FOR_CASES
  const kernel = reopens && reopen !== undefined ? { ...always, reopen } : always
  return { ...own, ...without(kernel, own) }
}

export function withStepActions(own: Actions): Actions {
  const effects = Object.values(own).map((action) => action.effect)
  const corrects = effects.includes('wait-for-applicant') && !effects.includes('supply')
  return { ...own, ...without(corrects ? { ...FOR_STEPS, ...FOR_CORRECTION } : FOR_STEPS, own) }
}

function without(kernel: Actions, own: Actions): Actions {
  return Object.fromEntries(Object.entries(kernel).filter(([id]) => own[id] === undefined))
}
