/** 主体: enterprises, sole traders, people; facts with source and date; who may act for whom. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Json, PlainDate, Text } from './words.ts'

export const PartyKind = Type.Enum(['enterprise', 'sole-trader', 'person'])
export const PartyCard = Type.Object({
  id: Id,
  kind: PartyKind,
  name: Type.String(),
  creditCode: Type.Optional(Type.String()),
  region: Text,
  status: Type.String(),
  synthetic: Type.Boolean(),
})
export type PartyCard = Static<typeof PartyCard>

export const Party = Type.Object({
  ...PartyCard.properties,
  facts: Type.Array(Type.Object({ fact: Type.String(), title: Text, value: Json, source: Text, asOf: PlainDate })),
  /** Personal data is masked; a reveal is an audited act with a reason. */
  people: Type.Array(
    Type.Object({
      person: Id,
      name: Type.String(),
      as: Type.String(),
      idCard: Type.Optional(Type.String()),
      mobile: Type.Optional(Type.String()),
      until: Type.Union([PlainDate, Type.Null()]),
    }),
  ),
})
export type Party = Static<typeof Party>

export const listMyParties = endpoint({
  id: 'listMyParties',
  at: 'GET /parties',
  summary: 'Parties I may act for',
  answer: Type.Object({ parties: Type.Array(PartyCard) }),
})
export const findParties = endpoint({
  id: 'findParties',
  at: 'GET /parties/search',
  summary: 'Find a party by credit code or by the beginning of its name (counter only)',
  query: Type.Object({ q: Type.String({ minLength: 2, maxLength: 60 }) }),
  answer: Type.Object({ parties: Type.Array(PartyCard) }),
  refusals: ['parties/not-your-desk', 'codes/credit-code-invalid'],
})
export const getParty = endpoint({
  id: 'getParty',
  at: 'GET /parties/:party',
  summary: 'One party with facts, sources and the people who may act for it',
  params: Type.Object({ party: Id }),
  answer: Party,
  refusals: ['parties/unknown'],
})
export const createParty = endpoint({
  id: 'createParty',
  at: 'POST /parties',
  summary: 'Record a party at the counter',
  body: Type.Object({
    kind: PartyKind,
    name: Type.String({ minLength: 2, maxLength: 120 }),
    creditCode: Type.Optional(Type.String({ maxLength: 18 })),
    region: Type.String({ maxLength: 15 }),
  }),
  answer: Party,
  refusals: ['parties/not-your-desk', 'parties/not-your-region', 'codes/credit-code-invalid', 'parties/already-there'],
})
export const revealPerson = endpoint({
  id: 'revealPerson',
  at: 'POST /parties/:party/reveals',
  summary: 'See personal data in full; recorded with the reason',
  params: Type.Object({ party: Id }),
  body: Type.Object({ person: Id, reason: Type.String({ minLength: 4, maxLength: 200 }) }),
  answer: Type.Object({ name: Type.String(), idCard: Type.Optional(Type.String()), mobile: Type.Optional(Type.String()) }),
  refusals: ['parties/unknown', 'parties/reveal-not-allowed'],
})
