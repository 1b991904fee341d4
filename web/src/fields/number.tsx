import { checkNumber } from './checks.ts'
import { NumberBox } from './NumberBox.tsx'
import type { FieldKind } from './vocabulary.ts'

export const number: FieldKind = {
  group: false,
  Input: (props) => <NumberBox {...props} />,
  output: (value) => (typeof value === 'number' ? value.toLocaleString('en-US') : String(value)),
  check: checkNumber,
}
