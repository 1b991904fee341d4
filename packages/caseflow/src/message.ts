/** What the engine tells the rest of the house, in the transaction in which it happened: one message per case moved. */
import type { CaseFact, Light, Text } from './vocabulary.ts'

export const CASE_MOVED = 'case.moved'

/** `case-opened` comes without its data, which may be large and is on the case. */
type WithoutData<E> = E extends { type: 'case-opened' } ? Omit<E, 'data'> : E
export type MovedEvent = {
  readonly at: string
  readonly actor: string
  readonly org?: string
  readonly seq: number
} & WithoutData<CaseFact>

export type CaseMoved = {
  readonly caseId: string
  readonly rootId: string
  readonly parentId: string | null
  readonly no: string
  readonly kind: string
  readonly matter: string | null
  readonly bundle: string | null
  readonly title: Text
  readonly partyId: string
  readonly partyName: string
  readonly applicant: string
  readonly org: string
  readonly acceptor: string | null
  readonly region: string
  readonly status: string
  readonly outcome: string | null
  readonly light: Light
  readonly isNew: boolean
  readonly events: readonly MovedEvent[]
}
