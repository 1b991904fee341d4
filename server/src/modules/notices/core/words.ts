/** Small pieces of both languages. Every notice says what happened, until when something is due, and what comes next. */
import type { Text } from '@yichuang/caseflow'
import type { PlainDate } from '@yichuang/workday'

export type Both = { readonly zh: string; readonly en: string }

export function both(text: Text | undefined, fallback = ''): Both {
  const zh = text?.zh ?? fallback
  return { zh, en: text?.en ?? zh }
}

export function say(zh: string, en: string): Both {
  return { zh, en }
}

export function join(parts: readonly Both[], zh = '', en = ' '): Both {
  return { zh: parts.map((part) => part.zh).join(zh), en: parts.map((part) => part.en).join(en) }
}

export function list(items: readonly Both[]): Both {
  return join(items, '、', ', ')
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** 2026年11月30日 · 30 November 2026 */
export function day(date: PlainDate): Both {
  const [year = 0, month = 1, number = 1] = date.split('-').map(Number)
  return { zh: `${year}年${month}月${number}日`, en: `${number} ${MONTHS[month - 1]} ${year}` }
}
