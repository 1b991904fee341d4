/** From drafts to persons: who is the applicant, who handles this case, who leads, who supervises. */
import type { CaseMoved, Text } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import { findCase } from '../../engine/store.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Outbox } from '../../platform/outbox.ts'
import type { Queries, Tx } from '../../platform/pg/database.ts'
import type { CertificateIssued } from '../certificates/public.ts'
import type { Parties, Staff } from '../parties/public.ts'
import { forApplicants } from './core/for-applicants.ts'
import { forStaff } from './core/for-staff.ts'
import type { Draft } from './core/vocabulary.ts'
import { both, say } from './core/words.ts'
import { SMS_WANTED, type SmsWanted } from './messages.ts'
import { addNotices, type NewNotice } from './store.ts'
import { findDesks } from './views.ts'

export type DeliverParts = { readonly pack: CityPack; readonly parties: Parties; readonly outbox: Pick<Outbox, 'publish'> }

/** Whether anybody is told of it: the case's flow and gaps, which are not at hand here, change words only. */
export function isTold(pack: CityPack, moved: CaseMoved): boolean {
  const telling = { pack, moved, flow: null, gaps: {} }
  return forApplicants(telling).length > 0 || forStaff(telling).length > 0
}

export async function tellOfMove(tx: Tx, parts: DeliverParts, moved: CaseMoved): Promise<void> {
  const state = (await findCase(tx, moved.caseId))?.state
  const flow = parts.pack.flows.get(state?.flow ?? '') ?? null
  const telling = { pack: parts.pack, moved, flow, gaps: state?.gaps ?? {} }
  const drafts = [...forApplicants(telling), ...forStaff(telling)]
  if (drafts.length === 0) return
  const find = makeFinder(tx, parts, moved)
  const notices: Addressed[] = []
  for (const draft of drafts) {
    for (const person of await find(draft)) notices.push({ ...noticeFor(draft, moved, person), important: draft.important })
  }
  await write(tx, parts, notices)
}

export async function tellOfCertificate(tx: Tx, parts: DeliverParts, issued: CertificateIssued): Promise<void> {
  const people = await parts.parties.peopleOfParty(tx, issued.partyId)
  const [title, issuer] = [both(issued.title), both(issued.issuer)]
  const notices = unique(people.map(({ person }) => person)).map((person) => ({
    person,
    id: uuidv7(issued.at),
    event: `certificate:${issued.certificateId}`,
    at: issued.at,
    kind: 'certificate-issued',
    title: say(`证照已发：${title.zh}`, `Certificate issued: ${title.en}`),
    body: say(
      `${issuer.zh}向“${issued.holder}”${issued.replaces ? '换发' : '颁发'}了${title.zh}，编号 ${issued.number}。在“我的证照”里可以查看、亮证。`,
      `${issuer.en} has issued ${title.en} no. ${issued.number} to ${issued.holder}${issued.replaces ? ', in place of the earlier one' : ''}. It is in your wallet.`,
    ),
    caseId: issued.caseId,
    light: null,
    important: true,
  }))
  await write(tx, parts, notices)
}

type Addressed = NewNotice & { readonly important: boolean }

function noticeFor(draft: Draft, moved: CaseMoved, person: string): NewNotice {
  const { at, kind, title, body, light } = draft
  const event = `${moved.caseId}:${draft.seq}:${kind}`
  return { person, id: uuidv7(at), event, at, kind, title, body, caseId: moved.caseId, light: light ?? null }
}

async function write(tx: Tx, { outbox }: DeliverParts, notices: readonly Addressed[]): Promise<void> {
  const fresh = await addNotices(
    tx,
    notices.map(({ important: _, ...notice }) => notice),
  )
  for (const { id, person, title, body, important } of notices) {
    if (!important || !fresh.has(id)) continue
    const payload: SmsWanted = { notice: id, person, text: shortText(title, body) }
    await outbox.publish(tx, { topic: SMS_WANTED, key: person, payload })
  }
}

const MOST_CHARACTERS = 300

function shortText(title: Text, body: Text): string {
  const text = `【一窗】${title.zh}。${body.zh}`
  const characters = [...text]
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}

type Finder = (draft: Draft) => Promise<readonly string[]>

/** Roles are looked up once per message, however many events tell them. */
function makeFinder(tx: Queries, parts: DeliverParts, moved: CaseMoved): Finder {
  const known = new Map<string, Promise<readonly string[]>>()
  return ({ audience }) => {
    const key = JSON.stringify(audience)
    const found = known.get(key) ?? resolve(tx, parts, moved, audience).then(unique)
    known.set(key, found)
    return found
  }
}

async function resolve(tx: Queries, { parties }: DeliverParts, moved: CaseMoved, audience: Draft['audience']): Promise<string[]> {
  switch (audience.to) {
    case 'applicant':
      return (await parties.peopleOfParty(tx, moved.partyId)).map(({ person }) => person)
    case 'person':
      return [audience.person]
    case 'org':
      return persons(preferring(await parties.principalsOfOrg(tx, audience.org), 'handler'))
    case 'role':
      return peopleInRole(tx, parties, moved, audience.role)
    default:
      return audience satisfies never
  }
}

async function peopleInRole(tx: Queries, parties: Parties, moved: CaseMoved, role: string): Promise<string[]> {
  if (role === 'supervisor') {
    const over = await parties.principalsOver(tx, moved.region)
    return persons(over.filter((post) => post.desk === 'supervision'))
  }
  if (role === 'discipline') return persons(await overseers(tx, parties, moved, 'discipline'))
  const desks = await findDesks(tx, moved.caseId)
  if (role === 'handler') return handlers(tx, parties, moved, desks)
  const orgs = unique(desks.length === 0 ? [moved.org] : desks.map((desk) => desk.org))
  const roles = role === 'head' ? ['head', 'chief'] : [role]
  const there = (await Promise.all(orgs.map((org) => parties.principalsOfOrg(tx, org, roles)))).flat()
  return persons(there.length > 0 ? there : await overseers(tx, parties, moved, role))
}

/** Those who may look at every case of their region: the heads of other organisations have no part in this one, and would read whose it is. */
async function overseers(tx: Queries, parties: Parties, moved: CaseMoved, role: string): Promise<readonly Staff[]> {
  return (await parties.principalsOver(tx, moved.region, [role])).filter((post) => post.desk === 'supervision')
}

type Desk = Awaited<ReturnType<typeof findDesks>>[number]

/** Whoever took the work; where nobody has, the handlers at its desk; where the desk has no such role, everybody there. */
async function handlers(tx: Queries, parties: Parties, moved: CaseMoved, desks: readonly Desk[]): Promise<string[]> {
  if (desks.length === 0) return persons(preferring(await parties.principalsOfOrg(tx, moved.org), 'handler'))
  const found = desks.map(async ({ org, desk, assignee }) => {
    if (assignee !== null) return [assignee]
    const posts = await parties.principalsOfOrg(tx, org)
    return persons(
      preferring(
        posts.filter((post) => post.desk === desk),
        'handler',
      ),
    )
  })
  return (await Promise.all(found)).flat()
}

function preferring(posts: readonly Staff[], role: string): readonly Staff[] {
  const fitting = posts.filter((post) => post.roles.includes(role))
  return fitting.length > 0 ? fitting : posts
}

function persons(posts: readonly Staff[]): string[] {
  return posts.map((post) => post.person)
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
