import { address } from './address.tsx'
import { boolean } from './boolean.tsx'
import { isEmpty } from './checks.ts'
import { choice } from './choice.tsx'
import { creditCode } from './credit-code.tsx'
import { date } from './date.tsx'
import { idCard } from './id-card.tsx'
import { mobile } from './mobile.tsx'
import { money } from './money.tsx'
import { number } from './number.tsx'
import { text } from './text.tsx'
import { textarea } from './textarea.tsx'
import type { Fault, FieldKind, FieldShape, FieldType } from './vocabulary.ts'

/** Every type but `list`, whose rows are made of these. */
const PLAIN: { readonly [type in Exclude<FieldType, 'list'>]: FieldKind } = {
  text,
  textarea,
  number,
  money,
  date,
  choice,
  boolean,
  'credit-code': creditCode,
  'id-card': idCard,
  mobile,
  address,
}

export function plainKind(type: FieldType): FieldKind {
  return type === 'list' ? text : PLAIN[type]
}

export function checkWith(kind: FieldKind, value: unknown, field: FieldShape): Fault | null {
  if (!isEmpty(value)) return kind.check(value, field)
  if (!field.required) return null
  return { key: field.type === 'choice' || field.type === 'boolean' ? 'field.error.choose' : 'field.error.required' }
}

export function showWith(kind: FieldKind, value: unknown, field: FieldShape): string {
  return isEmpty(value) ? '—' : kind.output(value, field)
}
