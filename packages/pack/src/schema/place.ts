/** Files about the city itself: pack.yaml, regions.yaml, orgs.yaml, calendar/*.yaml, bases.yaml, delegations.yaml. */
import Type from 'typebox'
import { REGION_LEVELS } from '../vocabulary.ts'
import { DaysNamed, Id, Limit, PlainDate, RegionCode, Strict, Text, TimeOfDay } from './words.ts'

const OrgKey = Type.String({ pattern: '^[a-z][a-z0-9-]*$', description: 'department key: scj' })
const OrgId = Type.String({ pattern: '^\\d{6,12}\\.[a-z][a-z0-9-]*$', description: 'region code, dot, key: 430211.scj' })
const ORG_KINDS = ['department', 'hall', 'park', 'utility', 'bank', 'centre'] as const

export const PackFileSchema = Strict({
  id: Id,
  title: Text,
  version: Type.Optional(Type.String({ minLength: 1, description: 'for people; the content hash tells versions apart' })),
  time_zone: Type.String({ minLength: 1, description: 'IANA name: Asia/Shanghai' }),
  utc_offset: Type.String({ pattern: '^[+-]\\d{2}:\\d{2}$', description: '+08:00, in quotes' }),
  root: RegionCode,
  hours: Type.Array(Strict({ from: TimeOfDay, to: TimeOfDay }), { minItems: 1, description: 'service hours of a working day' }),
  languages: Type.Optional(Type.Array(Type.Enum(['zh', 'en']))),
  note: Type.Optional(Text),
})

export const RegionsSchema = Strict({
  regions: Type.Array(
    Strict({
      code: RegionCode,
      name: Text,
      level: Type.Enum([...REGION_LEVELS]),
      parent: Type.Optional(Type.Union([RegionCode, Type.Null()])),
      functional: Type.Optional(Type.Boolean()),
      service_point: Type.Optional(Text),
    }),
    { minItems: 1 },
  ),
})

const DepartmentSource = Strict({
  key: OrgKey,
  name: Text,
  short: Type.Optional(Text),
  kind: Type.Optional(Type.Enum([...ORG_KINDS])),
  at: Type.Array(Type.Enum(['city', 'county', 'functional', 'town']), { minItems: 1, description: 'levels of regions that have one' }),
  county_name: Type.Optional(Text),
  town_name: Type.Optional(Text),
  phone: Type.Optional(Type.String()),
})
const OrgSource = Strict({
  id: OrgId,
  key: OrgKey,
  name: Text,
  short: Type.Optional(Text),
  kind: Type.Enum([...ORG_KINDS]),
  region: RegionCode,
  parent: Type.Optional(Type.Union([OrgId, Type.Null()])),
  credit_code: Type.Optional(Type.String()),
  synthetic: Type.Optional(Type.Boolean()),
  phone: Type.Optional(Type.String()),
  address: Type.Optional(Text),
})
export const OrgsSchema = Strict({ departments: Type.Array(DepartmentSource), orgs: Type.Optional(Type.Array(OrgSource)) })

export const CalendarSchema = Strict({
  year: Type.Integer({ minimum: 1949, maximum: 2199 }),
  version: Type.String({ pattern: '^\\d{4}/\\d+$', description: '2026/1 first, 2026/2 after a revision, in quotes' }),
  source: Type.String({ minLength: 1 }),
  holidays: DaysNamed,
  make_ups: Type.Optional(DaysNamed),
})

export const BasesSchema = Strict({
  bases: Type.Array(Strict({ id: Id, title: Text, law: Type.String({ minLength: 1 }), most: Type.Optional(Limit) })),
})

export const DelegationsSchema = Strict({
  delegations: Type.Array(
    Strict({
      id: Id,
      from: OrgKey,
      to: OrgId,
      region: RegionCode,
      matters: Type.Array(Id, { minItems: 1 }),
      basis: Type.String({ minLength: 1 }),
      since: PlainDate,
      until: Type.Optional(Type.Union([PlainDate, Type.Null()])),
    }),
  ),
})
