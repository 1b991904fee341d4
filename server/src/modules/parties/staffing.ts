/** 人员与岗位: who works here, written by the operator; a person of the demonstration is the pack's, and stays as the pack says. */
import type { Flow, Text } from '@yichuang/caseflow'
import { parseIdCard, parseMobile } from '@yichuang/codes'
import type { CityPack } from '@yichuang/pack'
import { ok, type Result, refuse } from '@yichuang/result'
import type { Queries } from '../../platform/pg/database.ts'
import { type PostRow, putPeople, putPosts } from './store.ts'
import { findPerson, findPosts } from './views.ts'

export type NewPerson = { readonly person: string; readonly name: Text; readonly idCard?: string; readonly mobile?: string }
export type PostWish = { readonly person: string; readonly desk: string; readonly org: string; readonly role: string }

const PERSON_ID = /^[a-z0-9][a-z0-9.-]{1,39}$/
const DESKS = ['counter', 'department', 'supervision', 'admin']
/** What the engine itself asks for, whatever the pack says. */
const ROLES_OF_THE_HOUSE = ['clerk', 'handler', 'head']
const NO_ROLE = ['applicant']

/** A real person: nobody logs in as her without a password. */
export async function addPerson(tx: Queries, pack: CityPack, wish: NewPerson): Promise<Result<null>> {
  const { person, name } = wish
  if (!PERSON_ID.test(person) || person === 'system') {
    return refuse('parties/person-id-invalid', `${person} cannot be an id: 2 to 40 small letters, digits, dots and hyphens, such as li.wei`)
  }
  if (name.zh.trim() === '') return refuse('parties/name-missing', 'The person needs a name.')
  const idCard = wish.idCard === undefined ? ok(null) : parseIdCard(wish.idCard)
  if (!idCard.ok) return idCard
  const mobile = wish.mobile === undefined ? ok(null) : parseMobile(wish.mobile)
  if (!mobile.ok) return mobile
  if (isOfDemonstration(pack, person) || (await findPerson(tx, person)) !== null)
    return refuse('parties/person-already-there', `${person} is somebody already; take another id.`)
  await putPeople(tx, [{ person, name, idCard: idCard.value, mobile: mobile.value, synthetic: false }])
  return ok(null)
}

export async function isRegistered(db: Queries, person: string): Promise<boolean> {
  return (await findPerson(db, person)) !== null
}

/** One more role at a desk of an organisation; what the person holds already stays. */
export async function addPost(tx: Queries, pack: CityPack, wish: PostWish): Promise<Result<null>> {
  const fits = checkPost(pack, wish)
  if (!fits.ok) return fits
  const posts = await postsOf(tx, pack, wish.person)
  if (!posts.ok) return posts
  const held = posts.value.find((post) => isAt(post, wish))
  const roles = [...new Set([...(held?.roles ?? []), wish.role])]
  await putPosts(tx, [wish.person], [...posts.value.filter((post) => post !== held), { ...place(wish), roles }])
  return ok(null)
}

/** The role, and with the last role the post. */
export async function endPost(tx: Queries, pack: CityPack, wish: PostWish): Promise<Result<null>> {
  const posts = await postsOf(tx, pack, wish.person)
  if (!posts.ok) return posts
  const held = posts.value.find((post) => isAt(post, wish) && post.roles.includes(wish.role))
  if (held === undefined)
    return refuse('parties/post-unknown', `${wish.person} is no ${wish.role} at the ${wish.desk} desk of ${wish.org}.`)
  const roles = held.roles.filter((role) => role !== wish.role)
  const others = posts.value.filter((post) => post !== held)
  await putPosts(tx, [wish.person], roles.length === 0 ? others : [...others, { ...place(wish), roles }])
  return ok(null)
}

/** Roles that something in the city asks for: steps, actions, extensions, ladders, and the house itself. */
export function rolesOf(pack: CityPack): ReadonlySet<string> {
  const flows = [...pack.flows.values()]
  const ofSteps = flows.flatMap((flow) => Object.values(flow.steps).flatMap((step) => [step.role, ...rolesIn(step.actions)]))
  const ofClocks = flows.flatMap((flow) => Object.values(flow.clocks).map((clock) => clock.extend?.by))
  const told = flows.flatMap((flow) => flow.ladder.flatMap((level) => level.tells))
  const shown = pack.demo.people.flatMap(({ posts }) => posts.flatMap((post) => post.roles))
  const all = [...ofSteps, ...ofClocks, ...told, ...shown, ...ROLES_OF_THE_HOUSE].filter((role) => role !== undefined)
  return new Set(all.filter((role) => !NO_ROLE.includes(role)).sort())
}

const rolesIn = (actions: Flow['actions']) => Object.values(actions).map(({ role }) => role)

function checkPost(pack: CityPack, { desk, org, role }: PostWish): Result<null> {
  if (!DESKS.includes(desk)) return refuse('parties/desk-unknown', `There is no desk ${desk}: name one of ${DESKS.join(', ')}.`)
  if (!pack.orgs.has(org)) return refuse('parties/org-unknown', `The pack has no organisation ${org}: ${nearest(pack, org)}.`)
  const roles = rolesOf(pack)
  if (!roles.has(role)) return refuse('parties/role-unknown', `Nothing asks for the role ${role}: name one of ${[...roles].join(', ')}.`)
  return ok(null)
}

/** Ids with the same last part, or those of the same region: the rest of a city is too long to read. */
function nearest(pack: CityPack, org: string): string {
  const [region = '', key = ''] = org.split('.')
  const ids = [...pack.orgs.keys()]
  const alike = [...ids.filter((id) => key !== '' && id.endsWith(`.${key}`)), ...ids.filter((id) => id.startsWith(`${region}.`))]
  return `it has ${(alike.length > 0 ? alike : ids).slice(0, 12).join(', ')} …`
}

async function postsOf(tx: Queries, pack: CityPack, person: string): Promise<Result<PostRow[]>> {
  if (isOfDemonstration(pack, person))
    return refuse(
      'parties/person-of-demonstration',
      `${person} belongs to the demonstration: her posts stand in demo/people.yaml of the pack.`,
    )
  if ((await findPerson(tx, person)) === null)
    return refuse('parties/person-unknown', `The register knows nobody called ${person}; add the person first.`)
  return ok((await findPosts(tx, person)).map((post) => ({ person, ...post })))
}

const isOfDemonstration = (pack: CityPack, person: string) => pack.demo.people.some(({ id }) => id === person)
const isAt = (post: PostRow, { desk, org }: PostWish) => post.desk === desk && post.org === org
const place = ({ person, desk, org }: PostWish) => ({ person, desk, org })
