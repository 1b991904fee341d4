import { CodeBox } from './CodeBox.tsx'
import { checkCreditCode } from './checks.ts'
import type { FieldKind } from './vocabulary.ts'

/** 统一社会信用代码, GB 32100: 18 characters, the last one a check character. */
export const creditCode: FieldKind = {
  group: false,
  Input: (props) => <CodeBox {...props} inputMode="text" length={18} />,
  output: (value) => String(value),
  check: checkCreditCode,
}
