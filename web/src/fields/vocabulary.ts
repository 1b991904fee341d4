import type { Field } from '@yichuang/contract'
import type { ReactNode } from 'react'
import type { Text } from '../platform/vocabulary.ts'

export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'money',
  'date',
  'choice',
  'boolean',
  'credit-code',
  'id-card',
  'mobile',
  'address',
  'list',
] as const satisfies readonly FieldType[]
export type FieldType = Field['type']

/** A form field of the pack, as far as a screen must know it. */
export type FieldShape = {
  readonly id: string
  readonly title: Text
  readonly type: FieldType
  readonly required: boolean
  readonly editable: boolean
  readonly options?: readonly { readonly value: string; readonly title: Text }[] | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly pattern?: string | undefined
  readonly hint?: Text | undefined
  readonly fields?: readonly FieldShape[] | undefined
}

export type InputProps = {
  readonly id: string
  readonly field: FieldShape
  readonly value: unknown
  readonly invalid: boolean
  /** Ids of hint, source and error. */
  readonly describedBy: string
  readonly onChange: (value: unknown) => void
  readonly onBlur: () => void
}

/** One type of field: how it is asked for, how it is shown, what is wrong with a value (words that say how to mend it, or null). */
export type FieldKind = {
  readonly Input: (props: InputProps) => ReactNode
  readonly output: (value: unknown, field: FieldShape) => string
  readonly check: (value: unknown, field: FieldShape) => Fault | null
  /** A group of inputs: named by a legend instead of a label. */
  readonly group: boolean
}

/** A message key and what it speaks of. */
export type Fault = { readonly key: FaultKey; readonly params?: { readonly [name: string]: string | number } }
export type FaultKey =
  | 'field.error.required'
  | 'field.error.choose'
  | 'field.error.short'
  | 'field.error.long'
  | 'field.error.pattern'
  | 'field.error.number'
  | 'field.error.min'
  | 'field.error.max'
  | 'field.error.money'
  | 'field.error.date'
  | 'field.error.creditCode'
  | 'field.error.creditCodeLength'
  | 'field.error.idCard'
  | 'field.error.idCardLength'
  | 'field.error.mobile'
  | 'field.error.address'
  | 'field.error.rows'
  | 'field.error.row'
