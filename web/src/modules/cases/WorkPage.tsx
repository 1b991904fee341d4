import { useQuery } from '@tanstack/react-query'
import type { ActionView, CaseView } from '@yichuang/contract'
import { type ReactNode, useEffect, useState } from 'react'
import { moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { refusalWords } from '../../platform/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { DeadlineTag } from '../../ui/DeadlineTag.tsx'
import { FlowMap } from '../../ui/FlowMap.tsx'
import { Panes } from '../../ui/Panes.tsx'
import { Reading } from '../../ui/query.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { Facts } from '../../ui/small.tsx'
import { Notice } from '../../ui/states.tsx'
import { ActionSheet } from './ActionSheet.tsx'
import { ClockList, ClockTag } from './Clocks.tsx'
import type { CaseLink } from './LoadMore.tsx'
import { NotNeeded, StepDetail } from './MyCasePage.tsx'
import { mainClock, mapOf, panesOf } from './mapping.ts'
import { type Inputs, outcomeWords, tolerable } from './needs.ts'
import { Answers, CaseMaterials, Documents, FilledForm, Gaps, Milestones, Timeline } from './parts.tsx'
import { caseQuery } from './queries.ts'
import './cases.css'

type Props = {
  readonly id: string
  readonly link: CaseLink
  /** Which steps this desk works on; the others are shown, not offered. */
  readonly desk: string
  readonly party: (party: CaseView['party']) => ReactNode
  readonly onDone?: ((view: CaseView) => void) | undefined
}

/** The work of a clerk or officer on one case: what lies before her on the left, what she may do on the right. */
export function WorkPage({ id, ...rest }: Props) {
  const query = useQuery(caseQuery(id))
  return (
    <Reading page query={query} lines={10}>
      {(view) => <Work view={view} {...rest} />}
    </Reading>
  )
}

function Work({ view, link, desk, party, onDone }: Omit<Props, 'id'> & { view: CaseView }) {
  usePageTitle(`${view.no} ${words(view.title)}`)
  const [chosen, choose] = useState<{ action: ActionView; preset?: Inputs } | null>(null)
  return (
    <>
      <WorkHead view={view} link={link} />
      <div className="split">
        <div className="stack" style={{ '--gap': '16px' } as React.CSSProperties}>
          <WorkTabs view={view} link={link} party={party} />
        </div>
        <div className="decide">
          <Actions view={view} desk={desk} onChoose={(action) => choose({ action })} />
          <Cards view={view} onAnswer={(action, preset) => choose({ action, preset })} />
          {view.gaps.length > 0 && (
            <section className="card">
              <header>
                <h2>{t('case.gaps')}</h2>
              </header>
              <Gaps
                gaps={view.gaps}
                materials={view.materials}
                side={(gap) => (
                  <CloseGap
                    view={view}
                    gap={gap.id}
                    open={gap.status === 'open'}
                    onChoose={(action) => choose({ action, preset: { gap: gap.id } })}
                  />
                )}
              />
            </section>
          )}
          <section className="card">
            <header>
              <h2>{t('case.clocks')}</h2>
            </header>
            <ClockList caseId={view.id} clocks={view.clocks} />
          </section>
          <section className="card">
            <header>
              <h2>{t('case.documents')}</h2>
            </header>
            <Documents documents={view.documents} />
          </section>
        </div>
      </div>
      <ActionSheet
        view={view}
        action={chosen?.action ?? null}
        preset={chosen?.preset}
        onClose={() => choose(null)}
        onOther={(action) => choose({ action })}
        onDone={onDone}
      />
    </>
  )
}

function WorkHead({ view, link }: { view: CaseView; link: CaseLink }) {
  const clock = mainClock(view.clocks)
  return (
    <header className="card stack" style={{ '--gap': '10px' } as React.CSSProperties}>
      <div className="spread">
        <div className="row" style={{ '--gap': '12px' } as React.CSSProperties}>
          {view.steps.length > 1 && <Panes statuses={panesOf(view)} />}
          <h1>{words(view.title)}</h1>
          <span className="tag accent">{view.status === 'ended' ? outcomeWords(view.outcome) : words(view.stage)}</span>
        </div>
        {clock !== undefined && clock.status !== 'stopped' && view.status === 'open' && <ClockTag caseId={view.id} clock={clock} />}
      </div>
      {view.suspension !== undefined && (
        <Notice tone="warn">
          {t('case.suspended', {
            basis: words(view.suspension.basis),
            reason: view.suspension.reason,
            since: moment(view.suspension.since),
            until: moment(view.suspension.until),
          })}
        </Notice>
      )}
      {view.waiting !== undefined && (
        <Notice tone="warn">{t('case.waiting', { n: view.waiting.items.length, since: moment(view.waiting.since) })}</Notice>
      )}
      <Facts
        rows={[
          { label: t('case.no'), value: <span className="mono">{view.no}</span> },
          { label: t('case.party'), value: view.party.name, note: view.party.creditCode },
          { label: t('case.handler'), value: words(view.handler.name) },
          { label: t('case.submittedAt'), value: moment(view.openedAt) },
          ...(view.parentCase === undefined
            ? []
            : [{ label: t('case.partOf'), value: link({ id: view.parentCase.id, children: words(view.parentCase.title) }) }]),
        ]}
      />
    </header>
  )
}

const TABS = ['materials', 'form', 'flow', 'timeline', 'party'] as const
type Tab = (typeof TABS)[number]

function WorkTabs({ view, link, party }: { view: CaseView; link: CaseLink; party: Props['party'] }) {
  const [tab, setTab] = useState<Tab>('materials')
  const { nodes, left } = mapOf(view.steps)
  const [step, setStep] = useState<CaseView['steps'][number] | null>(null)
  return (
    <section className="card">
      <div className="tabs" role="tablist" aria-label={t('work.tabs')}>
        {TABS.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={tab === each}
            aria-controls="work-panel"
            onClick={() => setTab(each)}
          >
            {t(`work.tab.${each}`)}
          </button>
        ))}
      </div>
      <div id="work-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'materials' && <CaseMaterials materials={view.materials} />}
        {tab === 'form' && (
          <div className="stack">
            <FilledForm form={view.form} />
            {view.answers.length > 0 && (
              <>
                <h2>{t('case.answers')}</h2>
                <Answers answers={view.answers} />
              </>
            )}
          </div>
        )}
        {tab === 'flow' && (
          <>
            <FlowMap label={t('case.progress')} nodes={nodes} onOpen={(id) => setStep(view.steps.find((each) => each.id === id) ?? null)} />
            <NotNeeded steps={left} />
          </>
        )}
        {tab === 'timeline' && (
          <div className="stack">
            <Milestones milestones={view.milestones} />
            <Timeline view={view} link={link} />
          </div>
        )}
        {tab === 'party' && (
          <div className="stack">
            {party(view.party)}
            <History view={view} link={link} />
          </div>
        )}
      </div>
      <Sheet open={step !== null} title={words(step?.title)} onClose={() => setStep(null)}>
        {step !== null && <StepDetail step={step} link={link} caseId={view.id} />}
      </Sheet>
    </section>
  )
}

function History({ view, link }: { view: CaseView; link: CaseLink }) {
  if (view.history.length === 0) return <p className="muted">{t('case.noHistory')}</p>
  return (
    <section>
      <h2>{t('case.history')}</h2>
      <ul className="stack" style={{ '--gap': '4px' } as React.CSSProperties}>
        {view.history.map((other) => (
          <li key={other.id} className="spread">
            {link({ id: other.id, children: words(other.title) })}
            <span className="small muted">
              <span className="mono">{other.no}</span> · {moment(other.openedAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Pack actions of my steps are the buttons that matter; what every case can do stands below, smaller. */
const ASIDE = new Set([
  'comment',
  'attach',
  'suspend',
  'resume',
  'extend',
  'transfer',
  'assign',
  'release',
  'co-handle',
  'supervise',
  'reopen',
  'withdraw',
])
const ELSEWHERE = new Set(['close-gap', 'answer-card', 'rate', 'supply'])

function Actions({ view, desk, onChoose }: { view: CaseView; desk: string; onChoose: (action: ActionView) => void }) {
  const offered = view.actions.filter((action) => !ELSEWHERE.has(action.effect)).map((action) => withSense(action, view))
  const main = offered.filter((action) => !ASIDE.has(action.effect) && atDesk(view, action, desk))
  const aside = offered.filter((action) => ASIDE.has(action.effect) && action.allowed)
  const first = main.find((action) => action.allowed && action.effect !== 'claim')
  useNumberKeys(main, onChoose)
  const refusals = [
    ...new Set(main.flatMap((action) => (action.allowed || action.refusal === undefined ? [] : [refusalWords(action.refusal)]))),
  ]
  return (
    <section className="card stack" style={{ '--gap': '12px' } as React.CSSProperties} aria-label={t('work.actions')}>
      <header className="spread">
        <h2>{t('work.actions')}</h2>
        <span className="small muted">{stepWords(view, main)}</span>
      </header>
      {main.length === 0 && <p className="muted">{view.status === 'ended' ? t('work.ended') : t('work.nothing')}</p>}
      <div className="action-list">
        {main.map((action, place) => {
          const number = place + 1
          return (
            <Button
              key={`${action.step ?? ''}${action.action}`}
              look={action.destructive ? 'danger' : action === first ? 'primary' : 'default'}
              disabled={!action.allowed}
              title={action.refusal === undefined ? undefined : refusalWords(action.refusal)}
              onClick={() => onChoose(action)}
            >
              {number < 10 && <kbd>{number}</kbd>}
              {titleAmong(action, offered, view)}
            </Button>
          )
        })}
      </div>
      {refusals.map((message) => (
        <p key={message} className="small muted">
          {message}
        </p>
      ))}
      {aside.length > 0 && (
        <div className="more-actions">
          {aside.map((action) => (
            <Button
              key={`${action.step ?? ''}${action.action}`}
              size="small"
              look={action.destructive ? 'danger' : 'default'}
              onClick={() => onChoose(action)}
            >
              {titleAmong(action, offered, view)}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

/** An action that must leave something open makes no sense where nothing may be left open. */
function withSense(action: ActionView, view: CaseView): ActionView {
  const asksGaps = action.needs.some((need) => need.type === 'gaps' && need.required)
  if (!action.allowed || !asksGaps || tolerable(view).length > 0) return action
  const message = t('need.noGaps')
  return { ...action, allowed: false, refusal: { code: 'cases/nothing-tolerable', message, words: { zh: message, en: message } } }
}

/** Two steps in parallel may offer the same action: then each says for which step. */
function titleAmong(action: ActionView, offered: readonly ActionView[], view: CaseView): string {
  const alone = offered.filter((each) => each.action === action.action).length === 1
  const step = alone ? undefined : view.steps.find((each) => each.id === action.step)
  return step === undefined ? words(action.title) : `${words(action.title)} · ${words(step.title)}`
}

function atDesk(view: CaseView, action: ActionView, desk: string): boolean {
  if (action.step === undefined) return true
  const step = view.steps.find((each) => each.id === action.step)
  return step === undefined || step.desk === desk || action.allowed
}

function stepWords(view: CaseView, actions: readonly ActionView[]): string {
  const titles = actions.flatMap((action) => view.steps.filter((step) => step.id === action.step).map((step) => words(step.title)))
  return [...new Set(titles)].join(' · ')
}

/** A number belongs to its place: it means the same action while others become possible or stop being so. */
function useNumberKeys(actions: readonly ActionView[], onChoose: (action: ActionView) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return
      if (target.closest('input, textarea, select, dialog') !== null) return
      const action = actions[Number(event.key) - 1]
      if (action?.allowed === true) onChoose(action)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
}

/** 亮牌: every card on the case, and the reason it demands. */
function Cards({ view, onAnswer }: { view: CaseView; onAnswer: (action: ActionView, preset: Inputs) => void }) {
  if (view.cards.length === 0) return null
  const answer = view.actions.find((action) => action.effect === 'answer-card')
  return (
    <section className="card">
      <header>
        <h2>{t('case.cards')}</h2>
      </header>
      <ul className="stack" style={{ '--gap': '10px' } as React.CSSProperties}>
        {view.cards.map((card) => (
          <li key={`${card.clock}${card.level}`}>
            <div className="spread">
              <DeadlineTag light={card.card} dueAt={card.at} />
              {card.reason === undefined && answer?.allowed === true && (
                <Button size="small" onClick={() => onAnswer(answer, { clock: card.clock, level: card.level })}>
                  {t('case.giveReason')}
                </Button>
              )}
            </div>
            <p className="small muted">{card.reason ?? t('case.reasonDue')}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function CloseGap({ view, gap, open, onChoose }: { view: CaseView; gap: string; open: boolean; onChoose: (action: ActionView) => void }) {
  const action = view.actions.find((each) => each.effect === 'close-gap' && each.allowed)
  if (!open || action === undefined) return null
  return (
    <Button key={gap} size="small" onClick={() => onChoose(action)}>
      {words(action.title)}
    </Button>
  )
}
