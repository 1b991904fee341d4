/** 主体: what a party is, what is known of it, and what the register can do to it. */
import type { Text } from '@yichuang/caseflow'
import type { Instant, PlainDate } from '@yichuang/workday'

export const PARTY_KINDS = ['enterprise', 'sole-trader', 'person'] as const
export type PartyKind = (typeof PARTY_KINDS)[number]

/** converted: closed because another party, founded in the same case, goes on in its place. */
export const PARTY_STATUSES = ['active', 'converted', 'cancelled'] as const
export type PartyStatus = (typeof PARTY_STATUSES)[number]

export const CHANGES = ['convert', 'close', 'found'] as const
export type RegisterChange = (typeof CHANGES)[number]

export const CAPACITIES = ['owner', 'legal-representative', 'agent'] as const
/** In what capacity somebody acts for a party. */
export type Capacity = (typeof CAPACITIES)[number]

export type PartyRecord = {
  readonly id: string
  readonly kind: PartyKind
  readonly name: string
  readonly creditCode: string | null
  readonly region: string
  readonly regionPath: string
  readonly status: PartyStatus
  readonly foundedOn: PlainDate | null
  readonly synthetic: boolean
  readonly recordedAt: Instant
}

/** One thing that a register says of a party; `fact` is a snake_case name or dotted path, without `party.`. */
export type FactRecord = { readonly fact: string; readonly value: unknown; readonly source: Text; readonly asOf: PlainDate }

export type Officer = { readonly person: string; readonly as: Capacity; readonly since: PlainDate; readonly until: PlainDate | null }
