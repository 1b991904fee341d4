import type { ReactNode } from 'react'
import { moment } from '../platform/dates.ts'
import { t } from '../platform/i18n.ts'

export type TimelineItem = {
  readonly key: string
  readonly at: string
  readonly what: string
  readonly by: string
  readonly detail?: string | undefined
  readonly tone: 'plain' | 'good' | 'now' | 'warn' | 'bad'
  readonly extra?: ReactNode
}

/** What happened, newest first. */
export function CaseTimeline({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol className="timeline" aria-label={t('timeline.label')}>
      {items.map((item) => (
        <li key={item.key} className={item.tone}>
          <div className="what">{item.what}</div>
          <div className="who">
            <time dateTime={item.at}>{moment(item.at)}</time> · {item.by}
          </div>
          {item.detail !== undefined && item.detail !== '' && <div className="words">{item.detail}</div>}
          {item.extra}
        </li>
      ))}
    </ol>
  )
}
