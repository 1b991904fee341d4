import { type CaseView, documentPath, filePath, type MaterialView } from '@yichuang/contract'
import { type ReactNode, useState } from 'react'
import { showValue } from '../../fields/field.ts'
import type { FieldShape } from '../../fields/vocabulary.ts'
import { FIELD_TYPES } from '../../fields/vocabulary.ts'
import { day, longDay } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { CaseTimeline } from '../../ui/CaseTimeline.tsx'
import { DeadlineTag } from '../../ui/DeadlineTag.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { MaterialList } from '../../ui/MaterialList.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { wayOf } from '../../ui/SourceBadge.tsx'
import { Facts } from '../../ui/small.tsx'
import type { CaseLink } from './LoadMore.tsx'
import { timelineItem } from './mapping.ts'

export function Documents({ documents }: { documents: CaseView['documents'] }) {
  const [open, setOpen] = useState<CaseView['documents'][number] | null>(null)
  if (documents.length === 0) return <p className="muted">{t('documents.none')}</p>
  return (
    <>
      <ul className="stack" style={{ '--gap': '0' } as React.CSSProperties}>
        {documents.map((document) => (
          <li key={document.id} className="document-row">
            <Icon name="file" />
            <span className="grow">
              <button type="button" className="link" onClick={() => setOpen(document)}>
                {words(document.title)}
              </button>
              <span className="small muted block">
                {document.no} · {words(document.org)} · {day(document.issuedAt)}
              </span>
            </span>
            <a
              className="icon-button"
              href={documentPath(document.id, 'pdf')}
              download
              aria-label={t('documents.pdfOf', { title: words(document.title) })}
            >
              <Icon name="download" />
            </a>
          </li>
        ))}
      </ul>
      <Sheet
        open={open !== null}
        wide
        title={words(open?.title)}
        onClose={() => setOpen(null)}
        footer={
          open !== null && (
            <>
              <a className="button" href={documentPath(open.id, 'html')} target="_blank" rel="noreferrer">
                <Icon name="print" size={18} />
                {t('documents.print')}
              </a>
              <a className="button primary" href={documentPath(open.id, 'pdf')} download>
                <Icon name="download" size={18} />
                {t('documents.pdf')}
              </a>
            </>
          )
        }
      >
        {open !== null && <iframe className="document-frame" src={documentPath(open.id, 'html')} title={words(open.title)} />}
      </Sheet>
    </>
  )
}

export function Timeline({ view, link }: { view: Pick<CaseView, 'timeline' | 'documents'>; link?: CaseLink | undefined }) {
  const newestFirst = view.timeline.toSorted((a, b) => b.at.localeCompare(a.at) || b.seq - a.seq)
  return (
    <CaseTimeline
      items={newestFirst.map((entry) => ({
        ...timelineItem(entry),
        extra:
          entry.case !== undefined && link !== undefined ? (
            <div className="small">{link({ id: entry.case.id, children: t('case.openPart') })}</div>
          ) : null,
      }))}
    />
  )
}

export function CaseMaterials({ materials, side }: { materials: readonly MaterialView[]; side?: (material: MaterialView) => ReactNode }) {
  if (materials.length === 0) return <p className="muted">{t('materials.none')}</p>
  return (
    <MaterialList
      label={t('materials.label')}
      items={materials.toSorted(byAttention).map((material) => ({
        id: material.material,
        title: words(material.title),
        way: wayOf(material.way),
        meta: metaOf(material),
        state: <MaterialState status={material.status} />,
        side: side?.(material),
        below: material.files.length === 0 ? undefined : <FileLinks files={material.files} />,
      }))}
    />
  )
}

/** What must be looked at comes first. */
const ATTENTION: readonly MaterialView['status'][] = ['missing', 'gap', 'uploaded', 'promise', 'have', 'result', 'form']
function byAttention(a: MaterialView, b: MaterialView): number {
  return ATTENTION.indexOf(a.status) - ATTENTION.indexOf(b.status)
}

function metaOf(material: MaterialView): string[] {
  const meta: string[] = []
  if (material.from !== undefined) meta.push(words(material.from))
  if (material.forMatters.length > 1) meta.push(t('materials.serves', { n: material.forMatters.length }))
  if (material.tolerance !== undefined && (material.status === 'missing' || material.status === 'gap')) {
    const due = material.tolerance.dueOn
    meta.push(due === null ? t('materials.tolerable') : t('materials.tolerableUntil', { date: day(due) }))
  }
  return meta
}

const STATE_TONES: { readonly [status in MaterialView['status']]: string } = {
  have: 'green',
  promise: 'green',
  form: 'green',
  uploaded: 'green',
  result: '',
  missing: 'red',
  gap: 'yellow',
}

function MaterialState({ status }: { status: MaterialView['status'] }) {
  return <span className={`tag ${STATE_TONES[status]}`}>{t(`material.${status}`)}</span>
}

/** Opens beside the work, so that paper and decision are seen together. */
function FileLinks({ files }: { files: MaterialView['files'] }) {
  const [open, setOpen] = useState<MaterialView['files'][number] | null>(null)
  return (
    <>
      <ul className="files">
        {files.map((file) => (
          <li key={file.file}>
            <Icon name="file" size={16} />
            <button type="button" className="link name" onClick={() => setOpen(file)}>
              {file.name}
            </button>
            <span className="small muted nowrap">{bytesWords(file.bytes)}</span>
          </li>
        ))}
      </ul>
      <Sheet
        open={open !== null}
        wide
        title={open?.name ?? ''}
        onClose={() => setOpen(null)}
        footer={
          open !== null && (
            <a className="button" href={filePath(open.file)} download={open.name}>
              <Icon name="download" size={18} />
              {t('action.download')}
            </a>
          )
        }
      >
        {open !== null &&
          (open.type.startsWith('image/') ? (
            <img src={filePath(open.file)} alt={open.name} />
          ) : (
            <iframe className="document-frame" src={filePath(open.file)} title={open.name} />
          ))}
      </Sheet>
    </>
  )
}

export function bytesWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** The form as it was filled in, each value with its source. */
export function FilledForm({ form }: { form: CaseView['form'] }) {
  return (
    <div className="stack">
      {form.map((section) => (
        <section key={section.id}>
          <h2>{words(section.title)}</h2>
          <Facts
            wide
            rows={section.fields.map((field) => ({
              label: words(field.title),
              value: showValue(field.value, shapeOf(field)),
              note: field.source === undefined ? undefined : words(field.source),
            }))}
          />
        </section>
      ))}
    </div>
  )
}

function shapeOf(field: CaseView['form'][number]['fields'][number]): FieldShape {
  const type = FIELD_TYPES.find((each) => each === field.type) ?? 'text'
  return { id: field.id, title: field.title, type, required: false, editable: false }
}

export function Answers({ answers }: { answers: CaseView['answers'] }) {
  return <Facts wide rows={answers.map(({ question, answer }) => ({ label: words(question), value: words(answer) }))} />
}

/** The record keeps a gap in Chinese; where the pack still knows the material, its words are used. */
export function gapWords(gap: CaseView['gaps'][number], materials: readonly MaterialView[]): { title: string; consequence: string } {
  const known = materials.find((material) => material.material === gap.material)
  return { title: words(known?.title) || gap.title, consequence: words(known?.tolerance?.consequence) || gap.consequence }
}

/** 容缺: what was passed over, until when it must follow, and what happens otherwise. */
export function Gaps({
  gaps,
  materials,
  side,
}: {
  gaps: CaseView['gaps']
  materials: readonly MaterialView[]
  side?: (gap: CaseView['gaps'][number]) => ReactNode
}) {
  return (
    <ul className="stack" style={{ '--gap': '12px' } as React.CSSProperties}>
      {gaps.map((gap) => (
        <li key={gap.id} className="spread">
          <span>
            <strong>{gapWords(gap, materials).title}</strong>{' '}
            <span className={`tag ${gap.status === 'open' ? 'yellow' : gap.status === 'closed' ? 'green' : 'red'}`}>
              {t(`gap.${gap.status}`)}
            </span>
            <span className="block small muted">{gapWords(gap, materials).consequence}</span>
          </span>
          <span className="row">
            {gap.status === 'open' && <DeadlineTag light={gap.light} dueAt={gap.dueOn ?? gap.dueAt} />}
            {side?.(gap)}
          </span>
        </li>
      ))}
    </ul>
  )
}

export function Milestones({ milestones }: { milestones: CaseView['milestones'] }) {
  const entries = Object.entries(milestones).toSorted(([, a], [, b]) => a.localeCompare(b))
  return <Facts rows={entries.map(([milestone, at]) => ({ label: milestoneWords(milestone), value: longDay(at) }))} />
}

function milestoneWords(milestone: string): string {
  const known = ['received', 'accepted', 'decided', 'delivered', 'correction-requested', 'declined'] as const
  const found = known.find((each) => each === milestone)
  return found === undefined ? milestone : t(`milestone.${found}`)
}
