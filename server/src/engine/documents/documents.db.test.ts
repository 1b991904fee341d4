import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actor, Data } from '@yichuang/caseflow'
import { unwrap } from '@yichuang/result'
import Fastify from 'fastify'
import { testCity, testDatabase, testFolder, whenDone } from '../../../test/harness.ts'
import type { Principal } from '../../platform/access.ts'
import { refusalOf, statusOf } from '../../platform/http/problems.ts'
import { openDatabase } from '../../platform/pg/database.ts'
import { statement } from '../../platform/pg/statement.ts'
import { makeEngine } from '../engine.ts'
import { makeFlows } from '../flows.ts'
import { matterFacts } from '../openings.ts'
import { makeSerials } from '../serials.ts'
import type { Sight } from '../visibility.ts'
import { lazyFonts } from './fonts.ts'
import { makeDocumentIssuer } from './issue.ts'
import { documentRoutes } from './routes.ts'
import { documentRowsOf, findDocument } from './views.ts'

const db = openDatabase(await testDatabase())
whenDone(() => db.close())
const pack = await testCity()
const matter = pack.matters.get('lamp-permit') ?? assert.fail('no matter')
const hall = [...pack.orgs.values()].find((one) => one.kind === 'hall' && one.region !== pack.root) ?? assert.fail('no hall')
const org = [...pack.orgs.values()].find((one) => one.key === matter.dept) ?? assert.fail('no organisation')
const serials = makeSerials(db)
const now = { at: '2026-03-05T02:00:00.000Z' }
const engine = makeEngine({ pack, flows: makeFlows(pack), now: () => now.at, serials, onMove: [makeDocumentIssuer({ pack })] })

const SYSTEM: Actor = { person: 'system', side: 'system', posts: [], forParty: false }
const clerk: Actor = { person: 'clerk', side: 'staff', posts: [{ desk: 'counter', org: hall.id, roles: ['clerk'] }], forParty: false }
const owner: Sight = { parties: ['p1'], orgs: [], regions: [] }
const stranger: Sight = { parties: ['p2'], orgs: ['990199.nowhere'], regions: ['999999/%'] }

async function openCase(): Promise<string> {
  const data = { matter: matterFacts(matter), party: { credit_code: '92990101MA0000000X' }, answers: {} } as Data
  const party = { id: 'p1', name: '望潮记' }
  const opening = { flow: matter.flow, kind: 'permit', title: matter.title, matter: matter.id, party, applicant: 'u1' }
  const where = { region: hall.region, org: org.id, acceptor: hall.id, data }
  return unwrap(await db.tx((tx) => engine.open(tx, { ...opening, ...where }, SYSTEM))).id
}

async function act(caseId: string, action: string, input: Data = {}): Promise<void> {
  unwrap(await db.tx((tx) => engine.act(tx, { caseId, action, step: 'intake', input }, clerk)))
}

const accepted = await openCase()
await act(accepted, 'accept')
const documentsOf = (caseId: string) => documentRowsOf(db, pack, [caseId])
const [row] = await documentsOf(accepted)
const notice = (await findDocument(db, row?.id ?? '', owner)) ?? assert.fail('nothing was issued')

test('an action that names a document issues it in its own transaction, numbered within the year', async () => {
  assert.match(notice.no, /^.+〔2026〕\d+号$/)
  assert.deepEqual([notice.caseId, notice.template, notice.org, notice.issuedAt], [accepted, 'acceptance-notice', org.id, now.at])
  const second = await openCase()
  await act(second, 'accept')
  const [next] = await documentsOf(second)
  const serial = (no: string | undefined) => Number(/〕(\d+)号/.exec(no ?? '')?.[1])
  assert.equal(serial(next?.no), serial(notice.no) + 1)
})

test('an action that is refused issues nothing', async () => {
  const refused = await openCase()
  const outcome = await db.tx((tx) => engine.act(tx, { caseId: refused, action: 'decline', step: 'intake', input: {} }, clerk))
  assert.equal(outcome.ok, false)
  assert.deepEqual(await documentsOf(refused), [])
})

test('numbers of a year have no gap: not by a transaction that is given up, not by a server that starts again', async () => {
  const serialOf = async (caseId: string) => Number(/〕(\d+)号/.exec((await documentsOf(caseId))[0]?.no ?? '')?.[1])
  const first = await openCase()
  await act(first, 'accept')
  const lost = await openCase()
  const givenUp = db.tx(async (tx) => {
    unwrap(await engine.act(tx, { caseId: lost, action: 'accept', step: 'intake', input: {} }, clerk))
    throw new Error('given up')
  })
  await assert.rejects(givenUp, /given up/)
  const second = await openCase()
  const again = makeEngine({ pack, flows: makeFlows(pack), now: () => now.at, serials, onMove: [makeDocumentIssuer({ pack })] })
  unwrap(await db.tx((tx) => again.act(tx, { caseId: second, action: 'accept', step: 'intake', input: {} }, clerk)))
  assert.equal(await serialOf(second), (await serialOf(first)) + 1)
})

test('what was issued stays as issued when the case goes on', async () => {
  const before = await findDocument(db, notice.id, owner)
  const rename = statement('documents-test.rename', 'update cases set party_name = $2 where cases.id = $1::uuid')
  await db.run(rename, [accepted, '改名记'])
  assert.deepEqual(await findDocument(db, notice.id, owner), before)
  assert.ok(JSON.stringify(before?.content).includes('望潮记'))
})

test('whoever may not see the case sees none of its documents', async () => {
  for (const sight of [owner, { ...stranger, orgs: [hall.id] }, { ...stranger, regions: [`${pack.root}/%`] }]) {
    assert.equal((await findDocument(db, notice.id, sight))?.id, notice.id)
  }
  assert.equal(await findDocument(db, notice.id, stranger), null)
})

test('rows for the screen carry the name of the organisation', async () => {
  const rows = await documentRowsOf(db, pack, [accepted])
  const { id, no, template, title, issuedAt } = notice
  assert.deepEqual(rows, [{ id, no, template, title, issuedAt, org: org.name, case: accepted }])
})

const fonts = lazyFonts(await testFolder())
const person = (party: string): Principal => ({
  person: 'u',
  name: { zh: '某' },
  posts: [],
  parties: [{ id: party, name: '', as: 'owner' }],
  demo: true,
})
async function server(principal: Principal | null) {
  const app = Fastify()
  app.decorateRequest('identity', null)
  app.addHook('onRequest', async (request) => {
    request.identity = principal === null ? null : { principal, way: 'cookie' }
  })
  app.setErrorHandler((error, _request, reply) => {
    const { refusal } = refusalOf(error)
    return reply.code(statusOf(refusal.code)).send(refusal)
  })
  documentRoutes(app, { db, publicUrl: 'https://example.test', fonts })
  whenDone(() => app.close())
  return (url: string) => app.inject({ method: 'GET', url })
}

test('a document is a page with a policy of its own, and a PDF with its number as name', async () => {
  const get = await server(person('p1'))
  const page = await get(`/api/v1/documents/${notice.id}.html`)
  assert.equal(page.statusCode, 200)
  assert.match(String(page.headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-/)
  assert.ok(page.body.includes(notice.no))
  const english = await get(`/api/v1/documents/${notice.id}.html?language=en`)
  assert.ok(english.body.includes('<html lang="en">'))
  const pdf = await get(`/api/v1/documents/${notice.id}.pdf`)
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  assert.ok(String(pdf.headers['content-disposition']).includes(encodeURIComponent(notice.no)))
})

test('no session: 401; not yours, no such document, no such form: 404, all alike', async () => {
  const url = `/api/v1/documents/${notice.id}.html`
  assert.equal((await (await server(null))(url)).statusCode, 401)
  const get = await server(person('p2'))
  const answers = await Promise.all([url, url.replace('.html', '.pdf'), url.replace('.html', '.docx'), '/api/v1/documents/1.html'].map(get))
  assert.deepEqual(
    answers.map((answer) => [answer.statusCode, answer.json().code]),
    Array.from({ length: 4 }, () => [404, 'documents/unknown']),
  )
})

test('codes: drawn for a path of this product, refused for anything else', async () => {
  const get = await server(null)
  const code = await get('/api/v1/qr.svg?text=%2Fcases%2F1')
  assert.equal(code.headers['content-type'], 'image/svg+xml; charset=utf-8')
  assert.ok(code.body.startsWith('<svg '))
  for (const url of ['/api/v1/qr.svg', '/api/v1/qr.svg?text=%2F%2Fevil.test', '/api/v1/qr.svg?text=%2Fa&text=%2Fb']) {
    assert.equal((await get(url)).json().code, 'documents/code-text-invalid')
  }
})
