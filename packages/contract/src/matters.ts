/** 事项: the public catalogue: bundles, matters and their guides, regions. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Limit, Org, Text } from './words.ts'

export const BundleCard = Type.Object({
  id: Id,
  title: Text,
  summary: Text,
  stage: Type.String(),
  lead: Text,
  status: Type.Enum(['in-use', 'announced']),
  matters: Type.Integer(),
  parties: Type.Array(Type.String()),
})
export type BundleCard = Static<typeof BundleCard>

export const Option = Type.Object({ value: Type.String(), title: Text })
export const Question = Type.Object({
  id: Id,
  text: Text,
  hint: Type.Optional(Text),
  type: Type.Enum(['boolean', 'choice', 'choices', 'number']),
  options: Type.Optional(Type.Array(Option)),
})
export type Question = Static<typeof Question>

export const FieldType = Type.Enum([
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
])
const fieldShape = {
  id: Id,
  title: Text,
  type: FieldType,
  required: Type.Boolean(),
  editable: Type.Boolean(),
  options: Type.Optional(Type.Array(Option)),
  min: Type.Optional(Type.Number()),
  max: Type.Optional(Type.Number()),
  pattern: Type.Optional(Type.String()),
  hint: Type.Optional(Text),
}
export const RowField = Type.Object(fieldShape)
/** `fields` are the columns of a `list`; rows do not nest further. */
export const Field = Type.Object({ ...fieldShape, fields: Type.Optional(Type.Array(RowField)) })
export type Field = Static<typeof Field>

export const BundleView = Type.Object({
  ...BundleCard.properties,
  counter: Type.Optional(Text),
  questions: Type.Array(Question),
  nodes: Type.Array(
    Type.Object({ id: Id, matter: Id, title: Text, dept: Text, after: Type.Array(Id), optional: Type.Boolean(), promised: Limit }),
  ),
})
export type BundleView = Static<typeof BundleView>

export const MatterCard = Type.Object({
  id: Id,
  code: Type.String(),
  title: Text,
  type: Type.String(),
  dept: Text,
  promised: Limit,
  statutory: Limit,
  kind: Type.String(),
})
export type MatterCard = Static<typeof MatterCard>

/** 办事指南: every element of the implementation list. */
export const MatterGuide = Type.Object({
  ...MatterCard.properties,
  version: Type.String(),
  basicCode: Type.String(),
  level: Type.String(),
  service: Type.Array(Type.String()),
  basis: Type.Array(Type.Object({ law: Type.String(), article: Type.String(), words: Type.Optional(Type.String()) })),
  note: Type.Optional(Text),
  conditions: Type.Array(Text),
  materials: Type.Array(
    Type.Object({
      material: Id,
      title: Text,
      need: Type.String(),
      obtain: Type.Array(Type.Object({ way: Type.String(), words: Text })),
      formats: Type.Array(Type.String()),
      maxMegabytes: Type.Number(),
      tolerance: Type.Optional(Type.Object({ limit: Limit, consequence: Text })),
    }),
  ),
  process: Type.Array(Type.Object({ step: Text, role: Text, limit: Type.Optional(Limit), standard: Type.Optional(Text) })),
  fee: Type.Object({
    charged: Type.Boolean(),
    item: Type.Optional(Text),
    standard: Type.Optional(Text),
    basis: Type.Optional(Type.String()),
  }),
  channels: Type.Array(Type.String()),
  visits: Type.Integer(),
  scope: Type.String(),
  place: Text,
  hours: Text,
  consult: Type.String(),
  complain: Type.String(),
  results: Type.Array(Type.Object({ title: Text, certificate: Type.Optional(Id) })),
  intermediary: Type.Union([Text, Type.Null()]),
  rights: Type.Array(Text),
  remedies: Type.Object({ review: Text, litigation: Text }),
  faq: Type.Array(Type.Object({ q: Text, a: Text })),
  bundles: Type.Array(Type.Object({ id: Id, title: Text })),
})
export type MatterGuide = Static<typeof MatterGuide>

export const Region = Type.Object({
  code: Type.String(),
  name: Text,
  level: Type.String(),
  functional: Type.Boolean(),
  parent: Type.Union([Type.String(), Type.Null()]),
  children: Type.Integer(),
})
export type Region = Static<typeof Region>

export const listBundles = endpoint({
  id: 'listBundles',
  at: 'GET /bundles',
  summary: 'Bundles (一件事), optionally those whose words fit a search',
  access: 'public',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 100 })) }),
  answer: Type.Object({ bundles: Type.Array(BundleCard) }),
})
export const getBundle = endpoint({
  id: 'getBundle',
  at: 'GET /bundles/:bundle',
  summary: 'One bundle',
  access: 'public',
  params: Type.Object({ bundle: Id }),
  answer: BundleView,
  refusals: ['matters/bundle-unknown'],
})
export const listMatters = endpoint({
  id: 'listMatters',
  at: 'GET /matters',
  summary: 'Matters of the catalogue, optionally those whose words fit a search',
  access: 'public',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 100 })) }),
  answer: Type.Object({ matters: Type.Array(MatterCard) }),
})
export const getMatter = endpoint({
  id: 'getMatter',
  at: 'GET /matters/:matter',
  summary: 'The guide of one matter',
  access: 'public',
  params: Type.Object({ matter: Id }),
  answer: MatterGuide,
  refusals: ['matters/matter-unknown'],
})
export const listRegions = endpoint({
  id: 'listRegions',
  at: 'GET /regions',
  summary: 'The region tree, one level at a time',
  access: 'public',
  query: Type.Object({ parent: Type.Optional(Type.String({ maxLength: 15 })) }),
  answer: Type.Object({ regions: Type.Array(Region) }),
  refusals: ['matters/region-unknown'],
})
export const listOrgs = endpoint({
  id: 'listOrgs',
  at: 'GET /orgs',
  summary:
    'Organisations competent in a region: its own and those above it (for transfer and co-handling); without a region all of the city',
  query: Type.Object({ region: Type.Optional(Type.String({ maxLength: 15 })) }),
  answer: Type.Object({ orgs: Type.Array(Org) }),
  refusals: ['matters/region-unknown'],
})
