import { useQuery } from '@tanstack/react-query'
import { type ActionView, type CaseView, getDueDate, listOrgs, type Need } from '@yichuang/contract'
import { type FormEvent, useId, useState } from 'react'
import { ask } from '../../platform/api.ts'
import { day, inCity } from '../../platform/dates.ts'
import { joined, t, words } from '../../platform/i18n.ts'
import { useNow } from '../../platform/session.ts'
import { upload } from '../../platform/upload.ts'
import { Button } from '../../ui/Button.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { Notice, ProblemNotice } from '../../ui/states.tsx'
import { toast } from '../../ui/Toast.tsx'

import {
  type ChosenGap,
  firstInputs,
  gapOf,
  type Inputs,
  type Item,
  insteadOf,
  missingAtAccept,
  missingInput,
  needTitle,
  tolerable,
  toSend,
} from './needs.ts'
import { useAct } from './queries.ts'

type Props = {
  readonly view: CaseView
  readonly action: ActionView | null
  readonly onClose: () => void
  readonly onDone?: ((view: CaseView) => void) | undefined
  /** To another action that fits the case better. */
  readonly onOther?: ((action: ActionView) => void) | undefined
  /** Values known from where the action was called: which gap, which card. */
  readonly preset?: Inputs | undefined
}

/** The dialog of any action, made from what the action says it must be told. */
export function ActionSheet({ view, action, onClose, onDone, onOther, preset }: Props) {
  const form = useId()
  const act = useAct(view, (next) => {
    toast(t('act.done', { action: words(action?.title) }))
    onClose()
    onDone?.(next)
  })
  const close = () => {
    act.reset()
    onClose()
  }
  return (
    <Sheet
      open={action !== null}
      title={words(action?.title)}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('action.cancel')}</Button>
          <Button
            type="submit"
            form={form}
            busy={act.isPending}
            look={action?.destructive === true ? 'danger' : 'primary'}
            className="primary"
          >
            {words(action?.title)}
          </Button>
        </>
      }
    >
      {action !== null && (
        <ActionForm
          key={`${action.step ?? ''}${action.action}`}
          id={form}
          view={view}
          action={action}
          preset={preset}
          error={act.error}
          onOther={
            onOther &&
            ((other) => {
              act.reset()
              onOther(other)
            })
          }
          onSend={(input) => act.mutate({ action, input })}
        />
      )}
    </Sheet>
  )
}

type FormProps = {
  id: string
  view: CaseView
  action: ActionView
  preset: Inputs | undefined
  error: unknown
  onOther: Props['onOther']
  onSend: (input: Inputs) => void
}

function ActionForm({ id, view, action, preset, error, onOther, onSend }: FormProps) {
  const [inputs, setInputs] = useState<Inputs>(() => ({ ...firstInputs(action.needs, view), ...preset }))
  const [complaint, complain] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing = missingInput(action.needs, inputs)
    complain(missing)
    if (missing === null) onSend(toSend(action.needs, inputs))
  }
  const asked = action.needs.filter((need) => preset?.[need.field] === undefined)
  return (
    <form id={id} className="stack" onSubmit={submit} noValidate>
      {action.destructive && <Notice tone="warn">{t('act.destructive')}</Notice>}
      <NotComplete view={view} action={action} onOther={onOther} />
      {action.document !== undefined && <Notice>{t('act.document')}</Notice>}
      {asked.length === 0 && !action.destructive && <p>{t('act.sure', { action: words(action.title) })}</p>}
      {asked.map((need) => (
        <NeedInput
          key={need.field}
          need={need}
          view={view}
          value={inputs[need.field]}
          onChange={(value) => setInputs((before) => ({ ...before, [need.field]: value }))}
        />
      ))}
      {complaint !== null && <Notice tone="bad">{complaint}</Notice>}
      <ProblemNotice error={error} />
    </form>
  )
}

/** Accepting what is not complete is refused: what is missing is named before, with the two ways that remain. */
function NotComplete({ view, action, onOther }: Pick<FormProps, 'view' | 'action' | 'onOther'>) {
  const missing = missingAtAccept(view, action)
  if (missing.length === 0) return null
  return (
    <Notice tone="warn">
      {t('act.missing', { materials: joined(missing.map((material) => words(material.title))) })}
      {onOther !== undefined && (
        <span className="row">
          {insteadOf(view, action).map((other) => (
            <Button key={other.action} size="small" onClick={() => onOther(other)}>
              {words(other.title)}
            </Button>
          ))}
        </span>
      )}
    </Notice>
  )
}

type InputProps = { need: Need; view: CaseView; value: unknown; onChange: (value: unknown) => void }

function NeedInput(props: InputProps) {
  const { need } = props
  if (need.type === 'items') return <ItemsInput {...props} />
  if (need.type === 'gaps') return <GapsInput {...props} />
  if (need.type === 'files') return <FilesNeed {...props} />
  if (need.type === 'orgs') return <OrgsInput {...props} />
  if (need.type === 'boolean') return <BooleanInput {...props} />
  return <SingleInput {...props} />
}

function Label({ need, htmlFor }: { need: Need; htmlFor?: string }) {
  const inside = (
    <>
      {needTitle(need)}
      {!need.required && <span className="optional">{t('field.optional')}</span>}
    </>
  )
  return htmlFor === undefined ? <span className="label">{inside}</span> : <label htmlFor={htmlFor}>{inside}</label>
}

function SingleInput(props: InputProps) {
  const id = useId()
  return (
    <div className="field">
      <Label need={props.need} htmlFor={id} />
      <SingleControl id={id} {...props} />
    </div>
  )
}

function SingleControl({ id, need, value, onChange, view }: InputProps & { id: string }) {
  const text = typeof value === 'string' ? value : ''
  if (need.options !== undefined) return <Options id={id} options={need.options} value={text} onChange={onChange} />
  if (need.type === 'org') return <OrgOptions id={id} region={view.regionCode} value={text} onChange={onChange} />
  if (need.field === 'gap') {
    const open = view.gaps.filter((gap) => gap.status === 'open')
    return <Options id={id} options={open.map((gap) => ({ value: gap.id, title: { zh: gap.title } }))} value={text} onChange={onChange} />
  }
  if (need.field === 'clock')
    return (
      <Options
        id={id}
        options={view.clocks.map((clock) => ({ value: clock.clock, title: clock.title }))}
        value={text}
        onChange={onChange}
      />
    )
  if (need.type === 'date' || need.type === 'instant') return <DateControl id={id} need={need} value={text} onChange={onChange} />
  if (need.type === 'limit') return <LimitControl id={id} value={value} onChange={onChange} />
  if (need.type === 'number' || need.type === 'stars') {
    return (
      <input
        id={id}
        className="input"
        type="number"
        value={value === undefined ? '' : String(value)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    )
  }
  if (need.type === 'text')
    return <textarea id={id} className="textarea" rows={3} value={text} onChange={(event) => onChange(event.target.value)} />
  return <input id={id} className="input" value={text} onChange={(event) => onChange(event.target.value)} />
}

type OptionList = readonly { readonly value: string; readonly title: { readonly zh: string; readonly en?: string | undefined } }[]

function Options({ id, options, value, onChange }: { id: string; options: OptionList; value: string; onChange: (value: unknown) => void }) {
  return (
    <select id={id} className="select" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('field.choose')}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {words(option.title)}
        </option>
      ))}
    </select>
  )
}

/** Organisations to which a case of this region may go. */
function useOrgs(region: string): OptionList {
  const query = useQuery({
    queryKey: ['orgs', region],
    queryFn: ({ signal }) => ask(listOrgs, { query: { region }, signal }),
    staleTime: 600_000,
  })
  return (query.data?.orgs ?? []).map((org) => ({ value: org.id, title: org.name }))
}

type OrgProps = { id: string; region: string; value: string; onChange: (value: unknown) => void }

function OrgOptions({ id, region, value, onChange }: OrgProps) {
  return <Options id={id} options={useOrgs(region)} value={value} onChange={onChange} />
}

type DateProps = { id: string; need: Need; value: string; onChange: (value: unknown) => void }

/** A day by hand, or so many working days from today at one press. */
function DateControl({ id, need, value, onChange }: DateProps) {
  const today = inCity(useNow()).date
  const put = (date: string) => onChange(need.type === 'instant' ? new Date(`${date}T23:59:59+08:00`).toISOString() : date)
  const count = async (n: number) => {
    const { due } = await ask(getDueDate, { query: { from: today, limit: n, unit: 'workday' } })
    if (due !== null) put(due)
  }
  return (
    <div className="with-unit" style={{ flexWrap: 'wrap' }}>
      <input
        id={id}
        className="input"
        style={{ flex: '1 1 160px', width: 'auto' }}
        type="date"
        min={today}
        value={value.slice(0, 10)}
        onChange={(event) => (event.target.value === '' ? onChange(undefined) : put(event.target.value))}
      />
      {[5, 10, 15].map((n) => (
        <Button key={n} size="small" onClick={() => void count(n)}>
          {t('limit.workday', { n })}
        </Button>
      ))}
    </div>
  )
}

function LimitControl({ id, value, onChange }: { id: string; value: unknown; onChange: (value: unknown) => void }) {
  const n = typeof value === 'object' && value !== null && 'n' in value ? Number(value.n) : undefined
  return (
    <div className="with-unit">
      <input
        id={id}
        className="input"
        type="number"
        min={1}
        max={60}
        value={n ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : { n: Number(event.target.value), unit: 'workday' })}
      />
      <span className="nowrap">{t('need.workdays')}</span>
    </div>
  )
}

function BooleanInput({ need, value, onChange }: InputProps) {
  return (
    <label className="tick">
      <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
      <span>{needTitle(need)}</span>
    </label>
  )
}

/** 一次性告知: everything that must be mended, each with its reason, in one notice. */
function ItemsInput({ need, value, onChange }: InputProps) {
  const items = Array.isArray(value) ? (value as readonly Item[]) : []
  const id = useId()
  const put = (index: number, change: Partial<Item>) =>
    onChange(items.map((item, place) => (place === index ? { ...item, ...change } : item)))
  return (
    <fieldset className="stack" style={{ '--gap': '10px' } as React.CSSProperties}>
      <legend>
        <strong>{needTitle(need)}</strong> <span className="muted small">{t('need.itemsHint')}</span>
      </legend>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <div key={index} className="item-row">
          <label className="visually-hidden" htmlFor={`${id}-${index}-item`}>
            {t('need.item', { n: index + 1 })}
          </label>
          <input
            id={`${id}-${index}-item`}
            className="input"
            placeholder={t('need.itemPlaceholder')}
            value={item.item}
            onChange={(event) => put(index, { item: event.target.value })}
          />
          <label className="visually-hidden" htmlFor={`${id}-${index}-reason`}>
            {t('need.itemReason', { n: index + 1 })}
          </label>
          <input
            id={`${id}-${index}-reason`}
            className="input"
            placeholder={t('need.reasonPlaceholder')}
            value={item.reason}
            onChange={(event) => put(index, { reason: event.target.value })}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={t('need.removeItem', { n: index + 1 })}
            onClick={() => onChange(items.filter((_, place) => place !== index))}
          >
            <Icon name="trash" size={18} />
          </button>
        </div>
      ))}
      <div>
        <Button size="small" icon="plus" onClick={() => onChange([...items, { item: '', reason: '' }])}>
          {t('need.addItem')}
        </Button>
      </div>
    </fieldset>
  )
}

/** 容缺: which materials may follow later, until when, and what happens if they do not. */
function GapsInput({ need, view, value, onChange }: InputProps) {
  const chosen = Array.isArray(value) ? (value as readonly ChosenGap[]) : []
  const offered = tolerable(view)
  if (offered.length === 0) return <Notice tone="warn">{t('need.noGaps')}</Notice>
  return (
    <fieldset className="stack" style={{ '--gap': '10px' } as React.CSSProperties}>
      <legend>
        <strong>{needTitle(need)}</strong>
      </legend>
      {offered.map((each) => {
        const { material, title, tolerance } = each
        const on = chosen.some((gap) => gap.material === material)
        return (
          <label key={material} className="tick">
            <input
              type="checkbox"
              checked={on}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, ...gapOf(each)] : chosen.filter((gap) => gap.material !== material))
              }
            />
            <span>
              <strong>{words(title)}</strong>
              <span className="block small">
                {tolerance?.dueOn == null ? t('materials.tolerable') : t('materials.tolerableUntil', { date: day(tolerance.dueOn) })} ·{' '}
                {words(tolerance?.consequence)}
              </span>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}

function OrgsInput({ need, view, value, onChange }: InputProps) {
  const orgs = useOrgs(view.regionCode)
  const options = need.options ?? orgs
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const id = useId()
  return (
    <div className="field">
      <Label need={need} htmlFor={id} />
      <select
        id={id}
        className="select"
        value=""
        onChange={(event) => event.target.value !== '' && !chosen.includes(event.target.value) && onChange([...chosen, event.target.value])}
      >
        <option value="">{t('need.addOrg')}</option>
        {options.map((org) => (
          <option key={org.value} value={org.value}>
            {words(org.title)}
          </option>
        ))}
      </select>
      <ul className="row">
        {chosen.map((org) => (
          <li key={org} className="tag accent">
            {words(options.find((each) => each.value === org)?.title) || org}
            <button type="button" aria-label={t('action.remove')} onClick={() => onChange(chosen.filter((each) => each !== org))}>
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

type NamedFile = { readonly file: string; readonly name: string }

function FilesNeed({ need, value, onChange }: InputProps) {
  const files = Array.isArray(value) ? (value as readonly NamedFile[]) : []
  return (
    <div className="field">
      <Label need={need} />
      <FileDrop label={needTitle(need)} send={upload} onStored={({ file, name }) => onChange([...files, { file, name }])} />
      <ul className="files">
        {files.map(({ file, name }) => (
          <li key={file}>
            <Icon name="file" size={16} />
            <span className="name">{name}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
