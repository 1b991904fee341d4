import type { ReactNode } from 'react'
import { SourceBadge, type Way } from './SourceBadge.tsx'

export type MaterialItem = {
  readonly id: string
  readonly title: string
  readonly way: Way
  /** Where it comes from, for how many matters it serves, until when it may follow. */
  readonly meta: readonly string[]
  readonly state?: ReactNode
  readonly side?: ReactNode
  readonly below?: ReactNode
}

export function MaterialList({ items, label }: { items: readonly MaterialItem[]; label: string }) {
  return (
    <ul className="materials" aria-label={label}>
      {items.map((item) => (
        <li key={item.id}>
          <div className="stack" style={{ '--gap': '4px' } as React.CSSProperties}>
            <div className="title">{item.title}</div>
            <div className="meta">
              <SourceBadge way={item.way} />
              {item.meta.map((words) => (
                <span key={words}>{words}</span>
              ))}
            </div>
          </div>
          <div className="side">
            {item.state}
            {item.side}
          </div>
          {item.below !== undefined && <div className="below">{item.below}</div>}
        </li>
      ))}
    </ul>
  )
}
