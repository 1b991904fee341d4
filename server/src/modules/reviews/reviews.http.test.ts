import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listReviews, rateCase } from '@yichuang/contract'
import { actAs, openBundle, openRoom, serve } from '../../../test/rooms.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { assembled } from '../../platform/pg/statement.ts'
import { consumers } from './jobs.ts'
import { routes } from './routes.ts'
import { addReview } from './store.ts'

const room = await openRoom()
const { db, outbox, engine } = room
consumers(room)
const { ask } = await serve(room, (http) => routes(http, { ...room, act: engine.act }))

const open = () =>
  openBundle(room, {
    bundle: 'open-stall',
    party: 'mei-stall',
    applicant: 'mei',
    answers: { cooks: false, at_night: false, own_boat: false, insured: false },
    form: { stall_name: '示例·新摊', quay: 'north' },
  })
/** A case that has ended: declined at the counter. */
async function declined(): Promise<string> {
  const id = await open()
  await actAs(room, 'lan', { case: id, step: 'intake', action: 'decline', input: { reason: '不属职权', remedies: '可以复议' } })
  return id
}
const rate = (person: string, id: string, stars = 5, words = '很快') =>
  ask(person, rateCase, { params: { case: id }, body: { stars, words } })

test('a case is rated once, after its end, by its applicant', async () => {
  const open_ = await open()
  assert.equal((await rate('mei', open_)).problem.code, 'reviews/too-early')
  const id = await declined()
  const rated = await rate('mei', id, 4, ' 说得清楚 ')
  assert.deepEqual(rated.body, { stars: 4, at: room.now() })
  assert.equal((await rate('mei', id, 1)).problem.code, 'reviews/already-rated')
})

test('nobody rates for the applicant, and nobody learns of a case by trying', async () => {
  const id = await declined()
  assert.equal((await rate('lan', id)).problem.code, 'reviews/applicant-only')
  assert.equal((await rate('hai', id)).problem.code, 'reviews/applicant-only')
  assert.equal((await rate('gang', id)).problem.code, 'cases/unknown')
  assert.equal((await rate('mei', '00000000-0000-7000-8000-000000000000')).problem.code, 'cases/unknown')
  assert.equal((await rate(null as never, id)).status, 401)
})

test('the window closes', async () => {
  const id = await declined()
  const before = room.now()
  room.setTime('2027-03-02T01:00:00.000Z')
  assert.equal((await rate('mei', id)).problem.code, 'reviews/window-closed')
  room.setTime(before)
})

test('stars outside one to five are no rating', async () => {
  const id = await declined()
  for (const stars of [0, 6, 2.5]) {
    const refused = await rate('mei', id, stars)
    assert.equal(refused.status, 400)
    assert.equal(refused.problem.fields?.[0]?.path, 'stars')
  }
})

test('two at the same moment: one is kept', async () => {
  const id = await declined()
  room.setTime(room.now(), { ticking: true })
  const both = await Promise.all([rate('mei', id, 5), rate('mei', id, 1)])
  assert.deepEqual(both.map((one) => one.status).sort(), [200, 409])
})

test('the organisation reads stars, words and matter, and nothing that leads to the case or its applicant', async () => {
  await outbox.drain()
  const { body } = await ask('hai', listReviews)
  const review = body.rows.find((row) => row.words === '说得清楚')
  assert.equal(review?.stars, 4)
  assert.deepEqual(Object.keys(review ?? {}).sort(), ['at', 'id', 'matter', 'org', 'stars', 'words'])
  const cases = await db.query(
    assembled('select cases.id, cases.no, cases.party_id, cases.party_name from cases', {
      id: 'uuid',
      no: 'text',
      party_id: 'text',
      party_name: 'text',
    }),
  )
  const whole = JSON.stringify(body)
  for (const secret of cases.flatMap((row) => Object.values(row))) assert.equal(whole.includes(secret), false, secret)
})

test('average and counts are of everything in sight, pages of a part', async () => {
  await db.run(assembled('delete from reviews', {}))
  const given = [5, 5, 5, 4, 3, 1, 1]
  await db.tx(async (tx) => {
    for (const [i, stars] of given.entries()) {
      const at = `2026-03-0${1 + (i % 3)}T01:00:00.000Z`
      const org = '990102.harbour'
      await addReview(tx, {
        caseId: uuidv7(at),
        id: uuidv7(at),
        at,
        stars,
        words: String(i),
        org,
        regionPath: '990100/990102/',
        matter: { zh: '某' },
      })
    }
  })
  const first = await ask('hai', listReviews, { query: { limit: '3' } })
  assert.deepEqual(first.body.byStars, [2, 0, 1, 1, 3])
  assert.equal(first.body.average, 3.43)
  assert.deepEqual(first.body.count, { total: 7, exact: true })
  const words: string[] = first.body.rows.map((row) => row.words)
  let next = first.body.next
  while (next !== null) {
    const page = await ask('hai', listReviews, { query: { limit: '3', cursor: next } })
    words.push(...page.body.rows.map((row) => row.words))
    next = page.body.next
  }
  assert.deepEqual(
    [...words].sort(),
    given.map((_, i) => String(i)),
  )
})

test('without a rating there is no average', async () => {
  await db.run(assembled('delete from reviews', {}))
  const { body } = await ask('hai', listReviews)
  assert.deepEqual({ average: body.average, byStars: body.byStars, rows: body.rows }, { average: null, byStars: [0, 0, 0, 0, 0], rows: [] })
})
