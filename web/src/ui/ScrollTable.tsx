import type { CSSProperties, ReactNode } from 'react'

type ScrollTableProps = {
  /** Names the region for readers of the screen. */
  readonly label: string
  readonly columns: readonly string[]
  readonly className?: string
  readonly style?: CSSProperties
  /** Rows. */
  readonly children: ReactNode
}

/** A table that is pushed sideways on a narrow screen instead of being squeezed. */
export function ScrollTable({ label, columns, className = 'table', style, children }: ScrollTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={label}>
      <table className={className} style={style}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
