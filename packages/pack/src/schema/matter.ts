/** matters/*.yaml, materials.yaml, certificates.yaml, documents/*.yaml. */
import Type, { type Static } from 'typebox'
import { FactName, FactPath, Feel, Id, Limit, Strict, Text } from './words.ts'

const Words = Type.String({ minLength: 1 })

const Way = Type.Union([
  Type.Enum(['upload', 'form']),
  Strict({ upload: Type.Literal(true) }),
  Strict({ form: Type.Literal(true) }),
  Strict({ ecert: Id }),
  Strict({ share: FactPath, resource: Text }),
  Strict({ promise: Text }),
  Strict({ result: Id }),
])
export type WaySource = Static<typeof Way>
const MaterialSource = Strict({
  id: Id,
  title: Text,
  hint: Type.Optional(Text),
  obtain: Type.Array(Way, { minItems: 1, description: 'in order of preference: the first way that can supply wins' }),
  formats: Type.Optional(Type.Array(Type.Enum(['pdf', 'jpg', 'png']), { minItems: 1 })),
  max_megabytes: Type.Optional(Type.Number({ minimum: 1, maximum: 200 })),
  sensitive: Type.Optional(Type.Boolean()),
})
export const MaterialsSchema = Strict({ materials: Type.Array(MaterialSource) })

const CertificateSource = Strict({
  id: Id,
  title: Text,
  type_code: Words,
  fields: Type.Array(Strict({ id: FactName, title: Text, from: Words })),
  valid_for: Type.Optional(Type.Union([Type.String({ pattern: '^P(\\d+Y)?(\\d+M)?(\\d+D)?$' }), Type.Null()])),
  prefix: Words,
})
export const CertificatesSchema = Strict({ certificates: Type.Array(CertificateSource) })

const MatterMaterialSource = Strict({
  material: Id,
  need: Type.Optional(Type.Enum(['required', 'optional'])),
  when: Type.Optional(Feel),
  tolerance: Type.Optional(Strict({ limit: Limit, consequence: Text })),
})
const Fee = Type.Union([
  Strict({ charged: Type.Literal(false) }),
  Strict({ charged: Type.Literal(true), item: Text, standard: Text, basis: Words }),
])
const Result = Strict({
  title: Text,
  certificate: Type.Optional(Id),
  mode: Type.Optional(Type.Enum(['issue', 'replace', 'cancel', 'none'])),
})
export const MatterSchema = Strict({
  id: Id,
  code: Type.Optional(Words),
  basic_code: Type.Optional(Words),
  version: Type.Optional(Words),
  title: Text,
  type: Type.Optional(Type.String({ pattern: '^\\d{2}$', description: '事项类型代码, two digits in quotes' })),
  level: Type.Optional(Type.String({ pattern: '^[1-7]$', description: '行使层级代码, in quotes' })),
  dept: Id,
  kind: Type.Optional(Type.Enum(['instant', 'promise'])),
  status: Type.Optional(Type.Enum(['in-use', 'paused', 'cancelled'])),
  initiated_by: Type.Optional(Type.Enum(['applicant', 'authority'])),
  service: Type.Optional(Type.Array(Words)),
  basis: Type.Optional(Type.Array(Strict({ law: Words, article: Type.Optional(Words), words: Type.Optional(Words) }))),
  limits: Strict({ statutory: Limit, promised: Limit, note: Type.Optional(Text) }),
  conditions: Type.Optional(Type.Array(Text)),
  materials: Type.Optional(Type.Array(MatterMaterialSource)),
  process: Type.Optional(Type.Array(Strict({ step: Text, role: Text, limit: Type.Optional(Limit), standard: Type.Optional(Text) }))),
  fee: Type.Optional(Fee),
  channels: Type.Optional(Type.Array(Type.Enum(['counter', 'web', 'mobile', 'post']))),
  visits: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
  scope: Type.Optional(Type.Enum(['national', 'province', 'city', 'county'])),
  place: Type.Optional(Text),
  hours: Type.Optional(Text),
  consult: Type.Optional(Words),
  complain: Type.Optional(Words),
  results: Type.Optional(Type.Array(Result)),
  intermediary: Type.Optional(Type.Union([Text, Type.Null()])),
  topics: Type.Optional(Type.Array(Words)),
  rights: Type.Optional(Type.Array(Text)),
  remedies: Type.Optional(Strict({ review: Text, litigation: Text })),
  faq: Type.Optional(Type.Array(Strict({ q: Text, a: Text }))),
  flow: Id,
  on_site: Type.Optional(Type.Boolean()),
})
export type MatterSource = Static<typeof MatterSchema>

const Block = Type.Union([
  Strict({ heading: Text }),
  Strict({ paragraph: Text }),
  Strict({ small: Text }),
  Strict({ facts: Type.Array(Strict({ title: Text, value: Words }), { minItems: 1 }) }),
  Strict({ list: Strict({ each: Words, text: Words }) }),
  Strict({ seal: Strict({ org: Words, date: Words }) }),
  Strict({ qr: Strict({ value: Words, caption: Text }) }),
])
export type BlockSource = Static<typeof Block>
export const DocumentSchema = Strict({ id: Id, title: Text, prefix: Words, blocks: Type.Array(Block, { minItems: 1 }) })
