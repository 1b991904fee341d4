import type { ActionView, CaseView, Limit, MaterialView, Need } from '@yichuang/contract'
import { type MessageKey, messageFor, t, words } from '../../platform/i18n.ts'

/** What the inputs of an action start from, and what is still missing before it may be sent. */
export type Inputs = { readonly [field: string]: unknown }
export type Item = { readonly item: string; readonly reason: string }
/** Recorded in the words of the record, which is kept in Chinese. */
export type ChosenGap = { readonly material: string; readonly title: string; readonly limit: Limit; readonly consequence: string }

export function needTitle(need: Need): string {
  return words(need.title) || messageFor(`need.${need.field}`) || messageFor(`need.type.${need.type}`) || need.field
}

/** A correction starts from the materials that are missing: one notice names them all. */
export function firstInputs(needs: readonly Need[], view: Pick<CaseView, 'materials' | 'gaps' | 'cards'>): Inputs {
  const inputs: { [field: string]: unknown } = {}
  for (const need of needs) {
    if (need.type === 'items') inputs[need.field] = missingItems(view)
    if (need.type === 'gaps') inputs[need.field] = tolerable(view).flatMap(gapOf)
    if (need.field === 'gap') inputs[need.field] = view.gaps.find((gap) => gap.status === 'open')?.id
  }
  const card = view.cards.find((each) => each.reason === undefined)
  if (needs.some((need) => need.field === 'level') && card !== undefined) Object.assign(inputs, { clock: card.clock, level: card.level })
  return inputs
}

function missingItems(view: Pick<CaseView, 'materials'>): Item[] {
  const missing = view.materials.filter((material) => material.status === 'missing' && material.tolerance === undefined)
  return missing.length === 0
    ? [{ item: '', reason: '' }]
    : missing.map((material) => ({ item: words(material.title), reason: t('need.notSupplied') }))
}

/** Materials that are not there and may follow later. */
export function tolerable(view: Pick<CaseView, 'materials'>): CaseView['materials'] {
  return view.materials.filter(
    (material) => material.tolerance !== undefined && (material.status === 'missing' || material.status === 'gap'),
  )
}

/** What has not come in when a bundle is simply accepted: its frame calls the step `intake` and the other two ways ask for gaps or items. */
export function missingAtAccept(view: CaseView, action: ActionView): readonly MaterialView[] {
  const accepts = action.step === 'intake' && action.effect === 'complete' && !asksFor(action, 'gaps')
  return accepts ? view.materials.filter((material) => material.status === 'missing') : []
}

/** 容缺受理, where something may follow later, and 一次告知补正. */
export function insteadOf(view: CaseView, action: ActionView): readonly ActionView[] {
  return view.actions.filter(
    (other) =>
      other.step === action.step && other.allowed && (asksFor(other, 'items') || (asksFor(other, 'gaps') && tolerable(view).length > 0)),
  )
}

function asksFor(action: ActionView, type: Need['type']): boolean {
  return action.needs.some((need) => need.type === type)
}

export function gapOf(material: MaterialView): ChosenGap[] {
  const { tolerance } = material
  if (tolerance === undefined) return []
  return [{ material: material.material, title: material.title.zh, limit: tolerance.limit, consequence: tolerance.consequence.zh }]
}

/** The first thing that is missing, in words, or null. */
export function missingInput(needs: readonly Need[], inputs: Inputs): string | null {
  for (const need of needs) {
    const value = inputs[need.field]
    if (need.type === 'items' && !completeItems(value)) return t('need.error.items')
    if (need.type === 'gaps' && (!Array.isArray(value) || value.length === 0)) return t('need.error.gaps')
    if (need.required && isBlank(value)) return t('need.error.missing', { title: needTitle(need) })
  }
  return null
}

function completeItems(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    (value as readonly Item[]).every((item) => item.item.trim() !== '' && item.reason.trim() !== '')
  )
}

function isBlank(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  )
}

/** Only what was filled in, and only what the action asks for. */
export function toSend(needs: readonly Need[], inputs: Inputs): Inputs {
  const sent: { [field: string]: unknown } = {}
  for (const need of needs) {
    const value = inputs[need.field]
    if (!isBlank(value)) sent[need.field] = typeof value === 'string' ? value.trim() : value
  }
  return sent
}

const OUTCOMES = ['granted', 'refused', 'declined', 'withdrawn', 'delivered', 'ended-by-lead'] as const
export function outcomeWords(outcome: string | undefined): string {
  const known = OUTCOMES.find((each) => each === outcome)
  return known === undefined ? (outcome ?? '') : t(`outcome.${known}` satisfies MessageKey)
}
