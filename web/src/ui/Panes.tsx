import { t } from '../platform/i18n.ts'
import type { NodeStatus } from './flow.ts'

/** The window: one pane per part of a case, lit when it is done. */
export function Panes({ statuses, size }: { statuses: readonly NodeStatus[]; size?: 'large' }) {
  const needed = statuses.filter((status) => status !== 'not-needed')
  const done = needed.filter((status) => status === 'done').length
  return (
    <span className={`panes ${size ?? ''}`} role="img" aria-label={t('panes.label', { done, total: needed.length })}>
      {needed.map((status, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: panes are told apart by their place only
        <i key={index} className={status} />
      ))}
    </span>
  )
}
