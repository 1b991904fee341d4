import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import qrcode from 'qrcode'
import type { DocumentContent } from './content.ts'
import { escapeXml } from './escape.ts'
import { DOCUMENT_CSP, documentHtml } from './html.ts'
import { qrSvg } from './qr.ts'
import { sealSvg } from './seal.ts'

const contentOf = (words: string): DocumentContent => ({
  title: { zh: words },
  no: words,
  blocks: [
    { type: 'heading', text: { zh: '通知书' } },
    { type: 'small', text: { zh: words } },
    { type: 'paragraph', text: { zh: words } },
    { type: 'facts', rows: [{ title: { zh: words }, value: { zh: words } }] },
    { type: 'list', items: [{ zh: words }] },
    { type: 'qr', value: words, caption: { zh: words } },
    { type: 'seal', org: { zh: words }, date: { zh: words }, synthetic: true },
  ],
  missing: [],
})
const options = { language: 'zh', publicUrl: 'https://example.test/' } as const

test('whatever people write, the page has the same elements and no script, handler, or address', () => {
  const shape = (html: string) => [...html.replace(/<svg[\s\S]*?<\/svg>/g, '<svg>').matchAll(/<[^>]*>/g)].map(([tag]) => tag)
  const plain = shape(documentHtml(contentOf('x'), options))
  fc.assert(
    fc.property(
      fc.constantFrom('<script>alert(1)</script>', '"><img onerror=a src=//b>', "' onload='x", '</style>', '&lt;', '\u0000', '\ud800'),
      fc.string(),
      (bad, more) => {
        const html = documentHtml(contentOf(`甲${bad}${more}`), options)
        assert.deepEqual(shape(html), plain)
        assert.equal(
          /<(script|img|iframe|link)|\son\w+=|\sstyle=/i.test(html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/>[^<]*</g, '><')),
          false,
        )
      },
    ),
  )
})

test('text comes back from its escaped form, but for characters that no page may carry', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const back = escapeXml(text).replaceAll(
        /&(amp|lt|gt|quot|#39);/g,
        (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
      )
      assert.equal(back, text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}]/gu, ''))
      assert.equal(/[<>"']/.test(escapeXml(text)), false)
    }),
  )
  assert.equal(escapeXml('甲\u202e乙\u2067丙\u0007'), '甲乙丙')
})

test('the policy allows exactly the style element of the page', () => {
  const style = /<style>([\s\S]*?)<\/style>/.exec(documentHtml(contentOf('x'), options))?.[1] ?? ''
  assert.ok(DOCUMENT_CSP.includes(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`))
  assert.equal(DOCUMENT_CSP.includes('unsafe'), false)
})

test('title, number, foot and mark stand once, each in its place', () => {
  const html = documentHtml(contentOf('甲局'), options)
  assert.equal(html.match(/<h1>通知书<\/h1>/g)?.length, 1)
  assert.equal(html.match(/<p class="number">甲局<\/p>/g)?.length, 1)
  assert.equal(html.match(/<h2>/g), null)
  assert.ok(html.indexOf('<ol>') < html.indexOf('<footer>'))
  assert.ok(html.includes('演示文书，不具有法律效力'))
  const real = contentOf('甲局').blocks.map((block) => (block.type === 'seal' ? { ...block, synthetic: false } : block))
  assert.equal(/示范|演示文书/.test(documentHtml({ ...contentOf('甲局'), blocks: real }, options)), false)
})

test('a document without seal, code and heading is still a page', () => {
  const html = documentHtml(
    { title: { zh: '甲', en: 'A' }, no: '1', blocks: [{ type: 'paragraph', text: { zh: '乙', en: 'B' } }], missing: [] },
    { ...options, language: 'en' },
  )
  assert.ok(html.includes('<h1>A</h1>') && html.includes('<p>B</p>') && html.includes('<html lang="en">'))
  assert.equal(html.includes('<footer>'), false)
})

test('the drawn code has exactly the modules of the code', () => {
  const text = 'https://example.test/cases/1'
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const drawn = new Set<string>()
  for (const [, x, y, width] of qrSvg(text).matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let i = 0; i < Number(width); i += 1) drawn.add(`${Number(y) - 4} ${Number(x) - 4 + i}`)
  }
  const dark = Array.from({ length: modules.size ** 2 }, (_, i) => [Math.floor(i / modules.size), i % modules.size] as const)
    .filter(([row, column]) => modules.get(row, column) === 1)
    .map(([row, column]) => `${row} ${column}`)
  assert.deepEqual([...drawn].sort(), dark.sort())
})

test('a seal keeps every character of the name inside the ring, in order, however long the name', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (length) => {
      const name = '潮水市港务局'.repeat(7).slice(0, length)
      const svg = sealSvg({ name, synthetic: false }, () => 'serif')
      assert.equal([...svg.matchAll(/>(.)<\/text>/gu)].map(([, character]) => character).join(''), name)
      const angles = [...svg.matchAll(/rotate\((-?[\d.]+)\)/g)].map(([, angle]) => Number(angle))
      assert.deepEqual(
        angles,
        [...angles].sort((a, b) => a - b),
      )
      assert.ok(angles.every((angle) => Math.abs(angle) <= 130.01))
    }),
  )
})
