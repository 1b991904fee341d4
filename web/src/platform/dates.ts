import { language, t } from './i18n.ts'
import type { Limit } from './vocabulary.ts'

/** The city's offset, `+08:00`; set once from the city's own settings. Dates are always those of the city, wherever the reader is. */
let zone = '+08:00'

export function setZone(offset: string): void {
  zone = offset
}

const WEEKDAYS_ZH = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function weekdayNames(): readonly string[] {
  return language() === 'zh' ? WEEKDAYS_ZH : WEEKDAYS_EN
}

/** 0 = Sunday. */
export function weekday(date: string): number {
  return new Date(`${date.slice(0, 10)}T00:00:00Z`).getUTCDay()
}

/** `YYYY-MM-DD` and `HH:MM` of an instant in the city; a plain date stays as it is. */
export function inCity(moment: string): { date: string; time: string | null } {
  if (moment.length === 10) return { date: moment, time: null }
  const minutes = Number(zone.slice(0, 3)) * 60 + Math.sign(Number(zone.slice(0, 3))) * Number(zone.slice(4, 6))
  const shifted = new Date(Date.parse(moment) + minutes * 60_000).toISOString()
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 16) }
}

/** `11月27日 周五`, with the year when it is not this year. */
export function day(moment: string, today: string = new Date().toISOString()): string {
  const { date } = inCity(moment)
  const [year, month, dayOfMonth] = [date.slice(0, 4), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  const other = inCity(today).date.slice(0, 4) !== year
  if (language() === 'zh') return `${other ? `${year}年` : ''}${month}月${dayOfMonth}日 ${WEEKDAYS_ZH[weekday(date)]}`
  return `${WEEKDAYS_EN[weekday(date)]} ${dayOfMonth} ${MONTHS_EN[month - 1]}${other ? ` ${year}` : ''}`
}

/** `11月27日`, where there is little room. */
export function shortDay(moment: string): string {
  const { date } = inCity(moment)
  const [month, dayOfMonth] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  return language() === 'zh' ? `${month}月${dayOfMonth}日` : `${dayOfMonth} ${MONTHS_EN[month - 1]}`
}

/** `2026年11月27日`. */
export function longDay(moment: string): string {
  const { date } = inCity(moment)
  const [year, month, dayOfMonth] = [date.slice(0, 4), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  return language() === 'zh' ? `${year}年${month}月${dayOfMonth}日` : `${dayOfMonth} ${MONTHS_EN[month - 1]} ${year}`
}

/** `11月27日 周五 14:05`. */
export function moment(instant: string): string {
  const { time } = inCity(instant)
  return time === null ? day(instant) : `${day(instant)} ${time}`
}

/** `2026年11月` – `2026年12月`, or the one month they share. */
export function monthsTitle(from: string, to: string): string {
  const title = (date: string) => {
    const month = Number(date.slice(5, 7))
    return language() === 'zh' ? `${date.slice(0, 4)}年${month}月` : `${MONTHS_EN[month - 1]} ${date.slice(0, 4)}`
  }
  return title(from) === title(to) ? title(from) : `${title(from)} – ${title(to)}`
}

/** `12月` on the first of a month, else the number of the day. */
export function dayOrMonth(date: string): string {
  const [month, dayOfMonth] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  if (dayOfMonth !== 1) return String(dayOfMonth)
  return language() === 'zh' ? `${month}月1日` : `1 ${MONTHS_EN[month - 1]}`
}

/** The date so many days later; negative goes back. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** `5 个工作日`, `当场办结`. */
export function limitWords(limit: Limit): string {
  if (limit.n === 0) return t('limit.instant')
  return t(`limit.${limit.unit}`, { n: number(limit.n) })
}

/** `还剩 3 个工作日` · `今天到期` · `已超 2 个工作日`. `remaining` is in the limit's unit, negative when overdue. */
export function remainingWords(remaining: number, unit: Limit['unit']): string {
  const whole = Math.abs(Math.round(remaining * 10) / 10)
  const amount = t(`limit.${unit}`, { n: number(whole) })
  if (whole === 0) return unit === 'hour' || unit === 'minute' || unit === 'working-hour' ? t('deadline.dueNow') : t('deadline.dueToday')
  return remaining < 0 ? t('deadline.over', { amount }) : t('deadline.left', { amount })
}

function number(n: number): string {
  return Number.isInteger(n) ? String(n) : n.toFixed(1)
}
