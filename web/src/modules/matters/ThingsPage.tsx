import { useQuery } from '@tanstack/react-query'
import type { BundleCard } from '@yichuang/contract'
import type { ReactNode } from 'react'
import { limitWords } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Reading } from '../../ui/query.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { bundlesQuery, mattersQuery } from './queries.ts'
import { SearchBox, type Target } from './SearchBox.tsx'
import './matters.css'

export const STAGES = ['start', 'run', 'hire', 'build', 'change', 'close', 'life'] as const
type Stage = (typeof STAGES)[number]
export const STAGE_ICONS: { readonly [stage in Stage]: IconName } = {
  start: 'flag',
  run: 'refresh',
  hire: 'person',
  build: 'building',
  change: 'return',
  close: 'box',
  life: 'home',
}

type Props = {
  readonly q: string
  readonly link: (target: Target, children: ReactNode) => ReactNode
  readonly onSearch: (q: string) => void
}

/** 办事: every bundle by life cycle, and every single matter with its guide; or what fits a search. */
export function ThingsPage({ q, link, onSearch }: Props) {
  usePageTitle(t('things.title'))
  const bundles = useQuery(bundlesQuery(q))
  const matters = useQuery(mattersQuery(q))
  return (
    <div className="stack" style={{ '--gap': '24px' } as React.CSSProperties}>
      <h1>{q === '' ? t('things.title') : t('things.found', { q })}</h1>
      <SearchBox key={q} start={q} link={link} onSearch={onSearch} />
      <Reading query={bundles} lines={8}>
        {(answer) => (q === '' ? <ByStage bundles={answer.bundles} link={link} /> : <Found bundles={answer.bundles} link={link} />)}
      </Reading>
      <section aria-labelledby="matters">
        <h2 id="matters">{t('things.matters')}</h2>
        <Reading query={matters}>
          {(answer) =>
            answer.matters.length === 0 ? (
              <p className="muted">{t('things.noMatter')}</p>
            ) : (
              <ul className="matter-list">
                {answer.matters.map((matter) => (
                  <li key={matter.id}>
                    {link({ kind: 'matter', id: matter.id }, words(matter.title))}
                    <span className="small muted">{words(matter.dept)}</span>
                    <span className="small nowrap">{t('things.promised', { limit: limitWords(matter.promised) })}</span>
                  </li>
                ))}
              </ul>
            )
          }
        </Reading>
      </section>
    </div>
  )
}

function Found({ bundles, link }: { bundles: readonly BundleCard[]; link: Props['link'] }) {
  if (bundles.length === 0) {
    return (
      <div className="card">
        <EmptyState icon="search" title={t('things.noBundle')}>
          {t('things.noBundleWords')}
        </EmptyState>
      </div>
    )
  }
  return <BundleGrid bundles={bundles} link={link} />
}

function ByStage({ bundles, link }: { bundles: readonly BundleCard[]; link: Props['link'] }) {
  return (
    <>
      <nav className="stage-jump" aria-label={t('things.stages')}>
        {STAGES.filter((stage) => bundles.some((bundle) => bundle.stage === stage)).map((stage) => (
          <a key={stage} href={`#stage-${stage}`}>
            <Icon name={STAGE_ICONS[stage]} size={18} />
            {t(`stage.${stage}`)}
          </a>
        ))}
      </nav>
      {STAGES.map((stage) => {
        const own = bundles.filter((bundle) => bundle.stage === stage)
        if (own.length === 0) return null
        return (
          <section key={stage} aria-labelledby={`stage-${stage}`}>
            <h2 id={`stage-${stage}`} className="row">
              <Icon name={STAGE_ICONS[stage]} />
              {t(`stage.${stage}`)}
            </h2>
            <BundleGrid bundles={own} link={link} />
          </section>
        )
      })}
    </>
  )
}

/** Those that can be done here first. */
export function BundleGrid({ bundles, link }: { bundles: readonly BundleCard[]; link: Props['link'] }) {
  const sorted = bundles.toSorted((a, b) => Number(b.status === 'in-use') - Number(a.status === 'in-use'))
  return (
    <ul className="bundle-grid">
      {sorted.map((bundle) => (
        <li key={bundle.id} className={bundle.status}>
          {link(
            { kind: 'bundle', id: bundle.id },
            <>
              <strong>{words(bundle.title)}</strong>
              {bundle.status === 'in-use' ? (
                <>
                  <span className="small">{words(bundle.summary)}</span>
                  <span className="small muted">{t('bundle.count', { n: bundle.matters, lead: words(bundle.lead) })}</span>
                </>
              ) : (
                <span className="small muted">{t('bundle.soon')}</span>
              )}
            </>,
          )}
        </li>
      ))}
    </ul>
  )
}
