/**
 * Reads back what `documentPdf` printed (uncompressed), for tests: text by the fonts' own maps, and whether each glyph that is shown has an
 * outline in the embedded font. Text alone proves nothing: a file can be searched and yet be blank.
 */

export type PdfReading = {
  /** All text in the order in which it is drawn, without spaces. */
  readonly text: string
  /** Characters whose glyph in the embedded font has no outline. */
  readonly empty: readonly string[]
  /** How often the glyph "missing" is drawn. */
  readonly notdef: number
  readonly fonts: number
  readonly pages: number
  readonly title: string
}

type Font = { readonly unicode: ReadonlyMap<number, string>; readonly hasOutline: (glyph: number) => boolean }
type Shown = { readonly glyph: number; readonly character: string; readonly drawn: boolean }

export function readPdf(pdf: Buffer): PdfReading {
  const objects = readObjects(pdf.toString('latin1'))
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body))
  const shown = pages.flatMap((page) => readPage(objects, page))
  const visible = shown.filter(({ character }) => character.trim() !== '')
  return {
    text: visible.map(({ character }) => character).join(''),
    empty: [...new Set(visible.filter(({ drawn }) => !drawn).map(({ character }) => character))],
    notdef: shown.filter(({ glyph }) => glyph === 0).length,
    fonts: [...objects.values()].filter((body) => body.includes('/FontFile2')).length,
    pages: pages.length,
    title: titleOf(objects),
  }
}

function readObjects(file: string): Map<number, string> {
  const objects = new Map<number, string>()
  for (const match of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(Number(match[1]), match[2] ?? '')
  return objects
}

function get(objects: Map<number, string>, body: string, key: string): string {
  const number = new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(body)?.[1]
  const found = number === undefined ? undefined : objects.get(Number(number))
  if (found === undefined) throw new Error(`no ${key} in ${body.slice(0, 200)}`)
  return found
}

function streamOf(body: string): string {
  const from = body.indexOf('stream\n') + 'stream\n'.length
  return body.slice(from, body.lastIndexOf('\nendstream'))
}

function readPage(objects: Map<number, string>, page: string): Shown[] {
  const fonts = new Map<string, Font>()
  const named = /\/Font <<([\s\S]*?)>>/.exec(get(objects, page, 'Resources'))?.[1] ?? ''
  for (const [, name = '', number] of named.matchAll(/\/(\w+) (\d+) 0 R/g)) {
    fonts.set(name, readFont(objects, objects.get(Number(number)) ?? ''))
  }
  const shown: Shown[] = []
  let font: Font | undefined
  for (const [, name, array] of streamOf(get(objects, page, 'Contents')).matchAll(/\/(\w+) [\d.]+ Tf|\[(<[^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name)
    for (const [code] of (array ?? '').replaceAll(/>[^<]*</g, '').matchAll(/[0-9a-f]{4}/gi)) {
      const glyph = Number.parseInt(code, 16)
      shown.push({ glyph, character: font?.unicode.get(glyph) ?? '', drawn: font?.hasOutline(glyph) ?? false })
    }
  }
  return shown
}

function readFont(objects: Map<number, string>, font: string): Font {
  const descriptor = get(objects, get(objects, font, 'DescendantFonts'), 'FontDescriptor')
  const file = Buffer.from(streamOf(get(objects, descriptor, 'FontFile2')), 'latin1')
  return { unicode: readUnicode(streamOf(get(objects, font, 'ToUnicode'))), hasOutline: readOutlines(file) }
}

/** `<from> <to> [<text> <text> …]` of a ToUnicode map. */
function readUnicode(map: string): Map<number, string> {
  const unicode = new Map<number, string>()
  for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    const texts = [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) =>
      Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
    )
    for (const [i, text] of texts.entries()) unicode.set(Number.parseInt(from, 16) + i, text)
  }
  return unicode
}

/** `loca` says where each glyph's outline begins and ends; an empty stretch is a glyph that draws nothing. */
function readOutlines(file: Buffer): (glyph: number) => boolean {
  const tables = new Map<string, number>()
  for (let i = 0; i < file.readUInt16BE(4); i += 1)
    tables.set(file.toString('latin1', 12 + 16 * i, 16 + 16 * i), file.readUInt32BE(20 + 16 * i))
  const head = tables.get('head') ?? 0
  const loca = tables.get('loca') ?? 0
  const long = file.readInt16BE(head + 50) === 1
  const at = (glyph: number) => (long ? file.readUInt32BE(loca + 4 * glyph) : 2 * file.readUInt16BE(loca + 2 * glyph))
  return (glyph) => at(glyph + 1) > at(glyph)
}

/** A string in UTF-16 with its mark, bytes that matter to PDF escaped. */
function titleOf(objects: Map<number, string>): string {
  const info = [...objects.values()].find((body) => body.includes('/Producer')) ?? ''
  const escaped = get(objects, info, 'Title').slice(1, -1)
  const plain = escaped.replaceAll(/\\([\s\S])/g, (_, c: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[c] ?? c)
  return Buffer.from(plain, 'latin1').subarray(2).swap16().toString('utf16le')
}
