/** Shapes that several modules speak of. */
import Type, { type Static, type TSchema } from 'typebox'

export const Instant = Type.String({ format: 'date-time', description: 'UTC, YYYY-MM-DDTHH:MM:SS.sssZ' })
export type Instant = Static<typeof Instant>
export const PlainDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: "Civil date in the city's time zone" })
export type PlainDate = Static<typeof PlainDate>
export const Id = Type.String({ minLength: 1, maxLength: 80 })
export const Uuid = Type.String({ format: 'uuid' })

/** Pack words: Chinese always, English where the pack gives it. */
export const Text = Type.Object({ zh: Type.String(), en: Type.Optional(Type.String()) })
export type Text = Static<typeof Text>

export const Light = Type.Enum(['green', 'blue', 'yellow', 'red', 'grey'])
export type Light = Static<typeof Light>

export const Unit = Type.Enum(['workday', 'day', 'month', 'hour', 'working-hour', 'minute'])
export const Limit = Type.Object({ n: Type.Number({ minimum: 0 }), unit: Unit })
export type Limit = Static<typeof Limit>

/** Any JSON value; its meaning lies in the pack (form values, answers, face data). */
export const Json = Type.Unknown()
export const Data = Type.Record(Type.String(), Json)
export type Data = Static<typeof Data>

/** A page by key: `next` is passed back as `cursor`; counts are capped (`exact: false` = at least that many). */
export function pageOf<T extends TSchema>(row: T) {
  return Type.Object({
    rows: Type.Array(row),
    next: Type.Union([Type.String(), Type.Null()]),
    count: Type.Object({ total: Type.Integer(), exact: Type.Boolean() }),
  })
}
export const PageQuery = { cursor: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }

export const Org = Type.Object({ id: Id, name: Text, short: Text, phone: Type.Optional(Type.String()) })
export type Org = Static<typeof Org>

/** problem+json, RFC 9457, with a stable code; `fields` names each input that must be mended. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  data: Type.Optional(Data),
  /** `message` is English; `words` are for the person who filled in the form. */
  fields: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String(), words: Type.Optional(Text) }))),
  request: Type.Optional(Type.String()),
})
export type Problem = Static<typeof Problem>
