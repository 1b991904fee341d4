import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { PartyCard } from '@yichuang/contract'
import { type ReactNode, useState } from 'react'
import { ApplyPage } from '../../modules/applications/ApplyPage.tsx'
import { BundlePage } from '../../modules/applications/BundlePage.tsx'
import { InboxPage } from '../../modules/cases/InboxPage.tsx'
import { WorkPage } from '../../modules/cases/WorkPage.tsx'
import { bundlesQuery } from '../../modules/matters/queries.ts'
import { RegionSelect } from '../../modules/matters/RegionSelect.tsx'
import { FindParty } from '../../modules/parties/FindParty.tsx'
import { PartyCardById } from '../../modules/parties/PartyPage.tsx'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { useCity } from '../../platform/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Reading } from '../../ui/query.tsx'

function caseLink({ id, children, className }: { id: string; children: ReactNode; className?: string }) {
  return (
    <Link to="/counter/cases/$case" params={{ case: id }} className={className}>
      {children}
    </Link>
  )
}

/** What waits at my hall: submitted, waiting for corrections, to be handed over. */
export function Queue() {
  const navigate = useNavigate()
  return (
    <InboxPage
      title={t('nav.queue')}
      scope={{ desk: 'counter' }}
      link={caseLink}
      onOpen={(id) => void navigate({ to: '/counter/cases/$case', params: { case: id } })}
      emptyWords={t('queue.empty')}
      aside={
        <Link to="/counter/new" className="button primary">
          <Icon name="plus" size={18} />
          {t('nav.start')}
        </Link>
      }
    />
  )
}

/** 出件: results that are ready to be handed over together. */
export function Shelf() {
  const navigate = useNavigate()
  return (
    <InboxPage
      title={t('nav.shelf')}
      scope={{ desk: 'counter', step: 'deliver' }}
      link={caseLink}
      onOpen={(id) => void navigate({ to: '/counter/cases/$case', params: { case: id } })}
      emptyWords={t('shelf.empty')}
    />
  )
}

export function Intake() {
  const { case: id } = useParams({ from: '/staff/counter/cases/$case' })
  return <WorkPage key={id} id={id} desk="counter" link={caseLink} party={(party) => <PartyCardById id={party.id} />} />
}

/** Find the applicant, choose what she came for, and go the same way as the portal in a clerk's density. */
export function Start() {
  usePageTitle(t('nav.start'))
  const city = useCity()
  const navigate = useNavigate()
  const [party, setParty] = useState<PartyCard | null>(null)
  const [bundle, setBundle] = useState<string | null>(null)
  const region = (value: string, onChange: (code: string) => void) => (
    <RegionSelect root={city?.root} value={value} onChange={onChange} label={t('party.region')} />
  )
  return (
    <>
      <div className="page-head">
        <h1>{t('nav.start')}</h1>
      </div>
      <section className="card">
        <header>
          <h2>{t('start.who')}</h2>
          {party !== null && (
            <Button
              size="small"
              onClick={() => {
                setParty(null)
                setBundle(null)
              }}
            >
              {t('start.other')}
            </Button>
          )}
        </header>
        {party === null ? (
          <FindParty region={region} onChosen={setParty} />
        ) : (
          <p>
            <strong>{party.name}</strong> <span className="mono muted">{party.creditCode}</span>{' '}
            <span className="muted">{words(party.region)}</span>
          </p>
        )}
      </section>
      {party !== null && bundle === null && (
        <section className="card">
          <header>
            <h2>{t('start.what')}</h2>
          </header>
          <BundleChoice kind={party.kind} onChosen={setBundle} />
        </section>
      )}
      {party !== null && bundle !== null && (
        <BundlePage
          id={bundle}
          start={{ party: party.id, region: undefined }}
          onDraft={(draft) => void navigate({ to: '/counter/apply/$draft', params: { draft }, search: { step: 'form' } })}
        />
      )}
    </>
  )
}

function BundleChoice({ kind, onChosen }: { kind: string; onChosen: (bundle: string) => void }) {
  const query = useQuery(bundlesQuery(''))
  return (
    <Reading query={query}>
      {({ bundles }) => {
        const offered = bundles.filter((bundle) => bundle.status === 'in-use' && bundle.parties.includes(kind))
        if (offered.length === 0) return <p className="muted">{t('start.nothing')}</p>
        return (
          <ul className="choices">
            {offered.map((bundle) => (
              <li key={bundle.id}>
                <button type="button" className="choice" style={{ width: '100%' }} onClick={() => onChosen(bundle.id)}>
                  <span>
                    <strong>{words(bundle.title)}</strong>
                    <span className="small muted" style={{ display: 'block' }}>
                      {t('bundle.count', { n: bundle.matters, lead: words(bundle.lead) })}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )
      }}
    </Reading>
  )
}

export function Apply() {
  const { draft } = useParams({ from: '/staff/counter/apply/$draft' })
  const { step } = useSearch({ from: '/staff/counter/apply/$draft' })
  const navigate = useNavigate()
  return (
    <ApplyPage
      id={draft}
      step={step}
      onStep={(next) => void navigate({ to: '/counter/apply/$draft', params: { draft }, search: { step: next } })}
      onCase={(id) => void navigate({ to: '/counter/cases/$case', params: { case: id }, replace: true })}
      onSubmitted={(id) => void navigate({ to: '/counter/cases/$case', params: { case: id }, replace: true })}
    />
  )
}
