/**
 * Who may do what: every action that a case offers to anybody, tried as everybody. What a reader's own view of the case does not show as
 * allowed is refused and leaves the case as it was; what it shows as allowed succeeds.
 */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { type ActionView, ApiProblem, actOnCase, type CaseView, type Need } from '@yichuang/contract'
import { addPerson, MONDAY, type NewPerson, testServer } from './harness.ts'
import { ALL_IN, PDF, type Person, type Player, player } from './play.ts'

const at = (desk: string, org: string, roles = ['handler', 'chief', 'head', 'clerk', 'supervisor']) => ({ posts: [{ desk, org, roles }] })
const ADDED: readonly NewPerson[] = [
  { id: 'nobody' },
  { id: 'agent', actsFor: [{ party: 'tide-company', as: 'agent' }] },
  { id: 'junior', ...at('department', '990102.harbour', ['handler']) },
  { id: 'far-clerk', ...at('counter', '990103.hall') },
  { id: 'far-officer', ...at('department', '990103.harbour') },
  { id: 'far-supervisor', ...at('supervision', '990103.service') },
  { id: 'admin', ...at('admin', '990100.service') },
]
const EVERYBODY = ['mei', 'lan', 'hai', 'wei', 'deng', 'yu', 'du', 'gang', ...ADDED.map((one) => one.id)]

/** A case at one point of its way; each begins with a bundle of its own. */
type Stand = { readonly what: string; reach(root: string): Promise<string> }
const STANDS: readonly Stand[] = [
  { what: 'a bundle at the counter', reach: async (root) => root },
  { what: 'a bundle that waits for a correction', reach: (root) => correct(root).then(() => root) },
  { what: 'a bundle at work, with gaps', reach: (root) => accept(root).then(() => root) },
  { what: 'a part in review, about which another office was asked', reach: asked },
  { what: 'a part before its decision', reach: (root) => partOf(root, 'register', [['pass', 'review']]) },
  { what: 'a part whose clocks stand still', reach: suspended },
]

let play: Player
const people = new Map<string, Person>()
const as = (id: string) => people.get(id) ?? assert.fail(id)
let last: string | undefined

before(async () => {
  const server = await testServer({ at: MONDAY })
  play = player(server.url)
  for (const person of ADDED) await addPerson(server.databaseUrl, person)
  for (const id of EVERYBODY) people.set(id, await play.as(id))
})

/** One application at a time: the one before is taken back. */
async function fresh(stand: Stand): Promise<string> {
  const mei = as('mei')
  if (last !== undefined && (await mei.see(last)).status === 'open') await mei.act(last, 'withdraw')
  const { case: root } = await mei.submitStall({ answers: { ...ALL_IN, insured: false }, complete: true })
  last = root
  return stand.reach(root)
}

function accept(root: string): Promise<CaseView> {
  return as('lan').act(root, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
}
function correct(root: string): Promise<CaseView> {
  return as('lan').act(root, 'request-correction', 'intake', { items: [{ item: '位置草图', reason: '看不清' }], until: '2035-03-12' })
}
async function partOf(root: string, node: string, done: readonly (readonly [string, string])[] = []): Promise<string> {
  const part = (await accept(root)).steps.find((step) => step.id === node)?.child?.id ?? assert.fail(node)
  for (const [action, step] of done) await as('hai').act(part, action, step)
  return part
}
async function asked(root: string): Promise<string> {
  const part = await partOf(root, 'register')
  await as('hai').act(part, 'co-handle', 'review', { orgs: ['990102.health'] })
  return part
}
async function suspended(root: string): Promise<string> {
  const part = await partOf(root, 'register')
  await as('hai').act(part, 'suspend', undefined, { basis: 'tide-observation', until: '2035-03-12', reason: '等大潮' })
  return part
}

// ---------------------------------------------------------------- tries

type Offer = { readonly action: string; readonly step?: string; readonly needs: readonly Need[] }
const keyOf = ({ action, step }: Pick<ActionView, 'action' | 'step'>) => `${step ?? ''}/${action}`

async function viewOf(person: Person, id: string): Promise<CaseView | null> {
  try {
    return await person.see(id)
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 404) return null
    throw error
  }
}

type Seen = { readonly offers: Map<string, Offer>; readonly allowed: Map<string, Set<string>>; readonly view: CaseView }
/** Everything that anybody is offered, and to whom it is shown as allowed. */
async function look(id: string): Promise<Seen> {
  const offers = new Map<string, Offer>()
  const allowed = new Map<string, Set<string>>()
  for (const person of EVERYBODY) {
    for (const one of (await viewOf(as(person), id))?.actions ?? []) {
      offers.set(keyOf(one), one)
      if (one.allowed) allowed.set(keyOf(one), (allowed.get(keyOf(one)) ?? new Set()).add(person))
    }
  }
  return { offers, allowed, view: await as('du').see(id) }
}

async function attempt(person: Person, id: string, offer: Offer, view: CaseView): Promise<string> {
  const input: { [field: string]: unknown } = {}
  for (const need of offer.needs) input[need.field] = await filled(person, need, view)
  const step = offer.step === undefined ? {} : { step: offer.step }
  try {
    await person.call(actOnCase, { params: { case: id }, body: { action: offer.action, ...step, input } })
    return 'done'
  } catch (error) {
    if (error instanceof ApiProblem) return `${error.problem.status} ${error.problem.code}`
    throw error
  }
}

let uploads = 0
async function filled(person: Person, { field, type, options }: Need, view: CaseView): Promise<unknown> {
  if (field === 'gap') return view.gaps.find((gap) => gap.status === 'open')?.id ?? 'none'
  if (field === 'clock') return view.clocks.find((clock) => clock.clock === 'statutory')?.clock ?? 'none'
  switch (type) {
    case 'items':
      return [{ item: '位置草图', reason: '看不清' }]
    case 'gaps':
      return ['quay-sketch']
    case 'date':
      return '2035-03-12'
    case 'limit':
      return { n: 1, unit: 'workday' }
    case 'basis':
      return options?.[0]?.value
    case 'org':
      return '990102.fishery'
    case 'orgs':
      return ['990102.fishery']
    case 'person':
      return person.id
    case 'stars':
      return 5
    case 'files': {
      uploads += 1
      const { file, name } = await person.upload('paper.pdf', Buffer.concat([PDF, Buffer.from(`${uploads}`)]))
      return [{ file, name, material: view.gaps.find((gap) => gap.status === 'open')?.material ?? 'other' }]
    }
    default:
      return '情况属实'
  }
}

for (const stand of STANDS) {
  describe(stand.what, () => {
    it('refuses everybody what their view does not show as allowed, and stays as it was', async () => {
      const id = await fresh(stand)
      const { offers, allowed, view } = await look(id)
      assert.ok(offers.size >= 5, `${offers.size} actions`)
      for (const [key, offer] of offers) {
        for (const person of EVERYBODY.filter((one) => allowed.get(key)?.has(one) !== true))
          assert.match(await attempt(as(person), id, offer, view), /^(403|404|409|422) /, `${person} ${key}`)
      }
      assert.equal((await as('du').see(id)).version, view.version)
    })

    it('lets everybody do what their view shows as allowed', async () => {
      const { allowed } = await look(await fresh(stand))
      assert.ok(allowed.size >= 3, `${allowed.size} actions`)
      for (const [key, persons] of allowed) {
        for (const person of persons) {
          const id = await fresh(stand)
          const { offers, view } = await look(id)
          assert.equal(await attempt(as(person), id, offers.get(key) ?? assert.fail(key), view), 'done', `${person} ${key}`)
        }
      }
    })
  })
}
