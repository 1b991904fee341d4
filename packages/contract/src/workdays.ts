/** 时限计算: public due-date arithmetic, and the day-by-day answer to "why this day?". */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { PlainDate, Unit } from './words.ts'

export const ExplainedDay = Type.Object({
  date: PlainDate,
  counted: Type.Boolean(),
  why: Type.Enum(['start', 'counted', 'make-up', 'rest-day', 'holiday', 'paused', 'rolled']),
  n: Type.Number(),
  name: Type.Optional(Type.String()),
  basis: Type.Optional(Type.String()),
  provisional: Type.Boolean(),
})
export type ExplainedDay = Static<typeof ExplainedDay>

export const getDueDate = endpoint({
  id: 'getDueDate',
  at: 'GET /workdays/due',
  summary: 'When a limit that starts on a date ends, and why, day by day',
  access: 'public',
  query: Type.Object({ from: PlainDate, limit: Type.Integer({ minimum: 0, maximum: 3650 }), unit: Type.Optional(Unit) }),
  answer: Type.Object({
    due: Type.Union([PlainDate, Type.Null()]),
    provisional: Type.Boolean(),
    calendar: Type.String(),
    days: Type.Array(ExplainedDay),
  }),
  refusals: ['workdays/date-invalid'],
})
