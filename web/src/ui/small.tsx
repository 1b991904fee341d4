import { type ReactNode, useId, useState } from 'react'
import { t } from '../platform/i18n.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { Sheet } from './Sheet.tsx'

export type Fact = { readonly label: string; readonly value: ReactNode; readonly note?: ReactNode }

export function Facts({ rows, wide = false }: { rows: readonly Fact[]; wide?: boolean }) {
  return (
    <dl className={wide ? 'facts wide-labels' : 'facts'}>
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>
            {row.value}
            {row.note !== undefined && <div className="small muted">{row.note}</div>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A number that says what it is; opens what is behind it. */
export function Figure(props: {
  label: string
  value: ReactNode
  unit?: string | undefined
  definition?: string | undefined
  children?: ReactNode
}) {
  return (
    <div className="figure" title={props.definition}>
      <span className="number">
        {props.value}
        {props.unit !== undefined && <span className="unit">{props.unit}</span>}
      </span>
      <span className="label">{props.label}</span>
      {props.children}
    </div>
  )
}

/** QR code drawn by the server; `caption` says in words what it holds. */
export function QrImage({ src, caption, size = 160 }: { src: string; caption: string; size?: number }) {
  return (
    <figure className="stack" style={{ '--gap': '6px', alignItems: 'center' } as React.CSSProperties}>
      <img className="qr" src={src} width={size} height={size} alt={caption} style={{ width: size, height: size }} />
      <figcaption className="small muted">{caption}</figcaption>
    </figure>
  )
}

type Step = { readonly id: string; readonly title: string }

export function StepBar({ steps, now, onOpen }: { steps: readonly Step[]; now: string; onOpen?: ((id: string) => void) | undefined }) {
  const place = steps.findIndex((step) => step.id === now)
  return (
    <nav aria-label={t('steps.label')}>
      <ol className="step-bar">
        {steps.map((step, index) => (
          <li
            key={step.id}
            className={index < place ? 'done' : index === place ? 'now' : ''}
            aria-current={index === place ? 'step' : undefined}
          >
            {index < place && onOpen !== undefined ? (
              <button type="button" onClick={() => onOpen(step.id)}>
                {index + 1} {step.title}
              </button>
            ) : (
              `${index + 1} ${step.title}`
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** 好差评: five levels, of which the applicant picks one; nothing is chosen beforehand. */
export function StarPicker({ value, onChange }: { value: number | null; onChange: (stars: number) => void }) {
  const name = useId()
  return (
    <fieldset className="field">
      <legend>{t('rate.question')}</legend>
      <div className="stars">
        {([5, 4, 3, 2, 1] as const).map((stars) => (
          <label key={stars}>
            <input className="visually-hidden" type="radio" name={name} checked={value === stars} onChange={() => onChange(stars)} />
            <span aria-hidden="true">{'★'.repeat(stars)}</span>
            {t(`rate.${stars}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function StarsShown({ stars }: { stars: number }) {
  const level = Math.min(5, Math.max(1, Math.round(stars))) as 1 | 2 | 3 | 4 | 5
  return (
    <span className="row">
      <span className="stars shown" aria-hidden="true">
        {'★'.repeat(level)}
        {'☆'.repeat(5 - level)}
      </span>
      <span>{t(`rate.${level}`)}</span>
    </span>
  )
}

/** Personal data, masked until somebody says why it must be seen; the reveal is recorded. */
export function PersonMask({ masked, onReveal }: { masked: string; onReveal?: ((reason: string) => Promise<string>) | undefined }) {
  const [asking, ask] = useState(false)
  const [reason, say] = useState('')
  const [full, show] = useState<string | null>(null)
  const [failure, fail] = useState<unknown>(null)
  const id = useId()
  const reveal = async () => {
    try {
      show((await onReveal?.(reason)) ?? null)
      ask(false)
    } catch (error) {
      fail(error)
    }
  }
  if (full !== null) return <span className="mono">{full}</span>
  return (
    <span className="row">
      <span className="mono">{masked}</span>
      {onReveal !== undefined && (
        <Button look="plain" size="small" icon="eye" onClick={() => ask(true)}>
          {t('mask.reveal')}
        </Button>
      )}
      <Sheet
        open={asking}
        title={t('mask.title')}
        onClose={() => ask(false)}
        footer={
          <Button look="primary" disabled={reason.trim().length < 4} onClick={() => void reveal()}>
            {t('mask.confirm')}
          </Button>
        }
      >
        <div className="field">
          <label htmlFor={id}>{t('mask.reason')}</label>
          <input id={id} className="input" value={reason} onChange={(event) => say(event.target.value)} />
          <span className="hint">{t('mask.recorded')}</span>
          {failure !== null && <span className="error">{t('mask.refused')}</span>}
        </div>
      </Sheet>
    </span>
  )
}

export function Fold({ title, children, open }: { title: ReactNode; children: ReactNode; open?: boolean }) {
  return (
    <details className="fold" open={open}>
      <summary>
        <Icon name="right" size={16} />
        {title}
      </summary>
      {children}
    </details>
  )
}
