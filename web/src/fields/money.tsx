import { t } from '../platform/i18n.ts'
import { checkMoney } from './checks.ts'
import { NumberBox } from './NumberBox.tsx'
import type { FieldKind } from './vocabulary.ts'

/** Yuan, to the fen. */
export const money: FieldKind = {
  group: false,
  Input: (props) => <NumberBox {...props} unit={t('field.yuan')} />,
  output: (value) =>
    typeof value === 'number'
      ? `¥ ${value.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: 2 })}`
      : String(value),
  check: checkMoney,
}
