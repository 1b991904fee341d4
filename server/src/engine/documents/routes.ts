/** Issued documents as pages and files, and codes for paths of this product. Bytes, not JSON; the visibility of cases holds. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Principal } from '../../platform/access.ts'
import { signedIn } from '../../platform/http/calls.ts'
import { Refused } from '../../platform/http/problems.ts'
import type { Queries } from '../../platform/pg/database.ts'
import { type Sight, sightOf } from '../visibility.ts'
import type { Fonts } from './fonts.ts'
import { DOCUMENT_CSP, documentHtml } from './html.ts'
import type { Language } from './layout.ts'
import { documentPdf } from './pdf.ts'
import { qrSvg } from './qr.ts'
import type { IssuedDocument } from './store.ts'
import { findDocument } from './views.ts'

export type DocumentParts = {
  readonly db: Queries
  /** Scheme, host and, if there is one, base path under which people reach this product. */
  readonly publicUrl: string
  readonly fonts: () => Promise<Fonts>
}

const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(html|pdf)$/i
/** Longer texts make codes that phones cannot read from paper. */
const LONGEST_CODE = 500

/** `GET /api/v1/documents/:document.html`, `.pdf` (`?language=en`), `GET /api/v1/qr.svg?text=/…`. */
export function documentRoutes(app: FastifyInstance, parts: DocumentParts): void {
  app.get('/api/v1/documents/:name', { schema: { hide: true } as object }, (request, reply) => sendDocument(parts, request, reply))
  app.get('/api/v1/qr.svg', { schema: { hide: true } as object }, (request, reply) => {
    const { text } = request.query as { text?: unknown }
    if (typeof text !== 'string' || !isOwnPath(text)) {
      throw new Refused({
        code: 'documents/code-text-invalid',
        message: `text must be a path of this product: it begins with one /, and has at most ${LONGEST_CODE} characters`,
      })
    }
    return reply
      .headers({
        'content-type': 'image/svg+xml; charset=utf-8',
        'cache-control': 'public, max-age=86400',
        'content-security-policy': "default-src 'none'",
      })
      .send(qrSvg(parts.publicUrl.replace(/\/+$/, '') + text))
  })
}

/** Codes lead nowhere else: `//host` and `/\host` are other hosts to some readers. */
export function isOwnPath(text: string): boolean {
  return text.length <= LONGEST_CODE && /^\/(?![/\\])[\x21-\x7e]*$/.test(text)
}

async function sendDocument(parts: DocumentParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const sight = sightOfCaller(request)
  const [, id, format] = NAME.exec((request.params as { name: string }).name) ?? []
  const issued = id === undefined ? null : await findDocument(parts.db, id, sight)
  if (issued === null) throw new Refused({ code: 'documents/unknown', message: 'There is no such document, or you may not see it.' })
  const language: Language = (request.query as { language?: unknown }).language === 'en' ? 'en' : 'zh'
  // Documents of people: kept by nobody on the way, and their words may change with nothing.
  reply.header('cache-control', 'private, no-cache')
  return format === 'pdf' ? sendPdf(parts, issued, language, reply) : sendHtml(parts, issued, language, reply)
}

function sightOfCaller(request: FastifyRequest): Sight {
  const principal: Principal = signedIn(request.identity?.principal ?? null)
  return sightOf(principal)
}

async function sendPdf(parts: DocumentParts, issued: IssuedDocument, language: Language, reply: FastifyReply): Promise<FastifyReply> {
  const { publicUrl } = parts
  const pdf = await documentPdf(issued.content, { language, publicUrl, fonts: await parts.fonts(), issuedAt: issued.issuedAt })
  const name = encodeURIComponent(`${issued.no}.pdf`)
  return reply
    .headers({ 'content-type': 'application/pdf', 'content-disposition': `inline; filename="document.pdf"; filename*=UTF-8''${name}` })
    .send(pdf)
}

function sendHtml(parts: DocumentParts, issued: IssuedDocument, language: Language, reply: FastifyReply): FastifyReply {
  const links =
    language === 'zh'
      ? [
          { href: `${issued.id}.pdf`, words: '下载 PDF' },
          { href: `${issued.id}.html?language=en`, words: 'English' },
        ]
      : [
          { href: `${issued.id}.pdf?language=en`, words: 'Download PDF' },
          { href: `${issued.id}.html`, words: '中文' },
        ]
  return reply
    .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': DOCUMENT_CSP })
    .send(documentHtml(issued.content, { language, publicUrl: parts.publicUrl, links }))
}
