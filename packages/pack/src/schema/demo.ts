/** demo/people.yaml and demo/parties.yaml: synthetic, loaded in demonstration mode only. */
import Type from 'typebox'
import { FactName, FactPath, Id, Named, PlainDate, RegionCode, Strict, Text } from './words.ts'

const Words = Type.String({ minLength: 1 })
const OptionalDate = Type.Optional(Type.Union([PlainDate, Type.Null()]))

export const PeopleSchema = Strict({
  people: Type.Array(
    Strict({
      id: Id,
      name: Text,
      account: Words,
      id_card: Words,
      mobile: Words,
      role: Text,
      posts: Type.Optional(
        Type.Array(
          Strict({
            desk: Type.Enum(['counter', 'department', 'supervision', 'admin']),
            org: Words,
            roles: Type.Optional(Type.Array(Id)),
          }),
        ),
      ),
      acts_for: Type.Optional(
        Type.Array(Strict({ party: Id, as: Type.Enum(['owner', 'legal-representative', 'agent']), until: OptionalDate })),
      ),
    }),
  ),
})

export const PartiesSchema = Strict({
  parties: Type.Array(
    Strict({
      id: Id,
      kind: Type.Enum(['enterprise', 'sole-trader', 'person']),
      name: Text,
      credit_code: Type.Optional(Type.Union([Words, Type.Null()])),
      region: RegionCode,
      facts: Type.Optional(Type.Array(Strict({ fact: FactPath, value: Type.Unknown(), source: Text, as_of: PlainDate }))),
      certificates: Type.Optional(
        Type.Array(
          Strict({
            type: Id,
            number: Words,
            issued_on: PlainDate,
            valid_until: OptionalDate,
            issuer: Words,
            face: Named(FactName, Type.Unknown()),
          }),
        ),
      ),
    }),
  ),
})
