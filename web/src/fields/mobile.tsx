import { CodeBox } from './CodeBox.tsx'
import { checkMobile } from './checks.ts'
import type { FieldKind } from './vocabulary.ts'

export const mobile: FieldKind = {
  group: false,
  Input: (props) => <CodeBox {...props} inputMode="tel" autoComplete="tel-national" length={11} />,
  output: (value) => String(value),
  check: checkMobile,
}
