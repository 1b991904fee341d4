/** Answers to a bundle's questions: only questions it has, only values they allow. Pure. */
import type { Bundle, Question } from '@yichuang/pack'
import { ok, type Result, refuse } from '@yichuang/result'

export type Answers = { readonly [question: string]: unknown }

export function checkAnswers(bundle: Bundle, answers: Answers): Result<Answers> {
  for (const [id, value] of Object.entries(answers)) {
    const question = bundle.questions.find((one) => one.id === id)
    if (question === undefined) {
      const known = bundle.questions.map((one) => one.id).join(', ')
      return refuse('applications/answer-invalid', `Bundle ${bundle.id} has no question ${id}; it asks: ${known}.`, { question: id })
    }
    if (value === null || fits(question, value)) continue
    return refuse('applications/answer-invalid', `Question ${id} cannot be answered by ${JSON.stringify(value)}. ${expected(question)}`, {
      question: id,
    })
  }
  return ok(Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null)))
}

function fits(question: Question, value: unknown): boolean {
  const allowed = (one: unknown) => question.options?.some((option) => option.value === one) === true
  switch (question.type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'choice':
      return allowed(value)
    case 'choices':
      return Array.isArray(value) && value.every(allowed)
    default:
      return question.type satisfies never
  }
}

function expected(question: Question): string {
  if (question.type === 'boolean') return 'Answer true or false.'
  if (question.type === 'number') return 'Answer a number.'
  return `Possible: ${(question.options ?? []).map((option) => option.value).join(', ')}.`
}
