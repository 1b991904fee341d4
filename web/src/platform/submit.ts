import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { Problem } from './problem.ts'

/**
 * One logical submit: the same wish repeated after a lost answer carries the same key, so the server does it once.
 * A different wish, or a wish that was answered (done or refused), gets a new key.
 */
export function useSubmit<Wish, Answer>(
  run: (wish: Wish, idempotencyKey: string) => Promise<Answer>,
  after: { readonly done?: (answer: Answer, wish: Wish) => unknown; readonly failed?: (error: unknown) => void } = {},
) {
  const pending = useRef<{ wish: string; key: string } | null>(null)
  return useMutation({
    mutationFn: async (wish: Wish) => {
      const print = fingerprint(wish)
      if (pending.current?.wish !== print) pending.current = { wish: print, key: crypto.randomUUID() }
      try {
        const answer = await run(wish, pending.current.key)
        pending.current = null
        return answer
      } catch (error) {
        if (error instanceof Problem && error.status < 500) pending.current = null
        throw error
      }
    },
    onSuccess: (answer, wish) => after.done?.(answer, wish),
    onError: (error) => after.failed?.(error),
  })
}

/** Text that is equal for equal wishes; files count by name, size and time. */
function fingerprint(wish: unknown): string {
  return JSON.stringify(wish, (_key, value: unknown) =>
    value instanceof File ? { name: value.name, size: value.size, at: value.lastModified } : value,
  )
}
