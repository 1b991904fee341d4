/** Whatever comes in wrong gets a problem with a code that stays the same and words that say how to mend it; and nothing is lost by it. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { open, readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as contract from '@yichuang/contract'
import { migrate, readMigrations } from '../src/platform/migrations.ts'
import { startEmbedded } from '../src/platform/pg/embedded.ts'
import { assembled } from '../src/platform/pg/statement.ts'
import { withClient } from './cluster.ts'
import { MONDAY, type TestServer, testFolder, testServer, whenDone } from './harness.ts'
import { JPG, ONLY_STALL, PDF, type Person, type Player, player, refusalOf } from './play.ts'

let server: TestServer
let play: Player
let mei: Person
let lan: Person
let hai: Person

before(async () => {
  server = await testServer({ at: MONDAY })
  play = player(server.url)
  mei = await play.as('mei')
  lan = await play.as('lan')
  hai = await play.as('hai')
})

type Problem = contract.Problem

/** A problem as RFC 9457 wants it: its media type, status twice, code, and words of more than one word. */
async function problemIn(response: Response): Promise<Problem> {
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const problem = (await response.json()) as Problem
  assert.equal(problem.status, response.status)
  assert.match(problem.code, /^[a-z]+\/[a-z-]+$/)
  assert.ok(problem.detail.length > 15 && problem.title.length > 3 && problem.type.endsWith(problem.code), JSON.stringify(problem))
  assert.equal(problem.request, response.headers.get('x-request-id'))
  return problem
}

function post(person: Person, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return person.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    body: text,
  })
}

const short = ({ status, code }: Problem) => [status, code]
async function refused(call: Promise<unknown>): Promise<(number | string)[]> {
  return short(await refusalOf(call))
}

async function count(table: string, from: TestServer = server): Promise<number> {
  return (await from.app.db.one(assembled(`select count(*)::integer as n from ${table}`, { n: 'int4' }))).n
}

describe('requests that cannot be read', () => {
  const path = '/api/v1/drafts'
  it('JSON that is none', async () => {
    assert.deepEqual(short(await problemIn(await post(mei, path, '{"bundle": '))), [400, 'platform/body-unreadable'])
    assert.deepEqual(short(await problemIn(await post(mei, path, '"a text"'))), [400, 'platform/request-invalid'])
    assert.deepEqual(short(await problemIn(await post(mei, path, '{"__proto__": {"admin": true}}'))), [400, 'platform/body-unreadable'])
  })

  it('another media type, and a body of more than a megabyte', async () => {
    const xml = await post(mei, path, '<draft/>', { 'content-type': 'application/xml' })
    assert.deepEqual(short(await problemIn(xml)), [415, 'platform/media-type-unsupported'])
    const large = await post(mei, path, { bundle: 'open-stall', party: 'mei-stall', answers: { long: 'x'.repeat(1 << 20) } })
    assert.deepEqual(short(await problemIn(large)), [413, 'platform/body-too-large'])
  })

  it('missing and wrong fields, each by name', async () => {
    const problem = await problemIn(await post(mei, path, { bundle: 7, answers: {} }))
    assert.deepEqual(short(problem), [400, 'platform/request-invalid'])
    assert.deepEqual(problem.fields?.map((field) => field.path).sort(), ['bundle', 'party'])
  })

  it('an id that is none, a page size beyond the most, a light that does not exist', async () => {
    for (const path of [
      '/api/v1/cases/7',
      '/api/v1/cases?limit=1000',
      '/api/v1/inbox?light=purple',
      '/api/v1/workdays/due?from=2035-03-05&limit=many',
    ])
      assert.deepEqual(short(await problemIn(await mei.fetch(path))), [400, 'platform/request-invalid'], path)
  })

  it('an address that is not there', async () => {
    assert.equal((await problemIn(await mei.fetch('/api/v1/no-such-thing'))).status, 404)
  })

  it('cursors that no list gave', async () => {
    const made = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')
    const keys = [
      [],
      ['x'],
      ['x', 'y'],
      ['x', 'y', 'z'],
      ['2035-03-05T01:30:00.000Z', 'y'],
      [1, 2],
      [1, 2, 3],
      [null, null, null],
      { a: 1 },
      7,
    ]
    for (const list of ['/api/v1/cases', '/api/v1/inbox', '/api/v1/supervision/late', '/api/v1/notices', '/api/v1/reviews'])
      for (const cursor of ['!', 'bm9uc2Vuc2U', ...keys.map(made)])
        assert.deepEqual(
          short(await problemIn(await lan.fetch(`${list}?cursor=${cursor}`))),
          [400, 'platform/cursor-invalid'],
          `${list} ${cursor}`,
        )
  })

  it('a date that does not exist', async () => {
    const response = await fetch(`${server.url}/api/v1/workdays/due?from=2035-02-30&limit=5`)
    assert.deepEqual(short(await problemIn(response)), [422, 'workdays/date-invalid'])
  })

  it('nobody, a session that has ended, a person who is not there', async () => {
    assert.deepEqual(short(await problemIn(await fetch(`${server.url}/api/v1/inbox`))), [401, 'sessions/not-logged-in'])
    const headers = { authorization: `Bearer ${'x'.repeat(43)}` }
    assert.deepEqual(short(await problemIn(await fetch(`${server.url}/api/v1/inbox`, { headers }))), [401, 'sessions/not-logged-in'])
    assert.deepEqual(await refused(play.as('no-such-person')), [401, 'sessions/person-unknown'])
  })
})

describe('parties', () => {
  it('a wrong credit code, with the place that is wrong', async () => {
    const wrong = '91990103MA900002XD'
    assert.deepEqual(await refused(lan.call(contract.findParties, { query: { q: wrong } })), [422, 'codes/credit-code-invalid'])
    const body = { kind: 'enterprise' as const, name: '示例·某公司', creditCode: wrong, region: '990102001' }
    const problem = await refusalOf(lan.call(contract.createParty, { body }))
    assert.deepEqual(short(problem), [422, 'codes/credit-code-invalid'])
    const twice = { ...body, creditCode: '91990103MA900002XC' }
    assert.deepEqual(await refused(lan.call(contract.createParty, { body: twice })), [409, 'parties/already-there'])
  })
})

describe('uploads', () => {
  it('a type that is not taken, by its content and not by its name; nothing at all; too much', async () => {
    const before = await count('files')
    assert.deepEqual(await refused(mei.upload('report.pdf', Buffer.from('MZ\x90\x00 a program in a pdf coat'))), [
      415,
      'files/type-forbidden',
    ])
    assert.deepEqual(await refused(mei.upload('report.pdf', Buffer.from('PK\x03\x04 an archive'))), [415, 'files/type-forbidden'])
    assert.deepEqual(await refused(mei.upload('report.pdf', Buffer.alloc(0))), [422, 'files/empty'])
    const large = Buffer.concat([PDF, Buffer.alloc(50 << 20)])
    assert.deepEqual(await refused(mei.upload('large.pdf', large)), [413, 'files/too-large'])
    const noPart = await mei.fetch('/api/v1/files', { method: 'POST', body: new URLSearchParams({ file: 'x' }) })
    assert.equal((await problemIn(noPart)).status, 415)
    assert.equal(await count('files'), before)
    assert.deepEqual(await readdir(join(server.config.data, 'files', 'incoming')), [])
  })

  it('one that breaks off in the middle leaves nothing behind', async () => {
    const before = await count('files')
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    const head = [
      'POST /api/v1/files HTTP/1.1',
      `host: ${hostname}`,
      `authorization: Bearer ${mei.token}`,
      'content-type: multipart/form-data; boundary=edge',
      'content-length: 100000',
    ]
    socket.write(
      `${head.join('\r\n')}\r\n\r\n--edge\r\ncontent-disposition: form-data; name="file"; filename="half.pdf"\r\n\r\n%PDF-1.4 and then`,
    )
    await sleep(150)
    assert.equal((await readdir(join(server.config.data, 'files', 'incoming'))).length, 1)
    socket.destroy()
    for (let waited = 0; waited < 100 && (await readdir(join(server.config.data, 'files', 'incoming'))).length > 0; waited += 1)
      await sleep(30)
    assert.deepEqual(await readdir(join(server.config.data, 'files', 'incoming')), [])
    assert.equal(await count('files'), before)
    assert.ok((await mei.upload('whole.pdf')).file)
  })
})

describe('applications', () => {
  const submit = (draft: { id: string; version: number }, signed = true) =>
    mei.call(contract.submitDraft, { params: { draft: draft.id }, body: { version: draft.version, signed } })
  const save = (draft: { id: string; version: number }, body: Partial<contract.BodyOf<typeof contract.saveDraft>>) =>
    mei.call(contract.saveDraft, { params: { draft: draft.id }, body: { version: draft.version, ...body } })

  it('of what does not exist, for whom one may not act, in a place that is not there', async () => {
    const make = (body: contract.BodyOf<typeof contract.createDraft>) => refused(mei.call(contract.createDraft, { body }))
    assert.deepEqual(await make({ bundle: 'open-moon', party: 'mei-stall' }), [404, 'matters/bundle-unknown'])
    assert.deepEqual(await make({ bundle: 'open-stall', party: 'tide-company' }), [403, 'applications/not-your-party'])
    assert.deepEqual(
      (await make({ bundle: 'open-stall', party: 'mei-stall', answers: { cooks: 'perhaps' } }))[1],
      'applications/answer-invalid',
    )
    const draft = await mei.draftStall({ answers: ONLY_STALL })
    assert.deepEqual(await refused(save(draft, { region: '123456' })), [404, 'matters/region-unknown'])
    assert.deepEqual(await refused(save({ ...draft, id: randomUUID() }, {})), [404, 'applications/draft-unknown'])
  })

  it('with missing, impossible and foreign values: each field by name, and the draft stays as typed', async () => {
    const form = { stall_name: '一个比二十个字还要长得多的摊名实在是写不下了', mobile: '12345', quay: 'west' }
    const draft = await mei.draftStall({ answers: { ...ONLY_STALL, cooks: true, tables: 2 }, form })
    const problem = await refusalOf(submit(draft))
    assert.deepEqual(short(problem), [422, 'applications/field-invalid'])
    // Whether there is a place of the tap hangs on whether there is a tap, which was not said.
    const faulty = problem.fields?.map((field) => field.path.split('.').at(-1)).sort()
    assert.deepEqual(faulty, ['has_tap', 'mobile', 'quay', 'stall_name', 'tap_place'])
    const kept = await mei.call(contract.getDraft, { params: { draft: draft.id } })
    assert.deepEqual([kept.form, kept.version], [form, draft.version])
  })

  it('with open questions, without a signature, without a material', async () => {
    const open = await mei.draftStall({ answers: { cooks: false } })
    const problem = await refusalOf(submit(open))
    assert.equal(problem.code, 'applications/question-unanswered')
    const draft = await mei.draftStall({ answers: { ...ONLY_STALL, own_boat: true } })
    assert.equal((await refusalOf(submit(draft, false))).code, 'applications/not-signed')
    const without = await save(draft, { materials: [] })
    const missing = await refusalOf(submit(without))
    assert.deepEqual(
      [missing.status, missing.code, missing.fields?.map((field) => field.path)],
      [422, 'applications/material-missing', ['materials.boat-photo']],
    )
  })

  it("with a file of a format or size that this material does not take, with another's file, with none", async () => {
    const draft = await mei.draftStall({ answers: { ...ONLY_STALL, own_boat: true } })
    const material = 'boat-photo'
    const pdf = await mei.upload('boat.pdf')
    assert.deepEqual(await refused(save(draft, { materials: [{ material, file: pdf.file }] })), [415, 'applications/file-format-unfit'])
    const large = await mei.upload('boat.jpg', Buffer.concat([JPG, Buffer.alloc(5 << 20)]))
    assert.deepEqual(await refused(save(draft, { materials: [{ material, file: large.file }] })), [413, 'applications/file-too-large'])
    const theirs = await lan.upload('boat.jpg', JPG)
    for (const file of [theirs.file, randomUUID(), 'no-id-at-all'])
      assert.deepEqual(await refused(save(draft, { materials: [{ material, file }] })), [404, 'files/unknown'])
    assert.deepEqual(await refused(save(draft, { materials: [{ material: 'moon-rock' }] })), [422, 'applications/material-unknown'])
  })

  it('saved elsewhere meanwhile: the later one hears it, the earlier one stands', async () => {
    const draft = await mei.draftStall({ answers: ONLY_STALL })
    const first = await save(draft, { form: { stall_name: '先' } })
    assert.deepEqual(await refused(save(draft, { form: { stall_name: '后' } })), [409, 'applications/draft-changed-elsewhere'])
    assert.deepEqual(await refused(submit(draft)), [409, 'applications/draft-changed-elsewhere'])
    const kept = await mei.call(contract.getDraft, { params: { draft: draft.id } })
    assert.deepEqual([kept.form, kept.version], [{ stall_name: '先' }, first.version])
  })

  it('of a bundle that changed since: saving takes the new one over, and all that was filled in is there', async () => {
    const draft = await mei.draftStall({ answers: ONLY_STALL })
    await server.app.db.run(assembled("update drafts set bundle_version = 'of yesterday' where drafts.id = $1::uuid", {}), [draft.id])
    const problem = await refusalOf(submit(draft))
    assert.deepEqual([problem.status, problem.code, problem.data?.from], [409, 'applications/bundle-changed', 'of yesterday'])
    const saved = await save(draft, {})
    assert.deepEqual(saved.form, draft.form)
    const { case: id } = await submit(saved)
    await mei.act(id, 'withdraw')
  })

  it('sent a second time', async () => {
    const draft = await mei.draftStall({ answers: ONLY_STALL })
    const { case: id } = await submit(draft)
    const again = await refusalOf(submit(draft))
    assert.deepEqual([again.status, again.code, again.data?.case], [409, 'applications/already-submitted', id])
    assert.deepEqual(await refused(save(draft, {})), [409, 'applications/already-submitted'])
    assert.deepEqual(await refused(mei.submitStall({ answers: ONLY_STALL })), [409, 'applications/same-application-open'])
    await mei.act(id, 'withdraw')
  })
})

describe('actions', () => {
  let id: string
  before(async () => {
    id = (await mei.submitStall({ answers: ONLY_STALL })).case
  })

  it('by the wrong desk, the wrong side, somebody who may not even see the case', async () => {
    assert.deepEqual(await refused(hai.act(id, 'accept', 'intake')), [403, 'caseflow/not-your-desk'])
    assert.deepEqual(await refused(mei.act(id, 'accept', 'intake')), [403, 'caseflow/not-your-side'])
    assert.deepEqual(await refused((await play.as('wei')).act(id, 'accept', 'intake')), [404, 'cases/unknown'])
    assert.deepEqual(await refused(lan.act(id, 'assign', 'intake', { person: 'lan' })), [403, 'caseflow/not-your-role'])
  })

  it('that do not exist, at steps that do not exist, on cases that do not exist', async () => {
    const problem = await refusalOf(lan.act(id, 'acept', 'intake'))
    assert.deepEqual(short(problem), [404, 'caseflow/action-unknown'])
    assert.match(problem.detail, /accept/)
    assert.deepEqual(await refused(lan.act(id, 'accept', 'outtake')), [404, 'caseflow/step-unknown'])
    assert.deepEqual(await refused(lan.act(randomUUID(), 'accept', 'intake')), [404, 'cases/unknown'])
    assert.deepEqual(await refused(lan.act(id, 'hand-over', 'deliver')), [409, 'caseflow/step-not-ready'])
  })

  it('with missing or impossible input', async () => {
    const missing = await refusalOf(lan.act(id, 'decline', 'intake'))
    assert.deepEqual([missing.status, missing.code, missing.data?.fields], [422, 'caseflow/input-missing', ['reason', 'remedies']])
    const until = await refusalOf(
      lan.act(id, 'request-correction', 'intake', { items: [{ item: '草图', reason: '不清' }], until: '2035-02-30' }),
    )
    assert.deepEqual([until.code, until.data?.fields], ['caseflow/input-invalid', ['until']])
    assert.equal((await refusalOf(lan.act(id, 'accept-with-gaps', 'intake', { gaps: ['moon-rock'] }))).code, 'cases/material-unknown')
    assert.equal((await refusalOf(lan.act(id, 'accept-with-gaps', 'intake', { gaps: ['identity'] }))).code, 'cases/material-not-tolerable')
    for (const file of [randomUUID(), 'no-id', 7, null])
      assert.deepEqual(await refused(lan.act(id, 'attach', undefined, { files: [{ file, material: 'identity', name: 'x' }] })), [
        404,
        'files/unknown',
      ])
    const theirs = await mei.upload('mine.pdf')
    assert.deepEqual(await refused(lan.act(id, 'attach', undefined, { files: [{ file: theirs.file, material: 'identity', name: 'x' }] })), [
      404,
      'files/unknown',
    ])
  })

  it('on a suspended and on a closed case', async () => {
    const child = (await lan.act(id, 'accept', 'intake')).steps.find((step) => step.id === 'register')?.child?.id ?? ''
    await hai.act(child, 'suspend', undefined, { basis: 'tide-observation', until: '2035-03-14', reason: '等大潮' })
    assert.deepEqual(await refused(hai.act(child, 'pass', 'review')), [409, 'caseflow/case-suspended'])
    const past = { basis: 'tide-observation', until: '2035-03-01', reason: '等大潮' }
    await hai.act(child, 'resume')
    assert.equal((await refusalOf(hai.act(child, 'suspend', undefined, past))).status, 422)
    await mei.act(id, 'withdraw')
    assert.deepEqual(await refused(hai.act(child, 'pass', 'review')), [409, 'caseflow/case-ended'])
    assert.deepEqual(await refused(mei.act(id, 'withdraw')), [409, 'caseflow/case-ended'])
  })
})

describe('a full disk', () => {
  it('says so, keeps nothing of the upload that did not fit, and takes the next one when there is room', async () => {
    let room = false
    const openUpload = async (path: string) => {
      const handle = await open(path, 'wx')
      if (!room) handle.writeFile = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
      return handle
    }
    const small = await testServer({ at: MONDAY, openUpload })
    const owner = await player(small.url).as('mei')
    assert.deepEqual(await refused(owner.upload('plan.pdf')), [507, 'files/disk-full'])
    assert.equal(await count('files', small), 0)
    assert.deepEqual(await readdir(join(small.config.data, 'files', 'incoming')), [])
    room = true
    assert.ok((await owner.upload('plan.pdf')).file)
  })

  it('of the database: the command is refused whole, and goes through under the same key when there is room', async () => {
    const { case: id } = await mei.submitStall({ answers: ONLY_STALL })
    await withClient(server.databaseUrl, (client) =>
      client.query(`create function fill_up() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
        create trigger fill_up before insert on case_orgs execute function fill_up()`),
    )
    const key = randomUUID()
    const { version } = await lan.see(id)
    assert.deepEqual(await refused(lan.act(id, 'accept', 'intake', {}, { key })), [507, 'platform/disk-full'])
    assert.equal((await lan.see(id)).version, version)
    await withClient(server.databaseUrl, (client) => client.query('drop trigger fill_up on case_orgs'))
    assert.equal((await lan.act(id, 'accept', 'intake', {}, { key })).version > version, true)
    await mei.act(id, 'withdraw')
  })
})

describe('a lost database', () => {
  it('is a 503 with a code while it lasts; what was acknowledged is there, and the server finds it again by itself', async () => {
    const data = await testFolder()
    let embedded = await startEmbedded({ data })
    whenDone(() => embedded.stop())
    await migrate(embedded.url, await readMigrations())
    const alone = await testServer({ databaseUrl: embedded.url, at: MONDAY })
    const owner = await player(alone.url).as('mei')
    const clerk = await player(alone.url).as('lan')
    const { case: id } = await owner.submitStall({ answers: ONLY_STALL })
    const key = randomUUID()
    await embedded.stop()
    assert.deepEqual(await refused(clerk.act(id, 'accept', 'intake', {}, { key })), [503, 'platform/database-unavailable'])
    const read = await clerk.fetch('/api/v1/inbox')
    assert.equal(read.headers.get('retry-after'), '1')
    assert.deepEqual(short(await problemIn(read)), [503, 'platform/database-unavailable'])
    const health = await fetch(`${alone.url}/api/health`)
    assert.deepEqual([health.status, ((await health.json()) as { database: string }).database], [503, 'unavailable'])
    assert.equal((await fetch(`${alone.url}/api/v1/bundles`)).status, 200)
    embedded = await startEmbedded({ data })
    const accepted = await clerk.act(id, 'accept', 'intake', {}, { key })
    assert.equal(accepted.id, id)
    assert.equal((await fetch(`${alone.url}/api/health`)).status, 200)
    await alone.stop()
  })
})
