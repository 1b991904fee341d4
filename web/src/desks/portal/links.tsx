import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** Where the portal keeps things; modules ask for a link and do not know addresses. */
export function caseLink({ id, children, className }: { id: string; children: ReactNode; className?: string }) {
  return (
    <Link to="/cases/$case" params={{ case: id }} className={className}>
      {children}
    </Link>
  )
}

export function thingLink({ kind, id }: { kind: 'bundle' | 'matter'; id: string }, children: ReactNode) {
  if (kind === 'bundle') {
    return (
      <Link to="/things/$bundle" params={{ bundle: id }}>
        {children}
      </Link>
    )
  }
  return (
    <Link to="/matters/$matter" params={{ matter: id }}>
      {children}
    </Link>
  )
}

export function certificateLink(id: string, children: ReactNode) {
  return (
    <Link to="/wallet/$certificate" params={{ certificate: id }}>
      {children}
    </Link>
  )
}
