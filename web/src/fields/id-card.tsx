import { CodeBox } from './CodeBox.tsx'
import { checkIdCard } from './checks.ts'
import type { FieldKind } from './vocabulary.ts'

/** 公民身份号码, GB 11643: 18 characters, the last one a check character. */
export const idCard: FieldKind = {
  group: false,
  Input: (props) => <CodeBox {...props} inputMode="text" length={18} />,
  output: (value) => String(value),
  check: checkIdCard,
}
