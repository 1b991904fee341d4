import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DocumentBlock, DocumentTemplate } from '@yichuang/pack'
import fc from 'fast-check'
import { ABSENT, resolveDocument, wordsIn } from './content.ts'
import { unknownFacts } from './facts.ts'

const template = (...blocks: DocumentBlock[]): DocumentTemplate => ({
  id: 'notice',
  title: { zh: '通知书', en: 'Notice' },
  prefix: '潮受字',
  blocks,
})
const paragraph = (zh: string, en?: string): DocumentBlock => ({ type: 'paragraph', text: en === undefined ? { zh } : { zh, en } })
const facts = {
  document: { no: '潮受字〔2026〕1号' },
  org: { name: { zh: '灯塔局', en: 'Lighthouse Bureau' }, synthetic: true },
  applicant: { name: '望潮记' },
  days: 5,
  open: true,
  items: [{ item: '灯图', reason: '缺页' }, { item: '网牌' }],
}

test('fills Chinese and English each from the words of its own language, Chinese where there is no other', () => {
  const { blocks } = resolveDocument(
    template(paragraph('{{org.name}}受理{{ applicant.name }}', '{{org.name}} takes {{applicant.name}}')),
    facts,
  )
  assert.deepEqual(blocks, [{ type: 'paragraph', text: { zh: '灯塔局受理望潮记', en: 'Lighthouse Bureau takes 望潮记' } }])
})

test('numbers, yes and no are words; a template written once speaks both languages', () => {
  const rows = [
    { title: { zh: '天数' }, value: '{{days}}' },
    { title: { zh: '开放' }, value: '{{open}}' },
  ]
  const { blocks } = resolveDocument(template({ type: 'facts', rows }), facts)
  assert.deepEqual(blocks, [
    {
      type: 'facts',
      rows: [
        { title: { zh: '天数' }, value: { zh: '5' } },
        { title: { zh: '开放' }, value: { zh: '是', en: 'yes' } },
      ],
    },
  ])
})

test('a fact that is not there is shown as a dash and named once; tables and inherited properties are no facts', () => {
  const asked = '{{reason}}{{reason}}{{org}}{{constructor.name}}{{applicant.name.length}}{{}}'
  const content = resolveDocument(template(paragraph(asked, '{{reason}}')), facts)
  assert.deepEqual(content.blocks, [{ type: 'paragraph', text: { zh: ABSENT.repeat(6), en: ABSENT } }])
  assert.deepEqual(content.missing, ['reason', 'org', 'constructor.name', 'applicant.name.length', ''])
})

test('an empty text is no fact', () => {
  assert.deepEqual(resolveDocument(template(paragraph('{{reason}}')), { reason: '  ' }).missing, ['reason'])
})

test('a list has one line for each entry, sees the other facts too, and goes when it has none', () => {
  const list: DocumentBlock = { type: 'list', each: 'items', text: '{{item.item}}：{{item.reason}}（{{applicant.name}}）' }
  const content = resolveDocument(template(list), facts)
  assert.deepEqual(content.blocks, [{ type: 'list', items: [{ zh: '灯图：缺页（望潮记）' }, { zh: `网牌：${ABSENT}（望潮记）` }] }])
  assert.deepEqual(content.missing, ['item.reason'])
  assert.deepEqual(resolveDocument(template(list), { items: [] }), {
    title: { zh: '通知书', en: 'Notice' },
    no: ABSENT,
    blocks: [],
    missing: [],
  })
  assert.deepEqual(resolveDocument(template(list), {}).missing, ['items'])
})

test('a seal is one of a demonstration unless the organisation is known to be real', () => {
  const seal: DocumentBlock = { type: 'seal', org: '{{org.name}}', date: '2026' }
  const marks = [facts, { org: { name: '某局' } }, { org: { name: '某局', synthetic: false } }].map((given) => {
    const block = resolveDocument(template(seal), given).blocks[0]
    return block?.type === 'seal' && block.synthetic
  })
  assert.deepEqual(marks, [true, true, false])
})

test('what people wrote is never read as a template', () => {
  fc.assert(
    fc.property(fc.string(), (word) => {
      const reason = `{{org.name}}${word}$&$1{{`
      const { blocks } = resolveDocument(template(paragraph('理由：{{reason}}')), { ...facts, reason })
      assert.deepEqual(blocks, [{ type: 'paragraph', text: { zh: `理由：${reason}` } }])
    }),
  )
})

test('all words of a content in one language', () => {
  const blocks: DocumentBlock[] = [
    paragraph('甲', 'a'),
    { type: 'list', each: 'items', text: '{{item.item}}' },
    { type: 'seal', org: '{{org.name}}', date: '今日' },
    { type: 'qr', value: '/cases/1', caption: { zh: '扫码', en: 'scan' } },
  ]
  const content = resolveDocument(template(...blocks), facts)
  assert.deepEqual(wordsIn(content, 'en'), [
    'Notice',
    '潮受字〔2026〕1号',
    'a',
    '灯图',
    '网牌',
    '灯塔局',
    'Lighthouse Bureau',
    '今日',
    'scan',
  ])
})

test('names that no case answers are found in a template', () => {
  const blocks: DocumentBlock[] = [
    paragraph('{{case.no}}{{due.promised}}{{clock.promised}}', '{{applicant.nmae}}'),
    { type: 'list', each: 'itms', text: '{{item.item}}' },
  ]
  assert.deepEqual(unknownFacts(template(...blocks)), ['itms', 'clock.promised', 'applicant.nmae'])
})
