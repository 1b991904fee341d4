import { useQuery } from '@tanstack/react-query'
import type { MatterGuide } from '@yichuang/contract'
import type { ReactNode } from 'react'
import { limitWords } from '../../platform/dates.ts'
import { messageFor, t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Icon } from '../../ui/Icon.tsx'
import { MaterialList } from '../../ui/MaterialList.tsx'
import { Reading } from '../../ui/query.tsx'
import { SourceBadge, wayOf } from '../../ui/SourceBadge.tsx'
import { Facts, Fold } from '../../ui/small.tsx'
import { matterQuery } from './queries.ts'
import type { Target } from './SearchBox.tsx'
import './matters.css'

/** 办事指南: every element of the implementation list that the law wants published (行政许可法 art. 30). */
export function MatterPage({ id, link }: { id: string; link: (target: Target, children: ReactNode) => ReactNode }) {
  const query = useQuery(matterQuery(id))
  return (
    <Reading page query={query} lines={10}>
      {(guide) => <Guide guide={guide} link={link} />}
    </Reading>
  )
}

function Guide({ guide, link }: { guide: MatterGuide; link: (target: Target, children: ReactNode) => ReactNode }) {
  usePageTitle(words(guide.title))
  return (
    <article className="stack guide">
      <header className="spread">
        <div>
          <p className="small muted">{t('guide.kind')}</p>
          <h1>{words(guide.title)}</h1>
        </div>
        <button type="button" className="button no-print" onClick={() => print()}>
          <Icon name="print" size={18} />
          {t('documents.print')}
        </button>
      </header>
      {guide.bundles.length > 0 && (
        <section className="card">
          <p>{t('guide.bundles')}</p>
          <ul className="row">
            {guide.bundles.map((bundle) => (
              <li key={bundle.id}>{link({ kind: 'bundle', id: bundle.id }, words(bundle.title))}</li>
            ))}
          </ul>
        </section>
      )}
      <section className="card">
        <Facts rows={leadRows(guide)} />
        {guide.note !== undefined && <p className="small muted">{words(guide.note)}</p>}
      </section>
      <Part title={t('guide.conditions')}>
        <ol className="plain-list">
          {guide.conditions.map((condition) => (
            <li key={condition.zh}>{words(condition)}</li>
          ))}
        </ol>
      </Part>
      <Part title={t('guide.materials', { n: guide.materials.length })}>
        <Materials guide={guide} />
      </Part>
      <Part title={t('guide.process')}>
        <Process guide={guide} />
      </Part>
      <Part title={t('guide.basis')}>
        {guide.basis.map((basis) => (
          <blockquote key={`${basis.law}${basis.article}`}>
            <strong>
              {basis.law} {basis.article}
            </strong>
            {basis.words !== undefined && <p>{basis.words}</p>}
          </blockquote>
        ))}
      </Part>
      <Part title={t('guide.fee')}>
        <p>
          {guide.fee.charged
            ? [words(guide.fee.item), words(guide.fee.standard), guide.fee.basis].filter(Boolean).join(' · ')
            : t('guide.free')}
        </p>
      </Part>
      <Part title={t('guide.where')}>
        <Facts wide rows={placeRows(guide)} />
      </Part>
      <Part title={t('guide.rights')}>
        <ul className="plain-list">
          {guide.rights.map((right) => (
            <li key={right.zh}>{words(right)}</li>
          ))}
        </ul>
        <Facts
          wide
          rows={[
            { label: t('guide.review'), value: words(guide.remedies.review) },
            { label: t('guide.litigation'), value: words(guide.remedies.litigation) },
          ]}
        />
      </Part>
      {guide.faq.length > 0 && (
        <Part title={t('guide.faq')}>
          {guide.faq.map((entry) => (
            <Fold key={entry.q.zh} title={words(entry.q)}>
              <p>{words(entry.a)}</p>
            </Fold>
          ))}
        </Part>
      )}
      <Part title={t('guide.codes')}>
        <Facts
          rows={[
            { label: t('guide.code'), value: <span className="mono">{guide.code}</span> },
            { label: t('guide.basicCode'), value: <span className="mono">{guide.basicCode}</span> },
            { label: t('guide.version'), value: guide.version },
          ]}
        />
      </Part>
    </article>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
      </header>
      <div className="stack">{children}</div>
    </section>
  )
}

function leadRows(guide: MatterGuide) {
  return [
    { label: t('guide.dept'), value: words(guide.dept) },
    { label: t('guide.promised'), value: limitWords(guide.promised) },
    { label: t('guide.statutory'), value: limitWords(guide.statutory) },
    { label: t('guide.visits'), value: guide.visits === 0 ? t('guide.noVisit') : t('guide.visitTimes', { n: guide.visits }) },
    { label: t('guide.type'), value: coded('guide.type', guide.type) },
    { label: t('guide.level'), value: coded('guide.level', guide.level) },
    { label: t('guide.handling'), value: guide.kind === 'instant' ? t('guide.instant') : t('guide.promise') },
    { label: t('guide.service'), value: guide.service.map((each) => coded('guide.service', each)).join(' · ') },
    { label: t('guide.scope'), value: coded('guide.scope', guide.scope) },
    { label: t('guide.results'), value: guide.results.map((result) => words(result.title)).join(' · ') || t('guide.noResult') },
    { label: t('guide.intermediary'), value: guide.intermediary === null ? t('guide.noIntermediary') : words(guide.intermediary) },
  ]
}

/** A code of the standard with its word, or the code itself. */
function coded(list: string, code: string): string {
  return messageFor(`${list}.${code}`) ?? code
}

function placeRows(guide: MatterGuide) {
  return [
    { label: t('guide.channels'), value: guide.channels.map((channel) => coded('guide.channel', channel)).join(' · ') },
    { label: t('guide.place'), value: words(guide.place) },
    { label: t('guide.hours'), value: words(guide.hours) },
    { label: t('guide.consult'), value: guide.consult },
    { label: t('guide.complain'), value: guide.complain },
  ]
}

function Materials({ guide }: { guide: MatterGuide }) {
  if (guide.materials.length === 0) return <p className="muted">{t('guide.noMaterials')}</p>
  return (
    <MaterialList
      label={t('guide.materials', { n: guide.materials.length })}
      items={guide.materials.map((material) => ({
        id: material.material,
        title: words(material.title),
        way: wayOf(material.obtain[0]?.way ?? 'upload'),
        meta: [
          ...material.obtain.map((each) => words(each.words)),
          ...(material.tolerance === undefined ? [] : [t('materials.tolerableBy', { limit: limitWords(material.tolerance.limit) })]),
        ],
        side: (
          <>
            {material.obtain.slice(1).map((each) => (
              <SourceBadge key={each.way} way={wayOf(each.way)} />
            ))}
            {material.need !== 'required' && <span className="tag">{t('materials.optional')}</span>}
          </>
        ),
      }))}
    />
  )
}

function Process({ guide }: { guide: MatterGuide }) {
  return (
    <ol className="process">
      {guide.process.map((step, index) => (
        <li key={step.step.zh}>
          <span className="number">{index + 1}</span>
          <div>
            <strong>{words(step.step)}</strong>
            <span className="small muted block">
              {words(step.role)}
              {step.limit !== undefined && ` · ${limitWords(step.limit)}`}
            </span>
            {step.standard !== undefined && <span className="small block">{words(step.standard)}</span>}
          </div>
        </li>
      ))}
    </ol>
  )
}
