import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { ApplyPage } from '../../modules/applications/ApplyPage.tsx'
import { BundlePage } from '../../modules/applications/BundlePage.tsx'
import { Drafts } from '../../modules/applications/Drafts.tsx'
import { MyCasePage } from '../../modules/cases/MyCasePage.tsx'
import { MyCasesPage } from '../../modules/cases/MyCasesPage.tsx'
import { ReceiptPage } from '../../modules/cases/ReceiptPage.tsx'
import { CertificatePage } from '../../modules/certificates/CertificatePage.tsx'
import { VerifyForm as VerifyFormPart, VerifyPage } from '../../modules/certificates/VerifyPage.tsx'
import { WalletPage } from '../../modules/certificates/WalletPage.tsx'
import { MatterPage } from '../../modules/matters/MatterPage.tsx'
import { ThingsPage } from '../../modules/matters/ThingsPage.tsx'
import { NoticesPage } from '../../modules/notices/NoticesPage.tsx'
import { MyParties } from '../../modules/parties/MyParties.tsx'
import { PartyChoice } from '../../modules/parties/PartyChoice.tsx'
import { PartyPage } from '../../modules/parties/PartyPage.tsx'
import { RateCase } from '../../modules/reviews/RateCase.tsx'
import { LimitsPage } from '../../modules/workdays/LimitsPage.tsx'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { useSession } from '../../platform/session.ts'
import { Icon } from '../../ui/Icon.tsx'
import { caseLink, certificateLink, thingLink } from './links.tsx'

export const Limits = LimitsPage

const startLink = () => (
  <Link to="/things" className="button primary">
    {t('home.start')}
  </Link>
)
const draftLink = (id: string, children: React.ReactNode) => (
  <Link to="/apply/$draft" params={{ draft: id }}>
    {children}
  </Link>
)

export function Things() {
  const { q = '' } = useSearch({ from: '/portal/things' })
  const navigate = useNavigate()
  return <ThingsPage q={q} link={thingLink} onSearch={(next) => void navigate({ to: '/things', search: next === '' ? {} : { q: next } })} />
}

export function Bundle() {
  const { bundle } = useParams({ from: '/portal/things/$bundle' })
  const session = useSession()
  const navigate = useNavigate()
  const [party, setParty] = useState<string | undefined>()
  const choose = useCallback((next: string) => setParty(next), [])
  return (
    <BundlePage
      id={bundle}
      start={{ party, region: undefined }}
      chooser={(view) =>
        session == null ? <p>{t('apply.anonymous')}</p> : <PartyChoice kinds={view.parties} value={party} onChange={choose} />
      }
      onDraft={(draft) => void navigate({ to: '/apply/$draft', params: { draft }, search: { step: 'form' } })}
      login={
        session == null ? (
          <Link to="/login" search={{ back: `/things/${bundle}` }} className="button primary">
            {t('apply.logIn')}
          </Link>
        ) : undefined
      }
    />
  )
}

export function Apply() {
  const { draft } = useParams({ from: '/portal/own/apply/$draft' })
  const { step } = useSearch({ from: '/portal/own/apply/$draft' })
  const navigate = useNavigate()
  return (
    <ApplyPage
      id={draft}
      step={step}
      onStep={(next) => void navigate({ to: '/apply/$draft', params: { draft }, search: { step: next } })}
      onCase={(id) => void navigate({ to: '/cases/$case', params: { case: id }, replace: true })}
      onSubmitted={(id) => void navigate({ to: '/cases/$case/receipt', params: { case: id }, replace: true })}
    />
  )
}

export function Matter() {
  const { matter } = useParams({ from: '/portal/matters/$matter' })
  return <MatterPage id={matter} link={thingLink} />
}

export function VerifyForm() {
  const navigate = useNavigate()
  return <VerifyFormPart onVerify={(identifier) => void navigate({ to: '/verify/$identifier', params: { identifier } })} />
}

export function Verify() {
  const { identifier } = useParams({ from: '/portal/verify/$identifier' })
  return <VerifyPage identifier={identifier} />
}

export function MyCases() {
  return <MyCasesPage link={caseLink} start={startLink()} above={<Drafts link={draftLink} />} />
}

export function MyCase() {
  const { case: id } = useParams({ from: '/portal/own/cases/$case' })
  return (
    <MyCasePage
      key={id}
      id={id}
      link={caseLink}
      rating={(view) => <RateCase caseId={view.id} given={view.rating} />}
      certificates={(certificates) => (
        <ul className="row">
          {certificates.map((certificate) => (
            <li key={certificate.id} className="button">
              <Icon name="card" size={18} />
              {certificateLink(certificate.id, `${words(certificate.title)} ${certificate.number}`)}
            </li>
          ))}
        </ul>
      )}
    />
  )
}

export function CaseReceipt() {
  const { case: id } = useParams({ from: '/portal/own/cases/$case/receipt' })
  return <ReceiptPage id={id} toCase={caseLink({ id, className: 'button primary', children: t('receipt.toCase') })} />
}

export function Wallet() {
  return <WalletPage link={certificateLink} start={startLink()} />
}

export function OneCertificate() {
  const { certificate } = useParams({ from: '/portal/own/wallet/$certificate' })
  return <CertificatePage id={certificate} caseLink={(id, children) => caseLink({ id, children, className: 'button' })} />
}

export function Notices() {
  return <NoticesPage caseLink={(id, children) => caseLink({ id, children })} />
}

export function Me() {
  const session = useSession()
  const client = useQueryClient()
  usePageTitle(t('tab.me'))
  return (
    <div className="stack">
      <h1>{words(session?.name)}</h1>
      <section className="card">
        <header>
          <h2>{t('me.parties')}</h2>
          <span className="small muted">{t('me.partiesHint')}</span>
        </header>
        <MyParties
          link={(id, children) => (
            <Link to="/parties/$party" params={{ party: id }} onClick={() => void client.invalidateQueries({ queryKey: ['party', id] })}>
              {children}
            </Link>
          )}
        />
      </section>
      <ul className="tools">
        <li>
          <Link to="/wallet">
            <Icon name="card" size={24} />
            <strong>{t('wallet.title')}</strong>
          </Link>
        </li>
        <li>
          <Link to="/notices">
            <Icon name="bell" size={24} />
            <strong>{t('notices.title')}</strong>
          </Link>
        </li>
        <li>
          <Link to="/cases">
            <Icon name="tasks" size={24} />
            <strong>{t('cases.mine')}</strong>
          </Link>
        </li>
      </ul>
    </div>
  )
}

export function OneParty() {
  const { party } = useParams({ from: '/portal/own/parties/$party' })
  return <PartyPage id={party} />
}
