/** bundles/*.yaml: one thing, handled once. */
import Type, { type Static } from 'typebox'
import { FactName, Feel, Id, Named, Strict, Text } from './words.ts'

const Words = Type.String({ minLength: 1 })
const Option = Strict({ value: Words, title: Text })

const Question = Strict({
  id: FactName,
  text: Text,
  hint: Type.Optional(Text),
  type: Type.Enum(['boolean', 'choice', 'choices', 'number']),
  options: Type.Optional(Type.Array(Option, { minItems: 1 })),
  when: Type.Optional(Feel),
  prefill: Type.Optional(Type.Array(Words)),
})
export type QuestionSource = Static<typeof Question>

const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'money',
  'date',
  'choice',
  'boolean',
  'credit-code',
  'id-card',
  'mobile',
  'address',
  'list',
] as const
const fieldProperties = {
  id: FactName,
  title: Text,
  type: Type.Enum([...FIELD_TYPES]),
  required: Type.Optional(Type.Boolean()),
  when: Type.Optional(Feel),
  options: Type.Optional(Type.Array(Option, { minItems: 1 })),
  prefill: Type.Optional(Type.Array(Words)),
  editable: Type.Optional(Type.Boolean()),
  min: Type.Optional(Type.Number()),
  max: Type.Optional(Type.Number()),
  pattern: Type.Optional(Words),
  hint: Type.Optional(Text),
  used_by: Type.Optional(Type.Array(Id)),
}
const RowField = Strict(fieldProperties)
/** Rows of a `list` do not nest further. */
const FormField = Strict({ ...fieldProperties, fields: Type.Optional(Type.Array(RowField, { minItems: 1 })) })
export type FieldSource = Static<typeof FormField>

const Node = Strict({
  id: Id,
  matter: Id,
  after: Type.Optional(Type.Array(Id)),
  when: Type.Optional(Feel),
  because: Type.Optional(Text),
  optional: Type.Optional(Type.Boolean()),
})
const Example = Strict({
  title: Words,
  answers: Named(FactName, Type.Unknown()),
  party: Type.Optional(Named(FactName, Type.Unknown())),
  form: Type.Optional(Named(FactName, Type.Unknown())),
  expect: Strict({
    nodes: Type.Array(Id),
    materials: Type.Optional(Type.Array(Id)),
    unknown: Type.Optional(Type.Array(Words)),
    promise: Type.Optional(Words),
  }),
})
export type ExampleSource = Static<typeof Example>

export const BundleSchema = Strict({
  id: Id,
  version: Type.Optional(Words),
  title: Text,
  summary: Text,
  synonyms: Type.Optional(Type.Array(Words)),
  stage: Type.Enum(['start', 'run', 'hire', 'build', 'change', 'close', 'life']),
  service: Type.Optional(Type.Array(Words)),
  lead: Id,
  status: Type.Optional(Type.Enum(['in-use', 'announced'])),
  parties: Type.Array(Type.Enum(['enterprise', 'sole-trader', 'person']), { minItems: 1 }),
  questions: Type.Optional(Type.Array(Question)),
  form: Type.Optional(
    Type.Array(Strict({ id: Id, title: Text, when: Type.Optional(Feel), fields: Type.Array(FormField, { minItems: 1 }) })),
  ),
  nodes: Type.Array(Node),
  completion: Type.Optional(Type.Enum(['all', 'each'])),
  register: Type.Optional(Type.Array(Strict({ node: Id, change: Type.Enum(['convert', 'close', 'found', 'none']) }))),
  counter: Type.Optional(Text),
  examples: Type.Optional(Type.Array(Example)),
})
export type BundleSource = Static<typeof BundleSchema>
