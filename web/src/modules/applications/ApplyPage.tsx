import { useQuery } from '@tanstack/react-query'
import type { Draft, DraftMaterial, Plan, PlanField, PlanMaterial } from '@yichuang/contract'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { FieldBox } from '../../fields/FieldBox.tsx'
import { checkField, showValue } from '../../fields/field.ts'
import { day } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { caseOfSubmitted, fieldWords, Problem } from '../../platform/problem.ts'
import { upload } from '../../platform/upload.ts'
import { Button } from '../../ui/Button.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { MaterialList } from '../../ui/MaterialList.tsx'
import { Reading } from '../../ui/query.tsx'
import { Facts, Fold, StepBar } from '../../ui/small.tsx'
import { Notice, ProblemNotice } from '../../ui/states.tsx'
import { sortMaterials } from './materials.ts'
import { itemOf, PlanView, Promised } from './PlanView.tsx'
import { answerTo, Questions } from './Questions.tsx'
import { draftQuery, useSubmitDraft } from './queries.ts'
import { STEPS, type Step, stepOf } from './steps.ts'
import { type Change, forgetTyped } from './typed.ts'
import { type Saving, useDraft } from './useDraft.ts'
import './applications.css'

type Props = {
  readonly id: string
  readonly step: string | undefined
  readonly onStep: (step: Step) => void
  readonly onSubmitted: (caseId: string) => void
  /** The draft was submitted before, here or elsewhere: what there is now is the case. */
  readonly onCase: (caseId: string) => void
  /** Materials that may follow later do not hold up the submit: a clerk decides on them at the counter. */
  readonly above?: ReactNode
}

/** One form, one set of materials, one submit. */
export function ApplyPage({ id, ...rest }: Props) {
  const query = useQuery(draftQuery(id))
  return (
    <Reading page query={query} lines={10}>
      {(draft) => <Apply key={draft.id} first={draft} {...rest} />}
    </Reading>
  )
}

type StepProps = { draft: Draft; change: (next: Change) => void; strict: boolean; complaints: Complaints }
type Complaints = { readonly [path: string]: string }

function Apply({ first, step, onStep, onSubmitted, onCase, above }: Omit<Props, 'id'> & { first: Draft }) {
  const { draft, saving, error, change, flush, version } = useDraft(first)
  const now = stepOf(step)
  const [strict, setStrict] = useState<readonly Step[]>([])
  const submit = useSubmitDraft(draft.id, onSubmitted)
  const complaints = complaintsOf(submit.error)
  const become = caseOfSubmitted(error) ?? caseOfSubmitted(submit.error)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one leaves once
  useEffect(() => {
    if (become !== null) onCase(become)
  }, [become])
  usePageTitle(`${t(`apply.step.${now}`)} · ${words(draft.bundleTitle)}`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step starts at its top
  useEffect(() => {
    scrollTo({ top: 0 })
  }, [now])
  const go = async (next: Step) => {
    await flush()
    onStep(next)
  }
  const goOn = async () => {
    setStrict([...strict, now])
    await flush()
    const open = firstOpen(now, draft)
    if (open !== null) return focusOn(open)
    const next = STEPS[STEPS.indexOf(now) + 1]
    if (next !== undefined) onStep(next)
  }
  const sending = useRef(false)
  /* The second press of a double click comes before the button can be drawn as busy. */
  const send = async (signed: boolean) => {
    if (sending.current) return
    sending.current = true
    await flush()
    submit.mutate({ version: version(), signed }, { onSettled: () => (sending.current = false) })
  }
  const shared: StepProps = { draft, change, strict: strict.includes(now), complaints }
  return (
    <div className="stack apply" style={{ '--gap': '16px' } as React.CSSProperties}>
      <header className="spread">
        <div>
          <h1>{words(draft.bundleTitle)}</h1>
          <p className="muted small">{t('apply.for', { party: draft.partyName })}</p>
        </div>
        <SavedMark saving={saving} />
      </header>
      {above}
      <StepBar
        steps={STEPS.map((each) => ({ id: each, title: t(`apply.step.${each}`) }))}
        now={now}
        onOpen={(next) => void go(stepOf(next))}
      />
      <ConflictNotice draft={draft.id} error={error} />
      {now === 'questions' && <QuestionStep {...shared} />}
      {now === 'plan' && <PlanView plan={draft.plan} />}
      {now === 'form' && <FormStep {...shared} />}
      {now === 'materials' && <MaterialStep {...shared} />}
      {now === 'review' && (
        <ReviewStep
          draft={draft}
          error={submit.error}
          busy={submit.isPending}
          onSend={(signed) => void send(signed)}
          onStep={(next) => void go(next)}
        />
      )}
      {now !== 'review' && (
        <div className="next-bar">
          {now !== 'questions' && <Button onClick={() => void go(STEPS[STEPS.indexOf(now) - 1] ?? 'questions')}>{t('apply.back')}</Button>}
          <Button look="primary" onClick={() => void goOn()} busy={saving === 'saving'}>
            {t('apply.next', { step: t(`apply.step.${STEPS[STEPS.indexOf(now) + 1] ?? 'review'}`) })}
          </Button>
        </div>
      )}
    </div>
  )
}

function SavedMark({ saving }: { saving: Saving }) {
  return (
    <span className={`small row saved-mark ${saving}`} role="status">
      <Icon name={saving === 'failed' ? 'warn' : 'check'} size={16} />
      {t(`draft.${saving}`)}
    </span>
  )
}

function ConflictNotice({ draft, error }: { draft: string; error: unknown }) {
  if (!(error instanceof Problem) || error.code !== 'applications/draft-changed-elsewhere') return <ProblemNotice error={error} />
  return (
    <Notice tone="warn">
      {t('problem.applications/draft-changed-elsewhere')}{' '}
      <button
        type="button"
        className="link"
        onClick={() => {
          forgetTyped(draft)
          location.reload()
        }}
      >
        {t('draft.reload')}
      </button>
    </Notice>
  )
}

// ---------------------------------------------------------------- what is still open

function fieldValue(field: PlanField, form: Draft['form']): unknown {
  return form[field.id] ?? field.value
}

function uploadsOpen(plan: Plan, materials: readonly DraftMaterial[]): PlanMaterial[] {
  return plan.materials.filter((material) => material.need === 'required' && !isSettled(material, materials))
}

function isSettled(material: PlanMaterial, materials: readonly DraftMaterial[]): boolean {
  const given = materials.find((each) => each.material === material.material)
  if (material.status === 'upload') return given?.file !== undefined || material.tolerance !== undefined
  return material.status !== 'promise' || given?.promised === true
}

/** Selector of the first thing on this step that holds up the next one. */
function firstOpen(step: Step, draft: Draft): string | null {
  if (step === 'questions') {
    const question = draft.plan.questions.find((each) => answerTo(each, draft.answers) === undefined)
    return question === undefined ? null : `[data-question="${CSS.escape(question.id)}"]`
  }
  if (step === 'form') {
    const field = draft.plan.form
      .flatMap((section) => section.fields)
      .find((each) => checkField(fieldValue(each, draft.form), each) !== null)
    return field === undefined ? null : `[data-field="${CSS.escape(field.id)}"]`
  }
  if (step === 'materials') {
    const material = uploadsOpen(draft.plan, draft.materials)[0]
    return material === undefined ? null : `[data-material="${CSS.escape(material.material)}"]`
  }
  return null
}

function focusOn(selector: string): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector)
    element?.scrollIntoView({ block: 'center' })
    element?.querySelector<HTMLElement>('input:not(.visually-hidden), select, textarea, button')?.focus({ preventScroll: true })
  })
}

/** The server's words about single fields: `form.address` → address. */
function complaintsOf(error: unknown): Complaints {
  if (!(error instanceof Problem)) return {}
  return Object.fromEntries(error.fields.map((field) => [field.path.replace(/^\/?(form|answers|materials)[./]/, ''), fieldWords(field)]))
}

// ---------------------------------------------------------------- steps

function QuestionStep({ draft, change, strict }: StepProps) {
  const open = draft.plan.questions.filter((each) => answerTo(each, draft.answers) === undefined).map((each) => each.id)
  return (
    <section className="card">
      <Questions
        questions={draft.plan.questions}
        answers={draft.answers}
        wanting={strict ? open : []}
        onAnswer={(question, answer) => change({ answers: { [question]: answer } })}
      />
    </section>
  )
}

function FormStep({ draft, change, strict, complaints }: StepProps) {
  const fields = draft.plan.form.flatMap((section) => section.fields)
  const known = fields.filter((field) => field.source !== undefined && draft.form[field.id] === undefined).length
  return (
    <>
      {known > 0 && <Notice tone="good">{t('form.known', { n: known, total: fields.length })}</Notice>}
      {draft.plan.form.map((section) => (
        <section key={section.id} className="card">
          <header>
            <h2>{words(section.title)}</h2>
          </header>
          <div className="grid-2">
            {section.fields.map((field) => (
              <FieldBox
                key={field.id}
                id={`field-${field.id}`}
                field={field}
                value={fieldValue(field, draft.form)}
                strict={strict}
                complaint={complaints[field.id]}
                source={sourceOf(field, draft.form)}
                onChange={(value) => change({ form: { [field.id]: value } })}
              />
            ))}
          </div>
        </section>
      ))}
    </>
  )
}

function sourceOf(field: PlanField, form: Draft['form']): ReactNode {
  if (field.source === undefined) return undefined
  const changed = form[field.id] !== undefined && JSON.stringify(form[field.id]) !== JSON.stringify(field.value)
  if (changed) return t('form.changed', { source: words(field.source.words) })
  return (
    <>
      <span className="tag green">
        <Icon name="share" size={14} />
        {t(`source.${field.source.kind}`)}
      </span>
      {words(field.source.words)}
      {field.source.asOf !== undefined && ` · ${t('form.asOf', { date: day(field.source.asOf) })}`}
    </>
  )
}

function MaterialStep({ draft, change, strict }: StepProps) {
  const put = (next: DraftMaterial) => change({ materials: [...draft.materials.filter((each) => each.material !== next.material), next] })
  const drop = (material: string) => change({ materials: draft.materials.filter((each) => each.material !== material) })
  const { bring, optional, promise: promises, have: rest } = sortMaterials(draft.plan.materials)
  const given = (material: string) => draft.materials.find((each) => each.material === material)
  const uploads = (materials: readonly PlanMaterial[]) => (
    <ul className="stack">
      {materials.map((material) => (
        <li key={material.material} data-material={material.material} className="upload-item">
          <UploadItem
            material={material}
            given={given(material.material)}
            strict={strict}
            onPut={put}
            onDrop={() => drop(material.material)}
          />
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <section className="card">
        <header>
          <h2>{t('plan.bring', { n: bring.length })}</h2>
          <span className="small muted">{t('plan.materialsHint')}</span>
        </header>
        {bring.length === 0 && <p className="muted">{t('plan.bringNothing')}</p>}
        {bring.length > 0 && uploads(bring)}
        {optional.length > 0 && <h3>{t('plan.optionalOnes', { n: optional.length })}</h3>}
        {optional.length > 0 && uploads(optional)}
      </section>
      {promises.length > 0 && (
        <section className="card">
          <header>
            <h2>{t('plan.promises', { n: promises.length })}</h2>
            <span className="small muted">{t('material.promisesHint')}</span>
          </header>
          <ul className="stack">
            {promises.map((material) => (
              <li key={material.material} data-material={material.material}>
                <label className="tick">
                  <input
                    type="checkbox"
                    checked={given(material.material)?.promised === true}
                    onChange={(event) => put({ material: material.material, promised: event.target.checked })}
                  />
                  <span>
                    <strong>{words(material.title)}</strong>
                    <span className="block">{words(material.words)}</span>
                    {strict && given(material.material)?.promised !== true && <span className="field-error">{t('material.tick')}</span>}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="card">
        <Fold title={t('plan.have', { n: rest.length })}>
          <MaterialList label={t('plan.have', { n: rest.length })} items={rest.map(itemOf)} />
        </Fold>
      </section>
    </>
  )
}

type UploadProps = {
  material: PlanMaterial
  given: DraftMaterial | undefined
  strict: boolean
  onPut: (next: DraftMaterial) => void
  onDrop: () => void
}

function UploadItem({ material, given, strict, onPut, onDrop }: UploadProps) {
  const title = words(material.title)
  const { meta } = itemOf(material)
  return (
    <div className="stack" style={{ '--gap': '8px' } as React.CSSProperties}>
      <div>
        <strong>{title}</strong>
        {material.need === 'required' && material.tolerance === undefined && <span className="tag red">{t('material.required')}</span>}
        <div className="small muted">{[words(material.hint), ...meta].filter(Boolean).join(' · ')}</div>
      </div>
      {given?.file === undefined ? (
        <FileDrop
          label={title}
          formats={material.formats}
          maxMegabytes={material.maxMegabytes}
          send={upload}
          onStored={(stored) => onPut({ material: material.material, file: stored.file, name: stored.name })}
        />
      ) : (
        <div className="files">
          <div className="row">
            <Icon name="check" size={18} />
            <span className="name">{given.name}</span>
            <Button size="small" look="plain" icon="trash" onClick={onDrop}>
              {t('material.replace')}
            </Button>
          </div>
        </div>
      )}
      {strict && given?.file === undefined && material.need === 'required' && material.tolerance === undefined && (
        <span className="field-error">{t('material.wanting')}</span>
      )}
      {given?.file === undefined && material.tolerance !== undefined && <span className="small muted">{t('material.mayFollow')}</span>}
    </div>
  )
}

type ReviewProps = { draft: Draft; error: unknown; busy: boolean; onSend: (signed: boolean) => void; onStep: (step: Step) => void }

function ReviewStep({ draft, error, busy, onSend, onStep }: ReviewProps) {
  const [signed, sign] = useState(false)
  const [pressed, press] = useState(false)
  const wayBack = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLInputElement>(null)
  const open = (['questions', 'form', 'materials'] as const).filter((step) => firstOpen(step, draft) !== null)
  const uploaded = draft.materials.filter((each) => each.file !== undefined)
  const later = draft.plan.materials.filter(
    (each) => each.status === 'upload' && each.need === 'required' && !uploaded.some((given) => given.material === each.material),
  )
  /* A button that does nothing leaves people guessing: it leads to what is still to be done. */
  const send = () => {
    press(true)
    if (open.length > 0) wayBack.current?.querySelector('button')?.focus()
    else if (signed) onSend(signed)
    else box.current?.focus()
  }
  return (
    <>
      <div ref={wayBack} className={open.length === 0 ? 'visually-hidden' : 'stack'}>
        {open.map((step) => (
          <Notice key={step} tone="warn">
            {t('review.open', { step: t(`apply.step.${step}`) })}{' '}
            <button type="button" className="link" onClick={() => onStep(step)}>
              {t('review.goThere')}
            </button>
          </Notice>
        ))}
      </div>
      <section className="card">
        <header>
          <h2>{t('review.plan')}</h2>
        </header>
        <Promised plan={draft.plan} />
        <ul className="node-table">
          {draft.plan.nodes
            .filter((node) => node.included === 'yes')
            .map((node) => (
              <li key={node.id}>
                <span>{words(node.title)}</span>
                <span className="muted">{words(node.org)}</span>
              </li>
            ))}
        </ul>
      </section>
      {draft.plan.form.map((section) => (
        <section key={section.id} className="card">
          <header>
            <h2>{words(section.title)}</h2>
            <button type="button" className="link" onClick={() => onStep('form')}>
              {t('review.change')}
            </button>
          </header>
          <Facts
            wide
            rows={section.fields.map((field) => ({ label: words(field.title), value: showValue(fieldValue(field, draft.form), field) }))}
          />
        </section>
      ))}
      <section className="card">
        <header>
          <h2>{t('review.materials')}</h2>
          <button type="button" className="link" onClick={() => onStep('materials')}>
            {t('review.change')}
          </button>
        </header>
        <ul className="files">
          {uploaded.map((each) => (
            <li key={each.material}>
              <Icon name="file" size={16} />
              <span>{words(draft.plan.materials.find((material) => material.material === each.material)?.title)}</span>
              <span className="small muted name">{each.name}</span>
            </li>
          ))}
        </ul>
        {uploaded.length === 0 && <p className="muted">{t('review.noUploads')}</p>}
        {later.length > 0 && (
          <Notice tone="warn">{t('review.later', { titles: later.map((each) => words(each.title)).join('、') })}</Notice>
        )}
      </section>
      <section className="card sign">
        <label className="tick">
          <input
            ref={box}
            type="checkbox"
            checked={signed}
            aria-describedby="sign-first"
            onChange={(event) => sign(event.target.checked)}
          />
          <span>
            <strong>{t('review.sign')}</strong>
            <span className="block small muted">{t('review.signWords', { party: draft.partyName })}</span>
          </span>
        </label>
        <span id="sign-first" className="field-error" role="status">
          {pressed && !signed && open.length === 0 && t('review.signFirst')}
        </span>
      </section>
      <ProblemNotice error={error} />
      <FieldComplaints error={error} onStep={onStep} />
      <div className="next-bar">
        <Button onClick={() => onStep('materials')}>{t('apply.back')}</Button>
        <Button look="primary" busy={busy} onClick={send}>
          {t('review.submit')}
        </Button>
      </div>
    </>
  )
}

function FieldComplaints({ error, onStep }: { error: unknown; onStep: (step: Step) => void }) {
  if (!(error instanceof Problem) || error.fields.length === 0) return null
  return (
    <ul className="stack">
      {error.fields.map((field) => (
        <li key={field.path}>
          <button type="button" className="link" onClick={() => onStep(field.path.includes('material') ? 'materials' : 'form')}>
            {field.message}
          </button>
        </li>
      ))}
    </ul>
  )
}
