import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listNotices, type Notice, readAllNotices, readNotice } from '@yichuang/contract'
import { openRoom, serve } from '../../../test/rooms.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { unreadOf } from './public.ts'
import { routes } from './routes.ts'
import { addNotices } from './store.ts'

const room = await openRoom()
const { ask } = await serve(room, (http) => routes(http, room))

const HOW_MANY = 45
const minute = (n: number) => new Date(Date.parse('2026-03-02T01:00:00.000Z') + Math.floor(n / 3) * 60_000).toISOString()
await room.db.tx((tx) =>
  addNotices(
    tx,
    Array.from({ length: HOW_MANY }, (_, n) => ({
      person: 'mei',
      id: uuidv7(minute(n)),
      event: `event ${n}`,
      at: minute(n),
      kind: 'granted',
      title: { zh: `第 ${n} 条`, en: `No. ${n}` },
      body: { zh: '……' },
      caseId: null,
      light: null,
    })),
  ),
)

async function pages(person: string, query: { [name: string]: string }): Promise<Notice[]> {
  const rows: Notice[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: { rows: Notice[]; next: string | null } } = await ask(person, listNotices, {
      query: cursor === '' ? query : { ...query, cursor },
    })
    rows.push(...body.rows)
    cursor = body.next
  }
  return rows
}

test('pages follow each other, newest first, nothing twice and nothing left out', async () => {
  for (const limit of ['1', '7', '45', '100']) {
    const rows = await pages('mei', { limit })
    assert.equal(new Set(rows.map((row) => row.id)).size, HOW_MANY)
    assert.deepEqual(
      rows.map((row) => row.at),
      rows.map((row) => row.at).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
    )
  }
  assert.deepEqual((await ask('mei', listNotices)).body.count, { total: HOW_MANY, exact: true })
})

test('reading one takes it out of the unread; reading it again changes nothing', async () => {
  const [first] = await pages('mei', {})
  if (first === undefined) assert.fail('no notice')
  for (let times = 0; times < 2; times++) {
    assert.equal((await ask('mei', readNotice, { params: { notice: first.id } })).status, 200)
    assert.equal(await unreadOf(room.db, 'mei'), HOW_MANY - 1)
  }
  assert.equal(
    (await pages('mei', { unread: 'true' })).some((row) => row.id === first.id),
    false,
  )
})

test('a notice of somebody else is unknown', async () => {
  const [first] = await pages('mei', { unread: 'true' })
  if (first === undefined) assert.fail('no notice')
  const refused = await ask('lan', readNotice, { params: { notice: first.id } })
  assert.equal(refused.status, 404)
  assert.equal(refused.problem.code, 'notices/unknown')
  assert.equal(await unreadOf(room.db, 'mei'), HOW_MANY - 1)
})

test('reading all is one act, and only mine', async () => {
  await ask('lan', readAllNotices)
  assert.equal(await unreadOf(room.db, 'mei'), HOW_MANY - 1)
  await ask('mei', readAllNotices)
  assert.equal(await unreadOf(room.db, 'mei'), 0)
  assert.deepEqual(await pages('mei', { unread: 'true' }), [])
})

test('a cursor that this list did not give is refused', async () => {
  const odd = await ask('mei', listNotices, { query: { cursor: 'bm9uc2Vuc2U' } })
  assert.equal(odd.problem.code, 'platform/cursor-invalid')
  const shaped = await ask('mei', listNotices, { query: { cursor: Buffer.from('["never","nobody"]').toString('base64url') } })
  assert.equal(shaped.problem.code, 'platform/cursor-invalid')
})
