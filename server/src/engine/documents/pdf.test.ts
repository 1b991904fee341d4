import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type DocumentContent, resolveDocument } from './content.ts'
import { ensureFonts, makeFonts } from './fonts.ts'
import { documentPdf } from './pdf.ts'
import { readPdf } from './pdf-reading.ts'

const folder = await mkdtemp(join(tmpdir(), 'yichuang-pdf-'))
after(() => rm(folder, { recursive: true, force: true }))
const fonts = await ensureFonts(folder)

const content: DocumentContent = resolveDocument(
  {
    id: 'notice',
    title: { zh: '受理通知书', en: 'Notice of acceptance' },
    prefix: '潮受字',
    blocks: [
      { type: 'heading', text: { zh: '受理通知书', en: 'Notice of acceptance' } },
      { type: 'small', text: { zh: '编号：{{document.no}}', en: 'No. {{document.no}}' } },
      {
        type: 'paragraph',
        text: { zh: '{{applicant.name}}：依据《潮水市许可规程》第二条，决定予以受理。', en: '{{applicant.name}}: accepted.' },
      },
      { type: 'facts', rows: [{ title: { zh: '面积', en: 'Area' }, value: '①号铺 12㎡' }] },
      { type: 'list', each: 'items', text: '{{item.item}}：{{item.reason}}' },
      { type: 'qr', value: '/cases/1', caption: { zh: '扫码查询', en: 'Scan to follow' } },
      { type: 'seal', org: '{{org.name}}', date: '2026年11月23日' },
    ],
  },
  {
    document: { no: '潮受字〔2026〕1号' },
    applicant: { name: '望潮记' },
    org: { name: { zh: '潮水市灯塔局', en: 'Tidewater Lighthouse Bureau' }, synthetic: true },
    items: [{ item: '灯图', reason: '缺页' }],
  },
)
const options = { language: 'zh', publicUrl: 'https://example.test', fonts, issuedAt: '2026-11-23T02:00:00.000Z' } as const
const print = async (what: DocumentContent, more: { language?: 'zh' | 'en' } = {}) =>
  readPdf(await documentPdf(what, { ...options, ...more, compress: false }))

test('every word is on the page, drawn by embedded fonts in which its glyph has an outline', async () => {
  const page = await print(content)
  const words = [
    '受理通知书',
    '编号：潮受字〔2026〕1号',
    '望潮记：依据《潮水市许可规程》第二条',
    '面积',
    '①号铺12㎡',
    '灯图：缺页',
    '扫码查询',
    '2026年11月23日',
    '第1页共1页',
  ]
  for (const word of words) assert.ok(page.text.includes(word), `${word} is not in ${page.text}`)
  assert.deepEqual(page.empty, [])
  assert.equal(page.notdef, 0)
  assert.ok(page.fonts >= 3, 'regular, bold and the piece with ① and ㎡')
})

test('the seal has the name of the organisation, letter by letter, and says that it is a demonstration', async () => {
  const page = await print(content)
  assert.ok(page.text.includes('潮水市灯塔局示范'))
  assert.ok(page.text.includes('演示文书，不具有法律效力'))
  const blocks = content.blocks.map((block) => (block.type === 'seal' ? { ...block, synthetic: false } : block))
  const real = await print({ ...content, blocks })
  assert.equal(real.text.includes('示范') || real.text.includes('演示文书'), false)
})

test('title and number are in the metadata', async () => {
  assert.equal((await print(content)).title, '受理通知书 潮受字〔2026〕1号')
})

test('English where the document has it, with a word on which one is in force', async () => {
  const page = await print(content, { language: 'en' })
  assert.ok(page.text.includes('Noticeofacceptance'))
  assert.ok(page.text.includes('TheChinesedocumentistheoneinforce.'))
  assert.deepEqual(page.empty, [])
})

test('a character that no font has is marked and named, and nothing is drawn empty', async () => {
  const page = await print({ ...content, blocks: [...content.blocks, { type: 'paragraph', text: { zh: '王䶮' } }] })
  assert.ok(page.text.includes('王〓'))
  assert.ok(page.text.includes('U+4DAE'))
  assert.equal(page.notdef, 0)
})

test('the proof itself: a font that claims a character it does not have is found out', async () => {
  const liar = makeFonts(fonts.files.slice(0, 1).map((file) => ({ ...file, ranges: [[0, 0x10ffff]] })))
  const blocks = [{ type: 'paragraph' as const, text: { zh: '王䶮' } }]
  const page = readPdf(await documentPdf({ ...content, blocks }, { ...options, fonts: liar, compress: false }))
  assert.equal(page.notdef, 1)
})

test('a long document goes over pages and counts them', async () => {
  const long = Array.from({ length: 60 }, () => ({
    type: 'paragraph' as const,
    text: { zh: '办理时限自受理之次日起按工作日计算。'.repeat(4) },
  }))
  const page = await print({ ...content, blocks: [...content.blocks.slice(0, 2), ...long, ...content.blocks.slice(2)] })
  assert.ok(page.pages > 2)
  assert.ok(page.text.includes(`第${page.pages}页共${page.pages}页`))
})

test('the same document is the same bytes, also when several are made at once', async () => {
  const [first, second] = await Promise.all([documentPdf(content, options), documentPdf(content, options)])
  assert.ok(first.equals(second))
  assert.ok(first.equals(await documentPdf(content, options)))
})
