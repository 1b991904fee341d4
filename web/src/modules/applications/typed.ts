import type { DraftMaterial } from '@yichuang/contract'

/** What was typed since the last save. */
export type Change = {
  readonly answers?: { readonly [question: string]: unknown }
  readonly form?: { readonly [field: string]: unknown }
  readonly materials?: readonly DraftMaterial[]
}
/** What is typed wins over what was there. */
export function keepTyped<T extends Change>(base: T, typed: Change): T {
  return {
    ...base,
    ...(typed.answers === undefined ? {} : { answers: { ...base.answers, ...typed.answers } }),
    ...(typed.form === undefined ? {} : { form: { ...base.form, ...typed.form } }),
    ...(typed.materials === undefined ? {} : { materials: typed.materials }),
  }
}

/** Kept in this tab only until it is saved: it goes with the tab, and nobody else at this device reads it. */
const keyOf = (draft: string) => `yichuang.typed.${draft}`

export function keepForReload(draft: string, change: Change): void {
  sessionStorage.setItem(keyOf(draft), JSON.stringify(keepTyped(typedBefore(draft), change)))
}

export function forgetTyped(draft: string): void {
  sessionStorage.removeItem(keyOf(draft))
}

export function typedBefore(draft: string): Change {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(draft)) ?? '{}') as Change
  } catch {
    return {}
  }
}
