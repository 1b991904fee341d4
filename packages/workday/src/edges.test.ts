/** Edges at which calendars elsewhere went wrong: before opening, after closing, holidays, nothing to count, years without a notice. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import { china, local, NINE_TO_FIVE, YEAR_2026 } from './fixtures/published-years.ts'
import {
  addLimit,
  type Count,
  due,
  elapsed,
  explain,
  makeCalendar,
  momentAtElapsed,
  type Pause,
  parseLimit,
  remaining,
  totalLimit,
} from './index.ts'

type Edge = readonly [what: string, started: readonly [string, string], limit: string, ends: readonly [string, string]]
const EDGES: readonly Edge[] = [
  ['即办 before opening', ['2026-09-14', '07:30'], 'instant', ['2026-09-14', '17:00']],
  ['即办 in the lunch break', ['2026-09-14', '12:30'], 'instant', ['2026-09-14', '17:00']],
  ['即办 a minute before close', ['2026-09-14', '16:59'], 'instant', ['2026-09-14', '17:00']],
  ['即办 at close: the close no longer belongs to the day', ['2026-09-14', '17:00'], 'instant', ['2026-09-15', '17:00']],
  ['即办 on a Saturday', ['2026-09-12', '10:00'], 'instant', ['2026-09-14', '17:00']],
  ['即办 on a make-up Sunday', ['2026-09-20', '10:00'], 'instant', ['2026-09-20', '17:00']],
  ['即办 on the eve of a holiday after close', ['2026-09-30', '18:00'], 'instant', ['2026-10-08', '17:00']],
  ['one workday from before opening', ['2026-09-14', '00:00'], '1 workday', ['2026-09-15', '17:00']],
  ['one workday from after close', ['2026-09-14', '23:59'], '1 workday', ['2026-09-15', '17:00']],
  ['one workday from a holiday', ['2026-10-03', '10:00'], '1 workday', ['2026-10-08', '17:00']],
  ['ten days ending in a holiday block', ['2026-09-25', '10:00'], '10 days', ['2026-10-08', '17:00']],
  ['working hours from before opening', ['2026-09-14', '06:00'], '4 working-hours', ['2026-09-14', '14:00']],
  ['working hours ending exactly at the lunch break', ['2026-09-14', '06:00'], '3 working-hours', ['2026-09-14', '12:00']],
  ['working hours from after close', ['2026-09-14', '19:00'], '4 working-hours', ['2026-09-15', '14:00']],
  ['working hours ending exactly at close', ['2026-09-14', '09:00'], '7 working-hours', ['2026-09-14', '17:00']],
  ['working hours over a weekend with a make-up Sunday', ['2026-09-18', '16:00'], '2 working-hours', ['2026-09-20', '10:00']],
  ['no working hours', ['2026-09-12', '10:00'], '0 working-hours', ['2026-09-12', '10:00']],
  ['hours over midnight on a holiday', ['2026-10-01', '23:00'], '2 hours', ['2026-10-02', '01:00']],
  ['minutes', ['2026-10-01', '10:00'], '15 minutes', ['2026-10-01', '10:15']],
  ['no minutes', ['2026-10-01', '10:00'], '0 minutes', ['2026-10-01', '10:00']],
]

for (const [what, started, limit, ends] of EDGES) {
  test(`${what}: ${limit} from ${started.join(' ')} end ${ends.join(' ')}`, () => {
    const answer = addLimit(local(...started), unwrap(parseLimit(limit)), china)
    assert.deepEqual(answer, { dueAt: local(...ends), dueOn: ends[0], provisional: false })
  })
}

test('A date that hangs on a year without notice says so, and changes when the notice arrives', () => {
  const early = makeCalendar({ years: [], utcOffsetMinutes: 480, hours: NINE_TO_FIVE })
  const late = makeCalendar({ years: [YEAR_2026], utcOffsetMinutes: 480, hours: NINE_TO_FIVE })
  const count = counting('2026-02-13', '5 workdays')
  assert.deepEqual([due(count, early).dueOn, due(count, early).provisional], ['2026-02-20', true])
  assert.deepEqual([due(count, late).dueOn, due(count, late).provisional], ['2026-02-27', false])
})

test('Only the days that lie in the unpublished year are provisional', () => {
  const rows = explain(counting('2026-12-30', '3 workdays'), china)
  assert.deepEqual(
    rows.map((row) => [row.date, row.why, row.provisional]),
    [
      ['2026-12-30', 'start', false],
      ['2026-12-31', 'counted', false],
      ['2027-01-01', 'counted', true],
      ['2027-01-02', 'rest-day', true],
      ['2027-01-03', 'rest-day', true],
      ['2027-01-04', 'counted', true],
    ],
  )
  assert.equal(due(counting('2026-12-30', '1 workday'), china).provisional, false)
  assert.equal(due(counting('2026-12-30', '3 workdays'), china).provisional, true)
})

test('Calendar days hang on the calendar only where the last one may roll; hours never do', () => {
  assert.equal(due(counting('2024-12-20', '20 days'), china).provisional, false)
  assert.equal(due(counting('2026-12-20', '20 days'), china).provisional, true)
  assert.equal(due(counting('2026-12-31', '48 hours'), china).provisional, false)
  assert.equal(due(counting('2026-12-31', '48 working-hours'), china).provisional, true)
})

test('即办 begun in an unpublished year hangs on it: the starting day might have been a working day', () => {
  const answer = addLimit(local('2024-12-31', '18:00'), { n: 0, unit: 'workday' }, china)
  assert.deepEqual([answer.dueOn, answer.provisional], ['2025-01-02', true])
})

test('A pause over a holiday block excludes nothing twice', () => {
  const count = paused(counting('2026-09-28', '3 workdays'), '2026-09-30', '2026-10-09')
  assert.equal(due(count, china).dueOn, '2026-10-12')
  const rows = explain(count, china)
  const held = rows.filter((row) => row.why === 'paused').map((row) => row.date)
  assert.deepEqual([held[0], held[held.length - 1], held.length], ['2026-09-30', '2026-10-09', 10])
  assert.deepEqual(rows.find((row) => row.date === '2026-10-01')?.name, '国庆节')
})

test('A pause from before the start holds from the first day on', () => {
  assert.equal(due(paused(counting('2026-09-14', '1 workday'), '2026-09-01', '2026-09-16'), china).dueOn, '2026-09-17')
})

test('A pause of no length excludes nothing', () => {
  const count = counting('2026-09-14', '2 workdays')
  const at = local('2026-09-15', '10:00')
  assert.deepEqual(due({ ...count, pauses: [{ from: at, to: at, basis: '听证' }] }, china), due(count, china))
})

test('Suspending after the due moment does not undo the breach; suspending before it does hold the day', () => {
  const count = counting('2026-09-14', '1 workday')
  const hold = (clock: string): Pause[] => [{ from: local('2026-09-15', clock), basis: '听证' }]
  assert.equal(due({ ...count, pauses: hold('17:01') }, china).dueOn, '2026-09-15')
  assert.equal(remaining({ ...count, pauses: hold('17:01') }, local('2026-09-15', '18:00'), china), 0)
  assert.deepEqual(explain({ ...count, pauses: hold('17:01') }, china).at(-1), {
    date: '2026-09-15',
    counted: true,
    why: 'counted',
    n: 1,
    provisional: false,
  })
  assert.equal(due({ ...count, pauses: hold('16:59') }, china).dueAt, null)
  assert.equal(due({ ...count, pauses: hold('16:59') }, china).remaining, 1)
})

test('即办 is held by a pause of its day, and due on the first working day after it', () => {
  const count = paused(counting('2026-09-14', 'instant'), '2026-09-14', '2026-09-18')
  assert.equal(due(count, china).dueOn, '2026-09-20')
  assert.deepEqual(
    explain(count, china).map((row) => row.why),
    ['start', 'paused', 'paused', 'paused', 'paused', 'rest-day', 'rolled'],
  )
})

test('A last day on a rest day rolls day by day in the explanation', () => {
  const rows = explain(counting('2026-09-15', '11 days'), china)
  assert.deepEqual(
    rows.slice(-3).map((row) => [row.date, row.why, row.counted, row.n]),
    [
      ['2026-09-26', 'counted', true, 11],
      ['2026-09-27', 'rolled', false, 11],
      ['2026-09-28', 'rolled', false, 11],
    ],
  )
})

test('Rolled days are not over; over begins at the first day after the due day', () => {
  const count = counting('2026-09-15', '11 days')
  assert.equal(remaining(count, local('2026-09-27', '23:00'), china), 0)
  assert.equal(remaining(count, local('2026-09-28', '17:00'), china), 0)
  assert.equal(remaining(count, local('2026-09-29', '17:00'), china), -1)
})

test('A day is consumed at its close', () => {
  const count = counting('2026-09-14', '5 workdays')
  assert.equal(elapsed(count, local('2026-09-15', '16:59'), china), 0)
  assert.equal(elapsed(count, local('2026-09-15', '17:00'), china), 1)
  assert.equal(elapsed(count, '2026-01-01T00:00:00.000Z', china), 0)
})

test('Moments of the ladder: a working day left, four fifths, the breach, three working days over', () => {
  const count = counting('2026-09-14', '5 workdays')
  assert.equal(momentAtElapsed(count, -1, china), count.startedAt)
  assert.equal(momentAtElapsed(count, 0, china), local('2026-09-15', '00:00'))
  assert.equal(momentAtElapsed(count, 5 - 1, china), local('2026-09-20', '00:00'))
  assert.equal(momentAtElapsed(count, 0.8 * 5, china), local('2026-09-20', '00:00'))
  assert.equal(momentAtElapsed(count, 5, china), local('2026-09-20', '17:00'))
  assert.equal(momentAtElapsed(count, 5 + 3, china), local('2026-09-23', '17:00'))
})

test('The rounding of a ratio does not ask for a day more', () => {
  assert.ok(0.28 * 25 > 7)
  const count = counting('2026-09-01', '25 workdays')
  assert.equal(momentAtElapsed(count, 0.28 * 25, china), momentAtElapsed(count, 7, china))
})

test('Moments behind an open pause are unknown, those before it are not', () => {
  const count: Count = { ...counting('2026-09-14', '5 workdays'), pauses: [{ from: local('2026-09-17', '10:00'), basis: '听证' }] }
  assert.equal(momentAtElapsed(count, 1, china), local('2026-09-16', '00:00'))
  assert.equal(momentAtElapsed(count, 2, china), null)
  assert.equal(momentAtElapsed(count, 5, china), null)
})

test('Months elapse by the fraction of their days, and fire on the day that completes it', () => {
  const count = counting('2026-09-01', '2 months')
  assert.equal(elapsed(count, local('2026-09-16', '18:00'), china), 0.5)
  assert.equal(elapsed(count, local('2026-10-01', '18:00'), china), 1)
  assert.equal(momentAtElapsed(count, 1, china), local('2026-10-02', '00:00'))
  assert.equal(momentAtElapsed(count, 2, china), local('2026-11-02', '17:00'))
})

test('While paused the explanation goes to the day asked for, else to the day the pause began', () => {
  const count: Count = { ...counting('2026-09-14', '5 workdays'), pauses: [{ from: local('2026-09-17', '10:00'), basis: '听证' }] }
  assert.equal(explain(count, china).at(-1)?.date, '2026-09-17')
  assert.deepEqual(explain(count, china, '2026-09-19').at(-1), {
    date: '2026-09-19',
    counted: false,
    why: 'paused',
    n: 2,
    basis: '听证',
    provisional: false,
  })
})

test('Extensions in hours and minutes mix; days and working days do not', () => {
  assert.deepEqual(totalLimit({ limit: { n: 30, unit: 'minute' }, extensions: [{ n: 2, unit: 'hour' }] }), { n: 150, unit: 'minute' })
  assert.throws(() => totalLimit({ limit: { n: 5, unit: 'workday' }, extensions: [{ n: 5, unit: 'day' }] }), RangeError)
})

test('An instant without zone is refused: the zone of the process must not decide', () => {
  const limit = { n: 1, unit: 'workday' as const }
  for (const text of ['2026-09-14T10:00:00', '2026-09-14', '2026-02-30T10:00:00.000Z', '2026-09-14T25:00:00.000Z', '']) {
    assert.throws(() => addLimit(text, limit, china), RangeError, text)
  }
  assert.equal(addLimit('2026-09-14T02:00Z', limit, china).dueOn, '2026-09-15')
})

function counting(date: string, limit: string): Count {
  return { startedAt: local(date, '10:00'), limit: unwrap(parseLimit(limit)), extensions: [], pauses: [] }
}

function paused(count: Count, from: string, to: string): Count {
  return { ...count, pauses: [{ from: local(from, '11:00'), to: local(to, '15:00'), basis: '检测' }] }
}
