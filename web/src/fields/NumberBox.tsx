import { useEffect, useState } from 'react'
import type { InputProps } from './vocabulary.ts'

/** Keeps what was typed (`1.`, `-`) until it reads as a number; text that is no number is handed on as text, so that the check can say so. */
export function NumberBox({ id, field, value, invalid, describedBy, onChange, onBlur, unit }: InputProps & { unit?: string }) {
  const [typed, type] = useState(value === undefined || value === null ? '' : String(value))
  useEffect(() => {
    type((before) => (asNumber(before) === value ? before : value === undefined || value === null ? '' : String(value)))
  }, [value])
  return (
    <div className="with-unit">
      <input
        id={id}
        className="input"
        inputMode="decimal"
        value={typed}
        readOnly={!field.editable}
        required={field.required}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={(event) => {
          type(event.target.value)
          onChange(asNumber(event.target.value))
        }}
        onBlur={onBlur}
      />
      {unit !== undefined && <span className="nowrap muted">{unit}</span>}
    </div>
  )
}

function asNumber(typed: string): number | string | null {
  const plain = typed.replace(/[,，\s]/g, '')
  if (plain === '') return null
  const number = Number(plain)
  return Number.isFinite(number) ? number : typed
}
