import { t } from '../platform/i18n.ts'
import { checkAddress } from './checks.ts'
import type { FieldKind } from './vocabulary.ts'

/** One line as it stands on the licence: district, street, number, room. */
export const address: FieldKind = {
  group: false,
  Input: ({ id, field, value, invalid, describedBy, onChange, onBlur }) => (
    <textarea
      id={id}
      className="textarea"
      rows={2}
      autoComplete="street-address"
      placeholder={t('field.addressExample')}
      value={typeof value === 'string' ? value : ''}
      readOnly={!field.editable}
      required={field.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value.replace(/\n/g, ''))}
      onBlur={onBlur}
    />
  ),
  output: (value) => String(value),
  check: checkAddress,
}
