import type { Session } from '@yichuang/contract'

export const DESKS = ['portal', 'counter', 'department', 'supervision', 'admin'] as const
export type Desk = (typeof DESKS)[number]
export const HOMES: { readonly [desk in Desk]: '/' | '/counter' | '/department' | '/supervision' } = {
  portal: '/',
  counter: '/counter',
  department: '/department',
  supervision: '/supervision',
  admin: '/',
}

/** Where somebody begins: the first desk that is not the portal, which everybody may open. */
export function homeOf(session: Pick<Session, 'desks'>): (typeof HOMES)[Desk] {
  return HOMES[DESKS.find((desk) => desk !== 'portal' && session.desks.includes(desk)) ?? 'portal']
}
