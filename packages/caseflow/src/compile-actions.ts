import { EFFECT_NEEDS } from './kernel-actions.ts'
import { type Path, present, type Reading } from './reading.ts'
import { type ActionDef, AUDIENCES, EFFECTS, NEED_TYPES, type Need, type NeedType, SIDES } from './vocabulary.ts'

const ACTION_KEYS = {
  known: [
    'title',
    'effect',
    'to',
    'marks',
    'outcome',
    'needs',
    'when',
    'why_not',
    'document',
    'by',
    'role',
    'repeatable',
    'destructive',
    'audience',
  ],
  required: ['effect'],
}

/** A need written by its usual name; other names are texts. */
const SHORTHAND: { readonly [field: string]: NeedType } = {
  items: 'items',
  gaps: 'gaps',
  until: 'date',
  basis: 'basis',
  org: 'org',
  orgs: 'orgs',
  person: 'person',
  files: 'files',
  stars: 'stars',
}

export function readActions(reading: Reading, value: unknown, path: Path): { [id: string]: ActionDef } {
  const actions = reading.map(value, path)
  return Object.fromEntries(
    Object.entries(actions).map(([id, action]) => [id, readAction(reading, id, { value: action, path: [...path, id] })]),
  )
}

function readAction(reading: Reading, id: string, { value, path }: { readonly value: unknown; readonly path: Path }): ActionDef {
  const raw = reading.record(value, path, ACTION_KEYS)
  const effect = reading.word(raw.effect, [...path, 'effect'], EFFECTS, 'unknown-effect') ?? 'comment'
  const own = readNeeds(reading, raw.needs, [...path, 'needs'])
  const implied = EFFECT_NEEDS[effect].filter((need) => own.every((known) => known.field !== need.field))
  return present({
    id,
    title: reading.title(raw.title, [...path, 'title'], id),
    effect,
    to: reading.optionalText(raw.to, [...path, 'to']),
    marks: reading.optionalText(raw.marks, [...path, 'marks']),
    outcome: reading.optionalText(raw.outcome, [...path, 'outcome']),
    needs: [...own, ...implied],
    when: reading.condition(raw.when, [...path, 'when']),
    whyNot: raw.why_not === undefined ? undefined : reading.title(raw.why_not, [...path, 'why_not'], id),
    document: reading.optionalText(raw.document, [...path, 'document']),
    by: reading.word(raw.by, [...path, 'by'], SIDES, 'unknown-side') ?? (effect === 'supply' || effect === 'rate' ? 'applicant' : 'staff'),
    role: reading.optionalText(raw.role, [...path, 'role']),
    repeatable: reading.flag(raw.repeatable, [...path, 'repeatable'], false) ? (true as const) : undefined,
    destructive: reading.flag(raw.destructive, [...path, 'destructive'], effect === 'end' || effect === 'withdraw'),
    audience: reading.word(raw.audience, [...path, 'audience'], AUDIENCES, 'unknown-audience'),
  })
}

function readNeeds(reading: Reading, value: unknown, path: Path): Need[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.map((need, index) => readNeed(reading, need, [...path, index]))
  reading.add(path, 'wrong-type', 'Expected a list of needs: [reason, items].')
  return []
}

function readNeed(reading: Reading, value: unknown, path: Path): Need {
  if (typeof value === 'string') return { field: value, type: SHORTHAND[value] ?? 'text', required: true }
  const raw = reading.record(value, path, { known: ['field', 'type', 'required', 'title'], required: ['field', 'type'] })
  const field = reading.text(raw.field, [...path, 'field'])
  return present({
    field,
    type: reading.word(raw.type, [...path, 'type'], NEED_TYPES, 'unknown-need-type') ?? 'text',
    required: reading.flag(raw.required, [...path, 'required'], true),
    title: raw.title === undefined ? undefined : reading.title(raw.title, [...path, 'title'], field),
  })
}
