/** 通知 over HTTP: my inbox, newest first, and marking as read. */
import { listNotices, type Notice, readAllNotices, readNotice } from '@yichuang/contract'
import { ok, refuse } from '@yichuang/result'
import { encodeCursor } from '../../platform/http/cursors.ts'
import { decodeMomentCursor } from '../../platform/http/moment-cursors.ts'
import type { Http } from '../../platform/http/server.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { readAll, readOne } from './store.ts'
import { COUNT_CAP, countNotices, findNotices, type NoticeRow } from './views.ts'

const USUAL = 20

export function routes(http: Pick<Http, 'answer' | 'command'>, { db }: { readonly db: Queries }): void {
  http.answer(listNotices, async ({ principal, query }) => {
    const key = decodeMomentCursor(query.cursor)
    if (!key.ok) return key
    const limit = query.limit ?? USUAL
    const unread = query.unread ?? false
    const [found, total] = await Promise.all([
      findNotices(db, principal.person, unread, key.value, limit + 1),
      countNotices(db, principal.person, unread),
    ])
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    return ok({
      rows: rows.map(noticeOf),
      next: found.length > limit && last !== undefined ? encodeCursor([last.at, last.id]) : null,
      count: { total: Math.min(total, COUNT_CAP), exact: total <= COUNT_CAP },
    })
  })

  http.command(
    readNotice,
    async ({ principal, params, now }, tx) => {
      if (await readOne(tx, principal.person, params.notice, now)) return ok({})
      return refuse('notices/unknown', 'There is no such notice in your inbox.')
    },
    { key: 'optional' },
  )

  http.command(
    readAllNotices,
    async ({ principal, now }, tx) => {
      await readAll(tx, principal.person, now)
      return ok({})
    },
    { key: 'optional' },
  )
}

function noticeOf(row: NoticeRow): Notice {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    title: row.title,
    body: row.body,
    ...(row.case_id === null ? {} : { case: row.case_id }),
    ...(row.light === null ? {} : { light: row.light }),
    ...(row.read_at === null ? {} : { readAt: row.read_at }),
  }
}
