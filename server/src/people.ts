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
    describe: async (principal) =>
      sessionOf(pack, principal, { kinds: await kindsOf(db, parties, principal), unread: await unread(principal.person) }),
    demonstration: async () => (demo ? pack.demo.people.map(demoPerson) : []),
  }
}

async function kindsOf(db: Database, parties: Parties, principal: Principal): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(principal.parties.map((party) => parties.findParty(db, party.id)))
  return new Map(found.flatMap((party) => (party === null ? [] : [[party.id, party.kind] as const])))
}

type Told = { readonly kinds: ReadonlyMap<string, string>; readonly unread: number }

function sessionOf(pack: CityPack, { person, name, posts, parties }: Principal, { kinds, unread }: Told): Session {
  return {
    person,
    name,
    desks: ['portal', ...new Set(posts.map((post) => post.desk))],
    posts: posts.map(({ desk, org, roles }) => ({ desk, org, orgName: pack.orgs.get(org)?.name ?? { zh: org }, roles: [...roles] })),
    actsFor: parties.map((party) => ({ party: party.id, name: party.name, kind: kinds.get(party.id) ?? 'enterprise', as: party.as })),
    unread,
  }
}

function demoPerson({ id, name, role, posts }: CityPack['demo']['people'][number]): DemoPerson {
  return { id, name, role, desks: ['portal', ...new Set(posts.map((post) => post.desk))] }
}
