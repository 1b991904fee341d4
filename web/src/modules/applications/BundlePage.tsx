import { useQuery } from '@tanstack/react-query'
import type { BundleView } from '@yichuang/contract'
import { type ReactNode, useState } from 'react'
import { limitWords } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { answersKept, forgetAnswers, keepAnswers } from '../../platform/kept.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Button } from '../../ui/Button.tsx'
import { Reading } from '../../ui/query.tsx'
import { Facts, Fold, StepBar } from '../../ui/small.tsx'
import { Notice, ProblemNotice } from '../../ui/states.tsx'
import { PlanView } from './PlanView.tsx'
import { answerTo, Questions } from './Questions.tsx'
import { type Answers, bundleQuery, planQuery, useCreateDraft } from './queries.ts'
import { STEPS } from './steps.ts'
import './applications.css'

export type Start = { readonly party: string | undefined; readonly region: string | undefined }
type Props = {
  readonly id: string
  /** Who it is for: a choice among the parties that may apply, or the way to log in. */
  readonly start: Start
  readonly chooser?: ((bundle: BundleView) => ReactNode) | undefined
  readonly onDraft: (draft: string) => void
  /** In place of the button while nobody is logged in. */
  readonly login?: ReactNode
}

/** 一件事: what it is, a few questions, and the plan that follows from the answers; nothing is asked twice. */
export function BundlePage(props: Props) {
  const query = useQuery(bundleQuery(props.id))
  return (
    <Reading page query={query} lines={8}>
      {(bundle) => <Bundle bundle={bundle} {...props} />}
    </Reading>
  )
}

function Bundle({ bundle, start, chooser, onDraft, login }: Props & { bundle: BundleView }) {
  usePageTitle(words(bundle.title))
  const [step, setStep] = useState<'questions' | 'plan'>('questions')
  const [answers, setAnswers] = useState<Answers>(() => (chooser === undefined ? {} : answersKept(bundle.id)))
  const [strict, setStrict] = useState(false)
  const plan = useQuery(planQuery(bundle.id, start.party, start.region, answers))
  const create = useCreateDraft((draft) => {
    forgetAnswers(bundle.id)
    onDraft(draft)
  })
  const answer = (question: string, value: unknown) => {
    const next = { ...answers, [question]: value }
    setAnswers(next)
    /* The login is another page: what was answered before it is still answered after it. */
    if (login !== undefined) keepAnswers(bundle.id, next)
  }
  const questions = plan.data?.questions ?? []
  const open = questions.filter((question) => isOpen(answerTo(question, answers))).map((question) => question.id)
  const goOn = () => {
    setStrict(true)
    const [first] = open
    if (first === undefined) {
      setStep('plan')
      scrollTo({ top: 0 })
    } else document.querySelector<HTMLElement>(`[data-question="${CSS.escape(first)}"] input`)?.focus()
  }
  return (
    <div className="stack" style={{ '--gap': '20px' } as React.CSSProperties}>
      <header className="bundle-head">
        <p className="small">{t('bundle.kind')}</p>
        <h1>{words(bundle.title)}</h1>
        <p>{words(bundle.summary)}</p>
      </header>
      {bundle.status === 'announced' ? (
        <Notice>{t('bundle.announced')}</Notice>
      ) : (
        <>
          <StepBar
            steps={STEPS.map((each) => ({ id: each, title: t(`apply.step.${each}`) }))}
            now={step}
            onOpen={() => setStep('questions')}
          />
          {chooser !== undefined && <section className="card">{chooser(bundle)}</section>}
          <Reading query={plan} lines={6}>
            {(value) =>
              step === 'questions' ? (
                <>
                  <section className="card">
                    <header>
                      <h2>{t('questions.title', { n: value.questions.length })}</h2>
                      <span className="small muted">{t('questions.hint')}</span>
                    </header>
                    <Questions questions={value.questions} answers={answers} wanting={strict ? open : []} onAnswer={answer} />
                  </section>
                  <div className="next-bar">
                    <span className="small muted">{open.length === 0 ? t('questions.all') : t('questions.open', { n: open.length })}</span>
                    <Button look="primary" onClick={goOn} busy={plan.isFetching}>
                      {t('questions.toPlan')}
                    </Button>
                  </div>
                </>
              ) : (
                <>
                  <PlanView plan={value} />
                  <ProblemNotice error={create.error} />
                  <div className="next-bar">
                    <Button onClick={() => setStep('questions')}>{t('apply.back')}</Button>
                    {login ?? (
                      <Button
                        look="primary"
                        busy={create.isPending}
                        disabled={start.party === undefined}
                        onClick={() =>
                          start.party !== undefined &&
                          create.mutate({ bundle: bundle.id, party: start.party, answers, region: start.region })
                        }
                      >
                        {t('plan.start')}
                      </Button>
                    )}
                  </div>
                </>
              )
            }
          </Reading>
        </>
      )}
      <About bundle={bundle} />
    </div>
  )
}

export function isOpen(answer: unknown): boolean {
  return answer === undefined || answer === null || answer === ''
}

function About({ bundle }: { bundle: BundleView }) {
  return (
    <section className="card">
      <header>
        <h2>{t('bundle.about')}</h2>
      </header>
      <Facts
        rows={[
          { label: t('bundle.lead'), value: words(bundle.lead) },
          { label: t('bundle.for'), value: bundle.parties.map((kind) => partyKindWords(kind)).join(' · ') },
          ...(bundle.counter === undefined ? [] : [{ label: t('bundle.counter'), value: words(bundle.counter) }]),
        ]}
      />
      <Fold title={t('bundle.nodes', { n: bundle.nodes.length })}>
        <ul className="node-table">
          {bundle.nodes.map((node) => (
            <li key={node.id}>
              <a href={`/matters/${node.matter}`}>{words(node.title)}</a>
              <span className="muted">{words(node.dept)}</span>
              <span className="nowrap">{limitWords(node.promised)}</span>
            </li>
          ))}
        </ul>
      </Fold>
    </section>
  )
}

function partyKindWords(kind: string): string {
  return kind === 'enterprise' || kind === 'sole-trader' || kind === 'person' ? t(`party.kind.${kind}`) : kind
}
