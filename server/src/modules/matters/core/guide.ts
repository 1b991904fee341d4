/** Catalogue answers from the pack. Pure. */
import type { BundleCard, BundleView, MatterCard, MatterGuide, Region } from '@yichuang/contract'
import type { Bundle, CityPack, Matter, Obtain, Org, Region as PackRegion } from '@yichuang/pack'

type Text = { readonly zh: string; readonly en?: string }

/** The department's name, wherever in the city it is found first. */
export function deptName(pack: CityPack, key: string): Text {
  const city = pack.orgs.get(`${pack.root}.${key}`) ?? [...pack.orgs.values()].find((org) => org.key === key)
  return city?.short ?? { zh: key }
}

export function bundleCard(pack: CityPack, bundle: Bundle): BundleCard {
  return {
    id: bundle.id,
    title: bundle.title,
    summary: bundle.summary,
    stage: bundle.stage,
    lead: deptName(pack, bundle.lead),
    status: bundle.status,
    matters: bundle.nodes.length,
    parties: [...bundle.parties],
  }
}

export function bundleView(pack: CityPack, bundle: Bundle): BundleView {
  return {
    ...bundleCard(pack, bundle),
    ...(bundle.counter === undefined ? {} : { counter: bundle.counter }),
    questions: bundle.questions.map(({ id, text, type, hint, options }) => ({
      id,
      text,
      type,
      ...(hint === undefined ? {} : { hint }),
      ...(options === undefined ? {} : { options: options.map((option) => ({ ...option })) }),
    })),
    nodes: bundle.nodes.map((node) => {
      const matter = getMatter(pack, node.matter)
      return {
        id: node.id,
        matter: node.matter,
        title: matter.title,
        dept: deptName(pack, matter.dept),
        after: [...node.after],
        optional: node.optional,
        promised: matter.limits.promised,
      }
    }),
  }
}

function getMatter(pack: CityPack, id: string): Matter {
  const matter = pack.matters.get(id)
  if (matter === undefined) throw new Error(`no matter ${id} in a compiled pack`)
  return matter
}

export function matterCard(pack: CityPack, matter: Matter): MatterCard {
  const { id, code, title, type, kind, limits } = matter
  return { id, code, title, type, kind, dept: deptName(pack, matter.dept), promised: limits.promised, statutory: limits.statutory }
}

export function matterGuide(pack: CityPack, matter: Matter): MatterGuide {
  const {
    version,
    basicCode,
    level,
    service,
    basis,
    conditions,
    process,
    fee,
    channels,
    visits,
    scope,
    place,
    hours,
    consult,
    complain,
    rights,
    remedies,
    faq,
    limits,
  } = matter
  return {
    ...matterCard(pack, matter),
    version,
    basicCode,
    level,
    service: [...service],
    basis: basis.map((one) => ({ ...one })),
    ...(limits.note === undefined ? {} : { note: limits.note }),
    conditions: [...conditions],
    materials: matter.materials.map((entry) => materialRow(pack, entry)),
    process: process.map((one) => ({ ...one })),
    fee: { ...fee },
    channels: [...channels],
    visits,
    scope,
    place,
    hours,
    consult,
    complain,
    results: matter.results.map(({ title, certificate }) => ({ title, ...(certificate === undefined ? {} : { certificate }) })),
    intermediary: matter.intermediary,
    rights: [...rights],
    remedies,
    faq: faq.map((one) => ({ ...one })),
    bundles: [...pack.bundles.values()]
      .filter((bundle) => bundle.nodes.some((node) => node.matter === matter.id))
      .map(({ id, title }) => ({ id, title })),
  }
}

function materialRow(pack: CityPack, entry: Matter['materials'][number]): MatterGuide['materials'][number] {
  const material = pack.materials.get(entry.material)
  if (material === undefined) throw new Error(`no material ${entry.material} in a compiled pack`)
  return {
    material: material.id,
    title: material.title,
    need: entry.need,
    obtain: material.obtain.map((way) => ({ way: way.way, words: obtainWords(pack, way) })),
    formats: [...material.formats],
    maxMegabytes: material.maxMegabytes,
    ...(entry.tolerance === undefined ? {} : { tolerance: entry.tolerance }),
  }
}

function obtainWords(pack: CityPack, way: Obtain): Text {
  switch (way.way) {
    case 'upload':
      return { zh: '上传', en: 'Upload' }
    case 'form':
      return { zh: '表单生成', en: 'From the form' }
    case 'promise':
      return { zh: '告知承诺', en: 'By promise' }
    case 'ecert': {
      const title = pack.certificates.get(way.certificate)?.title ?? { zh: way.certificate }
      return { zh: `电子证照：${title.zh}`, en: `E-certificate: ${title.en ?? title.zh}` }
    }
    case 'share':
      return { zh: `数据共享：${way.resource.zh}`, en: `Shared data: ${way.resource.en ?? way.resource.zh}` }
    case 'result': {
      const title = pack.matters.get(way.matter)?.title ?? { zh: way.matter }
      return { zh: `前序结果：${title.zh}`, en: `Earlier result: ${title.en ?? title.zh}` }
    }
    default:
      return way satisfies never
  }
}

export function regionPart(region: PackRegion, children: number): Region {
  const { code, name, level, functional, parent } = region
  return { code, name, level, functional, parent, children }
}

export function orgPart(org: Org) {
  return { id: org.id, name: org.name, short: org.short, ...(org.phone === undefined ? {} : { phone: org.phone }) }
}
