/** 四减: what a reform takes off an applicant, in steps, materials, days and visits, per matter and in total. */
import { inWorkdays } from './plan-promise.ts'
import type { CityPack, Matter } from './vocabulary.ts'

export type Counts = {
  readonly steps: number
  /** Materials that are required; tolerable ones too. */
  readonly materials: number
  /** Promised, in workdays; 0 is 即办. */
  readonly days: number
  readonly visits: number
}
export type Change = 'added' | 'removed' | 'changed' | 'same'
export type MatterDiff = {
  readonly matter: string
  readonly title: Matter['title']
  readonly change: Change
  /** Null for a matter that the pack did not have. */
  readonly before: Counts | null
  readonly after: Counts | null
}
export type PackDiff = {
  readonly from: string
  readonly to: string
  readonly matters: readonly MatterDiff[]
  /** Over the matters that both packs have: a new matter is no regression. */
  readonly total: { readonly before: Counts; readonly after: Counts }
}

export const COUNTED = ['steps', 'materials', 'days', 'visits'] as const satisfies readonly (keyof Counts)[]
const NONE: Counts = { steps: 0, materials: 0, days: 0, visits: 0 }

/** Matters of `a` in its order, then those that only `b` has. */
export function packDiff(a: CityPack, b: CityPack): PackDiff {
  const ids = [...new Set([...a.matters.keys(), ...b.matters.keys()])]
  const matters = ids.flatMap((id) => matterDiff(id, a, b))
  const both = matters.filter((one) => one.before !== null && one.after !== null)
  return {
    from: a.version,
    to: b.version,
    matters,
    total: { before: sum(both.map((one) => one.before)), after: sum(both.map((one) => one.after)) },
  }
}

function matterDiff(id: string, a: CityPack, b: CityPack): readonly MatterDiff[] {
  const [old, young] = [a.matters.get(id), b.matters.get(id)]
  const title = (young ?? old)?.title
  if (title === undefined) return []
  const before = old === undefined ? null : countsOf(old, a)
  const after = young === undefined ? null : countsOf(young, b)
  return [{ matter: id, title, change: changeOf(before, after), before, after }]
}

function changeOf(before: Counts | null, after: Counts | null): Change {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  return COUNTED.every((key) => before[key] === after[key]) ? 'same' : 'changed'
}

function countsOf(matter: Matter, pack: CityPack): Counts {
  return {
    steps: matter.process.length,
    materials: matter.materials.filter((entry) => entry.need === 'required').length,
    days: inWorkdays(matter.limits.promised, pack.hours),
    visits: matter.visits,
  }
}

function sum(counts: readonly (Counts | null)[]): Counts {
  return counts.reduce<Counts>((total, one) => (one === null ? total : add(total, one)), NONE)
}

function add(a: Counts, b: Counts): Counts {
  return { steps: a.steps + b.steps, materials: a.materials + b.materials, days: a.days + b.days, visits: a.visits + b.visits }
}

/** One line a matter that changed, and the total: `stall-registration  steps 4→3  materials 5→3  days 3→1  visits 1→0`. */
export function formatDiff(diff: PackDiff): string {
  const changed = diff.matters.filter((one) => one.change !== 'same').map((one) => `${one.matter}  ${words(one)}`)
  return [...changed, `total  ${arrows(diff.total.before, diff.total.after)}`].join('\n')
}

function words({ change, before, after }: MatterDiff): string {
  return before === null || after === null ? change : arrows(before, after)
}

function arrows(before: Counts, after: Counts): string {
  return COUNTED.map((key) => `${key} ${round(before[key])}→${round(after[key])}`).join('  ')
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}
