import { checkText } from './checks.ts'
import type { FieldKind } from './vocabulary.ts'

export const text: FieldKind = {
  group: false,
  Input: ({ id, field, value, invalid, describedBy, onChange, onBlur }) => (
    <input
      id={id}
      className="input"
      value={typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)}
      readOnly={!field.editable}
      required={field.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    />
  ),
  output: (value) => String(value),
  check: checkText,
}
