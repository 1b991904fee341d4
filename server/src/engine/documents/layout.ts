/** The places of a page, the same in HTML and PDF: who speaks, title, number, body, and the foot with code and seal. Pure. */
import { type ContentBlock, type DocumentContent, inLanguage } from './content.ts'

export type Language = 'zh' | 'en'
export type BodyBlock = Exclude<ContentBlock, { type: 'seal' | 'qr' }>
export type PageLayout = {
  /** Name of the issuing organisation, above the title. */
  readonly head: string | null
  readonly title: string
  /** The line with the number, as the template words it. */
  readonly number: string | null
  readonly body: readonly BodyBlock[]
  readonly seal: Extract<ContentBlock, { type: 'seal' }> | null
  readonly qr: Extract<ContentBlock, { type: 'qr' }> | null
  /** Said under a document that stands in another language than the one that is in force. */
  readonly note: string | null
}

/** First heading = title, the small print right after it = number; the last seal and the last code stand side by side at the foot. */
export function layOut(content: DocumentContent, language: Language): PageLayout {
  const seal = content.blocks.findLast((block) => block.type === 'seal') ?? null
  const qr = content.blocks.findLast((block) => block.type === 'qr') ?? null
  const body = content.blocks.filter((block): block is BodyBlock => block.type !== 'seal' && block.type !== 'qr')
  const heading = body[0]?.type === 'heading' ? body.shift() : undefined
  const number = heading !== undefined && body[0]?.type === 'small' ? body.shift() : undefined
  return {
    head: seal === null ? null : inLanguage(seal.org, language),
    title: heading?.type === 'heading' ? inLanguage(heading.text, language) : inLanguage(content.title, language),
    number: number?.type === 'small' ? inLanguage(number.text, language) : null,
    body,
    seal,
    qr,
    note: language === 'en' ? 'This translation is for reference. The Chinese document is the one in force.' : null,
  }
}

export const MARK = { zh: '演示文书，不具有法律效力', en: 'Demonstration document without legal effect' } as const

/** A path of this product becomes an address; a whole address stays. */
export function addressOf(value: string, publicUrl: string): string {
  return value.startsWith('/') ? `${publicUrl.replace(/\/+$/, '')}${value}` : value
}
