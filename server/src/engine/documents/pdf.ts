/** A document as PDF (A4, fonts embedded as subsets). The same content and the same moment give the same bytes. */
import pdfmake from 'pdfmake'
import type { Column, Content, TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces.js'
import { type DocumentContent, inLanguage, wordsIn } from './content.ts'
import type { Fonts, Run } from './fonts.ts'
import { addressOf, type BodyBlock, type Language, layOut, MARK, type PageLayout } from './layout.ts'
import { qrSvg } from './qr.ts'
import { sealSvg } from './seal.ts'

export type PdfOptions = {
  readonly language: Language
  readonly publicUrl: string
  readonly fonts: Fonts
  readonly issuedAt: string
  /** false: streams stay readable, for tests. */
  readonly compress?: boolean
}

const RED = '#c1121c'
/** Points. A4 is 595 wide; the text block is 156 mm, as 党政机关公文格式 (GB/T 9704) has it. */
const MARGINS = { left: 76, top: 88, right: 76, bottom: 78 }
const WIDTH = 595.28 - MARGINS.left - MARGINS.right
/** Times the face's own line, which is 1.45 em. */
const LINE = 1.22
const SEAL = 119
const QR = 96

/** Nothing but the fonts is ever read, from nowhere. */
export async function documentPdf(content: DocumentContent, options: PdfOptions): Promise<Buffer> {
  const known = new Set(options.fonts.files.flatMap((file) => [file.path, file.bold]))
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => known.has(path))
  pdfmake.setFonts(fontsFor(options.fonts))
  return pdfmake.createPdf(definition(content, options)).getBuffer()
}

function fontsFor(fonts: Fonts): TFontDictionary {
  return Object.fromEntries(fonts.files.map(({ family, path, bold }) => [family, { normal: path, bold, italics: path, bolditalics: bold }]))
}

type Say = (text: string) => { text: string; font: string }[]

function definition(content: DocumentContent, options: PdfOptions): TDocumentDefinitions {
  const { language, fonts } = options
  const page = layOut(content, language)
  const notes = notesOf(page, content, options)
  const say: Say = (text) =>
    fonts
      .runs(language === 'zh' ? text : text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'"))
      .map(({ text: words, family }: Run) => ({ text: words, font: family }))
  const family = (character: string) => fonts.runs(character)[0]?.family ?? 'Sans'
  return {
    pageSize: 'A4',
    pageMargins: [MARGINS.left, MARGINS.top, MARGINS.right, MARGINS.bottom],
    compress: options.compress ?? true,
    language: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: {
      title: `${inLanguage(content.title, language)} ${content.no}`,
      author: page.head ?? '',
      subject: content.no,
      creator: 'Yichuang',
      producer: 'Yichuang',
      creationDate: new Date(options.issuedAt),
      modDate: new Date(options.issuedAt),
    },
    defaultStyle: { font: fonts.files[0]?.family ?? 'Sans', fontSize: 12, lineHeight: LINE, color: '#111111' },
    footer: (current, count) => pageFoot({ content, language, current, count, notes }, say),
    content: [...headOf(page, say), ...page.body.map((block) => blockOf(block, language, say)), ...footOf(page, options, { say, family })],
  }
}

type PageFoot = {
  readonly content: DocumentContent
  readonly language: Language
  readonly current: number
  readonly count: number
  readonly notes: readonly string[]
}

function pageFoot({ content, language, current, count, notes }: PageFoot, say: Say): Content {
  const words = language === 'zh' ? `第 ${current} 页　共 ${count} 页` : `Page ${current} of ${count}`
  return {
    margin: [MARGINS.left, 22, MARGINS.right, 0],
    fontSize: 9,
    lineHeight: 1.1,
    color: '#666666',
    stack: [
      { columns: [{ text: say(content.no) }, { text: say(words), alignment: 'right' }] },
      ...notes.map((note): Content => ({ text: say(note), fontSize: 8, alignment: 'center', margin: [0, 2, 0, 0] })),
    ],
  }
}

function headOf({ head, title, number }: PageLayout, say: Say): Content[] {
  const line: Content = {
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: WIDTH, y2: 0, lineWidth: 1.4, lineColor: RED }],
    margin: [0, 3, 0, 20],
  }
  return [
    ...(head === null
      ? []
      : [
          {
            text: say(head),
            fontSize: 14,
            alignment: 'center' as const,
            characterSpacing: /^[\x20-\x7e]+$/.test(head) ? 0 : 1,
            margin: [0, 0, 0, 2] as [number, number, number, number],
          },
        ]),
    { text: say(title), fontSize: 22, bold: true, alignment: 'center', lineHeight: 1.1, margin: [0, 0, 0, 12] },
    ...(number === null ? [] : [{ text: say(number), fontSize: 11, alignment: 'right' as const }]),
    line,
  ]
}

function blockOf(block: BodyBlock, language: Language, say: Say): Content {
  switch (block.type) {
    case 'heading':
      return { text: say(inLanguage(block.text, language)), fontSize: 14, bold: true, margin: [0, 10, 0, 4] }
    case 'paragraph':
      return {
        text: say(inLanguage(block.text, language)),
        leadingIndent: language === 'zh' ? 24 : 0,
        alignment: language === 'zh' ? 'justify' : 'left',
        margin: [0, 0, 0, 8],
      }
    case 'small':
      return { text: say(inLanguage(block.text, language)), fontSize: 10, color: '#444444', margin: [0, 2, 0, 6] }
    case 'list':
      return { ol: block.items.map((item) => ({ text: say(inLanguage(item, language)), margin: [4, 0, 0, 3] })), margin: [12, 0, 0, 8] }
    case 'facts':
      return factsTable(block, language, say)
    default:
      return block satisfies never
  }
}

function factsTable(block: Extract<BodyBlock, { type: 'facts' }>, language: Language, say: Say): Content {
  return {
    margin: [0, 4, 0, 14],
    fontSize: 11,
    lineHeight: 1.1,
    table: {
      widths: ['31%', '*'],
      dontBreakRows: true,
      body: block.rows.map(({ title, value }) => [
        { text: say(inLanguage(title, language)), fillColor: '#f6f6f4' },
        { text: say(inLanguage(value, language)) },
      ]),
    },
    layout: {
      hLineWidth: () => 0.6,
      vLineWidth: () => 0.6,
      hLineColor: () => '#555555',
      vLineColor: () => '#555555',
      paddingLeft: () => 8,
      paddingRight: () => 8,
      paddingTop: () => 5,
      paddingBottom: () => 4,
    },
  }
}

/** Code on the left, name, date and seal on the right, never parted by a page's end. */
function footOf({ seal, qr }: PageLayout, options: PdfOptions, drawing: { say: Say; family: (character: string) => string }): Content[] {
  if (seal === null && qr === null) return []
  const { say, family } = drawing
  const { language } = options
  const code: Column =
    qr === null
      ? { text: '', width: QR + 20 }
      : {
          width: QR + 20,
          stack: [
            { svg: qrSvg(addressOf(qr.value, options.publicUrl), QR), width: QR, alignment: 'center', margin: [0, 20, 0, 0] },
            { text: say(inLanguage(qr.caption, language)), fontSize: 9, lineHeight: 1.2, alignment: 'center', margin: [0, 3, 0, 0] },
          ],
        }
  const side = 230
  const signed: Column =
    seal === null
      ? { text: '', width: side }
      : {
          width: side,
          stack: [
            // Under the words, so that they stay readable; its lower arc lies on the name (下弧骑年盖月).
            {
              svg: sealSvg({ name: seal.org.zh, synthetic: seal.synthetic }, family, SEAL),
              width: SEAL,
              relativePosition: { x: (side - SEAL) / 2, y: 0 },
            },
            { text: say(inLanguage(seal.org, language)), alignment: 'center', margin: [0, 98, 0, 0] },
            { text: say(inLanguage(seal.date, language)), alignment: 'center' },
          ],
        }
  return [{ unbreakable: true, margin: [0, 22, 0, 0], columns: [code, { text: '', width: '*' }, signed] }]
}

/** The mark of a demonstration, the note on a translation, and what the fonts could not draw: said, never dropped in silence. */
function notesOf(page: PageLayout, content: DocumentContent, { language, fonts }: PdfOptions): string[] {
  const uncovered = fonts.uncovered(wordsIn(content, language).join(''))
  const codes = uncovered.map((character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')
  const words =
    language === 'zh'
      ? `〓 处为字库暂缺的字：${codes}，以网页版为准`
      : `〓 stands for characters this file cannot draw: ${codes}; see the web page`
  return [page.seal?.synthetic === true ? MARK[language] : null, page.note, uncovered.length === 0 ? null : words].filter(
    (note) => note !== null,
  )
}
