/** Issues documents in the transaction of the action that causes them: number, words and moment are fixed there and stay. */
import type { CaseEvent, Flow } from '@yichuang/caseflow'
import type { CityPack, DocumentTemplate } from '@yichuang/pack'
import { uuidv7 } from '../../platform/ids.ts'
import type { Queries } from '../../platform/pg/database.ts'
import type { OnMove } from '../run.ts'
import { type CaseRecord, reserveSerials } from '../store.ts'
import { resolveDocument } from './content.ts'
import { documentFacts, type Issuing } from './facts.ts'
import { type IssuedDocument, insertDocument } from './store.ts'

export type IssuerParts = {
  readonly pack: CityPack
  /** Path that the code on a document holds; the case's own page unless told. */
  readonly verifyPath?: (record: CaseRecord, document: string) => string
}

/** A listener of the engine: every event that names a document template issues one. */
export function makeDocumentIssuer(parts: IssuerParts): OnMove {
  return async (tx, { record, events, flow }) => {
    for (const event of events) {
      const template = templateOf(parts.pack, flow, event)
      if (template !== null) await insertDocument(tx, await issue(tx, parts, template, { pack: parts.pack, record, events, flow, event }))
    }
  }
}

/** Documents that the law asks for at moments nobody acts: a pack that has a template of this name gets it issued. */
const BY_LAW = {
  /** 收件凭证, 行政许可法 art. 32: dated, at receipt. */
  received: 'receipt',
  /** 特别程序告知书, art. 45: how long it takes is told in writing when it begins. */
  special: 'special-procedure-notice',
}

function templateOf(pack: CityPack, flow: Flow, event: CaseEvent): DocumentTemplate | null {
  if ('document' in event && typeof event.document === 'string') return getTemplate(pack, event.document)
  if (event.type === 'case-opened' && event.parent === undefined && flow.kind === 'bundle')
    return pack.documents.get(BY_LAW.received) ?? null
  if (event.type === 'step-readied' && flow.steps[event.step]?.special !== undefined) return pack.documents.get(BY_LAW.special) ?? null
  return null
}

function getTemplate(pack: CityPack, id: string): DocumentTemplate {
  const template = pack.documents.get(id)
  if (template === undefined) throw new Error(`an event names document ${id}, which this pack does not have`)
  return template
}

type Occasion = Omit<Issuing, 'document' | 'verify'>

async function issue(tx: Queries, parts: IssuerParts, template: DocumentTemplate, occasion: Occasion): Promise<IssuedDocument> {
  const { record, event } = occasion
  const id = uuidv7(event.at)
  const day = parts.pack.calendar.dateOf(event.at)
  // Drawn in the transaction that issues: given up with it, so that the numbers of a year have no gap.
  const serial = await reserveSerials(tx, `document ${template.prefix}`, `${day.slice(0, 4)}-01-01`, 1)
  const no = documentNo(template.prefix, day, serial)
  const verify = parts.verifyPath?.(record, id) ?? `/cases/${record.id}`
  const content = resolveDocument(template, documentFacts({ ...occasion, document: { id, no }, verify }))
  return { caseId: record.id, id, template: template.id, no, title: template.title, org: record.state.org, content, issuedAt: event.at }
}

/** 文号: 机关代字、六角括号里的年份、不编虚位的顺序号 (GB/T 9704—2012, 7.2.5). */
export function documentNo(prefix: string, day: string, serial: number): string {
  return `${prefix}〔${day.slice(0, 4)}〕${serial}号`
}
