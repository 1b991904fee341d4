/** Who may write what: drafts, submissions, records of parties and reveals, tried by every kind of reader against an oracle of their posts. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import * as contract from '@yichuang/contract'
import { withClient } from '../../../test/cluster.ts'
import { addPerson, MONDAY, type NewPerson, type TestServer, testServer } from '../../../test/harness.ts'
import { ONLY_STALL, type Person, type Player, player, refusalOf } from '../../../test/play.ts'
import { findCase } from '../../engine/store.ts'

const PARTY = 'mei-stall'
type Reader = NewPerson & {
  /** Applies for the stall: its people, and the halls that serve it. */
  readonly applies?: 'party' | 'counter'
  /** Has a case of it at work. */
  readonly works?: true
}
const at = (desk: string, org: string) => ({ posts: [{ desk, org, roles: ['clerk', 'handler', 'chief', 'supervisor', 'system'] }] })
const actsFor = (party: string, as: 'agent' | 'owner') => ({ actsFor: [{ party, as }] })

const READERS: readonly Reader[] = [
  { id: 'mei', applies: 'party' },
  { id: 'agent', ...actsFor(PARTY, 'agent'), applies: 'party' },
  { id: 'lan', applies: 'counter', works: true },
  { id: 'colleague', ...at('counter', '990102.hall'), applies: 'counter', works: true },
  { id: 'city-clerk', ...at('counter', '990100.hall'), applies: 'counter' },
  { id: 'far-clerk', ...at('counter', '990103.hall') },
  { id: 'hai', works: true },
  { id: 'yu' },
  { id: 'far-officer', ...at('department', '990103.harbour') },
  { id: 'du' },
  { id: 'admin', ...at('admin', '990100.service') },
  { id: 'other-owner', ...actsFor('tide-company', 'owner') },
  { id: 'nobody' },
]
const OF_THE_PACK = ['mei', 'lan', 'hai', 'yu', 'du']

let server: TestServer
let play: Player
let mei: Person
let lan: Person

before(async () => {
  server = await testServer({ at: MONDAY })
  play = player(server.url)
  mei = await play.as('mei')
  lan = await play.as('lan')
  for (const reader of READERS) if (!OF_THE_PACK.includes(reader.id)) await addPerson(server.databaseUrl, reader)
})

const change = (sql: string) => withClient(server.databaseUrl, (client) => client.query(sql))
const fieldOf = (plan: contract.Plan, id: string) => plan.form.flatMap((section) => section.fields).find((field) => field.id === id)

/** The code with which a write was refused, or `done`. */
async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => (error instanceof contract.ApiProblem ? error.problem.code : assert.fail(String(error))),
  )
}

const UNKNOWN = 'applications/draft-unknown'
type Write = {
  readonly what: string
  /** Outcome for those who may, and for the others. */
  readonly outcomes: readonly [string, string]
  readonly may: (reader: Reader) => boolean
  readonly call: (person: Person) => Promise<unknown>
}

let serial = 16
const params = (draft: contract.Draft) => ({ params: { draft: draft.id } })

/** Save, delete and submit of a draft that somebody began, each time a fresh one. */
function onDraft(owner: () => Person, mine: (reader: Reader) => boolean): Write[] {
  const writes: { readonly [what: string]: readonly [string, (person: Person, draft: contract.Draft) => Promise<unknown>] } = {
    read: ['done', (person, draft) => person.call(contract.getDraft, params(draft))],
    save: ['done', (person, draft) => person.call(contract.saveDraft, { ...params(draft), body: { version: draft.version, form: {} } })],
    delete: ['done', (person, draft) => person.call(contract.deleteDraft, params(draft))],
    // Everything is there but the signature: whoever gets so far could submit.
    submit: [
      'applications/not-signed',
      (person, draft) => person.call(contract.submitDraft, { ...params(draft), body: { version: draft.version, signed: false } }),
    ],
  }
  return Object.entries(writes).map(([what, [done, write]]) => ({
    what,
    outcomes: [done, UNKNOWN],
    may: mine,
    call: async (person) => {
      const draft = await owner().draftStall({ answers: ONLY_STALL })
      try {
        return await write(person, draft)
      } finally {
        await outcome(owner().call(contract.deleteDraft, params(draft)))
      }
    },
  }))
}

const named = (prefix: string, writes: readonly Write[]) => writes.map((write) => ({ ...write, what: `${prefix}: ${write.what}` }))
const WRITES: readonly Write[] = [
  ...named(
    'a draft of the owner',
    onDraft(
      () => mei,
      (reader) => reader.applies === 'party',
    ),
  ),
  ...named(
    'a draft that a clerk writes down',
    onDraft(
      () => lan,
      (reader) => reader.applies === 'party' || reader.id === 'lan',
    ),
  ),
  {
    what: 'plan with what is known of the party',
    outcomes: ['done', 'applications/not-your-party'],
    may: (reader) => reader.applies !== undefined,
    call: (person) => person.call(contract.planBundle, { params: { bundle: 'open-stall' }, body: { party: PARTY, answers: {} } }),
  },
  {
    what: 'begin a draft',
    outcomes: ['done', 'applications/not-your-party'],
    may: (reader) => reader.applies !== undefined,
    call: async (person) => {
      const draft = await person.call(contract.createDraft, { body: { bundle: 'open-stall', party: PARTY } })
      await person.call(contract.deleteDraft, params(draft))
    },
  },
  {
    what: 'record a party of the region',
    outcomes: ['done', ''],
    may: (reader) => reader.applies === 'counter',
    call: (person) => {
      serial += 1
      return person.call(contract.createParty, { body: { kind: 'person', name: `示例·第${serial}人`, region: '990102001' } })
    },
  },
  {
    what: 'see numbers in full',
    outcomes: ['done', ''],
    may: (reader) => reader.works === true || reader.id === 'mei',
    call: (person) => person.call(contract.revealPerson, { params: { party: PARTY }, body: { person: 'mei', reason: '电话核对材料' } }),
  },
]
const REFUSED = /^(applications\/(draft-unknown|not-your-party)|parties\/(not-your-desk|not-your-region|unknown|reveal-not-allowed))$/

describe('reveals', () => {
  const reveal = (person: Person) =>
    outcome(person.call(contract.revealPerson, { params: { party: PARTY }, body: { person: 'mei', reason: '电话核对材料' } }))

  it('a hall that serves the party still needs something of it at hand: a draft being written down will do, for colleagues too', async () => {
    const colleague = await play.as('colleague')
    assert.equal(await reveal(lan), 'parties/reveal-not-allowed')
    const own = await mei.draftStall({ answers: ONLY_STALL })
    assert.equal(await reveal(lan), 'parties/reveal-not-allowed', 'what she does by herself at home lies at no hall')
    const draft = await lan.draftStall({ answers: ONLY_STALL })
    assert.deepEqual([await reveal(lan), await reveal(colleague)], ['done', 'done'])
    assert.equal(await reveal(await play.as('city-clerk')), 'parties/reveal-not-allowed')
    assert.equal(await reveal(await play.as('far-clerk')), 'parties/unknown')
    await lan.call(contract.deleteDraft, params(draft))
    await mei.call(contract.deleteDraft, params(own))
    assert.equal(await reveal(colleague), 'parties/reveal-not-allowed')
  })
})

describe('personal numbers', () => {
  it('are masked for the clerk in plans and drafts; a mask sent back is what is known, and the case has the number', async () => {
    const { plan } = {
      plan: await lan.call(contract.planBundle, { params: { bundle: 'open-stall' }, body: { party: PARTY, answers: {} } }),
    }
    assert.equal(fieldOf(plan, 'mobile')?.value, '199****0001')
    const draft = await lan.draftStall({ answers: ONLY_STALL, form: { stall_name: '海味', quay: 'north', lamp_colour: 'amber' } })
    assert.equal(fieldOf(draft.plan, 'mobile')?.value, '199****0001')
    const save = (version: number, mobile: string) =>
      lan.call(contract.saveDraft, { ...params(draft), body: { version, form: { ...draft.form, mobile } } })
    const seen = async () => (await mei.call(contract.getDraft, params(draft))).form.mobile

    const untouched = await save(draft.version, '199****0001')
    assert.equal(await seen(), undefined, 'untouched')
    const typing = await save(untouched.version, '1990')
    assert.equal(typing.form.mobile, '1990', 'one who types sees what she types')
    const typed = await save(typing.version, '19900000009')
    assert.deepEqual([typed.form.mobile, await seen()], ['199****0009', '19900000009'])
    const kept = await save(typed.version, '199****0009')
    assert.equal(await seen(), '19900000009', 'untouched again')
    const back = await save(kept.version, '')
    const { case: id } = await lan.call(contract.submitDraft, { ...params(draft), body: { version: back.version, signed: true } })
    const { state } = (await findCase(server.app.db, id)) ?? assert.fail(id)
    assert.deepEqual((state.data.form as { mobile?: string }).mobile, '19900000001')
    // The next tests find a case at the hall and the bureau, and room for another of the same bundle.
    await lan.act(id, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch'] })
    await mei.act(id, 'withdraw')
  })
})

describe('every write, as everybody', () => {
  for (const reader of READERS) {
    it(reader.id, async () => {
      const person = await play.as(reader.id)
      for (const { what, outcomes, may, call } of WRITES) {
        const came = await outcome(call(person))
        const [done, refused] = outcomes
        if (may(reader)) assert.equal(came, done, `${reader.id} may ${what}`)
        else if (refused !== '') assert.equal(came, refused, `${reader.id} may not ${what}`)
        else assert.match(came, REFUSED, `${reader.id} may not ${what}`)
      }
    })
  }

  it('a guest writes nothing', async () => {
    const draft = { draft: '00000000-0000-7000-8000-000000000001' }
    const { guest } = play
    const calls = [
      () => guest.call(contract.createDraft, { body: { bundle: 'open-stall', party: PARTY } }),
      () => guest.call(contract.saveDraft, { params: draft, body: { version: 1 } }),
      () => guest.call(contract.deleteDraft, { params: draft }),
      () => guest.call(contract.submitDraft, { params: draft, body: { version: 1, signed: true } }),
      () => guest.call(contract.createParty, { body: { kind: 'person', name: '示例·来人', region: '990102001' } }),
      () => guest.call(contract.revealPerson, { params: { party: PARTY }, body: { person: 'mei', reason: '电话核对材料' } }),
    ]
    for (const call of calls) assert.equal(await outcome(call()), 'sessions/not-logged-in')
    const body = { party: PARTY, answers: {} }
    const plan = guest.call(contract.planBundle, { params: { bundle: 'open-stall' }, body })
    assert.equal(await outcome(plan), 'applications/not-your-party')
  })
})

describe('authority that has ended', () => {
  async function shut(person: Person, draft: contract.Draft): Promise<void> {
    const { version } = draft
    const tries = [
      () => person.call(contract.getDraft, params(draft)),
      () => person.call(contract.saveDraft, { ...params(draft), body: { version, form: {} } }),
      () => person.call(contract.submitDraft, { ...params(draft), body: { version, signed: true } }),
      () => person.call(contract.deleteDraft, params(draft)),
    ]
    for (const call of tries) assert.equal(await outcome(call()), UNKNOWN)
    assert.deepEqual((await person.call(contract.listDrafts)).drafts, [])
    assert.ok(await mei.call(contract.getDraft, params(draft)), 'the party still has it')
    await mei.call(contract.deleteDraft, params(draft))
  }

  it('an agent whose authorisation has run out no longer has the draft she began', async () => {
    await addPerson(server.databaseUrl, { id: 'expiring', ...actsFor(PARTY, 'agent') })
    const person = await play.as('expiring')
    const draft = await person.draftStall({ answers: ONLY_STALL })
    assert.equal((await person.call(contract.listDrafts)).drafts[0]?.partyName, draft.partyName)
    await change("update party_people set until = '2035-03-04' where person = 'expiring'")
    await shut(person, draft)
  })

  it('nor has a clerk who left her hall, or went to one that does not serve the party', async () => {
    await addPerson(server.databaseUrl, { id: 'leaving', ...at('counter', '990102.hall') })
    const person = await play.as('leaving')
    const first = await person.draftStall({ answers: ONLY_STALL })
    await change("update posts set org = '990103.hall' where person = 'leaving'")
    await shut(person, first)
    await change("update posts set org = '990102.hall' where person = 'leaving'")
    const second = await person.draftStall({ answers: ONLY_STALL })
    await change("delete from posts where person = 'leaving'")
    await shut(person, second)
  })
})

describe('the most', () => {
  it('twenty unfinished applications per person and party; one less makes room', async () => {
    const begin = () => mei.call(contract.createDraft, { body: { bundle: 'open-stall', party: PARTY } })
    const drafts = []
    for (let n = 0; n < 20; n += 1) drafts.push(await begin())
    assert.equal((await refusalOf(begin())).code, 'applications/too-many-drafts')
    await mei.call(contract.deleteDraft, params(drafts[0] ?? assert.fail()))
    await begin()
  })

  it('a form of 200 000 bytes', async () => {
    const [row] = (await mei.call(contract.listDrafts)).drafts
    const draft = await mei.call(contract.getDraft, { params: { draft: row?.id ?? '' } })
    const save = (note: string) => mei.call(contract.saveDraft, { ...params(draft), body: { version: draft.version, form: { note } } })
    const { code, data } = await refusalOf(save('海'.repeat(70_000)))
    assert.deepEqual([code, data?.most], ['applications/form-too-large', 200_000])
    assert.equal((await save('海'.repeat(60_000))).version, draft.version + 1)
  })
})
