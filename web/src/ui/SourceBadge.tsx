import { t } from '../platform/i18n.ts'
import { Icon, type IconName } from './Icon.tsx'

export const WAYS = ['share', 'ecert', 'promise', 'upload', 'form', 'result'] as const
export type Way = (typeof WAYS)[number]
const LOOK: { readonly [way in Way]: { readonly icon: IconName; readonly tone: string } } = {
  share: { icon: 'share', tone: 'green' },
  ecert: { icon: 'card', tone: 'green' },
  promise: { icon: 'promise', tone: 'accent' },
  upload: { icon: 'upload', tone: 'yellow' },
  form: { icon: 'pen', tone: 'accent' },
  result: { icon: 'flow', tone: '' },
}

/** Where a material comes from: 数据共享 · 电子证照 · 告知承诺 · 需上传 · 表单 · 前序结果. */
export function SourceBadge({ way }: { way: Way }) {
  return (
    <span className={`tag ${LOOK[way].tone}`}>
      <Icon name={LOOK[way].icon} size={14} />
      {t(`way.${way}`)}
    </span>
  )
}

export function wayOf(word: string): Way {
  return WAYS.find((way) => way === word) ?? 'upload'
}
