/** The inbox, as every role: each notice is seen by its person and by nobody else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listNotices, readNotice } from '@yichuang/contract'
import { openRoom, serve } from '../../../test/rooms.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { routes } from './routes.ts'
import { addNotices } from './store.ts'

const room = await openRoom()
const { ask } = await serve(room, (http) => routes(http, room))
const people = room.pack.demo.people.map((person) => person.id)
const notices = people.map((person) => ({ person, id: uuidv7(room.now()) }))
await room.db.tx((tx) =>
  addNotices(
    tx,
    notices.map(({ person, id }) => ({
      person,
      id,
      event: 'the same event',
      at: room.now(),
      kind: 'granted',
      title: { zh: person },
      body: { zh: person },
      caseId: null,
      light: null,
    })),
  ),
)

for (const reader of people) {
  test(`${reader} reads what was told to ${reader}`, async () => {
    const { body } = await ask(reader, listNotices)
    assert.deepEqual(
      body.rows.map((row) => row.title.zh),
      [reader],
    )
    for (const { person, id } of notices) {
      assert.equal((await ask(reader, readNotice, { params: { notice: id } })).status, person === reader ? 200 : 404, person)
    }
  })
}

test('a guest reads nothing', async () => {
  assert.equal((await ask(null, listNotices)).status, 401)
})
