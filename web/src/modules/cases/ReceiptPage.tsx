import { useQuery } from '@tanstack/react-query'
import { type CaseView, qrPath } from '@yichuang/contract'
import type { ReactNode } from 'react'
import { longDay, moment } from '../../platform/dates.ts'
import { t, words } from '../../platform/i18n.ts'
import { usePageTitle } from '../../platform/page.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Reading } from '../../ui/query.tsx'
import { Facts, QrImage } from '../../ui/small.tsx'
import { caseQuery } from './queries.ts'
import './cases.css'

/** 收件凭证: number, QR and date, to keep or to print. */
export function ReceiptPage({ id, toCase }: { id: string; toCase: ReactNode }) {
  const query = useQuery(caseQuery(id))
  usePageTitle(t('receipt.title'))
  return (
    <Reading page query={query}>
      {(view) => <Receipt view={view} toCase={toCase} />}
    </Reading>
  )
}

function Receipt({ view, toCase }: { view: CaseView; toCase: ReactNode }) {
  const clock = view.clocks.find((each) => each.clock === 'promised')
  const due = clock?.dueOn ?? null
  return (
    <div className="card receipt">
      <div className="receipt-mark">
        <Icon name="check" size={30} />
      </div>
      <h1>{t('receipt.title')}</h1>
      <p className="muted">{t('receipt.words', { hall: words(view.acceptor?.name ?? view.handler.name) })}</p>
      <QrImage src={qrPath(`/cases/${view.id}`)} caption={t('receipt.qr')} size={168} />
      <Facts
        wide
        rows={[
          { label: t('case.no'), value: <strong className="mono">{view.no}</strong> },
          { label: t('receipt.matter'), value: words(view.title) },
          { label: t('case.party'), value: view.party.name },
          { label: t('case.submittedAt'), value: moment(view.openedAt) },
          { label: t('receipt.due'), value: due === null ? t('receipt.dueLater') : longDay(due) },
        ]}
      />
      <div className="row no-print" style={{ justifyContent: 'center' }}>
        {toCase}
        <Button icon="print" onClick={() => print()}>
          {t('documents.print')}
        </Button>
      </div>
    </div>
  )
}
