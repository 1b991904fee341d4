import { useQuery } from '@tanstack/react-query'
import type { CertificateCard } from '@yichuang/contract'
import type { ReactNode } from 'react'
import { longDay } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Reading } from '../../ui/query.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { walletQuery } from './queries.ts'
import { CertificateStatusTag } from './status.tsx'
import './certificates.css'

export type CertificateLink = (id: string, children: ReactNode) => ReactNode

/** 我的证照: valid ones first; a press shows one with its QR code. */
export function WalletPage({ link, start }: { link: CertificateLink; start: ReactNode }) {
  usePageTitle(t('wallet.title'))
  const query = useQuery(walletQuery)
  return (
    <div className="stack">
      <h1>{t('wallet.title')}</h1>
      <Reading query={query} lines={6}>
        {({ certificates }) =>
          certificates.length === 0 ? (
            <div className="card">
              <EmptyState icon="card" title={t('wallet.none')} action={start}>
                {t('wallet.noneWords')}
              </EmptyState>
            </div>
          ) : (
            <>
              <CardGrid certificates={certificates.filter((each) => each.status === 'valid')} link={link} />
              <Past certificates={certificates.filter((each) => each.status !== 'valid')} link={link} />
            </>
          )
        }
      </Reading>
    </div>
  )
}

function Past({ certificates, link }: { certificates: readonly CertificateCard[]; link: CertificateLink }) {
  if (certificates.length === 0) return null
  return (
    <section>
      <h2>{t('wallet.past')}</h2>
      <CardGrid certificates={certificates} link={link} />
    </section>
  )
}

export function CardGrid({ certificates, link }: { certificates: readonly CertificateCard[]; link: CertificateLink }) {
  return (
    <ul className="certificate-grid">
      {certificates.map((certificate) => (
        <li key={certificate.id} className={certificate.status}>
          {link(
            certificate.id,
            <>
              <span className="spread">
                <strong>{words(certificate.title)}</strong>
                <CertificateStatusTag status={certificate.status} />
              </span>
              <span className="holder">{certificate.holder}</span>
              <span className="mono small">{certificate.number}</span>
              <span className="small foot">
                {words(certificate.issuer)}
                <span>{validWords(certificate)}</span>
              </span>
            </>,
          )}
        </li>
      ))}
    </ul>
  )
}

export function validWords({ validUntil }: Pick<CertificateCard, 'validUntil'>): string {
  return validUntil === null ? t('certificate.noEnd') : t('certificate.until', { date: longDay(validUntil) })
}
