import { list } from './list.tsx'
import { checkWith, plainKind, showWith } from './plain.ts'
import type { Fault, FieldKind, FieldShape, FieldType } from './vocabulary.ts'

export function kindOf(type: FieldType): FieldKind {
  return type === 'list' ? list : plainKind(type)
}

/** What is wrong with the value of a field, or null. */
export function checkField(value: unknown, field: FieldShape): Fault | null {
  return checkWith(kindOf(field.type), value, field)
}

/** A value in words, `—` where there is none. */
export function showValue(value: unknown, field: FieldShape): string {
  return showWith(kindOf(field.type), value, field)
}
