/**
 * Answers worked out by hand from the notices of the State Council's general office and the law that each row names.
 * Acceptance at 10:00.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import { china, local } from './fixtures/published-years.ts'
import { type Count, due, elapsed, explain, type Pause, parseLimit, remaining } from './index.ts'

type Row = readonly [accepted: string, limit: string, dueOn: string, source: string]

const WORKDAYS: readonly Row[] = [
  ['2026-02-13', '1 workday', '2026-02-14', '行政许可法 82, notice of the year: Saturday is a make-up day'],
  ['2026-02-13', '2 workdays', '2026-02-24', '行政许可法 82, notice of the year: Spring Festival skipped'],
  ['2026-02-13', '5 workdays', '2026-02-27', '行政许可法 82, notice of the year'],
  ['2026-02-14', '5 workdays', '2026-02-28', '行政许可法 82, notice of the year: make-up Saturday'],
  ['2026-02-15', '1 workday', '2026-02-24', '行政许可法 82, notice of the year: accepted online on a holiday'],
  ['2026-04-30', '5 workdays', '2026-05-11', '行政许可法 82, notice of the year: 05-09 counts'],
  ['2026-09-18', '5 workdays', '2026-09-24', '行政许可法 82, notice of the year: Sunday 09-20 counts'],
  ['2026-09-24', '2 workdays', '2026-09-29', '行政许可法 82, notice of the year: 09-25..27 off'],
  ['2026-09-30', '20 workdays', '2026-11-03', '行政许可法 82, notice of the year'],
  ['2025-01-24', '5 workdays', '2025-02-07', '行政许可法 82, notice of the year: 01-26 counts'],
  ['2025-09-26', '3 workdays', '2025-09-30', '行政许可法 82, notice of the year: 09-28 counts'],
]

const CALENDAR_DAYS: readonly Row[] = [
  ['2026-09-01', '10 days', '2026-09-11', '民法典 201: the starting day is excluded'],
  ['2026-09-01', '11 days', '2026-09-14', '民法典 203: Saturday 09-12 rolls to Monday'],
  ['2026-09-15', '10 days', '2026-09-28', '民法典 203: the last day is a holiday (中秋节), rolls over the weekend'],
  ['2026-02-04', '10 days', '2026-02-14', '民法典 203 with 调休: Saturday 02-14 is worked and does not roll'],
  ['2026-08-31', '1 month', '2026-09-30', '民法典 202: no 31 September, the last day of the month'],
  ['2025-11-30', '3 months', '2026-02-28', '民法典 202: last day of February, a make-up Saturday'],
  ['2026-07-01', '3 months', '2026-10-08', '民法典 203: 1 October rolls over National Day'],
]

for (const [accepted, limit, dueOn, source] of [...WORKDAYS, ...CALENDAR_DAYS]) {
  test(`${limit} accepted on ${accepted} end on ${dueOn} (${source})`, () => {
    const count = counting(local(accepted, '10:00'), limit)
    assert.deepEqual(due(count, china), { dueAt: local(dueOn, '17:00'), dueOn, provisional: false })
  })
}

type PausedRow = readonly [accepted: string, limit: string, pauses: readonly Pause[], dueOn: string, source: string]
const PAUSED: readonly PausedRow[] = [
  [
    '2026-09-14',
    '10 workdays',
    [pause('2026-09-17', '2026-10-12')],
    '2026-10-22',
    '行政许可法 45, suspension day not consumed: used 2, eight from the day after resume',
  ],
  ['2026-02-13', '2 workdays', [pause('2026-02-24', '2026-03-02')], '2026-03-03', '行政许可法 45: 鉴定, used 1 (02-14)'],
  [
    '2026-09-14',
    '10 workdays',
    [pause('2026-09-17', '2026-09-22'), pause('2026-09-21', '2026-10-12')],
    '2026-10-22',
    'house convention: overlap once',
  ],
  [
    '2026-09-14',
    '3 workdays',
    [pause('2026-09-15', '2026-09-15'), pause('2026-09-15', '2026-09-15')],
    '2026-09-18',
    'house convention: two on one day merge',
  ],
]

for (const [accepted, limit, pauses, dueOn, source] of PAUSED) {
  test(`${limit} accepted on ${accepted} with pauses end on ${dueOn} (${source})`, () => {
    assert.equal(due({ ...counting(local(accepted, '10:00'), limit), pauses }, china).dueOn, dueOn)
  })
}

test('While 鉴定 lasts there is no date, one working day is used and one is left (行政许可法 45)', () => {
  const count = { ...counting(local('2026-02-13', '10:00'), '2 workdays'), pauses: [{ from: local('2026-02-24', '10:00'), basis: '鉴定' }] }
  assert.deepEqual(due(count, china), { dueAt: null, dueOn: null, provisional: false, remaining: 1 })
  assert.equal(elapsed(count, local('2026-06-01', '10:00'), china), 1)
  assert.equal(remaining(count, local('2026-06-01', '10:00'), china), 1)
})

test('Both published years have 248 working days (notices of both years)', () => {
  assert.equal(china.workdaysBetween('2024-12-31', '2025-12-31'), 248)
  assert.equal(china.workdaysBetween('2025-12-31', '2026-12-31'), 248)
})

test('The officer shows every day of Spring Festival 2026', () => {
  const rows = explain(counting(local('2026-02-13', '10:00'), '2 workdays'), china)
  assert.deepEqual(
    rows.map((row) => `${row.date} ${row.why} ${row.n} ${row.name ?? ''}`.trim()),
    [
      '2026-02-13 start 0',
      '2026-02-14 make-up 1 春节',
      ...['15', '16', '17', '18', '19', '20', '21', '22', '23'].map((day) => `2026-02-${day} holiday 1 春节`),
      '2026-02-24 counted 2',
    ],
  )
})

test('Extensions add to the limit (行政许可法 art. 42: ten working days more)', () => {
  const count = counting(local('2026-09-01', '10:00'), '20 workdays')
  const longer = { ...count, extensions: [{ n: 10, unit: 'workday' as const }] }
  assert.equal(due(longer, china).dueOn, due(counting(count.startedAt, '30 workdays'), china).dueOn)
  assert.equal(remaining(longer, count.startedAt, china), 30)
})

function counting(startedAt: string, limit: string): Count {
  return { startedAt, limit: unwrap(parseLimit(limit)), extensions: [], pauses: [] }
}

function pause(from: string, to: string): Pause {
  return { from: local(from, '11:00'), to: local(to, '15:00'), basis: '鉴定' }
}
