/** bases, materials, certificates, documents, delegations → tables of checked entries. */

import { type Issues, type Place, under } from './issues.ts'
import { type Entry, makeTable, maybe, readLimit, readText, type Sheets, type Table } from './reading.ts'
import type { BlockSource, WaySource } from './schema/matter.ts'
import type { CertificateType, Delegation, DocumentBlock, DocumentTemplate, Material, Obtain, SpecialBasis } from './vocabulary.ts'

export function readBases(sheets: Sheets, issues: Issues): Table<SpecialBasis> {
  const entries = sheets.bases.flatMap((sheet) =>
    sheet.data.bases.map(({ id, title, law, most }, index): Entry<SpecialBasis> => {
      const place = under(sheet.place, 'bases', index)
      const limit = maybe('most', most, (source) => readLimit(source, under(place, 'most'), issues))
      return { value: { id, title: readText(title), law, ...limit }, place }
    }),
  )
  return makeTable('basis', entries, issues)
}

export function readMaterials(sheets: Sheets, issues: Issues): Table<Material> {
  const entries = sheets.materials.flatMap((sheet) =>
    sheet.data.materials.map((source, index): Entry<Material> => {
      const value: Material = {
        id: source.id,
        title: readText(source.title),
        ...maybe('hint', source.hint, readText),
        obtain: source.obtain.map(readWay),
        formats: source.formats ?? ['pdf', 'jpg', 'png'],
        maxMegabytes: source.max_megabytes ?? 20,
        sensitive: source.sensitive ?? false,
      }
      return { value, place: under(sheet.place, 'materials', index) }
    }),
  )
  return makeTable('material', entries, issues)
}

function readWay(source: WaySource): Obtain {
  if (source === 'upload' || source === 'form') return { way: source }
  if ('upload' in source) return { way: 'upload' }
  if ('form' in source) return { way: 'form' }
  if ('ecert' in source) return { way: 'ecert', certificate: source.ecert }
  if ('share' in source) return { way: 'share', fact: source.share, resource: readText(source.resource) }
  if ('promise' in source) return { way: 'promise', words: readText(source.promise) }
  return { way: 'result', matter: source.result }
}

export function readCertificates(sheets: Sheets, issues: Issues): Table<CertificateType> {
  const entries = sheets.certificates.flatMap((sheet) =>
    sheet.data.certificates.map((source, index): Entry<CertificateType> => {
      const value: CertificateType = {
        id: source.id,
        title: readText(source.title),
        typeCode: source.type_code,
        fields: source.fields.map((field) => ({ id: field.id, title: readText(field.title), from: field.from })),
        validFor: source.valid_for ?? null,
        prefix: source.prefix,
      }
      return { value, place: under(sheet.place, 'certificates', index) }
    }),
  )
  return makeTable('certificate', entries, issues)
}

export function readDocuments(sheets: Sheets, issues: Issues): Table<DocumentTemplate> {
  const entries = sheets.document.map(({ place, data }): Entry<DocumentTemplate> => {
    checkFileName(data.id, place, issues)
    return { value: { id: data.id, title: readText(data.title), prefix: data.prefix, blocks: data.blocks.map(readBlock) }, place }
  })
  return makeTable('document', entries, issues)
}

function readBlock(source: BlockSource): DocumentBlock {
  if ('heading' in source) return { type: 'heading', text: readText(source.heading) }
  if ('paragraph' in source) return { type: 'paragraph', text: readText(source.paragraph) }
  if ('small' in source) return { type: 'small', text: readText(source.small) }
  if ('facts' in source) return { type: 'facts', rows: source.facts.map((row) => ({ title: readText(row.title), value: row.value })) }
  if ('list' in source) return { type: 'list', each: source.list.each, text: source.list.text }
  if ('seal' in source) return { type: 'seal', org: source.seal.org, date: source.seal.date }
  return { type: 'qr', value: source.qr.value, caption: readText(source.qr.caption) }
}

export function readDelegations(sheets: Sheets, issues: Issues): Table<Delegation> {
  const entries = sheets.delegations.flatMap((sheet) =>
    sheet.data.delegations.map(
      (source, index): Entry<Delegation> => ({
        value: { ...source, until: source.until ?? null },
        place: under(sheet.place, 'delegations', index),
      }),
    ),
  )
  return makeTable('delegation', entries, issues)
}

/** `matters/food.yaml` holds `id: food`: whoever looks for an id finds the file. */
export function checkFileName(id: string, place: Place, issues: Issues): void {
  const name = /([^/]+)\.ya?ml$/.exec(place.file.path)?.[1]
  if (name === id) return
  issues.error(under(place, 'id'), 'file-name', `The id is "${id}" but the file is ${place.file.path}; name both alike.`)
}
