/** flows/*.yaml and ladders.yaml: the engine's vocabulary as a maker writes it. `caseflow` compiles it. */
import { AUDIENCES, DEEMED, EFFECTS, LIGHTS, NEED_TYPES } from '@yichuang/caseflow'
import Type, { type Static } from 'typebox'
import { Feel, Id, Limit, Named, Strict, Text } from './words.ts'

const Ratio = Type.Number({ minimum: 0, maximum: 1 })
const Moment = Type.Union([Strict({ remaining: Limit }), Strict({ elapsed: Ratio }), Strict({ over: Limit })])
const Level = Strict({
  id: Id,
  title: Text,
  light: Type.Enum([...LIGHTS]),
  clocks: Type.Array(Id, { minItems: 1 }),
  at: Type.Array(Moment, { minItems: 1 }),
  tells: Type.Optional(Type.Array(Id)),
  card: Type.Optional(Type.Enum(['yellow', 'red'])),
  reason_within: Type.Optional(Limit),
  opens: Type.Optional(Id),
})
export const LaddersSchema = Strict({ ladders: Named(Id, Type.Array(Level, { minItems: 1 })) })
export type LadderSource = Static<typeof Level>

const Need = Type.Union([
  Type.String({ minLength: 1, description: 'a need by its usual name: items, until, reason …' }),
  Strict({
    field: Type.String({ minLength: 1 }),
    type: Type.Enum([...NEED_TYPES]),
    title: Type.Optional(Text),
    required: Type.Optional(Type.Boolean()),
  }),
])
const Action = Strict({
  title: Type.Optional(Text),
  effect: Type.Enum([...EFFECTS]),
  to: Type.Optional(Id),
  marks: Type.Optional(Id),
  outcome: Type.Optional(Id),
  needs: Type.Optional(Type.Array(Need)),
  when: Type.Optional(Feel),
  why_not: Type.Optional(Text),
  document: Type.Optional(Id),
  by: Type.Optional(Type.Enum(['staff', 'applicant', 'system'])),
  role: Type.Optional(Id),
  repeatable: Type.Optional(Type.Boolean()),
  destructive: Type.Optional(Type.Boolean()),
  audience: Type.Optional(Type.Enum([...AUDIENCES])),
})
const Actions = Named(Id, Action)
const Step = Strict({
  title: Text,
  after: Type.Optional(Type.Array(Id)),
  when: Type.Optional(Feel),
  desk: Type.Optional(Id),
  role: Type.Optional(Id),
  org: Type.Optional(Type.String({ minLength: 1 })),
  special: Type.Optional(Id),
  joint: Type.Optional(Type.Boolean()),
  optional: Type.Optional(Type.Boolean()),
  limit: Type.Optional(Limit),
  issues: Type.Optional(Type.Boolean()),
  matter: Type.Optional(Id),
  on_failure: Type.Optional(Type.Boolean()),
  in_bundle: Type.Optional(Id),
  actions: Type.Optional(Actions),
})
const Clock = Strict({
  title: Text,
  starts: Id,
  stops: Type.Array(Id, { minItems: 1 }),
  limit: Type.String({ minLength: 1, description: 'a limit (5 workdays) or a path into the facts (matter.limits.promised)' }),
  extend: Type.Optional(Strict({ most: Limit, by: Id })),
  on_breach: Type.Optional(
    Strict(
      { effect: Type.Enum([...DEEMED]), basis: Type.String({ minLength: 1 }), action: Type.Optional(Id) },
      'a deemed outcome and its legal basis',
    ),
  ),
  pausable: Type.Optional(Type.Boolean()),
  laddered: Type.Optional(Type.Boolean()),
})
export const FlowSchema = Strict({
  flow: Id,
  kind: Id,
  version: Type.Optional(Type.String({ minLength: 1 })),
  title: Text,
  clocks: Type.Optional(Named(Id, Clock)),
  ladder: Type.Optional(Id),
  steps: Named(Id, Step),
  actions: Type.Optional(Actions),
  completion: Type.Optional(Type.Enum(['all', 'each'])),
  reopen_window: Type.Optional(Limit),
  rating_window: Type.Optional(Limit),
})
export type FlowFileSource = Static<typeof FlowSchema>
