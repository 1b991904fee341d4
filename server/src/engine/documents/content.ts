/**
 * What a document says: a template of the pack with every placeholder filled from the facts of a case. Pure.
 * The content is kept as it was issued; HTML and PDF are two ways of showing it.
 */
import type { Text } from '@yichuang/caseflow'
import type { DocumentBlock, DocumentTemplate } from '@yichuang/pack'

/** Facts by name, nested; leaves are strings, numbers, booleans and `Text`, lists are arrays of facts. */
export type Facts = { readonly [name: string]: unknown }

export type ContentBlock =
  | { readonly type: 'heading' | 'paragraph' | 'small'; readonly text: Text }
  | { readonly type: 'facts'; readonly rows: readonly { readonly title: Text; readonly value: Text }[] }
  | { readonly type: 'list'; readonly items: readonly Text[] }
  | { readonly type: 'seal'; readonly org: Text; readonly date: Text; readonly synthetic: boolean }
  /** `value` is a path of this product (`/cases/…`) or a whole address; paths get their host when the document is shown. */
  | { readonly type: 'qr'; readonly value: string; readonly caption: Text }

export type DocumentContent = {
  readonly title: Text
  /** 文号 */
  readonly no: string
  readonly blocks: readonly ContentBlock[]
  /** Paths of facts that the template asks for and the case does not have; each is shown as `—`. */
  readonly missing: readonly string[]
}

export const ABSENT = '—'
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g

type Language = 'zh' | 'en'

/**
 * Fills a template. Values are never read as templates themselves. A list without entries is left out; `{{item.…}}` in its text means the entry.
 * Reads `document.no` for the number and `org.synthetic` for the mark on the seal.
 */
export function resolveDocument(template: DocumentTemplate, facts: Facts): DocumentContent {
  const missing = new Set<string>()
  const filler = makeFiller(facts, missing)
  return {
    title: filler.text(template.title),
    no: textOf(lookup(facts, 'document.no'))?.zh ?? ABSENT,
    blocks: template.blocks.flatMap((block) => resolveBlock(block, facts, filler)),
    missing: [...missing],
  }
}

/** Names that a template asks for, lists included, each once. */
export function placeholdersOf(template: DocumentTemplate): string[] {
  const lists = template.blocks.flatMap((block) => (block.type === 'list' ? [block.each] : []))
  const inside = [...JSON.stringify(template).matchAll(PLACEHOLDER)].map((match) => (match[1] ?? '').trim())
  return [...new Set([...lists, ...inside])]
}

function resolveBlock(block: DocumentBlock, facts: Facts, filler: Filler): ContentBlock[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'small':
      return [{ type: block.type, text: filler.text(block.text) }]
    case 'facts':
      return [{ type: 'facts', rows: block.rows.map((row) => ({ title: filler.text(row.title), value: filler.words(row.value) })) }]
    case 'list': {
      const items = filler.entries(block.each).map((item) => filler.with({ ...facts, item }).words(block.text))
      return items.length === 0 ? [] : [{ type: 'list', items }]
    }
    case 'seal': {
      const synthetic = lookup(facts, 'org.synthetic') !== false
      return [{ type: 'seal', org: filler.words(block.org), date: filler.words(block.date), synthetic }]
    }
    case 'qr':
      return [{ type: 'qr', value: filler.words(block.value).zh, caption: filler.text(block.caption) }]
    default:
      return block satisfies never
  }
}

type Filler = {
  text(text: Text): Text
  /** A template written once: its own words stay, the facts in it speak both languages. */
  words(template: string): Text
  entries(path: string): readonly unknown[]
  with(facts: Facts): Filler
}

function makeFiller(facts: Facts, missing: Set<string>): Filler {
  const fill = (template: string, language: Language) =>
    template.replace(PLACEHOLDER, (_, inside: string) => {
      const path = inside.trim()
      const value = textOf(lookup(facts, path))
      if (value === null) missing.add(path)
      return value === null ? ABSENT : ((language === 'en' ? value.en : undefined) ?? value.zh)
    })
  return {
    text: (text) => ({ zh: fill(text.zh, 'zh'), ...(text.en === undefined ? {} : { en: fill(text.en, 'en') }) }),
    words: (template) => {
      const zh = fill(template, 'zh')
      const en = fill(template, 'en')
      return en === zh ? { zh } : { zh, en }
    },
    entries: (path) => {
      const value = lookup(facts, path)
      if (!Array.isArray(value)) missing.add(path)
      return Array.isArray(value) ? value : []
    },
    with: (more) => makeFiller(more, missing),
  }
}

/** The value at `a.b.c`, own properties only. */
function lookup(facts: Facts, path: string): unknown {
  let value: unknown = facts
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Facts)[key]
  }
  return value
}

/** Words for a leaf; null for what has none (absent, empty, a table). */
function textOf(value: unknown): Text | null {
  if (typeof value === 'string') return value.trim() === '' ? null : { zh: value }
  if (typeof value === 'number') return { zh: String(value) }
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (typeof value !== 'object' || value === null) return null
  const { zh, en } = value as { zh?: unknown; en?: unknown }
  if (typeof zh !== 'string' || zh.trim() === '') return null
  return typeof en === 'string' && en.trim() !== '' ? { zh, en } : { zh }
}

/** All words of a content in one language, for checks such as the coverage of fonts. */
export function wordsIn(content: DocumentContent, language: Language): string[] {
  const say = (text: Text) => inLanguage(text, language)
  const words = content.blocks.flatMap((block): string[] => {
    switch (block.type) {
      case 'facts':
        return block.rows.flatMap((row) => [say(row.title), say(row.value)])
      case 'list':
        return block.items.map(say)
      case 'seal':
        return [block.org.zh, say(block.org), say(block.date)]
      case 'qr':
        return [say(block.caption)]
      default:
        return [say(block.text)]
    }
  })
  return [say(content.title), content.no, ...words]
}

export function inLanguage(text: Text, language: Language): string {
  return (language === 'en' ? text.en : undefined) ?? text.zh
}
