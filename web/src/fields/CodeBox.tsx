import type { InputProps } from './vocabulary.ts'

/** One code in one box: capitals, no spaces, so that a pasted code is taken as it is meant. */
export function CodeBox(props: InputProps & { inputMode: 'text' | 'numeric' | 'tel'; autoComplete?: string; length: number }) {
  const { id, field, value, invalid, describedBy, onChange, onBlur, inputMode, autoComplete, length } = props
  return (
    <input
      id={id}
      className="input code"
      inputMode={inputMode}
      autoComplete={autoComplete ?? 'off'}
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={length + 6}
      value={typeof value === 'string' ? value : ''}
      readOnly={!field.editable}
      required={field.required}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value.replace(/[\s-]/g, '').toUpperCase())}
      onBlur={onBlur}
    />
  )
}
