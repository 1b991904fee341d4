import { useEffect, useState } from 'react'

/** j and k move through the rows of a list, Enter opens; never while something is being typed. */
export function useRowKeys(length: number, open: (index: number) => void): number {
  const [current, setCurrent] = useState(-1)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return
      if (target.closest('input, textarea, select, dialog') !== null) return
      if (event.key === 'j') setCurrent((at) => Math.min(length - 1, at + 1))
      if (event.key === 'k') setCurrent((at) => Math.max(0, at - 1))
      if (event.key === 'Enter' && current >= 0 && target.closest('a, button') === null) open(current)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
  useEffect(() => {
    document.querySelector('.work-table tr.current')?.scrollIntoView({ block: 'nearest' })
  })
  return Math.min(current, length - 1)
}
