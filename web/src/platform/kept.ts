/** Kept in this tab only: it goes with the tab, and with the logout of whoever sat here. */
const PREFIX = 'yichuang.answers.'

export type KeptAnswers = { readonly [question: string]: unknown }

export function keepAnswers(bundle: string, answers: KeptAnswers): void {
  sessionStorage.setItem(PREFIX + bundle, JSON.stringify(answers))
}

export function answersKept(bundle: string): KeptAnswers {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + bundle) ?? '{}') as KeptAnswers
  } catch {
    return {}
  }
}

export function forgetAnswers(bundle?: string): void {
  for (const key of Object.keys(sessionStorage))
    if (bundle === undefined ? key.startsWith(PREFIX) : key === PREFIX + bundle) sessionStorage.removeItem(key)
}
