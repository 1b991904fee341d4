/** 通知: the only door of this module for others. */
import type { Queries } from '../../platform/pg/database.ts'
import { countNotices } from './views.ts'

export type { Sms } from './messages.ts'
export { readAll } from './store.ts'

/** Unread notices of a person; at most one more than a thousand. */
export function unreadOf(db: Queries, person: string): Promise<number> {
  return countNotices(db, person, true)
}
