/** Limits as they are written in packs (`5 workdays`, `instant`) and as people read them (5个工作日, 5 working days). */
import { ok, type Result, refuse } from '@yichuang/result'
import { type Limit, UNITS, type Unit } from './vocabulary.ts'

/** Longer limits are slips of the pen. */
const MOST = 100_000

/**
 * Reads `5 workdays`, `1 workday`, `instant`, `4 working-hours`, `10 days`, `3 months`, `2 hours`, `15 minutes`.
 * Workdays, days and months are whole numbers; hours and minutes may have decimals.
 * @returns refusal `workday/limit-malformed` with `data.text`.
 */
export function parseLimit(text: string): Result<Limit> {
  const words = text.trim()
  if (words === 'instant') return ok({ n: 0, unit: 'workday' })
  const match = /^(\d+(?:\.\d+)?) +([a-z-]+)$/.exec(words)
  if (match === null) return malformed(text, 'write a number and a unit, such as `5 workdays`, or `instant`')
  const n = Number(match[1])
  const unit = findUnit(match[2] ?? '')
  if (unit === null) return malformed(text, `the unit must be one of ${UNITS.map((known) => `${known}s`).join(', ')}`)
  if (!Number.isInteger(n) && mustBeWhole(unit)) return malformed(text, `${unit}s are whole numbers`)
  if (n > MOST) return malformed(text, `the number must not be over ${MOST}`)
  return ok({ n, unit })
}

/** Inverse of `parseLimit`. */
export function formatLimit(limit: Limit): string {
  if (limit.n === 0 && limit.unit === 'workday') return 'instant'
  return `${limit.n} ${limit.unit}${limit.n === 1 ? '' : 's'}`
}

const ZH: { readonly [unit in Unit]: string } = {
  workday: '个工作日',
  day: '个自然日',
  month: '个月',
  hour: '小时',
  'working-hour': '个工作时',
  minute: '分钟',
}

const EN: { readonly [unit in Unit]: string } = {
  workday: 'working day',
  day: 'calendar day',
  month: 'month',
  hour: 'hour',
  'working-hour': 'working hour',
  minute: 'minute',
}

/** For people: `5个工作日`, `5 working days`; 0 workdays is 即办 (`same day`). */
export function limitText(limit: Limit, language: 'zh' | 'en'): string {
  if (limit.n === 0 && limit.unit === 'workday') return language === 'zh' ? '即办' : 'same day'
  if (language === 'zh') return `${limit.n}${ZH[limit.unit]}`
  return `${limit.n} ${EN[limit.unit]}${limit.n === 1 ? '' : 's'}`
}

/** Singular and plural are both read, whatever the number. */
function findUnit(word: string): Unit | null {
  const singular = word.endsWith('s') ? word.slice(0, -1) : word
  return UNITS.find((unit) => unit === singular) ?? null
}

function mustBeWhole(unit: Unit): boolean {
  return unit === 'workday' || unit === 'day' || unit === 'month'
}

function malformed(text: string, how: string) {
  return refuse('workday/limit-malformed', `Not a limit: "${text}"; ${how}.`, { text })
}
