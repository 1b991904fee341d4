import type { Messages } from './messages/zh.ts'
import type { Text } from './vocabulary.ts'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export type MessageKey = keyof Messages
export type Params = { readonly [name: string]: string | number }

const STORAGE_KEY = 'yichuang.language'
let current: Language = 'zh'
let messages: Messages | undefined

const LOADERS: { readonly [language in Language]: () => Promise<Messages> } = {
  zh: async () => (await import('./messages/zh.ts')).zh,
  en: async () => (await import('./messages/en.ts')).en,
}

export function language(): Language {
  return current
}

/** Chinese is the language of the house; English is chosen by the switch and remembered. */
export function rememberedLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh'
}

export async function loadLanguage(next: Language): Promise<void> {
  messages = await LOADERS[next]()
  current = next
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
  localStorage.setItem(STORAGE_KEY, next)
}

/** The message in the chosen language; `{name}` is replaced by the parameter of that name. */
export function t(key: MessageKey, params?: Params): string {
  const message: string = messages?.[key] ?? key
  return params === undefined ? message : message.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** A message whose key is only known at run time (a refusal's code, a status), or undefined when there is none. */
export function messageFor(key: string, params?: Params): string | undefined {
  return messages !== undefined && key in messages ? t(key as MessageKey, params) : undefined
}

/** Pack words in the chosen language; Chinese where the pack has no English. */
export function words(text: Text | undefined | null): string {
  if (text === undefined || text === null) return ''
  return current === 'en' ? (text.en ?? text.zh) : text.zh
}

/** Items joined as a sentence of the language joins them. */
export function joined(items: readonly string[]): string {
  return items.join(current === 'zh' ? '、' : ', ')
}
