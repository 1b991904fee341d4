/** 事项: the public catalogue, the region tree, and the public due-date calculator. */
import * as contract from '@yichuang/contract'
import type { Bundle, CityPack, Matter, Region } from '@yichuang/pack'
import { inRegion } from '@yichuang/pack'
import { ok, refuse } from '@yichuang/result'
import { due, explain, type Limit } from '@yichuang/workday'
import type { Http } from '../../platform/http/server.ts'
import type { Clock } from '../../platform/time.ts'
import { bundleCard, bundleView, deptName, matterCard, matterGuide, orgPart, regionPart } from './core/guide.ts'
import { type Searched, searchWords } from './core/search.ts'

export type MattersParts = { readonly pack: CityPack; readonly clock: Clock; readonly demo: boolean }

export function mattersRoutes(http: Http, { pack, clock, demo }: MattersParts): void {
  http.answer(contract.getCity, async () =>
    ok({
      id: pack.id,
      title: pack.title,
      version: pack.version,
      root: pack.root,
      languages: ['zh', 'en'],
      demo,
      now: clock.now(),
      clockOffset: clock.offsetMs(),
    }),
  )
  catalogueRoutes(http, pack)
  regionRoutes(http, pack)
  workdayRoutes(http, pack)
}

function catalogueRoutes(http: Http, pack: CityPack): void {
  const bundles = [...pack.bundles.values()].map(
    (bundle): Searched<Bundle> => ({ item: bundle, title: words(bundle.title), synonyms: bundle.synonyms, rest: words(bundle.summary) }),
  )
  const matters = [...pack.matters.values()].map(
    (matter): Searched<Matter> => ({
      item: matter,
      title: words(matter.title),
      synonyms: matter.topics,
      rest: words(deptName(pack, matter.dept)),
    }),
  )

  // What can be done today stands before what is announced.
  const rank = (bundle: Bundle) => (bundle.status === 'in-use' ? 0 : 1)
  http.answer(contract.listBundles, async ({ query }) => {
    const found = searchWords(bundles, query.q ?? '')
    const ordered = query.q === undefined || query.q.trim() === '' ? found.toSorted((a, b) => rank(a) - rank(b)) : found
    return ok({ bundles: ordered.map((bundle) => bundleCard(pack, bundle)) })
  })
  http.answer(contract.getBundle, async ({ params }) => {
    const bundle = pack.bundles.get(params.bundle)
    return bundle === undefined
      ? refuse('matters/bundle-unknown', `There is no bundle ${params.bundle}; GET /api/v1/bundles lists all.`)
      : ok(bundleView(pack, bundle))
  })
  http.answer(contract.listMatters, async ({ query }) =>
    ok({ matters: searchWords(matters, query.q ?? '').map((matter) => matterCard(pack, matter)) }),
  )
  http.answer(contract.getMatter, async ({ params }) => {
    const matter = pack.matters.get(params.matter)
    return matter === undefined
      ? refuse('matters/matter-unknown', `There is no matter ${params.matter}; GET /api/v1/matters lists all.`)
      : ok(matterGuide(pack, matter))
  })
}

function words(text: { readonly zh: string; readonly en?: string }): string {
  return text.en === undefined ? text.zh : `${text.zh} ${text.en}`
}

function regionRoutes(http: Http, pack: CityPack): void {
  const childrenOf = new Map<string | null, Region[]>()
  for (const region of pack.regions.values()) childrenOf.set(region.parent, [...(childrenOf.get(region.parent) ?? []), region])
  http.answer(contract.listRegions, async ({ query }) => {
    const parent = query.parent ?? pack.root
    if (!pack.regions.has(parent)) return refuse('matters/region-unknown', `There is no region ${parent}.`)
    return ok({ regions: (childrenOf.get(parent) ?? []).map((region) => regionPart(region, childrenOf.get(region.code)?.length ?? 0)) })
  })
  http.answer(contract.listOrgs, async ({ query }) => {
    const { region } = query
    if (region !== undefined && !pack.regions.has(region)) return refuse('matters/region-unknown', `There is no region ${region}.`)
    const all = [...pack.orgs.values()]
    return ok({ orgs: (region === undefined ? all : all.filter((org) => inRegion(pack, region, org.region))).map(orgPart) })
  })
}

function workdayRoutes(http: Http, pack: CityPack): void {
  http.answer(contract.getDueDate, async ({ query }) => {
    if (!isDate(query.from)) return refuse('workdays/date-invalid', `${query.from} is not a date that exists; write it as 2026-03-02.`)
    const limit: Limit = { n: query.limit, unit: query.unit ?? 'workday' }
    const count = { startedAt: pack.calendar.startOf(query.from), limit, extensions: [], pauses: [] }
    const { dueOn, provisional } = due(count, pack.calendar)
    return ok({ due: dueOn, provisional, calendar: pack.calendar.version, days: explain(count, pack.calendar).map((day) => ({ ...day })) })
  })
}

function isDate(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}
