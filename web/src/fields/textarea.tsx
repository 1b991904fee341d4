import { checkText } from './checks.ts'
import type { FieldKind } from './vocabulary.ts'

export const textarea: FieldKind = {
  group: false,
  Input: ({ id, field, value, invalid, describedBy, onChange, onBlur }) => (
    <textarea
      id={id}
      className="textarea"
      rows={3}
      value={typeof value === 'string' ? value : ''}
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
