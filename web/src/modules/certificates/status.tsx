import type { CertificateCard } from '@yichuang/contract'
import { t } from '../../platform/i18n.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'

type Status = CertificateCard['status']
const LOOK: { readonly [status in Status]: { readonly tone: string; readonly icon: IconName } } = {
  valid: { tone: 'green', icon: 'check' },
  suspended: { tone: 'yellow', icon: 'pause' },
  withdrawn: { tone: 'red', icon: 'stop' },
  cancelled: { tone: '', icon: 'close' },
  expired: { tone: 'yellow', icon: 'clock' },
  replaced: { tone: '', icon: 'return' },
}

export function CertificateStatusTag({ status }: { status: Status }) {
  return (
    <span className={`tag ${LOOK[status].tone}`}>
      <Icon name={LOOK[status].icon} size={14} />
      {t(`certificate.status.${status}`)}
    </span>
  )
}
