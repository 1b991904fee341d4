/** 一张表单: the fields that this application needs, each with the first value that somebody already knows. */
import { shortName } from './plan-facts.ts'
import type { PlanField, PlanInput, PlanNode, Planning, Prefilled } from './plan-vocabulary.ts'
import type { CityPack, Field } from './vocabulary.ts'

/** A field is left out only when its condition, or its section's, is certainly false or none of its matters is in the plan. */
export function planFields(planning: Planning, nodes: readonly PlanNode[]): readonly PlanField[] {
  const matters = new Set(nodes.filter((node) => node.included !== false).map((node) => node.matter))
  const shown = (one: { readonly when?: Field['when'] }) => one.when?.evaluate(planning.facts).value !== false
  return planning.bundle.form.filter(shown).flatMap((section) => {
    const fields = section.fields.filter((field) => shown(field) && (field.usedBy?.some((id) => matters.has(id)) ?? true))
    return fields.map((field) => planField(section.id, field, planning))
  })
}

function planField(section: string, field: Field, { pack, input }: Planning): PlanField {
  const prefilled = findPrefill(pack, field, input)
  return { section, field: field.id, ...(prefilled === null ? {} : { prefilled }) }
}

/** The first value that the prefills of a field or question find; null when none does. */
export function findPrefill(
  pack: Pick<CityPack, 'certificates'>,
  asked: { readonly id: string; readonly prefill: readonly string[] },
  input: PlanInput,
): Prefilled | null {
  for (const from of asked.prefill) {
    const found = lookUp(pack, from, asked.id, input)
    if (found !== null && found.value !== undefined && found.value !== null) return found
  }
  return null
}

function lookUp(pack: Pick<CityPack, 'certificates'>, from: string, id: string, input: PlanInput): Prefilled | null {
  const { kind, name, rest } = parsePrefill(from)
  if (kind === 'certificate') return fromCertificate(pack, { from, type: name, field: rest }, input)
  if (kind === 'register') return fromRegister(from, rest === '' ? name : `${name}.${rest}`, input)
  if (kind === 'previous') return { value: input.previous?.[id], source: { zh: '上次填写', en: 'What you wrote last time' }, from }
  return { value: input.answers[name], source: { zh: '您的回答', en: 'Your answer' }, from }
}

export const PREFILL_KINDS = ['certificate', 'register', 'previous', 'answer'] as const
export type PrefillSource = { readonly kind: string; readonly name: string; readonly rest: string }

/** `certificate:biz-license.name` → certificate, biz-license, name. */
export function parsePrefill(from: string): PrefillSource {
  const [kind = '', path = ''] = from.split(':')
  const dot = path.indexOf('.')
  return dot < 0 ? { kind, name: path, rest: '' } : { kind, name: path.slice(0, dot), rest: path.slice(dot + 1) }
}

type Face = { readonly from: string; readonly type: string; readonly field: string }

function fromCertificate(pack: Pick<CityPack, 'certificates'>, { from, type, field }: Face, input: PlanInput): Prefilled | null {
  const held = input.certificates.find((one) => one.type === type)
  const title = pack.certificates.get(type)?.title ?? { zh: type }
  const source = { zh: `电子证照 · ${title.zh}`, en: `E-certificate · ${title.en ?? title.zh}` }
  return held === undefined ? null : { value: held.face?.[field], source, from }
}

function fromRegister(from: string, fact: string, { facts, party }: PlanInput): Prefilled | null {
  const known = facts.find((one) => shortName(one.fact) === shortName(fact))
  if (known === undefined) return { value: party[shortName(fact)], source: { zh: '登记信息', en: 'Register' }, from }
  return { value: known.value, source: known.source, from, ...(known.asOf === undefined ? {} : { asOf: known.asOf }) }
}
