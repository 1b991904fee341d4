import { useSyncExternalStore } from 'react'
import { t } from '../platform/i18n.ts'
import { Icon } from './Icon.tsx'

type Toast = { readonly id: number; readonly words: string; readonly tone: 'good' | 'bad' }
let toasts: readonly Toast[] = []
let serial = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

/** A short word that something was done. What must be mended stays on the page instead. */
export function toast(words: string, tone: Toast['tone'] = 'good'): void {
  const id = ++serial
  set([...toasts.slice(-2), { id, words, tone }])
  setTimeout(() => dismiss(id), tone === 'bad' ? 9000 : 5000)
}

function dismiss(id: number): void {
  set(toasts.filter((each) => each.id !== id))
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => toasts,
  )
  return (
    <div className="toasts on-accent" role="status" aria-live="polite">
      {shown.map((each) => (
        <div key={each.id} className={each.tone}>
          <Icon name={each.tone === 'good' ? 'check' : 'warn'} />
          <span>{each.words}</span>
          <button type="button" onClick={() => dismiss(each.id)}>
            {t('action.dismiss')}
          </button>
        </div>
      ))}
    </div>
  )
}
