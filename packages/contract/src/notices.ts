/** 通知: the inbox of each person. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Light, PageQuery, pageOf, Text, Uuid } from './words.ts'

export const Notice = Type.Object({
  id: Uuid,
  at: Instant,
  kind: Id,
  title: Text,
  body: Text,
  case: Type.Optional(Uuid),
  light: Type.Optional(Light),
  readAt: Type.Optional(Instant),
})
export type Notice = Static<typeof Notice>

export const listNotices = endpoint({
  id: 'listNotices',
  at: 'GET /notices',
  summary: 'My notices, newest first',
  query: Type.Object({ ...PageQuery, unread: Type.Optional(Type.Boolean()) }),
  answer: pageOf(Notice),
})
export const readNotice = endpoint({
  id: 'readNotice',
  at: 'POST /notices/:notice/read',
  summary: 'Mark a notice as read',
  params: Type.Object({ notice: Uuid }),
  answer: Type.Object({}),
  refusals: ['notices/unknown'],
})
export const readAllNotices = endpoint({
  id: 'readAllNotices',
  at: 'POST /notices/read',
  summary: 'Mark all my notices as read',
  answer: Type.Object({}),
})
