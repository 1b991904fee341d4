/** A document as one HTML page, to read and to print on A4: no scripts, nothing from elsewhere, one style element whose hash its policy names. */
import { createHash } from 'node:crypto'
import { type DocumentContent, inLanguage } from './content.ts'
import { escapeXml } from './escape.ts'
import { addressOf, type BodyBlock, type Language, layOut, MARK, type PageLayout } from './layout.ts'
import { qrSvg } from './qr.ts'
import { sealSvg } from './seal.ts'
import { STYLE } from './style.ts'

export type HtmlOptions = {
  readonly language: Language
  /** Scheme and host that paths in codes get. */
  readonly publicUrl: string
  /** Links above the page, not printed. */
  readonly links?: readonly { readonly href: string; readonly words: string }[]
}

const hash = createHash('sha256').update(STYLE).digest('base64')
/** Only the page's own style element is allowed; everything else is off. The page may be framed by this product. */
export const DOCUMENT_CSP = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`

const SEAL_FAMILY = "SimSun, 'Songti SC', 'Noto Serif CJK SC', 'Source Han Serif SC', serif"

export function documentHtml(content: DocumentContent, options: HtmlOptions): string {
  const { language } = options
  const page = layOut(content, language)
  const synthetic = page.seal?.synthetic === true
  return [
    '<!doctype html>',
    `<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(`${inLanguage(content.title, language)} ${content.no}`)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    linksHtml(options.links ?? []),
    '<main class="sheet">',
    headHtml(page),
    ...page.body.map((block) => blockHtml(block, language)),
    footHtml(page, options),
    page.note === null && !synthetic
      ? ''
      : `<p class="note">${[synthetic ? MARK[language] : '', page.note ?? ''].filter(Boolean).map(escapeXml).join('<br>')}</p>`,
    '</main></body></html>',
  ].join('\n')
}

function linksHtml(links: NonNullable<HtmlOptions['links']>): string {
  if (links.length === 0) return ''
  return `<nav class="links">${links.map((link) => `<a href="${escapeXml(link.href)}">${escapeXml(link.words)}</a>`).join('')}</nav>`
}

function headHtml({ head, title, number }: PageLayout): string {
  return [
    '<header>',
    head === null ? '' : `<p class="head">${escapeXml(head)}</p>`,
    `<h1>${escapeXml(title)}</h1>`,
    number === null ? '' : `<p class="number">${escapeXml(number)}</p>`,
    '</header>',
  ].join('')
}

function blockHtml(block: BodyBlock, language: Language): string {
  switch (block.type) {
    case 'heading':
      return `<h2>${escapeXml(inLanguage(block.text, language))}</h2>`
    case 'paragraph':
      return `<p>${escapeXml(inLanguage(block.text, language))}</p>`
    case 'small':
      return `<p class="small">${escapeXml(inLanguage(block.text, language))}</p>`
    case 'facts': {
      const rows = block.rows.map(
        ({ title, value }) =>
          `<tr><th scope="row">${escapeXml(inLanguage(title, language))}</th><td>${escapeXml(inLanguage(value, language))}</td></tr>`,
      )
      return `<table><tbody>${rows.join('')}</tbody></table>`
    }
    case 'list':
      return `<ol>${block.items.map((item) => `<li>${escapeXml(inLanguage(item, language))}</li>`).join('')}</ol>`
    default:
      return block satisfies never
  }
}

function footHtml({ seal, qr }: PageLayout, { language, publicUrl }: HtmlOptions): string {
  const code =
    qr === null
      ? '<div></div>'
      : `<figure class="qr">${qrSvg(addressOf(qr.value, publicUrl))}<figcaption>${escapeXml(inLanguage(qr.caption, language))}</figcaption></figure>`
  if (seal === null) return qr === null ? '' : `<footer>${code}</footer>`
  const signed = `<p>${escapeXml(inLanguage(seal.org, language))}</p><p>${escapeXml(inLanguage(seal.date, language))}</p>`
  const stamp = `<div class="stamp" aria-hidden="true">${sealSvg({ name: seal.org.zh, synthetic: seal.synthetic }, () => SEAL_FAMILY)}</div>`
  return `<footer>${code}<div class="signed">${signed}${stamp}</div></footer>`
}
