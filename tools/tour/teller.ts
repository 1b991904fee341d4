/** One line per step: who, what happened, what the clocks say. */
import type { ClockView } from '@yichuang/contract'

export type Words = { readonly zh: string; readonly en?: string }
export type Teller = {
  readonly language: 'zh' | 'en'
  chapter(words: Words): void
  line(who: Words | string, what: Words, clocks?: readonly ClockView[]): void
  words(text: Words): string
}

const LIGHTS = {
  green: { zh: '绿', en: 'green' },
  blue: { zh: '蓝', en: 'blue' },
  yellow: { zh: '黄', en: 'yellow' },
  red: { zh: '红', en: 'red' },
  grey: { zh: '灰', en: 'grey' },
}

export function makeTeller(language: 'zh' | 'en'): Teller {
  const words = (text: Words) => (language === 'en' ? (text.en ?? text.zh) : text.zh)
  let n = 0
  return {
    language,
    words,
    chapter: (text) => console.log(`\n── ${words(text)} ${'─'.repeat(Math.max(0, 60 - words(text).length))}`),
    line: (who, what, clocks = []) => {
      n += 1
      const name = typeof who === 'string' ? who : words(who)
      const told = clocks.filter((clock) => clock.status !== 'stopped').map((clock) => clockWords(clock, words))
      console.log(`${String(n).padStart(3)}  ${name}｜${words(what)}${told.length === 0 ? '' : `\n        ⏱ ${told.join('；')}`}`)
    },
  }
}

function clockWords(clock: ClockView, words: (text: Words) => string): string {
  const light = words(LIGHTS[clock.light])
  if (clock.status === 'paused')
    return `${words(clock.title)} [${light}] ${words({ zh: '暂停：', en: 'paused: ' })}${clock.pausedBasis === undefined ? '' : words(clock.pausedBasis)}`
  const left = words({ zh: `剩 ${clock.remaining}`, en: `${clock.remaining} left` })
  return `${words(clock.title)} [${light}] → ${clock.dueOn ?? '—'} (${left})`
}
