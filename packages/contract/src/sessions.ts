/** 登录: sessions, demonstration people, the demonstration clock, the city itself. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Text } from './words.ts'

export const Post = Type.Object({ desk: Type.String(), org: Id, orgName: Text, roles: Type.Array(Type.String()) })
export type Post = Static<typeof Post>
export const ActsFor = Type.Object({ party: Id, name: Type.String(), kind: Type.String(), as: Type.String() })
export type ActsFor = Static<typeof ActsFor>

export const Session = Type.Object({
  person: Id,
  name: Text,
  /** Desks of the product this person may open: portal always, the others by post. */
  desks: Type.Array(Type.String()),
  posts: Type.Array(Post),
  actsFor: Type.Array(ActsFor),
  unread: Type.Integer(),
  /** For API users who cannot keep a cookie; given once, at login. */
  token: Type.Optional(Type.String()),
})
export type Session = Static<typeof Session>

export const DemoPerson = Type.Object({ id: Id, name: Text, role: Text, desks: Type.Array(Type.String()) })
export type DemoPerson = Static<typeof DemoPerson>

export const City = Type.Object({
  id: Id,
  title: Text,
  version: Type.String(),
  root: Type.String(),
  languages: Type.Array(Type.String()),
  demo: Type.Boolean(),
  now: Instant,
  /** Milliseconds the demonstration clock runs ahead of the wall clock. */
  clockOffset: Type.Integer(),
})
export type City = Static<typeof City>

export const getCity = endpoint({
  id: 'getCity',
  at: 'GET /city',
  summary: 'The city pack, the time, and whether this is a demonstration',
  access: 'public',
  answer: City,
})
export const openSession = endpoint({
  id: 'openSession',
  at: 'POST /sessions',
  summary: 'Log in: { person } in demonstration mode, { account, password, code? } always',
  access: 'public',
  body: Type.Object({
    person: Type.Optional(Id),
    account: Type.Optional(Type.String({ maxLength: 80 })),
    password: Type.Optional(Type.String({ maxLength: 200 })),
    code: Type.Optional(Type.String({ maxLength: 12 })),
  }),
  answer: Session,
  refusals: ['sessions/wrong-credentials', 'sessions/not-a-demonstration', 'sessions/person-unknown'],
})
export const getSession = endpoint({ id: 'getSession', at: 'GET /sessions/current', summary: 'Who is logged in', answer: Session })
export const closeSession = endpoint({ id: 'closeSession', at: 'DELETE /sessions/current', summary: 'Log out', answer: Type.Object({}) })
export const listDemoPeople = endpoint({
  id: 'listDemoPeople',
  at: 'GET /demo/people',
  summary: 'Demonstration people who can log in (demonstration mode only)',
  access: 'public',
  answer: Type.Object({ people: Type.Array(DemoPerson) }),
  refusals: ['demo/not-a-demonstration'],
})
export const moveClock = endpoint({
  id: 'moveClock',
  at: 'POST /demo/clock',
  summary: "Move the product's clock forward (demonstration mode only)",
  access: 'public',
  body: Type.Object({ advance: Type.String({ description: 'ISO 8601 duration such as P3D or PT4H', maxLength: 30 }) }),
  answer: Type.Object({ now: Instant, clockOffset: Type.Integer(), fired: Type.Integer({ description: 'obligations that came due' }) }),
  refusals: ['demo/not-a-demonstration', 'demo/duration-invalid'],
})
