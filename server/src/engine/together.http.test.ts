/** Several people at one case, and one person who sends twice. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { ApiProblem, type CaseView, createParty, type Problem, submitDraft } from '@yichuang/contract'
import { addPerson, MONDAY, type TestServer, testServer } from '../../test/harness.ts'
import { ALL_IN, ONLY_STALL, type Person, type Player, player, refusalOf } from '../../test/play.ts'
import { findEvents } from './store.ts'

const CLERKS = ['lan', 'lan-2', 'lan-3', 'lan-4', 'lan-5', 'lan-6']
let server: TestServer
let play: Player
let mei: Person
let lan: Person

before(async () => {
  server = await testServer({ at: MONDAY })
  play = player(server.url)
  for (const id of CLERKS.slice(1))
    await addPerson(server.databaseUrl, { id, posts: [{ desk: 'counter', org: '990102.hall', roles: ['clerk'] }] })
  await addPerson(server.databaseUrl, { id: 'serv', posts: [{ desk: 'department', org: '990102.service', roles: ['handler', 'chief'] }] })
  mei = await play.as('mei')
  lan = await play.as('lan')
})

async function actionsIn(caseId: string): Promise<string[]> {
  return (await findEvents(server.app.db, caseId)).flatMap((event) => (event.type === 'action-taken' ? [event.action] : []))
}

async function settled(calls: readonly Promise<CaseView>[]): Promise<{ won: CaseView[]; lost: Problem[] }> {
  const ends = await Promise.allSettled(calls)
  const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []))
  for (const reason of lost) if (!(reason instanceof ApiProblem)) throw reason
  return {
    won: ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])),
    lost: lost.map((reason) => (reason as ApiProblem).problem),
  }
}

async function fresh(): Promise<string> {
  const { case: id } = await mei.submitStall({ answers: ONLY_STALL })
  return id
}

describe('two actors at one task', () => {
  it('one wins; the others, who looked at the same version, hear who, when and what', async () => {
    const id = await fresh()
    const { version } = await lan.see(id)
    const clerks = await Promise.all(CLERKS.map(play.as))
    const { won, lost } = await settled(clerks.map((clerk) => clerk.act(id, 'accept', 'intake', {}, { ifMatch: version })))
    assert.equal(won.length, 1)
    assert.equal(lost.length, CLERKS.length - 1)
    const winner = (await findEvents(server.app.db, id)).find((event) => event.type === 'action-taken')
    for (const { status, code, data } of lost) {
      assert.deepEqual([status, code], [409, 'cases/changed-meanwhile'])
      assert.deepEqual([data?.by, data?.at, data?.action, data?.step], [winner?.actor, winner?.at, 'accept', 'intake'])
      assert.ok(data?.byName)
    }
    assert.deepEqual(await actionsIn(id), ['accept'])
    await mei.act(id, 'withdraw')
  })

  it('one wins as well when nobody says what they looked at', async () => {
    const id = await fresh()
    const clerks = await Promise.all(CLERKS.map(play.as))
    const { won, lost } = await settled(clerks.map((clerk) => clerk.act(id, 'accept', 'intake')))
    assert.equal(won.length, 1)
    for (const { status, code, data } of lost) {
      assert.deepEqual([status, code], [409, 'caseflow/already-taken'])
      assert.ok(CLERKS.includes(String(data?.by)) && typeof data?.at === 'string' && data.action === 'accept')
    }
    await mei.act(id, 'withdraw')
  })

  it('a step that somebody has taken is theirs until it is put back', async () => {
    const id = await fresh()
    const two = await play.as('lan-2')
    await lan.act(id, 'claim', 'intake')
    const refused = await refusalOf(two.act(id, 'accept', 'intake'))
    assert.deepEqual(
      [refused.status, refused.code, refused.data?.by, refused.data?.action],
      [409, 'caseflow/already-taken', 'lan', 'claim'],
    )
    await lan.act(id, 'release', 'intake')
    await two.act(id, 'accept', 'intake')
    await mei.act(id, 'withdraw')
  })

  it('an older version is refused, and what is no version at all', async () => {
    const id = await fresh()
    const { version } = await lan.see(id)
    const after = await lan.act(id, 'comment', undefined, { text: '已看' }, { ifMatch: version })
    assert.equal(after.version, version + 1)
    const stale = await refusalOf(lan.act(id, 'accept', 'intake', {}, { ifMatch: version }))
    assert.deepEqual([stale.status, stale.code, stale.data?.action, stale.data?.by], [409, 'cases/changed-meanwhile', 'comment', 'lan'])
    const response = await lan.fetch(`/api/v1/cases/${id}/actions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'if-match': 'yesterday' },
      body: JSON.stringify({ action: 'accept', step: 'intake' }),
    })
    assert.deepEqual([response.status, ((await response.json()) as Problem).code], [400, 'platform/request-invalid'])
    assert.equal((await lan.fetch(`/api/v1/cases/${id}`)).headers.get('etag'), `"${version + 1}"`)
    await mei.act(id, 'withdraw')
  })

  it('when the engine itself moved the case, it says so', async () => {
    const id = await fresh()
    const { version } = await lan.see(id)
    await play.advance('P9D')
    const { data, code } = await refusalOf(lan.act(id, 'comment', undefined, { text: '迟' }, { ifMatch: version }))
    assert.deepEqual([code, data?.by], ['cases/changed-meanwhile', 'system'])
    await mei.act(id, 'withdraw')
  })
})

describe('many officers at the parts of one bundle', () => {
  const FAMILIES = 3

  /** A bundle for a party of its own, with four parts that each lack only their last action. */
  async function atTheFinish(n: number): Promise<{ id: string; last: [Person, string, string, string][] }> {
    const [hai, wei, deng, yu, serv] = (await Promise.all(['hai', 'wei', 'deng', 'yu', 'serv'].map(play.as))) as [
      Person,
      Person,
      Person,
      Person,
      Person,
    ]
    const party = await lan.call(createParty, { body: { kind: 'person', name: `示例·第${n}摊`, region: '990102001' } })
    const { case: id } = await lan.submitStall({ party: party.id, answers: ALL_IN })
    let view = await (await play.as('lan-2')).act(id, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
    const childOf = (node: string) => view.steps.find((step) => step.id === node)?.child?.id ?? assert.fail(node)
    const registration = childOf('register')
    await hai.act(registration, 'pass', 'review')
    await hai.act(registration, 'grant', 'decide')
    await hai.act(registration, 'hand-over', 'deliver')
    view = await lan.see(id)
    for (const [officer, node] of [
      [wei, 'food'],
      [deng, 'lamp'],
    ] as const) {
      if (node === 'food') await officer.act(childOf(node), 'report', 'inspect', { findings: '合格' })
      await officer.act(childOf(node), 'pass', 'review')
      await officer.act(childOf(node), 'grant', 'decide')
    }
    const last: [Person, string, string, string][] = [
      [wei, childOf('food'), 'hand-over', 'deliver'],
      [deng, childOf('lamp'), 'hand-over', 'deliver'],
      [yu, childOf('tag'), 'finish', 'handle'],
      [serv, childOf('insurance'), 'finish', 'handle'],
    ]
    return { id, last }
  }

  it('all succeed, though each end is told to the same case at the same moment, and a gap of it is settled at that moment too', async () => {
    const families = []
    for (let n = 1; n <= FAMILIES; n += 1) families.push(await atTheFinish(n))
    const clerk = await play.as('lan-3')
    await Promise.all(
      families.flatMap(({ id, last }) => [
        ...last.map(([officer, child, action, step]) => officer.act(child, action, step)),
        clerk.act(id, 'close-gap', undefined, { gap: 'kitchen-plan' }),
        clerk.act(id, 'comment', undefined, { text: '都快好了' }),
      ]),
    )
    for (const { id } of families) {
      const view = await lan.see(id)
      const done = view.steps.filter((step) => step.child !== undefined && step.status === 'done').map((step) => step.id)
      assert.deepEqual(done.sort(), ['food', 'insurance', 'lamp', 'register', 'tag'])
      assert.equal(view.steps.find((step) => step.id === 'berth')?.status, 'ready')
      const ends = (await findEvents(server.app.db, id)).filter((event) => event.type === 'child-ended')
      assert.equal(ends.length, 5)
    }
  })
})

describe('Idempotency-Key', () => {
  it('the same request under the same key is answered the same and done once, however many are sent at once', async () => {
    const id = await fresh()
    const key = randomUUID()
    const send = () =>
      lan.fetch(`/api/v1/cases/${id}/actions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ action: 'comment', input: { text: '只此一次' } }),
      })
    const responses = await Promise.all([send(), send(), send(), send()])
    responses.push(await send())
    const answers = await Promise.all(responses.map((response) => response.json()))
    for (const [i, response] of responses.entries()) {
      assert.equal(response.status, 200)
      assert.deepEqual(answers[i], answers[0])
      assert.equal(response.headers.get('etag'), responses[0]?.headers.get('etag'))
    }
    assert.equal(responses.filter((response) => response.headers.get('idempotency-replayed') === 'true').length, 4)
    assert.deepEqual(await actionsIn(id), ['comment'])
    await mei.act(id, 'withdraw')
  })

  it('a key that was used for another request is refused, and so is a change without a key', async () => {
    const id = await fresh()
    const key = randomUUID()
    await lan.act(id, 'comment', undefined, { text: '一' }, { key })
    const reused = await refusalOf(lan.act(id, 'comment', undefined, { text: '二' }, { key }))
    assert.deepEqual([reused.status, reused.code], [422, 'platform/idempotency-key-reused'])
    const bare = await lan.fetch(`/api/v1/cases/${id}/actions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'accept', step: 'intake' }),
    })
    assert.deepEqual([bare.status, ((await bare.json()) as Problem).code], [400, 'platform/idempotency-key-missing'])
    const two = await play.as('lan-2')
    await two.act(id, 'comment', undefined, { text: '二' }, { key })
    assert.deepEqual(await actionsIn(id), ['comment', 'comment'])
    await mei.act(id, 'withdraw')
  })

  it('a refusal is not kept: the mended request may use the key again', async () => {
    const id = await fresh()
    const key = randomUUID()
    assert.equal((await refusalOf(lan.act(id, 'comment', undefined, {}, { key }))).code, 'caseflow/input-missing')
    await lan.act(id, 'comment', undefined, { text: '补上' }, { key })
    assert.deepEqual(await actionsIn(id), ['comment'])
    await mei.act(id, 'withdraw')
  })

  it('one application is submitted once, also when two drafts of it are sent at the same moment', async () => {
    const drafts = [await mei.draftStall({ answers: ONLY_STALL }), await mei.draftStall({ answers: ONLY_STALL })]
    const sent = drafts.map(({ id, version }) => mei.call(submitDraft, { params: { draft: id }, body: { version, signed: true } }))
    const ends = await Promise.allSettled(sent)
    assert.deepEqual(ends.map((end) => end.status).sort(), ['fulfilled', 'rejected'])
    const lost = ends.find((end) => end.status === 'rejected')?.reason as ApiProblem
    assert.equal(lost.problem.code, 'applications/same-application-open')
  })
})
