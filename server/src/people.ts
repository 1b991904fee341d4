/** Who may log in, as sessions and screens see them: put together from the register of people and the pack. */
import type { DemoPerson, Session } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import type { Parties } from './modules/parties/public.ts'
import type { Principal } from './platform/access.ts'
import type { Database } from './platform/pg/database.ts'
import type { People } from './platform/sessions/routes.ts'

export type PeopleParts = {
  readonly db: Database
  readonly pack: CityPack
  readonly parties: Parties
  readonly demo: boolean
  readonly unread: (person: string) => Promise<number>
}

export function makePeople({ db, pack, parties, demo, unread }: PeopleParts): People {
  return {
    find: (person) => db.together((queries) => parties.findPrincipal(queries, person)),
    describe: async (principal) => sessionOf(pack, principal, await unread(principal.person)),
    demonstration: async () => (demo ? pack.demo.people.map(demoPerson) : []),
  }
}

function sessionOf(pack: CityPack, { person, name, posts, parties }: Principal, unread: number): Session {
  return {
    person,
    name,
    desks: ['portal', ...new Set(posts.map((post) => post.desk))],
    posts: posts.map(({ desk, org, roles }) => ({ desk, org, orgName: pack.orgs.get(org)?.name ?? { zh: org }, roles: [...roles] })),
    actsFor: parties.map((party) => ({ party: party.id, name: party.name, kind: party.kind ?? 'enterprise', as: party.as })),
    unread,
  }
}

function demoPerson({ id, name, role, posts }: CityPack['demo']['people'][number]): DemoPerson {
  return { id, name, role, desks: ['portal', ...new Set(posts.map((post) => post.desk))] }
}
