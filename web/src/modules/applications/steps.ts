/** The way from a wish to a receipt. */
export const STEPS = ['questions', 'plan', 'form', 'materials', 'review'] as const
export type Step = (typeof STEPS)[number]

export function stepOf(word: string | undefined): Step {
  return STEPS.find((step) => step === word) ?? 'form'
}
