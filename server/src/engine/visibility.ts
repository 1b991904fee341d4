/**
 * Who sees what, decided once: a principal's predicate is compiled to three arrays, and every read path — list, inbox, count, case,
 * document, file — puts the same fragment into its `where`. Two axes: whose case it is (party), and which organisation or region has a part in it.
 */
import type { Principal } from '../platform/access.ts'

export type Sight = {
  /** Parties acted for. */
  readonly parties: readonly string[]
  /** Organisations at which a working post is held. */
  readonly orgs: readonly string[]
  /** Region path prefixes (with a trailing `%`) of supervision posts. */
  readonly regions: readonly string[]
}

export function sightOf(principal: Principal): Sight {
  const working = principal.posts.filter((post) => post.desk === 'counter' || post.desk === 'department')
  const supervising = principal.posts.filter((post) => post.desk === 'supervision')
  return {
    parties: principal.parties.map((party) => party.id),
    orgs: [...new Set([...working, ...supervising].map((post) => post.org))],
    regions: supervising.map((post) => `${post.regionPath}%`),
  }
}

/** Placeholders $1..$3 = parties, orgs, regions of the sight. By office alone: what is kept from the party of the case. */
export const VISIBLE_BY_OFFICE = `(exists (select 1 from case_orgs where case_orgs.case_id = cases.id and case_orgs.org = any($2::text[]))
  or cases.region_path like any($3::text[]))`
export const VISIBLE = `(cases.party_id = any($1::text[]) or ${VISIBLE_BY_OFFICE})`

export function sightParams(sight: Sight): [readonly string[], readonly string[], readonly string[]] {
  return [sight.parties, sight.orgs, sight.regions]
}
