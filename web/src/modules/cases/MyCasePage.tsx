import { useQuery } from '@tanstack/react-query'
import type { ActionView, CaseView, StepView } from '@yichuang/contract'
import { type ReactNode, useState } from 'react'
import { day, moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { upload } from '../../platform/upload.ts'
import { Button } from '../../ui/Button.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FlowMap } from '../../ui/FlowMap.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Panes } from '../../ui/Panes.tsx'
import { Reading } from '../../ui/query.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { Facts, Fold } from '../../ui/small.tsx'
import { Notice, ProblemNotice } from '../../ui/states.tsx'
import { toast } from '../../ui/Toast.tsx'
import { ActionSheet } from './ActionSheet.tsx'
import { ClockList, ClockTag } from './Clocks.tsx'
import type { CaseLink } from './LoadMore.tsx'
import { mainClock, mapOf, nodeOf, panesOf } from './mapping.ts'
import { outcomeWords } from './needs.ts'
import { Answers, CaseMaterials, Documents, FilledForm, Gaps, gapWords, Timeline } from './parts.tsx'
import { caseQuery, useAct } from './queries.ts'
import './cases.css'

type Slots = {
  readonly link: CaseLink
  /** The rating, where this case can be rated. */
  readonly rating: (view: CaseView) => ReactNode
  readonly certificates: (certificates: CaseView['certificates']) => ReactNode
}

export function MyCasePage({ id, ...slots }: Slots & { id: string }) {
  const query = useQuery(caseQuery(id))
  return (
    <Reading page query={query} lines={8}>
      {(view) => <Case view={view} {...slots} />}
    </Reading>
  )
}

function Case({ view, link, rating, certificates }: Slots & { view: CaseView }) {
  usePageTitle(`${words(view.title)} ${view.no}`)
  const [action, setAction] = useState<ActionView | null>(null)
  const withdraw = view.actions.find((each) => each.effect === 'withdraw')
  return (
    <div className="stack case-page">
      <CaseHead view={view} link={link} />
      <Asked view={view} />
      {view.status === 'ended' && rating(view)}
      {view.certificates.length > 0 && (
        <section className="card">
          <header>
            <h2>{t('case.certificates')}</h2>
          </header>
          {certificates(view.certificates)}
        </section>
      )}
      {view.steps.length > 1 && <Progress view={view} link={link} />}
      <div className="two-columns">
        <section className="card">
          <header>
            <h2>{t('case.timeline')}</h2>
          </header>
          <Timeline view={view} link={link} />
        </section>
        <div className="stack">
          <section className="card">
            <header>
              <h2>{t('case.clocks')}</h2>
              <span className="small muted">{t('case.clocksHint')}</span>
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
      <section className="card">
        <Fold title={t('case.materials', { n: view.materials.length })}>
          <CaseMaterials materials={view.materials} />
        </Fold>
        {view.form.length > 0 && (
          <Fold title={t('case.form')}>
            <FilledForm form={view.form} />
          </Fold>
        )}
        {view.answers.length > 0 && (
          <Fold title={t('case.answers')}>
            <Answers answers={view.answers} />
          </Fold>
        )}
      </section>
      {withdraw?.allowed === true && (
        <p className="no-print">
          <Button look="plain" icon="return" onClick={() => setAction(withdraw)}>
            {words(withdraw.title)}
          </Button>
        </p>
      )}
      <ActionSheet view={view} action={action} onClose={() => setAction(null)} />
    </div>
  )
}

function CaseHead({ view, link }: { view: CaseView; link: CaseLink }) {
  const clock = mainClock(view.clocks)
  return (
    <header className="card case-head">
      <Panes statuses={panesOf(view)} size="large" />
      <div className="grow stack" style={{ '--gap': '8px' } as React.CSSProperties}>
        {view.parentCase !== undefined && (
          <p className="small">
            {t('case.partOf')} {link({ id: view.parentCase.id, children: words(view.parentCase.title) })}
          </p>
        )}
        <h1>{words(view.title)}</h1>
        <div className="row" style={{ '--gap': '6px 14px' } as React.CSSProperties}>
          <strong>{view.status === 'ended' ? outcomeWords(view.outcome) : words(view.stage)}</strong>
          {clock !== undefined && clock.status !== 'stopped' && view.status === 'open' && <ClockTag caseId={view.id} clock={clock} />}
        </div>
        <Facts
          rows={[
            { label: t('case.no'), value: <span className="mono">{view.no}</span> },
            { label: t('case.party'), value: view.party.name },
            { label: t('case.handler'), value: words(view.handler.name), note: view.handler.phone },
            { label: t('case.submittedAt'), value: moment(view.openedAt) },
          ]}
        />
      </div>
    </header>
  )
}

/** What is asked of the reader now, each with its one button. */
function Asked({ view }: { view: CaseView }) {
  const supply = view.actions.find((each) => each.effect === 'supply' && each.allowed)
  const closeGap = view.actions.find((each) => each.effect === 'close-gap' && each.allowed)
  const openGaps = view.gaps.filter((gap) => gap.status === 'open')
  const waiting = view.waiting !== undefined && supply !== undefined
  if (!waiting && openGaps.length === 0) return null
  return (
    <section className="card ask stack" aria-labelledby="asked">
      <h2 id="asked" className="row">
        <Icon name="pen" />
        {t('asked.title')}
      </h2>
      {view.waiting !== undefined && supply !== undefined && <Correction view={view} waiting={view.waiting} action={supply} />}
      {openGaps.length > 0 && (
        <div className="stack">
          <p>{t('asked.gaps')}</p>
          <Gaps gaps={openGaps} materials={view.materials} />
          {closeGap !== undefined &&
            openGaps.map((gap) => (
              <SupplyFiles
                key={gap.id}
                view={view}
                action={closeGap}
                title={gapWords(gap, view.materials).title}
                material={gap.material}
                input={{ gap: gap.id }}
              />
            ))}
        </div>
      )}
    </section>
  )
}

function Correction({ view, waiting, action }: { view: CaseView; waiting: NonNullable<CaseView['waiting']>; action: ActionView }) {
  return (
    <div className="stack" style={{ '--gap': '12px' } as React.CSSProperties}>
      <p>
        {t('asked.correction')}
        {waiting.until !== undefined && <strong> {t('asked.until', { date: day(waiting.until) })}</strong>}
      </p>
      <ol className="numbered">
        {waiting.items.map((item) => (
          <li key={item.item}>
            <strong>{item.item}</strong>
            <span className="block">{item.reason}</span>
          </li>
        ))}
      </ol>
      <SupplyFiles view={view} action={action} title={words(action.title)} button={words(action.title)} input={{}} />
    </div>
  )
}

type SupplyProps = {
  view: CaseView
  action: ActionView
  title: string
  button?: string
  material?: string
  input: { readonly [field: string]: unknown }
}

/** Files first, then the one button that hands them in. */
function SupplyFiles({ view, action, title, button, material, input }: SupplyProps) {
  const [files, setFiles] = useState<readonly { file: string; name: string }[]>([])
  const act = useAct(view, () => {
    setFiles([])
    toast(t('asked.sent'))
  })
  return (
    <div className="stack" style={{ '--gap': '10px' } as React.CSSProperties}>
      <FileDrop
        label={t('asked.upload', { title })}
        send={upload}
        onStored={(stored) => setFiles([...files, { file: stored.file, name: stored.name }])}
      />
      {files.length > 0 && (
        <ul className="files">
          {files.map((file) => (
            <li key={file.file}>
              <Icon name="check" size={16} />
              <span className="name">{file.name}</span>
              <button type="button" className="link small" onClick={() => setFiles(files.filter((each) => each.file !== file.file))}>
                {t('action.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <ProblemNotice error={act.error} />
      <div>
        <Button
          look="primary"
          busy={act.isPending}
          disabled={files.length === 0}
          onClick={() =>
            act.mutate({
              action,
              input: { ...input, files: files.map((each) => ({ ...each, ...(material === undefined ? {} : { material }) })) },
            })
          }
        >
          {button ?? t('asked.submit', { title })}
        </Button>
      </div>
    </div>
  )
}

function Progress({ view, link }: { view: CaseView; link: CaseLink }) {
  const [open, setOpen] = useState<StepView | null>(null)
  const parts = view.steps.filter((step) => step.child !== undefined)
  const { nodes, left } = mapOf(view.steps)
  return (
    <section className="card">
      <header>
        <h2>{t('case.progress')}</h2>
        <span className="small muted">{t('case.progressHint')}</span>
      </header>
      <FlowMap label={t('case.progress')} nodes={nodes} onOpen={(id) => setOpen(view.steps.find((step) => step.id === id) ?? null)} />
      {parts.length > 0 && (
        <ul className="part-list">
          {parts.map((step) => (
            <PartRow key={step.id} step={step} link={link} />
          ))}
        </ul>
      )}
      <NotNeeded steps={left} />
      <Sheet open={open !== null} title={words(open?.title)} onClose={() => setOpen(null)}>
        {open !== null && <StepDetail step={open} link={link} caseId={view.id} />}
      </Sheet>
    </section>
  )
}

/** Parts of the bundle that this case does not need, each with the reason. */
export function NotNeeded({ steps }: { steps: readonly StepView[] }) {
  if (steps.length === 0) return null
  return (
    <Fold title={t('plan.notNeeded', { n: steps.length })}>
      <Facts wide rows={steps.map((step) => ({ label: words(step.title), value: words(step.why) || t('flow.not-needed') }))} />
    </Fold>
  )
}

function PartRow({ step, link }: { step: StepView; link: CaseLink }) {
  const child = step.child
  if (child === undefined) return null
  const clock = mainClock(child.clocks)
  const title = <strong>{words(step.title)}</strong>
  return (
    <li>
      <span>
        {child.visible ? link({ id: child.id, children: title }) : title}
        <span className="block small muted">
          {words(step.org)} · {words(child.stage)}
        </span>
      </span>
      <span>
        {child.status === 'ended' ? (
          <span className={`tag ${step.status === 'refused' ? 'red' : 'green'}`}>{outcomeWords(child.outcome)}</span>
        ) : (
          clock !== undefined && <ClockTag caseId={child.id} clock={clock} />
        )}
      </span>
      <span>
        {child.status === 'ended' &&
          !child.rated &&
          child.visible &&
          link({ id: child.id, className: 'button small', children: t('cases.rateMe') })}
      </span>
    </li>
  )
}

export function StepDetail({ step, link, caseId }: { step: StepView; link: CaseLink; caseId: string }) {
  const rows = [
    { label: t('step.status'), value: t(`flow.${nodeOf(step).status}`) },
    { label: t('step.org'), value: words(step.org) },
    ...(step.assignee === undefined ? [] : [{ label: t('step.assignee'), value: words(step.assignee) }]),
    ...(step.readyAt === undefined ? [] : [{ label: t('step.readyAt'), value: moment(step.readyAt) }]),
    ...(step.doneAt === undefined ? [] : [{ label: t('step.doneAt'), value: moment(step.doneAt) }]),
    ...(step.child === undefined ? [] : [{ label: t('case.no'), value: <span className="mono">{step.child.no}</span> }]),
  ]
  return (
    <div className="stack">
      {step.why !== undefined && <Notice>{words(step.why)}</Notice>}
      {step.special !== undefined && <Notice tone="warn">{t('step.special', { basis: words(step.special) })}</Notice>}
      {step.missing !== undefined && step.missing.length > 0 && (
        <Notice tone="warn">{t('step.missing', { facts: step.missing.join('、') })}</Notice>
      )}
      <Facts wide rows={rows} />
      {step.child !== undefined && <ClockList caseId={step.child.visible ? step.child.id : caseId} clocks={step.child.clocks} />}
      {step.child?.visible === true && link({ id: step.child.id, className: 'button', children: t('case.openPart') })}
    </div>
  )
}
