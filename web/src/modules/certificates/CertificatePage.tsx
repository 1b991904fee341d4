import { useQuery } from '@tanstack/react-query'
import { type Certificate, qrPath } from '@yichuang/contract'
import type { ReactNode } from 'react'
import { longDay, moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Icon, Mark } from '../../ui/Icon.tsx'
import { Reading } from '../../ui/query.tsx'
import { Facts, QrImage } from '../../ui/small.tsx'
import { certificateQuery } from './queries.ts'
import { CertificateStatusTag } from './status.tsx'
import { validWords } from './WalletPage.tsx'
import './certificates.css'

/** 亮证: the face of one certificate with the QR code by which anybody can check it. */
export function CertificatePage({ id, caseLink }: { id: string; caseLink: (caseId: string, children: ReactNode) => ReactNode }) {
  const query = useQuery(certificateQuery(id))
  usePageTitle(words(query.data?.title) || t('wallet.title'))
  return (
    <Reading page query={query} lines={8}>
      {(certificate) => <Face certificate={certificate} caseLink={caseLink} />}
    </Reading>
  )
}

function Face({ certificate, caseLink }: { certificate: Certificate; caseLink: (caseId: string, children: ReactNode) => ReactNode }) {
  return (
    <div className="stack" style={{ maxWidth: 720, margin: '0 auto' }}>
      <article className="certificate-face">
        <header>
          <Mark size={30} />
          <h1>{words(certificate.title)}</h1>
          <CertificateStatusTag status={certificate.status} />
        </header>
        <div className="certificate-body">
          <Facts
            wide
            rows={[
              { label: t('certificate.holder'), value: certificate.holder },
              { label: t('certificate.number'), value: <span className="mono">{certificate.number}</span> },
              ...certificate.face.map((field) => ({ label: words(field.title), value: faceWords(field.value) })),
              { label: t('certificate.issuer'), value: words(certificate.issuer) },
              { label: t('certificate.issuedOn'), value: longDay(certificate.issuedOn) },
              { label: t('certificate.validity'), value: validWords(certificate) },
            ]}
          />
          <div className="certificate-qr">
            <QrImage src={qrPath(certificate.verify)} caption={t('certificate.scan')} size={148} />
          </div>
        </div>
        <footer className="small">
          <span className="mono">{certificate.identifier}</span>
          {certificate.synthetic && <span>{t('certificate.synthetic')}</span>}
        </footer>
      </article>
      <div className="row no-print">
        <button type="button" className="button" onClick={() => print()}>
          <Icon name="print" size={18} />
          {t('documents.print')}
        </button>
        {certificate.case !== undefined && caseLink(certificate.case, t('certificate.fromCase'))}
      </div>
      <section className="card">
        <header>
          <h2>{t('certificate.history')}</h2>
        </header>
        <ol className="timeline">
          {certificate.history.map((entry) => (
            <li key={entry.at} className={entry.status === 'valid' ? 'good' : 'plain'}>
              <div className="what">{words(entry.words)}</div>
              <div className="who">{moment(entry.at)}</div>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

function faceWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? t('field.yes') : t('field.no')
  if (Array.isArray(value)) return value.map(faceWords).join('、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
