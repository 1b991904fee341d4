/** orgs.yaml → one organisation per region where a department exists, with its line (county bureau under city bureau). */
import type { Text } from '@yichuang/caseflow'
import { parseCreditCode } from '@yichuang/codes'
import { syntheticCreditCode } from './codes.ts'
import { type Issues, type Place, under } from './issues.ts'
import { checkKnown, duplicate, maybe, readText, type Sheets } from './reading.ts'
import type { PackSource } from './schema.ts'
import type { Org, Region } from './vocabulary.ts'

type Draft = Omit<Org, 'parent' | 'path' | 'creditCode'> & {
  readonly parent?: string | null
  readonly creditCode?: string
  readonly place: Place
}
type Department = PackSource['orgs']['departments'][number]
type OrgSource = NonNullable<PackSource['orgs']['orgs']>[number]
type Regions = ReadonlyMap<string, Region>

export function readOrgs(sheets: Sheets, regions: Regions, issues: Issues): ReadonlyMap<string, Org> {
  const drafts = new Map<string, Draft>()
  for (const draft of [...departments(sheets, regions, issues), ...explicit(sheets, regions, issues)]) {
    const known = drafts.get(draft.id)
    if (known === undefined) drafts.set(draft.id, draft)
    else duplicate({ what: 'organisation', id: draft.id, first: known.place, second: draft.place }, issues)
  }
  const orgs = new Map([...drafts.values()].map((draft) => [draft.id, finish(draft, { drafts, regions, issues })]))
  checkCodes(orgs, drafts, issues)
  return orgs
}

function departments(sheets: Sheets, regions: Regions, issues: Issues): readonly Draft[] {
  const keys = new Map<string, Place>()
  return sheets.orgs.flatMap((sheet) =>
    sheet.data.departments.flatMap((department, index) => {
      const place = under(sheet.place, 'departments', index)
      const first = keys.get(department.key)
      if (first !== undefined) duplicateKey(department.key, first, place, issues)
      keys.set(department.key, place)
      return [...regions.values()].filter((region) => isAt(department, region)).map((region) => organisation(department, region, place))
    }),
  )
}

function duplicateKey(key: string, first: Place, second: Place, issues: Issues): void {
  const { line } = first.file.locate([...first.path, 'key'])
  issues.error(under(second, 'key'), 'duplicate-id', `The department "${key}" stands twice: first at line ${line}.`)
}

/** Functional zones have no departments unless `at` says so: powers come to them by delegation. */
function isAt(department: Department, region: Region): boolean {
  if (region.functional) return region.level === 'county' && department.at.includes('functional')
  return (department.at as readonly string[]).includes(region.level)
}

function organisation(department: Department, region: Region, place: Place): Draft {
  return {
    id: `${region.code}.${department.key}`,
    key: department.key,
    name: nameAt(department, region),
    short: readText(department.short ?? department.name),
    kind: department.kind ?? 'department',
    region: region.code,
    synthetic: true,
    ...maybe('phone', department.phone, (phone) => phone),
    place,
  }
}

function nameAt(department: Department, region: Region): Text {
  const city = readText(department.name)
  if (region.level === 'city') return fill(city, region)
  const template = region.level === 'town' ? department.town_name : department.county_name
  if (template !== undefined) return fill(readText(template), region)
  return {
    zh: `${region.name.zh}${city.zh}`,
    ...(city.en === undefined ? {} : { en: `${region.name.en ?? region.name.zh} ${city.en}` }),
  }
}

function fill(text: Text, region: Region): Text {
  const zh = text.zh.replaceAll('{region}', region.name.zh)
  return text.en === undefined ? { zh } : { zh, en: text.en.replaceAll('{region}', region.name.en ?? region.name.zh) }
}

function explicit(sheets: Sheets, regions: Regions, issues: Issues): readonly Draft[] {
  return sheets.orgs.flatMap((sheet) =>
    (sheet.data.orgs ?? []).map((source, index) => {
      const place = under(sheet.place, 'orgs', index)
      checkKnown('region', source.region, regions, { place: under(place, 'region'), issues })
      if (source.id !== `${source.region}.${source.key}`) {
        issues.error(under(place, 'id'), 'org-id', `"${source.id}" must be its region and key: ${source.region}.${source.key}.`)
      }
      return explicitDraft(source, place)
    }),
  )
}

function explicitDraft(source: OrgSource, place: Place): Draft {
  return {
    id: source.id,
    key: source.key,
    name: readText(source.name),
    short: readText(source.short ?? source.name),
    kind: source.kind,
    region: source.region,
    synthetic: source.synthetic ?? true,
    ...maybe('parent', source.parent, (parent) => parent),
    ...maybe('creditCode', source.credit_code, (code) => code),
    ...maybe('phone', source.phone, (phone) => phone),
    ...maybe('address', source.address, readText),
    place,
  }
}

type Around = { readonly drafts: ReadonlyMap<string, Draft>; readonly regions: Regions; readonly issues: Issues }

function finish(draft: Draft, around: Around): Org {
  const { place, parent: _, creditCode, ...org } = draft
  return {
    ...org,
    parent: parentOf(draft, around),
    path: linePath(draft, around),
    creditCode: creditCode ?? syntheticCreditCode(draft.region, draft.key),
  }
}

/** Said in the file, or the nearest organisation of the same key in a region above. */
function parentOf(draft: Draft, { drafts, regions, issues }: Around): string | null {
  if (draft.parent !== undefined) {
    if (draft.parent !== null) checkKnown('org', draft.parent, drafts, { place: under(draft.place, 'parent'), issues })
    return draft.parent
  }
  let region = regions.get(draft.region)?.parent ?? null
  while (region !== null) {
    const above = `${region}.${draft.key}`
    if (drafts.has(above)) return above
    region = regions.get(region)?.parent ?? null
  }
  return null
}

function linePath(draft: Draft, around: Around): string {
  const ids: string[] = []
  let at: Draft | undefined = draft
  while (at !== undefined && !ids.includes(at.id)) {
    ids.unshift(at.id)
    const parent = parentOf(at, around)
    at = parent === null ? undefined : around.drafts.get(parent)
  }
  if (at !== undefined) around.issues.error(under(draft.place, 'parent'), 'org-cycle', `${draft.id} is above itself.`)
  return `${ids.join('/')}/`
}

function checkCodes(orgs: ReadonlyMap<string, Org>, drafts: ReadonlyMap<string, Draft>, issues: Issues): void {
  const holders = new Map<string, string>()
  for (const org of orgs.values()) {
    const place = drafts.get(org.id)?.place
    if (place === undefined) continue
    const parsed = parseCreditCode(org.creditCode)
    if (!parsed.ok) issues.error(under(place, 'credit_code'), 'credit-code', `${org.id}: ${parsed.error.message}`)
    const holder = holders.get(org.creditCode)
    if (holder !== undefined) {
      issues.error(under(place, 'credit_code'), 'duplicate-code', `${org.id} and ${holder} have the same credit code ${org.creditCode}.`)
    }
    holders.set(org.creditCode, org.id)
  }
}
