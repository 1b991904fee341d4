/** regions.yaml and villages.csv → the region tree with its paths. */
import type { Issues, Place } from './issues.ts'
import { under } from './issues.ts'
import { duplicate, maybe, readText, type Sheets } from './reading.ts'
import { type PackFile, type Row, readRows } from './source.ts'
import type { Region } from './vocabulary.ts'

type Draft = Omit<Region, 'path'> & { readonly place: Place }

export function readRegions(sheets: Sheets, files: readonly PackFile[], issues: Issues): ReadonlyMap<string, Region> {
  const root = sheets.pack[0]?.data.root ?? ''
  const drafts = new Map<string, Draft>()
  for (const draft of [...listed(sheets, root), ...villages(files, issues)]) {
    const known = drafts.get(draft.code)
    if (known === undefined) drafts.set(draft.code, draft)
    else duplicate({ what: 'region', id: draft.code, first: known.place, second: draft.place }, issues)
  }
  const pack = sheets.pack[0]
  if (pack !== undefined && !drafts.has(root)) {
    const message = `The root region ${root} is not in regions.yaml; add it there with level: city.`
    issues.error(under(pack.place, 'root'), 'dangling-region', message)
  }
  return new Map([...drafts.values()].map((draft) => [draft.code, finish(draft, drafts, issues)]))
}

function listed(sheets: Sheets, root: string): readonly Draft[] {
  return sheets.regions.flatMap((sheet) =>
    sheet.data.regions.map((region, index) => ({
      code: region.code,
      name: readText(region.name),
      level: region.level,
      parent: region.code === root ? null : (region.parent ?? parentByCode(region.code, root)),
      functional: region.functional ?? false,
      ...maybe('servicePoint', region.service_point, readText),
      place: under(sheet.place, 'regions', index),
    })),
  )
}

/** 12 digits lie in the town of their first 9, those in the county of their first 6, a county in the city. */
function parentByCode(code: string, root: string): string {
  if (code.length === 12) return code.slice(0, 9)
  return code.length === 9 ? code.slice(0, 6) : root
}

function villages(files: readonly PackFile[], issues: Issues): readonly Draft[] {
  const file = files.find((one) => one.path === 'villages.csv')
  return file === undefined ? [] : readRows(file.text).flatMap((row) => village(row, issues))
}

function village({ line, cells }: Row, issues: Issues): readonly Draft[] {
  const place: Place = { file: { path: 'villages.csv', locate: () => ({ line, column: 1 }) }, path: [] }
  const [code = '', name = '', parent = ''] = cells
  if (!/^\d{12}$/.test(code) || name === '') {
    issues.error(place, 'bad-row', `A village is written "code of 12 digits,name,parent"; this line is "${cells.join(',')}".`)
    return []
  }
  return [{ code, name: { zh: name }, level: 'village', parent: parent || code.slice(0, 9), functional: false, place }]
}

function finish(draft: Draft, drafts: ReadonlyMap<string, Draft>, issues: Issues): Region {
  const { place, ...region } = draft
  return { ...region, path: pathOf(draft, drafts, issues) }
}

function pathOf(draft: Draft, drafts: ReadonlyMap<string, Draft>, issues: Issues): string {
  const codes: string[] = []
  let at: Draft | undefined = draft
  while (at !== undefined && !codes.includes(at.code)) {
    codes.unshift(at.code)
    if (at.parent === null) return `${codes.join('/')}/`
    const parent: Draft | undefined = drafts.get(at.parent)
    if (parent === undefined && at === draft) {
      issues.error(
        under(draft.place, 'parent'),
        'dangling-region',
        `${draft.code} lies in ${at.parent}, which is not a region of this pack.`,
      )
    }
    at = parent
  }
  if (at !== undefined) issues.error(under(draft.place, 'parent'), 'region-cycle', `${draft.code} lies in itself by its parents.`)
  return `${codes.join('/')}/`
}
