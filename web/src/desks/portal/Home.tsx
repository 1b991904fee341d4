import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Drafts } from '../../modules/applications/Drafts.tsx'
import { CaseCards } from '../../modules/cases/MyCasesPage.tsx'
import { walletQuery } from '../../modules/certificates/queries.ts'
import { CardGrid } from '../../modules/certificates/WalletPage.tsx'
import { bundlesQuery } from '../../modules/matters/queries.ts'
import { SearchBox } from '../../modules/matters/SearchBox.tsx'
import { BundleGrid, STAGE_ICONS, STAGES } from '../../modules/matters/ThingsPage.tsx'
import { language, type MessageKey, t, words } from '../../platform/i18n.ts'
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
    <svg className="lattice" viewBox="0 0 240 240" aria-hidden="true" lang={language()}>
      <g fill="none" stroke="currentColor" strokeWidth="2">
        <rect x="1" y="1" width="238" height="238" />
        <path d="M1 60h60V1M119 1v59h61V1M239 60h-59M1 120h60V60h58v60h61V60h59v60h-59M1 180h60v-60M119 120v60h61v-60M239 180h-59M61 239v-59h58M180 239v-59" />
        <rect x="61" y="60" width="58" height="60" />
        <rect x="119" y="120" width="61" height="60" />
      </g>
      <rect x="122" y="63" width="55" height="54" fill="#f2c14e" opacity="0.9" />
    </svg>
  )
}
