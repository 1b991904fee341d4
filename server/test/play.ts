/**
 * People at work over HTTP, for tests and measurements: who logs in, uploads, submits, acts and looks at an inbox, each in one line.
 * The stall of the imaginary city is the bundle that they play.
 */
import { randomUUID } from 'node:crypto'
import {
  type ActionView,
  ApiProblem,
  actOnCase,
  type CaseView,
  type Client,
  createDraft,
  type Draft,
  type DraftMaterial,
  type Fetch,
  getCase,
  listDemoPeople,
  listInbox,
  makeClient,
  moveClock,
  openSession,
  type Problem,
  type QueryOf,
  type Receipt,
  type StoredFile,
  saveDraft,
  submitDraft,
  type TaskRow,
} from '@yichuang/contract'

export type Input = { readonly [field: string]: unknown }
export type ActOptions = { readonly ifMatch?: number; readonly key?: string }
export type Stall = {
  readonly party?: string
  readonly region?: string
  readonly answers?: Input
  readonly form?: Input
  /** false: materials that may follow later are left out. */
  readonly complete?: boolean
}

export type Person = {
  readonly id: string
  readonly token: string
  readonly call: Client['call']
  /** Any request under this person's name. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  upload(name: string, bytes?: Uint8Array): Promise<StoredFile>
  see(caseId: string): Promise<CaseView>
  act(caseId: string, action: string, step?: string, input?: Input, options?: ActOptions): Promise<CaseView>
  inbox(query?: QueryOf<typeof listInbox>): Promise<TaskRow[]>
  /** A draft of the stall's bundle, filled in and with everything uploaded. */
  draftStall(stall?: Stall): Promise<Draft>
  submitStall(stall?: Stall): Promise<Receipt>
}

export type Player = {
  readonly url: string
  readonly guest: Client
  /** Logs in by name, once. */
  as(person: string): Promise<Person>
  /** Moves the demonstration clock; answers the new time and how many obligations fired. */
  advance(duration: string): Promise<{ readonly now: string; readonly fired: number }>
  /** Everybody does what lies in their inbox, until nothing moves any more; answers how many actions that took. `only`: cases whose number begins so. */
  workOn(only?: string): Promise<number>
}

export const PDF = Buffer.from('%PDF-1.4\n% a page that holds nothing\n')
export const JPG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('a picture of nothing')])

export const ALL_IN = { cooks: true, tables: 4, at_night: true, own_boat: true, insured: true }
export const ONLY_STALL = { cooks: false, at_night: false, own_boat: false, insured: false }
const FILLED = { stall_name: '阿梅海味摊', mobile: '19900000001', quay: 'north', has_tap: false, lamp_colour: 'amber' }

export function player(url: string): Player {
  const guest = makeClient({ url, fetch: fetch as unknown as Fetch, newKey: randomUUID })
  const known = new Map<string, Promise<Person>>()
  const as = (id: string) => {
    const person = known.get(id) ?? logIn(url, guest, id)
    known.set(id, person)
    return person
  }
  return {
    url,
    guest,
    as,
    advance: (duration) => guest.call(moveClock, { body: { advance: duration } }),
    workOn: async (only = '') => {
      const { people } = await guest.call(listDemoPeople)
      const staff = people.filter((person) => person.desks.some((desk) => desk !== 'portal'))
      return workUntilQuiet(await Promise.all(staff.map((person) => as(person.id))), only)
    },
  }
}

async function logIn(url: string, guest: Client, id: string): Promise<Person> {
  const { token = '' } = await guest.call(openSession, { body: { person: id } })
  const client = makeClient({ url, fetch: fetch as unknown as Fetch, newKey: randomUUID, token })
  const person: Person = {
    id,
    token,
    call: client.call,
    fetch: (path, init = {}) => fetch(url + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } }),
    upload: async (name, bytes = PDF) => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)]), name)
      const response = await person.fetch('/api/v1/files', { method: 'POST', body: form })
      const answer: unknown = await response.json()
      if (!response.ok) throw new ApiProblem(answer as Problem)
      return answer as StoredFile
    },
    see: (caseId) => client.call(getCase, { params: { case: caseId } }),
    act: (caseId, action, step, input = {}, options = {}) =>
      client.call(actOnCase, { params: { case: caseId }, body: { action, ...(step === undefined ? {} : { step }), input }, ...options }),
    inbox: async (query = {}) => (await client.call(listInbox, { query })).rows,
    draftStall: (stall = {}) => draftStall(person, stall),
    submitStall: async (stall = {}) => {
      const draft = await draftStall(person, stall)
      return client.call(submitDraft, { params: { draft: draft.id }, body: { version: draft.version, signed: true } })
    },
  }
  return person
}

async function draftStall(person: Person, stall: Stall): Promise<Draft> {
  const { party = 'mei-stall', region, answers = ALL_IN, form = FILLED, complete = true } = stall
  const body = { bundle: 'open-stall', party, answers: { ...answers }, ...(region === undefined ? {} : { region }) }
  const draft = await person.call(createDraft, { body })
  const materials: DraftMaterial[] = []
  for (const { material, status, tolerance, formats } of draft.plan.materials) {
    if (status === 'promise') materials.push({ material, promised: true })
    if (status !== 'upload' || (tolerance !== undefined && !complete)) continue
    const { file, name } = await person.upload(`${material}.${formats[0]}`, formats.includes('pdf') ? PDF : JPG)
    materials.push({ material, file, name })
  }
  return person.call(saveDraft, { params: { draft: draft.id }, body: { version: draft.version, form: { ...form }, materials } })
}

async function workUntilQuiet(people: readonly Person[], only: string): Promise<number> {
  for (let done = 0; ; ) {
    let moved = 0
    for (const person of people) {
      const rows = await person.inbox({ limit: 100, status: 'ready' })
      for (const row of rows.filter((one) => one.no.startsWith(only))) if (await goOn(person, row)) moved += 1
    }
    if (moved === 0) return done
    done += moved
  }
}

/** The first action that completes the step, with something sensible in every field. */
async function goOn(person: Person, row: TaskRow): Promise<boolean> {
  const view = await person.see(row.case)
  const action = view.actions.find((one) => one.step === row.step && one.allowed && one.effect === 'complete' && one.needs.every(canFill))
  if (action === undefined) return false
  const input = Object.fromEntries(action.needs.map((need) => [need.field, '情况属实']))
  await person.act(row.case, action.action, row.step, input, { ifMatch: view.version })
  return true
}

function canFill(need: ActionView['needs'][number]): boolean {
  return need.type === 'text' || !need.required
}

/** The problem with which a call was refused; a call that succeeds is the failure. */
export async function refusalOf(call: Promise<unknown>): Promise<Problem> {
  try {
    await call
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem
    throw error
  }
  throw new Error('this was to be refused, and it was not')
}
