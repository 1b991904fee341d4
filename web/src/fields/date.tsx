import { longDay } from '../platform/dates.ts'
import { checkDate } from './checks.ts'
import type { FieldKind } from './vocabulary.ts'

export const date: FieldKind = {
  group: false,
  Input: ({ id, field, value, invalid, describedBy, onChange, onBlur }) => (
    <input
      id={id}
      className="input"
      type="date"
      value={typeof value === 'string' ? value : ''}
      readOnly={!field.editable}
      required={field.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    />
  ),
  output: (value) => (checkDate(value) === null ? longDay(String(value)) : String(value)),
  check: checkDate,
}
