import { type Draft, saveDraft } from '@yichuang/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ask } from '../../platform/api.ts'
import { caseOfSubmitted } from '../../platform/problem.ts'
import { type Change, forgetTyped, keepForReload, keepTyped, typedBefore } from './typed.ts'

export type Saving = 'saved' | 'typing' | 'saving' | 'failed'

const PAUSE_MS = 600

/**
 * A draft that is saved as typed. What is typed here wins over what the server answers; one save at a time, each on the version
 * of the one before. A draft that was submitted takes nothing more. Any other save that fails is kept and tried again with the next change, when the line is back, or by `flush`.
 * Until it is saved it is also kept in the tab, so that a reload in between loses nothing.
 */
export function useDraft(first: Draft) {
  const [left] = useState(() => typedBefore(first.id))
  const [draft, setDraft] = useState(() => keepTyped(first, left))
  const [saving, setSaving] = useState<Saving>('saved')
  const [error, setError] = useState<unknown>(null)
  const latest = useRef(draft)
  const pending = useRef<Change>(left)
  const running = useRef<Promise<void> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const save = useCallback(async (): Promise<void> => {
    while (Object.keys(pending.current).length > 0) {
      const change = pending.current
      pending.current = {}
      setSaving('saving')
      try {
        const answer = await ask(saveDraft, { params: { draft: latest.current.id }, body: bodyOf(latest.current, change) })
        latest.current = keepTyped(answer, pending.current)
        setDraft(latest.current)
        setError(null)
      } catch (problem) {
        if (caseOfSubmitted(problem) !== null) {
          pending.current = {}
          forgetTyped(latest.current.id)
          return setError(problem)
        }
        pending.current = keepTyped(change, pending.current)
        setSaving('failed')
        setError(problem)
        return
      }
    }
    forgetTyped(latest.current.id)
    setSaving('saved')
  }, [])

  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current)
    running.current = (running.current ?? Promise.resolve()).then(save)
    return running.current
  }, [save])

  const change = useCallback(
    (next: Change) => {
      latest.current = keepTyped(latest.current, next)
      pending.current = keepTyped(pending.current, next)
      keepForReload(latest.current.id, next)
      setDraft(latest.current)
      setSaving('typing')
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), PAUSE_MS)
    },
    [flush],
  )

  useEffect(() => {
    const onLine = () => void flush()
    if (Object.keys(pending.current).length > 0) onLine()
    addEventListener('online', onLine)
    return () => {
      removeEventListener('online', onLine)
      onLine()
    }
  }, [flush])
  return { draft, saving, error, change, flush, version: () => latest.current.version }
}

function bodyOf(draft: Draft, change: Change) {
  return {
    version: draft.version,
    ...(change.answers === undefined ? {} : { answers: { ...draft.answers } }),
    ...(change.form === undefined ? {} : { form: { ...draft.form } }),
    ...(change.materials === undefined ? {} : { materials: [...draft.materials] }),
  }
}
