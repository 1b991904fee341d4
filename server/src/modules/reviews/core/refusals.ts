/** The engine's refusals of a rating, in this room's words. Pure. */
import type { Refusal } from '@yichuang/result'

const OURS: { readonly [code: string]: Pick<Refusal, 'code' | 'message'> } = {
  'caseflow/already-rated': { code: 'reviews/already-rated', message: 'You have rated this case already; one rating per case.' },
  'caseflow/case-not-ended': { code: 'reviews/too-early', message: 'The case is still open; you can rate it when it has ended.' },
  'caseflow/rating-too-late': { code: 'reviews/window-closed', message: 'The time for rating this case is over.' },
  'caseflow/not-your-side': { code: 'reviews/applicant-only', message: 'Only those who act for the applicant may rate a case.' },
  'caseflow/not-your-party': { code: 'reviews/applicant-only', message: 'Only those who act for the applicant may rate a case.' },
}

export function inOurWords(refusal: Refusal): Refusal {
  const ours = OURS[refusal.code]
  if (ours === undefined) return refusal
  return refusal.data === undefined ? { ...ours } : { ...ours, data: refusal.data }
}

export const APPLICANT_ONLY: Refusal = { code: 'reviews/applicant-only', message: 'Only those who act for the applicant may rate a case.' }
