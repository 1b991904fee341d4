import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CaseListPage } from '../../modules/cases/CaseListPage.tsx'
import { InboxPage } from '../../modules/cases/InboxPage.tsx'
import { WorkPage } from '../../modules/cases/WorkPage.tsx'
import { PartyCardById } from '../../modules/parties/PartyPage.tsx'
import { ReviewsPage } from '../../modules/reviews/ReviewsPage.tsx'
import { t } from '../../platform/i18n.ts'

function caseLink({ id, children, className }: { id: string; children: ReactNode; className?: string }) {
  return (
    <Link to="/department/cases/$case" params={{ case: id }} className={className}>
      {children}
    </Link>
  )
}

export function Inbox() {
  const navigate = useNavigate()
  return (
    <InboxPage
      title={t('nav.inbox')}
      scope={{ desk: 'department' }}
      link={caseLink}
      onOpen={(id) => void navigate({ to: '/department/cases/$case', params: { case: id } })}
      emptyWords={t('inbox.emptyWords')}
    />
  )
}

export function Cases() {
  return <CaseListPage title={t('nav.cases')} link={caseLink} />
}

export function OneCase() {
  const { case: id } = useParams({ from: '/staff/department/cases/$case' })
  return <WorkPage key={id} id={id} desk="department" link={caseLink} party={(party) => <PartyCardById id={party.id} />} />
}

export const Reviews = ReviewsPage
