import type { PlanQuestion } from '@yichuang/contract'
import { useId } from 'react'
import { t, words } from '../../platform/i18n.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { Answers } from './queries.ts'

type Props = {
  readonly questions: readonly PlanQuestion[]
  readonly answers: Answers
  readonly onAnswer: (question: string, answer: unknown) => void
  /** Ids of questions that must be answered before going on and are not. */
  readonly wanting: readonly string[]
}

/** 情形引导: a few plain questions; what the registers already know is answered and says from where. */
export function Questions({ questions, answers, onAnswer, wanting }: Props) {
  return (
    <ol className="questions">
      {questions.map((question, index) => (
        <li key={question.id}>
          <OneQuestion
            number={index + 1}
            question={question}
            value={answerTo(question, answers)}
            wanting={wanting.includes(question.id)}
            known={question.known !== undefined && answers[question.id] === undefined}
            onAnswer={(answer) => onAnswer(question.id, answer)}
          />
        </li>
      ))}
    </ol>
  )
}

/** What was said here, else what is known. */
export function answerTo(question: PlanQuestion, answers: Answers): unknown {
  return answers[question.id] ?? question.known?.value
}

type OneProps = {
  number: number
  question: PlanQuestion
  value: unknown
  wanting: boolean
  known: boolean
  onAnswer: (answer: unknown) => void
}

function OneQuestion({ number, question, value, wanting, known, onAnswer }: OneProps) {
  const id = useId()
  return (
    <fieldset className="field question" aria-describedby={`${id}-note`} data-question={question.id}>
      <legend>
        <span className="number" aria-hidden="true">
          {number}
        </span>
        {words(question.text)}
      </legend>
      {question.hint !== undefined && <span className="hint">{words(question.hint)}</span>}
      <AnswerInput id={id} question={question} value={value} onAnswer={onAnswer} />
      <span id={`${id}-note`}>
        {known && (
          <span className="source">
            <Icon name="check" size={16} />
            {t('question.known', { source: words(question.known?.words) })}
          </span>
        )}
        {wanting && (
          <span className="error">
            <Icon name="warn" size={16} />
            {t('question.wanting')}
          </span>
        )}
      </span>
    </fieldset>
  )
}

type AnswerProps = { id: string; question: PlanQuestion; value: unknown; onAnswer: (answer: unknown) => void }

function AnswerInput({ id, question, value, onAnswer }: AnswerProps) {
  if (question.type === 'number') {
    return (
      <input
        className="input"
        style={{ maxWidth: 240 }}
        inputMode="numeric"
        aria-label={words(question.text)}
        value={value === undefined || value === null ? '' : String(value)}
        onChange={(event) =>
          onAnswer(event.target.value === '' || Number.isNaN(Number(event.target.value)) ? null : Number(event.target.value))
        }
      />
    )
  }
  const options =
    question.type === 'boolean'
      ? YES_NO
      : (question.options ?? []).map((option) => ({ value: option.value as unknown, title: words(option.title) }))
  const many = question.type === 'choices'
  const chosen = many && Array.isArray(value) ? (value as readonly unknown[]) : []
  const toggle = (option: unknown) => onAnswer(chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option])
  return (
    <div className="choices">
      {options.map((option) => (
        <label key={String(option.value)} className="choice">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={id}
            checked={many ? chosen.includes(option.value) : value === option.value}
            onChange={() => (many ? toggle(option.value) : onAnswer(option.value))}
          />
          {option.title ?? (option.value === true ? t('field.yes') : t('field.no'))}
        </label>
      ))}
      {many && (
        <label className="choice">
          <input type="checkbox" checked={Array.isArray(value) && value.length === 0} onChange={() => onAnswer([])} />
          {t('question.none')}
        </label>
      )}
    </div>
  )
}

const YES_NO: readonly { readonly value: unknown; readonly title?: string }[] = [{ value: true }, { value: false }]
