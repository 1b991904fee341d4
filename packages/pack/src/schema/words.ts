/** Words that all files of a pack share. Everything here is the unchecked side: what a maker writes. */
import Type, { type Static, type TProperties, type TSchema, type TString } from 'typebox'

/** An object that takes no other keys: a mistyped key is a fault, not a wish. */
export function Strict<T extends TProperties>(properties: T, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description === undefined ? {} : { description }) })
}

/** Names that the maker gives, each with a value; a name of another form is a fault. */
export function Named<T extends TSchema>(name: TString, value: T, description?: string) {
  return Type.Record(name, value, { additionalProperties: false, ...(description === undefined ? {} : { description }) })
}

export const Id = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', description: 'kebab-case: a name in lower case with hyphens' })
/** Name that FEEL conditions read (`answers.sells_food`): no hyphen, or it would be a subtraction. */
export const FactName = Type.String({ pattern: '^[a-z][a-z0-9_]*$', description: 'snake_case: a name that conditions can read' })
export const FactPath = Type.String({ pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$', description: 'dotted fact: party.tax_clear' })
export const Text = Type.Union(
  [Type.String({ minLength: 1 }), Strict({ zh: Type.String({ minLength: 1 }), en: Type.Optional(Type.String({ minLength: 1 })) })],
  { description: 'Chinese words, or { zh, en }' },
)
export type TextSource = Static<typeof Text>
export const Limit = Type.String({
  minLength: 1,
  description: '5 workdays · instant · 4 working-hours · 10 days · 3 months · 2 hours · 15 minutes',
})
export const Feel = Type.String({
  minLength: 1,
  description: 'FEEL condition over answers, party, form; in flows also matter, bundle, outcome, gaps',
})
export const RegionCode = Type.String({ pattern: '^\\d{6}(\\d{3}(\\d{3})?)?$', description: 'region code: 6, 9 or 12 digits, in quotes' })
export const PlainDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'date YYYY-MM-DD, in quotes' })
export const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'time HH:MM, in quotes' })
export const DaysNamed = Named(PlainDate, Type.String({ minLength: 1 }), 'date → name of the holiday')
