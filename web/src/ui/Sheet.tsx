import { type ReactNode, useEffect, useId, useRef } from 'react'
import { t } from '../platform/i18n.ts'
import { Icon } from './Icon.tsx'

type Props = {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly footer?: ReactNode
  readonly wide?: boolean
}

/** Where the work begins: the first field, else the button that does it, else the text; never the cross that closes. */
function firstPlace(dialog: HTMLElement): HTMLElement | null {
  const field = dialog.querySelector<HTMLElement>(':is(.body input:not(.visually-hidden), .body select, .body textarea):not(:disabled)')
  return field ?? dialog.querySelector<HTMLElement>('footer .primary:not(:disabled)') ?? dialog.querySelector<HTMLElement>('.body')
}

/** A dialog on a desk, a sheet from below on a phone. The browser keeps the focus inside and gives it back. */
export function Sheet({ open, title, onClose, children, footer, wide = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    if (open && !element.open) {
      element.showModal()
      firstPlace(element)?.focus()
    }
    if (!open && element.open) element.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      className={`sheet${wide ? ' wide' : ''}`}
      aria-labelledby={heading}
      onClose={onClose}
      onCancel={(event) => event.target === dialog.current && onClose()}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" className="icon-button" onClick={onClose} aria-label={t('action.close')}>
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <section className="body" tabIndex={0} aria-labelledby={heading}>
        {open && children}
      </section>
      {footer !== undefined && <footer>{open && footer}</footer>}
    </dialog>
  )
}
