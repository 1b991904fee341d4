import type { PlanMaterial } from '@yichuang/contract'

export type Sorted = { readonly [group in 'bring' | 'optional' | 'promise' | 'have']: readonly PlanMaterial[] }

/** Every material in exactly one group; the plan and the form count and list by the same ones. */
export function sortMaterials(materials: readonly PlanMaterial[]): Sorted {
  const of = (group: keyof Sorted) => materials.filter((material) => groupOf(material) === group)
  return { bring: of('bring'), optional: of('optional'), promise: of('promise'), have: of('have') }
}

function groupOf({ status, need }: PlanMaterial): keyof Sorted {
  if (status === 'upload') return need === 'optional' ? 'optional' : 'bring'
  return status === 'promise' ? 'promise' : 'have'
}
