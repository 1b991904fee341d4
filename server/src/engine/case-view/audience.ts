/** What an applicant reads of the work on the case: what moves it and what the law has told; what an office says among its own stays there. */
import type { Audience, CaseEvent, EffectName, Flow } from '@yichuang/caseflow'

/** `line`: that it was done; `words`: what was said with it. */
type Reach = { readonly line: Audience; readonly words: Audience }
const TOLD: Reach = { line: 'applicant', words: 'applicant' }
const DONE: Reach = { line: 'applicant', words: 'house' }
const INSIDE: Reach = { line: 'house', words: 'house' }

/** Findings and opinions belong to the office, the reasons of decisions to those whom they meet (行政许可法 art. 38). */
const REACH: { readonly [effect in EffectName]: Reach } = {
  complete: DONE,
  transfer: DONE,
  'wait-for-applicant': TOLD,
  supply: TOLD,
  suspend: TOLD,
  resume: TOLD,
  extend: TOLD,
  end: TOLD,
  withdraw: TOLD,
  reopen: TOLD,
  'close-gap': TOLD,
  rate: TOLD,
  'continue-without': TOLD,
  return: INSIDE,
  assign: INSIDE,
  claim: INSIDE,
  release: INSIDE,
  'co-handle': INSIDE,
  'answer-co-handling': INSIDE,
  supervise: INSIDE,
  'answer-card': INSIDE,
  comment: INSIDE,
  attach: INSIDE,
}

type Action = CaseEvent & { readonly type: 'action-taken' }

/** The applicant reads what the applicant's own side did in any case; the pack may say of its own actions what the table does not. */
export function reachOf(flow: Flow, event: Action): Reach {
  if (event.org === undefined && event.actor !== 'system') return TOLD
  const action = (event.step === undefined ? undefined : flow.steps[event.step]?.actions[event.action]) ?? flow.actions[event.action]
  if (action?.audience === undefined) return REACH[event.effect]
  return action.audience === 'applicant' ? TOLD : INSIDE
}
