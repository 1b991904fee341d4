/** 通知: who is told what. Decided here from what happened; resolved to persons and written elsewhere. */
import type { CaseMoved, Flow, Gap, Light, MovedEvent, Text } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'

export type Audience =
  | { readonly to: 'applicant' }
  /** A role of a ladder level (handler, head, leader, supervisor, discipline …), seen from this case. */
  | { readonly to: 'role'; readonly role: string }
  /** Those who handle cases at an organisation that was asked or given the work. */
  | { readonly to: 'org'; readonly org: string }
  | { readonly to: 'person'; readonly person: string }

export type Draft = {
  /** Event that it tells of. */
  readonly seq: number
  readonly at: string
  readonly kind: string
  readonly audience: Audience
  readonly title: Text
  readonly body: Text
  readonly light?: Light
  /** Worth a short message to the phone. */
  readonly important: boolean
}

/** What happened, and what its words need beside it. */
export type Telling = {
  readonly pack: Pick<CityPack, 'orgs' | 'bases' | 'bundles' | 'matters' | 'calendar'>
  readonly moved: CaseMoved
  readonly flow: Flow | null
  readonly gaps: { readonly [id: string]: Gap }
}

export type EventOf<T extends MovedEvent['type']> = Extract<MovedEvent, { readonly type: T }>

export function allOf<T extends MovedEvent['type']>(events: readonly MovedEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type)
}

export function firstOf<T extends MovedEvent['type']>(events: readonly MovedEvent[], type: T): EventOf<T> | undefined {
  return events.find((event): event is EventOf<T> => event.type === type)
}
