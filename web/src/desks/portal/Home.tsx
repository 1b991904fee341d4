import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Drafts } from '../../modules/applications/Drafts.tsx'
import { CaseCards } from '../../modules/cases/MyCasesPage.tsx'
import { walletQuery } from '../../modules/certificates/queries.ts'
import { CardGrid } from '../../modules/certificates/WalletPage.tsx'
import { bundlesQuery } from '../../modules/matters/queries.ts'
import { SearchBox } from '../../modules/matters/SearchBox.tsx'
import { BundleGrid, STAGE_ICONS, STAGES } from '../../modules/matters/ThingsPage.tsx'
import { type MessageKey, t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { useCity, useSession } from '../../platform/session.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Reading } from '../../ui/query.tsx'
import { caseLink, certificateLink, thingLink } from './links.tsx'

export function Home() {
  const city = useCity()
  const session = useSession()
  const navigate = useNavigate()
  usePageTitle(`${t('brand.name')} · ${words(city?.title)}`)
  return (
    <div className="stack home" style={{ '--gap': '32px' } as React.CSSProperties}>
      <section className="hero on-accent">
        <Lattice />
        <h1>{t('home.title')}</h1>
        <p>{t('home.words')}</p>
        <SearchBox link={thingLink} onSearch={(q) => void navigate({ to: '/things', search: { q } })} />
      </section>
      {session != null && <Mine />}
      <section aria-labelledby="life">
        <div className="spread">
          <h2 id="life">{t('home.life')}</h2>
          <Link to="/things">{t('home.all')}</Link>
        </div>
        <ul className="stages">
          {STAGES.map((stage) => (
            <li key={stage}>
              <Link to="/things" hash={`stage-${stage}`}>
                <Icon name={STAGE_ICONS[stage]} size={26} />
                {t(`stage.${stage}`)}
              </Link>
            </li>
          ))}
        </ul>
        <Ready />
      </section>
      <section aria-labelledby="tools">
        <h2 id="tools">{t('home.tools')}</h2>
        <ul className="tools">
          <Tool to="/wallet" icon="card" title="wallet.title" note="home.walletNote" />
          <Tool to="/verify" icon="qr" title="verify.title" note="home.verifyNote" />
          <Tool to="/limits" icon="calendar" title="limits.title" note="home.limitsNote" />
          <Tool to="/notices" icon="bell" title="notices.title" note="home.noticesNote" />
        </ul>
      </section>
    </div>
  )
}

function Tool({
  to,
  icon,
  title,
  note,
}: {
  to: '/wallet' | '/verify' | '/limits' | '/notices'
  icon: IconName
  title: MessageKey
  note: MessageKey
}) {
  return (
    <li>
      <Link to={to}>
        <Icon name={icon} size={24} />
        <span>
          <strong>{t(title)}</strong>
          <span className="small muted">{t(note)}</span>
        </span>
      </Link>
    </li>
  )
}

/** My running cases, what I began, and my certificates: only where there is something. */
function Mine() {
  const wallet = useQuery(walletQuery)
  const valid = (wallet.data?.certificates ?? []).filter((certificate) => certificate.status === 'valid').slice(0, 3)
  return (
    <>
      <section aria-labelledby="mine" className="stack">
        <div className="spread">
          <h2 id="mine">{t('cases.mine')}</h2>
          <Link to="/cases">{t('home.allCases')}</Link>
        </div>
        <Drafts
          link={(id, children) => (
            <Link to="/apply/$draft" params={{ draft: id }}>
              {children}
            </Link>
          )}
        />
        <CaseCards
          filter={{ mine: true, status: 'open' }}
          link={caseLink}
          most={3}
          empty={
            <Link to="/things" className="button primary">
              {t('home.start')}
            </Link>
          }
        />
      </section>
      {valid.length > 0 && (
        <section aria-labelledby="cards">
          <div className="spread">
            <h2 id="cards">{t('home.cards')}</h2>
            <Link to="/wallet">{t('home.allCards')}</Link>
          </div>
          <CardGrid certificates={valid} link={certificateLink} />
        </section>
      )}
    </>
  )
}

function Ready() {
  const query = useQuery(bundlesQuery(''))
  return (
    <Reading query={query} lines={3}>
      {({ bundles }) => <BundleGrid bundles={bundles.filter((bundle) => bundle.status === 'in-use')} link={thingLink} />}
    </Reading>
  )
}

/** Window lattice, the motif of the house. */
function Lattice() {
  return (
    <svg className="lattice" viewBox="0 0 240 240" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="2">
        <path d="M1 1h238v238H1zM40 40h160v160H40zM80 80h80v80H80z" />
        <path d="M40 1v39M200 1v39M40 200v39M200 200v39M1 40h39M1 200h39M200 40h39M200 200h39" />
        <path d="M120 1v39M120 200v39M1 120h39M200 120h39M80 40v40M160 40v40M80 160v40M160 160v40M40 80h40M40 160h40M160 80h40M160 160h40" />
        <path d="M80 1v20h80V1M80 239v-20h80v20M1 80h20v80H1M239 80h-20v80h20" />
      </g>
      <path d="M81 81h78v78H81z" fill="#f2c14e" opacity="0.92" />
      <path d="M120 80v80M80 120h80" stroke="#1d4e89" strokeWidth="2" opacity="0.55" />
    </svg>
  )
}
