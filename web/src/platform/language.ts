import { createContext, useContext } from 'react'
import type { Language } from './i18n.ts'

type Switch = { readonly language: Language; readonly change: (next: Language) => Promise<void> }
const Context = createContext<Switch>({ language: 'zh', change: async () => {} })

export const LanguageSwitch = Context

export function useLanguageSwitch(): Switch {
  return useContext(Context)
}
