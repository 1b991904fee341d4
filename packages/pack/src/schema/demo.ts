/** demo/people.yaml, demo/parties.yaml and demo/cases.yaml: synthetic, loaded in demonstration mode only. */
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

/** ISO 8601, days being working days and hours service hours, so that a case stands where it should on whatever weekday it is loaded. */
const WorkingSpan = Type.String({
  pattern: '^P(?=\\d|T\\d)(\\d{1,3}D)?(T(?=\\d)(\\d{1,2}H)?(\\d{1,3}M)?)?$',
  description: 'ISO 8601 duration in working days, service hours and minutes: P9D, PT3H, P1DT2H30M',
})

export const CasesSchema = Strict({
  cases: Type.Array(
    Strict({
      id: Id,
      bundle: Id,
      party: Id,
      by: Id,
      region: Type.Optional(RegionCode),
      submitted: WorkingSpan,
      answers: Type.Optional(Named(FactName, Type.Unknown())),
      form: Type.Optional(Named(FactName, Type.Unknown())),
      left_out: Type.Optional(Type.Array(Id)),
      plays: Type.Optional(
        Type.Array(
          Strict({
            after: WorkingSpan,
            by: Id,
            node: Type.Optional(Id),
            supervision: Type.Optional(Type.Boolean()),
            action: Id,
            step: Type.Optional(Id),
            input: Type.Optional(Named(FactName, Type.Unknown())),
            until: Type.Optional(WorkingSpan),
            uploads: Type.Optional(Type.Array(Id)),
          }),
        ),
      ),
    }),
  ),
})
