import { type ReactNode, useState } from 'react'
import { t, words } from '../platform/i18n.ts'
import { Icon } from '../ui/Icon.tsx'
import { checkWith } from './plain.ts'
import type { FieldKind, FieldShape } from './vocabulary.ts'

export type BoxProps = {
  readonly id: string
  readonly field: FieldShape
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** Where a prefilled value came from. */
  readonly source?: ReactNode
  /** Show what is wrong even before the field was left: after a try to go on. */
  readonly strict?: boolean
  /** The server's own words about this field. */
  readonly complaint?: string | undefined
}

/** Label, input, hint, source and what is wrong with it, tied together for the eye and the ear. */
export function Box({ id, field, value, onChange, source, strict = false, complaint, kind }: BoxProps & { kind: FieldKind }) {
  const [left, leave] = useState(false)
  const fault = strict || left ? checkWith(kind, value, field) : null
  const error = fault === null ? complaint : t(fault.key, { title: words(field.title), ...fault.params })
  const describedBy = [`${id}-error`, field.hint && `${id}-hint`, source !== undefined && `${id}-source`].filter(Boolean).join(' ')
  const grouped = kind.group || isOpenChoice(field)
  return (
    <div className={`field${grouped || field.type === 'textarea' || field.type === 'address' ? ' wide' : ''}`} data-field={field.id}>
      {grouped ? <span className="label">{labelOf(field)}</span> : <label htmlFor={id}>{labelOf(field)}</label>}
      <kind.Input
        id={id}
        field={field}
        value={value}
        invalid={error !== undefined}
        describedBy={describedBy}
        onChange={onChange}
        onBlur={() => leave(true)}
      />
      {field.hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {words(field.hint)}
        </span>
      )}
      {source !== undefined && (
        <span className="source" id={`${id}-source`}>
          {source}
        </span>
      )}
      <span id={`${id}-error`} aria-live="polite">
        {error !== undefined && (
          <span className="error">
            <Icon name="warn" size={16} />
            {error}
          </span>
        )}
      </span>
    </div>
  )
}

/** Radio buttons in the open have no single element a label could name. */
function isOpenChoice(field: FieldShape): boolean {
  return field.type === 'boolean' || (field.type === 'choice' && (field.options?.length ?? 0) <= 5 && field.editable)
}

function labelOf(field: FieldShape): ReactNode {
  return (
    <>
      {words(field.title)}
      {!field.required && <span className="optional">{t('field.optional')}</span>}
    </>
  )
}
