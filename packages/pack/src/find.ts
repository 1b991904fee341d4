/** Who is where: regions upwards and downwards, and the organisation that is competent for a matter in a region. */
import type { CityPack, Delegation, Matter, Org, Region } from './vocabulary.ts'

/** `YYYY-MM-DD`; with it only delegations in force on that day count. */
export type OrgQuestion = { readonly matter?: string; readonly on?: string }

/** Codes from the city down, joined and ended by `/`; empty for a code that the pack does not know. */
export function regionPath(pack: Pick<CityPack, 'regions'>, code: string): string {
  return pack.regions.get(code)?.path ?? ''
}

/** Is `code` the region `ancestor`, or in it? Unknown codes are in nothing. */
export function inRegion(pack: Pick<CityPack, 'regions'>, code: string, ancestor: string): boolean {
  const above = regionPath(pack, ancestor)
  return above !== '' && regionPath(pack, code).startsWith(above)
}

/** The region and those above it, nearest first. */
export function regionsUpward(pack: Pick<CityPack, 'regions'>, code: string): readonly Region[] {
  const regions: Region[] = []
  let region = pack.regions.get(code)
  while (region !== undefined && !regions.includes(region)) {
    regions.push(region)
    region = region.parent === null ? undefined : pack.regions.get(region.parent)
  }
  return regions
}

/**
 * The organisation with the department key `key` that is competent in `region`: the nearest region upwards that has one.
 * A delegation (赋权) that covers the matter and the region goes first; of several, the one for the smallest region.
 */
export function orgFor(pack: CityPack, key: string, region: string, matter?: string | OrgQuestion): Org | null {
  const question = typeof matter === 'string' ? { matter } : (matter ?? {})
  const delegate = delegateFor(pack, key, region, question)
  if (delegate !== null) return delegate
  for (const { code } of regionsUpward(pack, region)) {
    const org = pack.orgs.get(`${code}.${key}`)
    if (org !== undefined) return org
  }
  return null
}

function delegateFor(pack: CityPack, key: string, region: string, { matter, on }: OrgQuestion): Org | null {
  if (matter === undefined) return null
  const covering = pack.delegations.filter(
    (one) => one.from === key && one.matters.includes(matter) && inRegion(pack, region, one.region) && isInForce(one, on),
  )
  covering.sort((a, b) => regionPath(pack, b.region).length - regionPath(pack, a.region).length)
  const nearest = covering[0]
  return nearest === undefined ? null : (pack.orgs.get(nearest.to) ?? null)
}

function isInForce(delegation: Delegation, on: string | undefined): boolean {
  if (on === undefined) return true
  return delegation.since <= on && (delegation.until === null || on <= delegation.until)
}

/** The service hall (政务大厅) of the region: the nearest upwards. */
export function hallFor(pack: Pick<CityPack, 'regions' | 'orgs'>, region: string): Org | null {
  for (const { code } of regionsUpward(pack, region)) {
    for (const org of pack.orgs.values()) if (org.kind === 'hall' && org.region === code) return org
  }
  return null
}

/** The organisation and all below it in its line (by path), in the order of the pack. */
export function orgsWithin(pack: Pick<CityPack, 'orgs'>, orgId: string): readonly Org[] {
  const path = pack.orgs.get(orgId)?.path
  if (path === undefined) return []
  return [...pack.orgs.values()].filter((org) => org.path.startsWith(path))
}

/** @throws for an id that the pack does not have: compilePack refuses such bundles. */
export function getMatter(pack: Pick<CityPack, 'matters'>, id: string): Matter {
  const matter = pack.matters.get(id)
  if (matter === undefined) throw new Error(`no matter ${id} in a compiled pack`)
  return matter
}
