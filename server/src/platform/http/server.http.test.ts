import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { testFolder, withoutDatabase } from '../../../test/harness.ts'
import { ask, makeStage } from '../../../test/stage.ts'
import { makeDoor } from './door.ts'
import { eventStream } from './stream.ts'

const webFolder = await testFolder()
await mkdir(join(webFolder, 'assets'))
await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>the page</title>')
await writeFile(join(webFolder, 'assets', 'a-1f2e.js'), 'export {}')
let closed = () => {}
const watcherGone = new Promise<void>((done) => (closed = done))
const stage = await makeStage({
  webFolder,
  requestsPerMinute: 20,
  more: (http) => {
    http.app.get('/api/v1/watch', (_request, reply) => {
      const stream = eventStream(reply)
      stream.onClose(closed)
      stream.send('moved', { n: 1, words: 'two\nlines' }, '7')
    })
  },
})

test('before the house is ready the door answers 503 and says to come again', async () => {
  const door = makeDoor()
  const url = `http://127.0.0.1:${await door.listen(0, '127.0.0.1')}`
  const health = await ask(`${url}/api/health`)
  assert.deepEqual([health.status, health.body], [503, { status: 'starting' }])
  const other = await ask(`${url}/api/v1/city`)
  assert.deepEqual([other.status, other.body.code, other.headers.get('retry-after')], [503, 'platform/starting', '1'])
  await door.close()
})

test('health says what runs', async () => {
  const { status, body } = await ask(`${stage.url}/api/health`)
  assert.equal(status, 200)
  assert.deepEqual(body, { status: 'ok', version: '0.0.0', pack: 'none', database: 'ok', lag: 0, parked: { outbox: 0, obligations: 0 } })
})

test('health is degraded, and still there, while something is parked', async () => {
  const parked = { outbox: 2, obligations: 1 }
  const { url } = await makeStage({ parked: async () => parked })
  const { status, body } = await ask(`${url}/api/health`)
  assert.deepEqual([status, body.status, body.parked], [200, 'degraded', parked])
})

test('the description of the interface is valid OpenAPI 3.1 and names refusals, keys and sessions', async () => {
  const { body } = await ask(`${stage.url}/api/openapi.json`)
  const { valid, errors } = await new Validator().validate(structuredClone(body))
  assert.ok(valid, JSON.stringify(errors))
  assert.equal(body.openapi, '3.1.0')
  const paths = body.paths as Record<string, Record<string, { responses: Record<string, { description: string }>; security: unknown }>>
  assert.match(paths['/api/v1/sessions']?.post?.responses['401']?.description ?? '', /sessions\/wrong-credentials/)
  assert.deepEqual(paths['/api/v1/sessions/current']?.get?.security, [{ session: [] }, { token: [] }])
})

test('the interface can be read as a page, without anything from elsewhere', async () => {
  const { text, headers } = await ask(`${stage.url}/api/docs`)
  assert.match(String(headers.get('content-type')), /^text\/html/)
  assert.match(text, /openSession/)
  assert.match(text, /id="sessions\/wrong-credentials"/)
  assert.doesNotMatch(text, /(?:src|href)="https?:/)
})

test('pages: the start page fresh each time, assets for ever, every path of the browser leads in', async () => {
  const html = { headers: { accept: 'text/html' } }
  for (const path of ['/', '/counter/cases/1']) {
    const page = await ask(`${stage.url}${path}`, html)
    assert.deepEqual([page.status, page.headers.get('cache-control')], [200, 'no-cache'])
    assert.match(page.text, /the page/)
  }
  const asset = await ask(`${stage.url}/assets/a-1f2e.js`)
  assert.match(String(asset.headers.get('cache-control')), /immutable/)
  assert.equal((await ask(`${stage.url}/assets/gone.js`, html)).status, 404)
  assert.equal((await ask(`${stage.url}/api/v1/gone`, html)).status, 404)
})

test('our pages may load from us alone', async () => {
  const policy = (await ask(`${stage.url}/`, { headers: { accept: 'text/html' } })).headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'self'/)
  assert.match(policy, /script-src 'self'(?:;|$)/)
  assert.doesNotMatch(policy, /https?:/)
})

test('counters are in the text format of Prometheus', async () => {
  const { text } = await ask(`${stage.url}/api/metrics`)
  assert.match(text, /yichuang_http_requests_total\{method="GET",route="\/api\/health",status="200"\} \d+/)
})

test('an event stream sends, and notices when its watcher leaves', async () => {
  const leave = new AbortController()
  const response = await fetch(`${stage.url}/api/v1/watch`, { signal: leave.signal })
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('data: ')) text += (await reader?.read())?.value ?? ''
  assert.match(text, /id: 7\nevent: moved\ndata: \{"n":1,"words":"two\\nlines"\}\n\n/)
  leave.abort()
  await watcherGone
})

test('addresses elsewhere are counted, callers on this machine are not', async () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  const statuses = await Promise.all(Array.from({ length: 21 }, () => ask(`${stage.url}/api/nothing`, from('203.0.113.9'))))
  assert.ok(statuses.some(({ status, body }) => status === 429 && body.code === 'platform/too-many-requests'))
  assert.equal((await ask(`${stage.url}/api/health`)).status, 200)
})

test('a lost database is 503 with a code, and health says so; when it is back, so are we', async () => {
  await withoutDatabase(stage.databaseUrl, async () => {
    const answer = await ask(`${stage.url}/api/v1/sessions`, { body: { person: 'anna' } })
    assert.deepEqual([answer.status, answer.body.code], [503, 'platform/database-unavailable'])
    const health = await ask(`${stage.url}/api/health`)
    assert.deepEqual([health.status, health.body.status, health.body.database], [503, 'unhealthy', 'unavailable'])
  })
  assert.equal((await ask(`${stage.url}/api/v1/sessions`, { body: { person: 'anna' } })).status, 200)
})
