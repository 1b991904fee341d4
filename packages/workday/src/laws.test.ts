/** Properties: the package agrees with the day-by-day rules of `fixtures/day-by-day.ts`, and its answers with each other. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dueOnPaper, minutesOnPaper, nextDay } from './fixtures/day-by-day.ts'
import { NINE_TO_FIVE, YEAR_2025, YEAR_2026 } from './fixtures/published-years.ts'
import {
  addLimit,
  type Calendar,
  type Count,
  due,
  elapsed,
  explain,
  type Limit,
  makeCalendar,
  momentAtElapsed,
  type Pause,
  remaining,
  serviceTime,
  totalLimit,
  type Unit,
} from './index.ts'

const FIRST = Date.parse('2024-11-01T00:00:00.000Z')
const SPAN_MINUTES = 900 * 24 * 60

const moment = (from = FIRST, minutes = SPAN_MINUTES) =>
  fc.integer({ min: 0, max: minutes }).map((minute) => new Date(from + minute * 60_000).toISOString())

const calendar: fc.Arbitrary<Calendar> = fc
  .record({
    years: fc.constantFrom([YEAR_2025, YEAR_2026], [YEAR_2026], []),
    utcOffsetMinutes: fc.constantFrom(480, 0, -210),
    hours: fc.constantFrom(NINE_TO_FIVE, [{ from: '08:30', to: '17:30' }], []),
  })
  .map(makeCalendar)

const pauses = (spread: number): fc.Arbitrary<Pause[]> =>
  fc
    .array(
      fc
        .record({
          at: fc.integer({ min: -2000, max: spread }),
          length: fc.integer({ min: 0, max: spread / 4 }),
          open: fc.integer({ max: 9, min: 0 }),
        })
        .map(({ at, length, open }) => ({ at, length, open: open === 0 })),
      { maxLength: 4 },
    )
    .map((rows) => rows.map((row) => pauseOf(row)))

/** Pauses are drawn relative to the start and moved there by `counts`. */
function pauseOf(row: { at: number; length: number; open: boolean }): Pause {
  const from = new Date(row.at * 60_000).toISOString()
  return row.open ? { from, basis: '听证' } : { from, to: new Date((row.at + row.length) * 60_000).toISOString(), basis: '听证' }
}

function counts(units: readonly Unit[], most: number, spread = 60 * 24 * 60): fc.Arbitrary<Count> {
  return fc
    .record({
      startedAt: moment(),
      unit: fc.constantFrom(...units),
      n: fc.integer({ min: 0, max: most }),
      more: fc.integer({ min: 0, max: 3 }),
      pauses: pauses(spread),
    })
    .map(({ startedAt, unit, n, more, pauses: drawn }) => ({
      startedAt,
      limit: { n, unit },
      extensions: more === 0 ? [] : [{ n: more, unit }],
      pauses: drawn.map((pause) => moved(pause, Date.parse(startedAt))),
    }))
}

function moved(pause: Pause, by: number): Pause {
  const from = new Date(Date.parse(pause.from) + by).toISOString()
  return pause.to === undefined ? { ...pause, from } : { ...pause, from, to: new Date(Date.parse(pause.to) + by).toISOString() }
}

const DAY_UNITS: readonly Unit[] = ['workday', 'day', 'month']
const EXACT_UNITS: readonly Unit[] = ['hour', 'minute', 'working-hour']

test('Due dates in days agree with a paper calendar', () => {
  const limits = fc.oneof(counts(['workday', 'day'], 40), counts(['month'], 4))
  fc.assert(
    fc.property(limits, calendar, (count, city) => {
      const paper = dueOnPaper(count, city)
      const answer = due(count, city)
      assert.deepEqual([answer.dueOn, answer.dueAt], [paper.dueOn, paper.dueAt])
    }),
    { numRuns: 600 },
  )
})

test('Consumed working days agree with the days counted on paper, at every close', () => {
  fc.assert(
    fc.property(counts(['workday', 'day'], 15), calendar, (count, city) => {
      const paper = dueOnPaper(count, city, 200)
      let date = city.dateOf(count.startedAt)
      for (let i = 0; i < 60 && date !== paper.dueOn; i++, date = nextDay(date)) {
        assert.equal(elapsed(count, city.closeOf(date), city), paper.counted.filter((day) => day <= date).length, date)
      }
    }),
    { numRuns: 150 },
  )
})

test('Exact time agrees with a stop-watch', () => {
  const short = fc.record({ count: counts(EXACT_UNITS, 40, 6 * 24 * 60), after: fc.integer({ min: 0, max: 9 * 24 * 60 }) })
  fc.assert(
    fc.property(short, calendar, ({ count, after }, city) => {
      const now = new Date(Date.parse(count.startedAt) + after * 60_000).toISOString()
      const minutes = elapsed(count, now, city) * (count.limit.unit === 'minute' ? 1 : 60)
      assert.ok(Math.abs(minutes - minutesOnPaper(count, now, city)) < 1e-6)
    }),
    { numRuns: 80 },
  )
})

test('An exact limit is used up at dueAt, and not a minute before unless nothing is left', () => {
  fc.assert(
    fc.property(counts(EXACT_UNITS, 200), calendar, (count, city) => {
      const { dueAt } = due(count, city)
      if (dueAt === null) return
      assert.ok(Math.abs(remaining(count, dueAt, city)) < 1e-9)
      const before = new Date(Date.parse(dueAt) - 60_000).toISOString()
      if (before > count.startedAt) assert.ok(remaining(count, before, city) > 0)
    }),
    { numRuns: 300 },
  )
})

test('The explanation ends on the due day, its n is what elapsed says, and the counted days are the limit', () => {
  fc.assert(
    fc.property(fc.oneof(counts(DAY_UNITS, 12), counts(EXACT_UNITS, 60)), calendar, (count, city) => {
      const rows = explain(count, city)
      const answer = due(count, city)
      const last = rows[rows.length - 1]
      assert.equal(rows[0]?.date, city.dateOf(count.startedAt))
      for (const row of rows.slice(0, -1)) assert.ok(Math.abs(row.n - elapsed(count, city.endOf(row.date), city)) < 1e-9, row.date)
      if (answer.dueOn === null) return assert.ok(rows.every((row) => row.n <= totalLimit(count).n))
      const dueDay = answer.dueAt === city.startOf(answer.dueOn) ? 0 : 1
      assert.ok(dueDay === 0 || last?.date === answer.dueOn)
      assert.ok(Math.abs((last?.n ?? Number.NaN) - totalLimit(count).n) < 1e-9)
      if (count.limit.unit === 'workday') assert.equal(rows.filter((row) => row.counted).length, totalLimit(count).n)
    }),
    { numRuns: 400 },
  )
})

test('Rows follow day upon day, and a day says pause, rest or count in agreement with the calendar', () => {
  fc.assert(
    fc.property(counts(['workday'], 12), calendar, (count, city) => {
      const rows = explain(count, city)
      for (const [i, row] of rows.entries()) {
        const before = rows[i - 1]
        if (before !== undefined) assert.equal(row.date, nextDay(before.date))
        if (row.counted) assert.ok(city.isWorkday(row.date))
        if (row.why === 'paused') assert.equal(row.basis, '听证')
        assert.equal(row.provisional, city.day(row.date).provisional)
      }
    }),
    { numRuns: 200 },
  )
})

test('Moments of the ladder come in order, the limit itself at dueAt, and each is consumed when it comes', () => {
  fc.assert(
    fc.property(fc.oneof(counts(['workday', 'day'], 12), counts(EXACT_UNITS, 30)), calendar, (count, city) => {
      const total = totalLimit(count).n
      assert.equal(momentAtElapsed(count, total, city), due(count, city).dueAt)
      let previous = count.startedAt
      for (let n = 0; n <= total + 3; n++) {
        const at = momentAtElapsed(count, n, city)
        if (at === null) continue
        if (n > 0 || total > 0) assert.ok(at >= previous, `${n}: ${at} before ${previous}`)
        assert.ok(elapsed(count, at, city) >= n - 1e-9, `${n} at ${at}`)
        previous = at
      }
    }),
    { numRuns: 200 },
  )
})

test('`remaining ≤ 1 workday` fires at 00:00 of the last counted day', () => {
  fc.assert(
    fc.property(counts(['workday'], 20), calendar, (count, city) => {
      const total = totalLimit(count).n
      const { dueOn } = due(count, city)
      if (total > 0 && dueOn !== null) assert.equal(momentAtElapsed(count, total - 1, city), city.startOf(dueOn))
    }),
  )
})

test('A later start never ends earlier, and a longer limit never ends earlier', () => {
  fc.assert(
    fc.property(counts(DAY_UNITS, 30), fc.integer({ min: 0, max: 50_000 }), calendar, (count, minutes, city) => {
      const plain: Count = { ...count, pauses: [] }
      const later: Count = { ...plain, startedAt: new Date(Date.parse(count.startedAt) + minutes * 60_000).toISOString() }
      const longer: Count = { ...plain, limit: { ...plain.limit, n: plain.limit.n + 1 } }
      assert.ok((due(plain, city).dueAt ?? '') <= (due(later, city).dueAt ?? ''))
      assert.ok((due(plain, city).dueAt ?? '') <= (due(longer, city).dueAt ?? ''))
    }),
    { numRuns: 300 },
  )
})

test('The order of pauses and the splitting of one in two do not matter', () => {
  fc.assert(
    fc.property(counts(DAY_UNITS, 20), calendar, (count, city) => {
      const [first, ...rest] = count.pauses
      const split = first?.to === undefined || first.to <= first.from ? count.pauses : [...rest, ...halves(first, first.to)]
      assert.deepEqual(due({ ...count, pauses: split }, city), due(count, city))
      assert.deepEqual(due({ ...count, pauses: [...count.pauses].reverse() }, city), due(count, city))
    }),
    { numRuns: 300 },
  )
})

function halves(pause: Pause, to: string): Pause[] {
  const middle = new Date((Date.parse(pause.from) + Date.parse(to)) / 2).toISOString()
  return [
    { ...pause, to: middle },
    { ...pause, from: middle, to },
  ]
}

test('The work for a due date does not grow with the limit', () => {
  const city = makeCalendar({ years: [YEAR_2025, YEAR_2026], utcOffsetMinutes: 480, hours: NINE_TO_FIVE })
  const lookUps = (n: number, held: readonly Pause[]) => {
    let calls = 0
    const spied = (look: (x: number) => number) => (x: number) => {
      calls++
      return look(x)
    }
    const index = { ...city.index, upTo: spied(city.index.upTo), at: spied(city.index.at) }
    const limit: Limit = { n, unit: 'workday' }
    due({ startedAt: '2025-03-03T02:00:00.000Z', limit, extensions: [], pauses: held }, { ...city, index })
    return calls
  }
  const held = [3, 4, 5].map((month) => ({ from: `2025-0${month}-10T02:00:00.000Z`, to: `2025-0${month}-20T02:00:00.000Z`, basis: '检测' }))
  assert.equal(lookUps(50_000, []), lookUps(5, []))
  assert.equal(lookUps(50_000, held), lookUps(60, held))
})

test('service time goes back as it went forward, and agrees with limits in working hours', () => {
  fc.assert(
    fc.property(moment(), fc.integer({ min: 1, max: 40 * 60 }), calendar, (at, minutes, city) => {
      const ruler = serviceTime(city)
      const later = ruler.at(ruler.passed(at) + minutes * 60_000)
      assert.equal(later, addLimit(at, { n: minutes / 60, unit: 'working-hour' }, city).dueAt)
      const back = ruler.at(ruler.passed(later) - minutes * 60_000)
      assert.ok(back <= at, `${back} is after ${at}`)
      assert.equal(ruler.passed(back), ruler.passed(at), 'no service time lies between the two')
    }),
  )
})
