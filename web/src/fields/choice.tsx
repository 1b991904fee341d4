import { t, words } from '../platform/i18n.ts'
import { checkChoice } from './checks.ts'
import type { FieldKind } from './vocabulary.ts'

const FEW = 5

/** Few options lie open; many fold into a list. */
export const choice: FieldKind = {
  group: false,
  Input: ({ id, field, value, invalid, describedBy, onChange, onBlur }) => {
    const options = field.options ?? []
    if (options.length > FEW || !field.editable) {
      return (
        <select
          id={id}
          className="select"
          value={typeof value === 'string' ? value : ''}
          disabled={!field.editable}
          required={field.required}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
          onBlur={onBlur}
        >
          <option value="">{t('field.choose')}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {words(option.title)}
            </option>
          ))}
        </select>
      )
    }
    return (
      <div
        id={id}
        className="choices"
        role="radiogroup"
        aria-label={words(field.title)}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        tabIndex={-1}
      >
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input type="radio" name={id} checked={value === option.value} onChange={() => onChange(option.value)} onBlur={onBlur} />
            {words(option.title)}
          </label>
        ))}
      </div>
    )
  },
  output: (value, field) => words(field.options?.find((option) => option.value === value)?.title) || String(value),
  check: checkChoice,
}
