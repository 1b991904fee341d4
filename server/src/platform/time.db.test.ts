import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import { testDatabase, whenDone } from '../../test/harness.ts'
import { openDatabase } from './pg/database.ts'
import { type Clock, openClock } from './time.ts'

const db = openDatabase(await testDatabase())
whenDone(() => db.close())
const START = Date.parse('2026-01-30T01:00:00.000Z')

async function clockAt(demo = true): Promise<Clock> {
  const clock = await openClock(db, demo, () => START)
  whenDone(() => clock.stop())
  return clock
}

test('the clock moves forward by days, hours and months of the calendar, and remembers it', async () => {
  const clock = await clockAt()
  const listened: number[] = []
  clock.listen(() => listened.push(clock.offsetMs()))
  const before = clock.offsetMs()
  unwrap(await clock.advance('P3D'))
  assert.equal(clock.offsetMs() - before, 3 * 86_400_000)
  unwrap(await clock.advance('PT4H30M'))
  assert.equal(clock.offsetMs() - before, 3 * 86_400_000 + 4.5 * 3_600_000)
  assert.deepEqual(listened, [before + 3 * 86_400_000, before + 3 * 86_400_000 + 4.5 * 3_600_000])
  assert.equal((await clockAt()).offsetMs(), clock.offsetMs())
})

test('a move in one process is heard in the other', async () => {
  const [here, there] = [await clockAt(), await clockAt()]
  const heard = new Promise<void>((done) => there.listen(done))
  unwrap(await here.advance('P1W'))
  await heard
  assert.equal(there.offsetMs(), here.offsetMs())
})

test('outside demonstration mode the clock is real time and refuses to move', async () => {
  const clock = await clockAt(false)
  assert.equal(clock.now(), '2026-01-30T01:00:00.000Z')
  const moved = await clock.advance('P1D')
  assert.ok(!moved.ok && moved.error.code === 'demo/not-a-demonstration')
})

for (const duration of ['', 'P', 'PT', 'P1', '-P1D', 'P-1D', 'P1D2H', '3 days', "P1D'; drop table jobs", 'P1.5D', 'P1W2D']) {
  test(`${JSON.stringify(duration)} is not a duration to move by`, async () => {
    const clock = await clockAt()
    const moved = await clock.advance(duration)
    assert.ok(!moved.ok && moved.error.code === 'demo/duration-invalid')
  })
}
