/** 一套材料: each thing once for all matters that need it, and by the first way that can supply it now. */
import { getMatter } from './find.ts'
import { shortName } from './plan-facts.ts'
import { inWorkdays } from './plan-promise.ts'
import type { PlanMaterial, PlanNode, Planning } from './plan-vocabulary.ts'
import type { BundleNode, Matter, MatterMaterial, Obtain } from './vocabulary.ts'

type Use = { readonly node: PlanNode; readonly entry: MatterMaterial; readonly producer: PlanNode | null }
type Supply = Pick<PlanMaterial, 'source' | 'status' | 'from'>

export function planMaterials(
  planning: Planning,
  nodes: readonly PlanNode[],
): { rows: readonly PlanMaterial[]; missing: readonly string[] } {
  const groups = new Map<string, Use[]>()
  const missing: string[] = []
  for (const node of nodes.filter((one) => one.included === true)) {
    for (const entry of getMatter(planning.pack, node.matter).materials) {
      const verdict = entry.when?.evaluate(planning.facts) ?? { value: true as const }
      if (verdict.value === 'unknown') missing.push(...verdict.missing)
      if (verdict.value !== true) continue
      const use = { node, entry, producer: producerOf(entry.material, node, planning, nodes) }
      groups.set(entry.material, [...(groups.get(entry.material) ?? []), use])
    }
  }
  return { rows: [...groups].map(([material, uses]) => rowOf(material, uses, planning)), missing }
}

function rowOf(id: string, uses: readonly Use[], planning: Planning): PlanMaterial {
  const material = planning.pack.materials.get(id)
  if (material === undefined) throw new Error(`no material ${id} in a compiled pack`)
  const asked = uses.filter((use) => use.producer === null)
  const counted = asked.length > 0 ? asked : uses
  return {
    material: id,
    title: material.title,
    forMatters: [...new Set(counted.map((use) => use.node.matter))],
    ...needOf(counted, planning),
    ...(asked.length > 0 ? supply(material.obtain, planning) : produced(material.obtain, uses)),
  }
}

function needOf(uses: readonly Use[], { pack }: Planning): Pick<PlanMaterial, 'need' | 'tolerance'> {
  const required = uses.filter((use) => use.entry.need === 'required')
  if (required.length === 0) return { need: 'optional' }
  const tolerances = required.map((use) => use.entry.tolerance)
  const given = tolerances.filter((one) => one !== undefined)
  if (given.length < tolerances.length) return { need: 'required' }
  given.sort((a, b) => inWorkdays(a.limit, pack.hours) - inWorkdays(b.limit, pack.hours))
  const strictest = given[0]
  return strictest === undefined ? { need: 'required' } : { need: 'tolerable', tolerance: strictest }
}

function produced(obtain: readonly Obtain[], uses: readonly Use[]): Supply {
  const producer = uses[0]?.producer
  if (producer === null || producer === undefined) return { source: { way: 'upload' }, status: 'upload' }
  const { title } = producer
  const way = obtain.find((one) => one.way === 'ecert') ?? { way: 'result' as const, matter: producer.matter }
  return { source: way, status: 'result', from: { zh: `由“${title.zh}”产生`, en: `Produced by “${title.en ?? title.zh}”` } }
}

/** In the material's order of preference; uploading is always open, also where the material does not name it. */
function supply(obtain: readonly Obtain[], planning: Planning): Supply {
  for (const way of obtain) {
    const found = supplyBy(way, planning)
    if (found !== null) return found
  }
  return { source: { way: 'upload' }, status: 'upload' }
}

function supplyBy(way: Obtain, planning: Planning): Supply | null {
  switch (way.way) {
    case 'upload':
    case 'form':
    case 'promise':
      return { source: way, status: way.way }
    case 'ecert':
      return fromCertificate(way, planning)
    case 'share':
      return fromRegister(way, planning)
    case 'result':
      return null
    default:
      return way satisfies never
  }
}

function fromCertificate(way: Obtain & { way: 'ecert' }, { pack, input }: Planning): Supply | null {
  const held = input.certificates.find((one) => one.type === way.certificate)
  if (held === undefined) return null
  const title = pack.certificates.get(way.certificate)?.title ?? { zh: way.certificate }
  const number = held.number === undefined ? '' : ` ${held.number}`
  const from = { zh: `电子证照 · ${title.zh}${number}`, en: `E-certificate · ${title.en ?? title.zh}${number}` }
  return { source: way, status: 'have', from }
}

/** A fact that is absent or false supplies nothing: `tax_clear: false` is no clearance. */
function fromRegister(way: Obtain & { way: 'share' }, { input }: Planning): Supply | null {
  const known = input.facts.find((one) => shortName(one.fact) === shortName(way.fact))
  if (known === undefined || known.value === null || known.value === undefined || known.value === false) return null
  const from = { zh: `数据共享 · ${way.resource.zh}`, en: `Shared data · ${way.resource.en ?? way.resource.zh}` }
  return { source: way, status: 'have', from }
}

/** The node before this one, of those in the plan, that gives what the material is. */
function producerOf(material: string, node: PlanNode, planning: Planning, nodes: readonly PlanNode[]): PlanNode | null {
  const ancestors = ancestorsOf(node.id, planning.bundle.nodes)
  const obtain = planning.pack.materials.get(material)?.obtain ?? []
  const before = nodes.filter((one) => one.included === true && ancestors.has(one.id))
  return before.find((one) => produces(getMatter(planning.pack, one.matter), obtain)) ?? null
}

/** Does the matter's result supply a material that may be obtained in these ways? */
export function produces(matter: Matter, obtain: readonly Obtain[]): boolean {
  const issued = matter.results.filter((result) => result.mode === 'issue' || result.mode === 'replace').map((result) => result.certificate)
  return obtain.some(
    (way) => (way.way === 'ecert' && issued.includes(way.certificate)) || (way.way === 'result' && way.matter === matter.id),
  )
}

/** All nodes that come before, by `after`. */
export function ancestorsOf(id: string, nodes: readonly BundleNode[]): ReadonlySet<string> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const found = new Set<string>()
  const queue = [...(byId.get(id)?.after ?? [])]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue
    found.add(next)
    queue.push(...(byId.get(next)?.after ?? []))
  }
  return found
}
