import { type Draft, type DraftMaterial, saveDraft } from '@yichuang/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ask } from '../../platform/api.ts'

export type Change = {
  readonly answers?: { readonly [question: string]: unknown }
  readonly form?: { readonly [field: string]: unknown }
  readonly materials?: readonly DraftMaterial[]
}
export type Saving = 'saved' | 'typing' | 'saving' | 'failed'

const PAUSE_MS = 600

/**
 * A draft that is saved as typed. What is typed here wins over what the server answers; one save at a time, each on the version
 * of the one before. A save that fails is kept and tried again with the next change, or by `flush`.
 */
export function useDraft(first: Draft) {
  const [draft, setDraft] = useState(first)
  const [saving, setSaving] = useState<Saving>('saved')
  const [error, setError] = useState<unknown>(null)
  const latest = useRef(first)
  const pending = useRef<Change>({})
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
        pending.current = { ...change, ...pending.current }
        setSaving('failed')
        setError(problem)
        return
      }
    }
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
      setDraft(latest.current)
      setSaving('typing')
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), PAUSE_MS)
    },
    [flush],
  )

  useEffect(() => () => void flush(), [flush])
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

function keepTyped<T extends Change>(base: T, typed: Change): T {
  return {
    ...base,
    ...(typed.answers === undefined ? {} : { answers: { ...base.answers, ...typed.answers } }),
    ...(typed.form === undefined ? {} : { form: { ...base.form, ...typed.form } }),
    ...(typed.materials === undefined ? {} : { materials: typed.materials }),
  }
}
