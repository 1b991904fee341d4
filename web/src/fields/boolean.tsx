import { t, words } from '../platform/i18n.ts'
import type { FieldKind } from './vocabulary.ts'

/** Yes or no, both said; nothing is ticked beforehand. */
export const boolean: FieldKind = {
  group: false,
  Input: ({ id, field, value, invalid, describedBy, onChange, onBlur }) => (
    <div
      id={id}
      className="choices"
      role="radiogroup"
      aria-label={words(field.title)}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      tabIndex={-1}
    >
      {[true, false].map((answer) => (
        <label key={String(answer)} className="choice">
          <input
            type="radio"
            name={id}
            checked={value === answer}
            disabled={!field.editable}
            onChange={() => onChange(answer)}
            onBlur={onBlur}
          />
          {answer ? t('field.yes') : t('field.no')}
        </label>
      ))}
    </div>
  ),
  output: (value) => (value === true ? t('field.yes') : t('field.no')),
  check: (value) => (typeof value === 'boolean' ? null : { key: 'field.error.choose' }),
}
