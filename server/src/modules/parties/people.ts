/** Who logs in, as sessions and screens need it. */
import type { DemoPerson, Session } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import type { Queries } from '../../platform/pg/database.ts'
import type { People } from '../../platform/sessions/routes.ts'
import type { Parties, PartyPrincipal } from './public.ts'

export type PeopleParts = {
  readonly db: Queries
  readonly pack: CityPack
  readonly parties: Parties
  readonly demo: boolean
  /** Unread notices of a person. */
  readonly unread: (person: string) => Promise<number>
}

export function makePeople({ db, pack, parties, demo, unread }: PeopleParts): People {
  return {
    find: (person) => parties.findPrincipal(db, person),
    describe: async (principal) => {
      const [known, count] = await Promise.all([parties.findPrincipal(db, principal.person), unread(principal.person)])
      return describe(pack, known ?? { ...principal, parties: [] }, count)
    },
    demonstration: async () => (demo ? pack.demo.people.map(cardOf) : []),
  }
}

function describe(pack: CityPack, principal: PartyPrincipal, unread: number): Session {
  return {
    person: principal.person,
    name: principal.name,
    desks: ['portal', ...new Set(principal.posts.map((post) => post.desk))],
    posts: principal.posts.map(({ desk, org, roles }) => ({
      desk,
      org,
      orgName: pack.orgs.get(org)?.name ?? { zh: org },
      roles: [...roles],
    })),
    actsFor: principal.parties.map(({ id, name, kind, as }) => ({ party: id, name, kind, as })),
    unread,
  }
}

function cardOf({ id, name, role, posts }: CityPack['demo']['people'][number]): DemoPerson {
  return { id, name, role, desks: ['portal', ...new Set(posts.map((post) => post.desk))] }
}
