/** From the files of a pack to a checked `CityPack`, or every fault with its file and line. */
import { err, ok, type Result } from '@yichuang/result'
import { type CalendarYear, checkCalendarYear, checkHours, makeCalendar } from '@yichuang/workday'
import { readBundles } from './bundles.ts'
import { readBases, readCertificates, readDelegations, readDocuments, readMaterials } from './catalogue.ts'
import { checkBundles } from './checks/bundles.ts'
import { checkCases } from './checks/cases.ts'
import { checkCodes } from './checks/codes.ts'
import { checkConditions } from './checks/conditions.ts'
import type { Check, PackDraft, Tables } from './checks/draft.ts'
import { checkExamples } from './checks/examples.ts'
import { checkLimits } from './checks/limits.ts'
import { checkRoles } from './checks/people.ts'
import { checkReferences } from './checks/references.ts'
import { readCases, readParties, readPeople } from './demo.ts'
import { readFlows, readLadders } from './flows.ts'
import { type Issues, makeIssues, type PackIssue, type Place, under } from './issues.ts'
import { readMatters } from './matters.ts'
import { readOrgs } from './orgs.ts'
import { readText, type Sheets, sheetsOf, valuesOf } from './reading.ts'
import { readRegions } from './regions.ts'
import { type FileKind, packSchemas } from './schema.ts'
import { checkShape } from './shape.ts'
import { type PackFile, readSources, type SourceFile } from './source.ts'
import type { CityPack, Org, Region } from './vocabulary.ts'

export type CompileOptions = {
  /** Content hash of the files, made by whoever read them; '0' where nobody cares. */
  readonly version: string
}

export type PackCheck = {
  /** Errors and warnings, by file and line. */
  readonly issues: readonly PackIssue[]
  /** Null when there is an error. */
  readonly pack: CityPack | null
  readonly summary: PackSummary
}
/** How many of each there are; all 0 when the pack does not compile. */
export type PackSummary = {
  readonly regions: number
  readonly orgs: number
  readonly materials: number
  readonly certificates: number
  readonly flows: number
  readonly matters: number
  readonly bundles: number
  readonly documents: number
  readonly examples: number
  readonly errors: number
  readonly warnings: number
}

/** The pack, or its errors (without warnings). Pure: `files` holds what somebody read. */
export function compilePack(
  files: readonly PackFile[],
  options: CompileOptions = { version: '0' },
): Result<CityPack, readonly PackIssue[]> {
  const { pack, issues } = checkPack(files, options)
  return pack === null ? err(issues.filter((issue) => issue.severity === 'error')) : ok(pack)
}

/** All that can be said of the files. Faults of shape come first: meaning is checked when every file has its shape. */
export function checkPack(files: readonly PackFile[], options: CompileOptions = { version: '0' }): PackCheck {
  const issues = makeIssues()
  const sheets = readSheets(files, issues)
  if (issues.failed()) return finish(null, issues)
  const pack = build(sheets, { files, version: options.version }, issues)
  return finish(issues.failed() ? null : pack, issues)
}

function readSheets(files: readonly PackFile[], issues: Issues): Sheets {
  const sources = readSources(files, issues)
  for (const source of sources) {
    if (source.data !== undefined) checkShape(packSchemas[source.kind], source.data, { file: source, path: [] }, issues)
  }
  for (const kind of ['pack', 'regions', 'orgs'] as const) requireFile(kind, sources, issues)
  const kinds = Object.keys(packSchemas) as FileKind[]
  return Object.fromEntries(kinds.map((kind) => [kind, sheetsOf(kind, sources)])) as Sheets
}

function requireFile(kind: FileKind, sources: readonly SourceFile[], issues: Issues): void {
  if (sources.some((source) => source.kind === kind)) return
  const path = `${kind}.yaml`
  const place = { file: { path, locate: () => ({ line: 1, column: 1 }) }, path: [] }
  issues.error(place, 'missing-file', `The pack has no ${path}; write it beside the other files.`)
}

type Around = { readonly files: readonly PackFile[]; readonly version: string }

/** Cross-checks run on one draft of the whole pack; examples last, and only on a pack without faults. */
const CHECKS: readonly Check[] = [checkReferences, checkCodes, checkLimits, checkBundles, checkConditions, checkRoles, checkCases]

function build(sheets: Sheets, around: Around, issues: Issues): CityPack {
  const regions = readRegions(sheets, around.files, issues)
  const orgs = readOrgs(sheets, regions, issues)
  const tables = readTables(sheets, { root: sheets.pack[0]?.data.root ?? '', orgs, version: around.version }, issues)
  const ladders = readLadders(sheets, issues)
  const { flows, places } = readFlows(sheets, { tables, ladders, version: around.version }, issues)
  const pack = { ...readCity(sheets, around.version, issues), regions, orgs, flows, ...partsOf(tables) }
  const draft: PackDraft = { pack, tables, sheets, ladders, flowPlaces: places, issues }
  for (const check of CHECKS) check(draft)
  if (!issues.failed()) checkExamples(draft)
  return pack
}

function readTables(sheets: Sheets, city: { root: string; orgs: ReadonlyMap<string, Org>; version: string }, issues: Issues): Tables {
  return {
    bases: readBases(sheets, issues),
    materials: readMaterials(sheets, issues),
    certificates: readCertificates(sheets, issues),
    documents: readDocuments(sheets, issues),
    delegations: readDelegations(sheets, issues),
    matters: readMatters(sheets, city, issues),
    bundles: readBundles(sheets, city.version, issues),
    people: readPeople(sheets, issues),
    parties: readParties(sheets, issues),
    cases: readCases(sheets, issues),
  }
}

function partsOf(tables: Tables) {
  return {
    bases: valuesOf(tables.bases),
    materials: valuesOf(tables.materials),
    certificates: valuesOf(tables.certificates),
    documents: valuesOf(tables.documents),
    matters: valuesOf(tables.matters),
    bundles: valuesOf(tables.bundles),
    delegations: [...valuesOf(tables.delegations).values()],
    demo: {
      people: [...valuesOf(tables.people).values()],
      parties: [...valuesOf(tables.parties).values()],
      cases: [...valuesOf(tables.cases).values()],
    },
  }
}

type City = Pick<CityPack, 'id' | 'version' | 'title' | 'timeZone' | 'utcOffsetMinutes' | 'root' | 'hours' | 'calendar'>

function readCity(sheets: Sheets, version: string, issues: Issues): City {
  const sheet = sheets.pack[0]
  if (sheet === undefined) throw new Error('a pack without pack.yaml is refused before it is built')
  const { id, title, time_zone: timeZone, utc_offset: offset, root, hours } = sheet.data
  const faults = checkHours(hours)
  for (const fault of faults) issues.error(under(sheet.place, 'hours'), 'hours', fault.message)
  const utcOffsetMinutes = minutesOf(offset)
  const years = readYears(sheets, issues)
  const calendar = makeCalendar({ years, utcOffsetMinutes, hours: faults.length === 0 ? hours : [] })
  return { id, version, title: readText(title), timeZone, utcOffsetMinutes, root, hours, calendar }
}

/** `+08:00` → 480 */
function minutesOf(offset: string): number {
  const [hours = '0', minutes = '0'] = offset.slice(1).split(':')
  return (offset.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** The years without faults: the calendar must stand even where a year is wrong, so that all other faults are found too. */
function readYears(sheets: Sheets, issues: Issues): readonly CalendarYear[] {
  const versions = new Map<string, Place>()
  return sheets.calendar.flatMap(({ place, data }) => {
    const year = { year: data.year, version: data.version, source: data.source, holidays: data.holidays, makeUps: data.make_ups ?? {} }
    const faults = checkCalendarYear(year)
    for (const fault of faults) issues.error(placeOfDate(place, data, fault.data?.date), 'calendar', fault.message)
    const twice = versions.get(data.version)
    if (twice !== undefined)
      issues.error(under(place, 'version'), 'duplicate-id', `${twice.file.path} has the version ${data.version} too.`)
    versions.set(data.version, place)
    return faults.length === 0 ? [year] : []
  })
}

function placeOfDate(place: Place, data: { readonly make_ups?: object }, date: unknown): Place {
  if (typeof date !== 'string') return place
  return data.make_ups !== undefined && date in data.make_ups ? under(place, 'make_ups', date) : under(place, 'holidays', date)
}

function finish(pack: CityPack | null, issues: Issues): PackCheck {
  const list = issues.list()
  return { issues: list, pack, summary: summaryOf(pack, list) }
}

function summaryOf(pack: CityPack | null, issues: readonly PackIssue[]): PackSummary {
  const count = (part: ReadonlyMap<string, unknown> | ReadonlyMap<string, Region> | undefined) => part?.size ?? 0
  return {
    regions: count(pack?.regions),
    orgs: count(pack?.orgs),
    materials: count(pack?.materials),
    certificates: count(pack?.certificates),
    flows: count(pack?.flows),
    matters: count(pack?.matters),
    bundles: count(pack?.bundles),
    documents: count(pack?.documents),
    examples: [...(pack?.bundles.values() ?? [])].reduce((sum, bundle) => sum + bundle.examples.length, 0),
    errors: issues.filter((issue) => issue.severity === 'error').length,
    warnings: issues.filter((issue) => issue.severity === 'warning').length,
  }
}
