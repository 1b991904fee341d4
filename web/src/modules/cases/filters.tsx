import type { ReactNode } from 'react'
import { t } from '../../platform/i18n.ts'

type Option<T extends string> = { readonly value: T; readonly title: string }
type SegmentsProps<T extends string> = {
  readonly label: string
  readonly all: string
  readonly value: T | undefined
  readonly options: readonly Option<T>[]
  readonly onChange: (value: T | undefined) => void
}

export function Segments<T extends string>({ label, all, value, options, onChange }: SegmentsProps<T>) {
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{label}</legend>
      <button type="button" aria-pressed={value === undefined} onClick={() => onChange(undefined)}>
        {all}
      </button>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={value === option.value} onClick={() => onChange(option.value)}>
          {option.title}
        </button>
      ))}
    </fieldset>
  )
}

export function FilterBar({ text, onText, children }: { text: string; onText: (text: string) => void; children: ReactNode }) {
  return (
    <search className="filters">
      <input
        className="input"
        type="search"
        data-search
        aria-label={t('filter.text')}
        placeholder={t('filter.text')}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      {children}
    </search>
  )
}

/** Counts are capped: `1000+` says at least that many. */
export function countWords(count: { total: number; exact: boolean } | undefined): string {
  if (count === undefined) return ''
  return t('filter.count', { n: count.exact ? count.total : `${count.total}+` })
}
