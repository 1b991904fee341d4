import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LateBoardPage } from '../../modules/cases/LateBoardPage.tsx'
import { WorkPage } from '../../modules/cases/WorkPage.tsx'
import { PartyCardById } from '../../modules/parties/PartyPage.tsx'

function caseLink({ id, children, className }: { id: string; children: ReactNode; className?: string }) {
  return (
    <Link to="/supervision/cases/$case" params={{ case: id }} className={className}>
      {children}
    </Link>
  )
}

export function Board() {
  return <LateBoardPage link={caseLink} />
}

export function OneCase() {
  const { case: id } = useParams({ from: '/staff/supervision/cases/$case' })
  return <WorkPage key={id} id={id} desk="supervision" link={caseLink} party={(party) => <PartyCardById id={party.id} />} />
}
