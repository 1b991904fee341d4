/** 工作日时钟: calendars with 调休, limits, due dates with pauses and extensions, and their explanation day by day. */

export type { Calendar, CalendarIndex, CalendarSource } from './calendar.ts'
export { checkCalendarYear, checkHours, makeCalendar } from './calendar.ts'
export { addLimit, due, dueDay, elapsed, momentAtElapsed, remaining, totalLimit } from './clock.ts'
export { type ServiceTime, serviceTime } from './count-time.ts'
export { dateText, findEpochDay, getEpochDay, instantText, momentOf } from './days.ts'
export { explain } from './explain.ts'
export { formatLimit, limitText, parseLimit } from './limit.ts'
export * from './vocabulary.ts'
