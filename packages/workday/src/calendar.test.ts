import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addMonths, civilOf, dateText, epochDay, findEpochDay, instantText, momentOf, weekdayOf } from './days.ts'
import { china, NINE_TO_FIVE, YEAR_2025, YEAR_2026 } from './fixtures/published-years.ts'
import { type CalendarYear, checkCalendarYear, checkHours, dueDay, getEpochDay, makeCalendar } from './index.ts'

const anyDay = fc.integer({ min: -25_567, max: 75_000 })

test('Epoch days agree with the platform from 1900 to 2175', () => {
  for (let day = -25_567; day < 75_500; day += 1) {
    const date = new Date(day * 86_400_000)
    assert.deepEqual(civilOf(day), { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() })
    assert.equal(weekdayOf(day), (date.getUTCDay() + 6) % 7)
  }
})

test('Dates and instants are read and written back', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 86_399_999 }), (day, ms) => {
      assert.equal(findEpochDay(dateText(day)), day)
      const text = instantText(day * 86_400_000 + ms)
      assert.equal(text, new Date(day * 86_400_000 + ms).toISOString())
      assert.equal(momentOf(text), day * 86_400_000 + ms)
    }),
  )
  assert.equal(momentOf('2026-09-14T02:00:00.5Z'), Date.parse('2026-09-14T02:00:00.500Z'))
})

test('Texts that are no date or no instant are refused', () => {
  for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '2026-01-01 '])
    assert.equal(findEpochDay(text), null)
  for (const text of [
    '2026-02-29T00:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T00:60:00.000Z',
    '2026-01-01T00:00:00.00xZ',
    '2026/01/01T00:00:00.000Z',
  ]) {
    assert.throws(() => momentOf(text), RangeError, text)
  }
})

test('Months end where the month does (民法典 art. 202)', () => {
  assert.equal(dateText(addMonths(epochDay(2026, 1, 31), 1)), '2026-02-28')
  assert.equal(dateText(addMonths(epochDay(2027, 12, 31), 2)), '2028-02-29')
  assert.equal(dateText(addMonths(epochDay(2026, 11, 15), 3)), '2027-02-15')
})

test('Days say what they are and by which name', () => {
  assert.deepEqual(china.day('2026-02-14'), { date: '2026-02-14', kind: 'make-up', name: '春节', provisional: false })
  assert.deepEqual(china.day('2026-02-21'), { date: '2026-02-21', kind: 'holiday', name: '春节', provisional: false })
  assert.deepEqual(china.day('2026-09-13'), { date: '2026-09-13', kind: 'rest-day', provisional: false })
  assert.deepEqual(china.day('2027-10-01'), { date: '2027-10-01', kind: 'workday', provisional: true })
})

test('The day of a moment and the moments of a day follow the city, not the machine', () => {
  assert.equal(china.dateOf('2026-09-14T15:59:59.999Z'), '2026-09-14')
  assert.equal(china.dateOf('2026-09-14T16:00:00.000Z'), '2026-09-15')
  assert.deepEqual(
    [china.startOf('2026-09-15'), china.closeOf('2026-09-15'), china.endOf('2026-09-15')],
    ['2026-09-14T16:00:00.000Z', '2026-09-15T09:00:00.000Z', '2026-09-15T16:00:00.000Z'],
  )
  const always = makeCalendar({ years: [], utcOffsetMinutes: -210, hours: [] })
  assert.equal(always.closeOf('2026-09-15'), always.endOf('2026-09-15'))
  assert.equal(always.startOf('2026-09-15'), '2026-09-15T03:30:00.000Z')
})

test('Adding and counting working days agree, inside the published years, outside and across', () => {
  const gap = makeCalendar({ years: [{ ...YEAR_2025, year: 2025 }, year2023()], utcOffsetMinutes: 480, hours: NINE_TO_FIVE })
  const near = fc.integer({ min: getEpochDay('2022-06-01'), max: getEpochDay('2028-06-01') })
  fc.assert(
    fc.property(near, fc.integer({ min: 1, max: 700 }), fc.constantFrom(china, gap), (day, n, calendar) => {
      const date = dateText(day)
      const later = calendar.addWorkdays(date, n)
      assert.ok(calendar.isWorkday(later))
      assert.equal(calendar.workdaysBetween(date, later), n)
      assert.equal(dateText(dueDay(day, n, calendar)), later)
      const earlier = calendar.addWorkdays(date, -n)
      assert.ok(calendar.isWorkday(earlier) && earlier < date)
      assert.equal(calendar.workdaysBetween(earlier, dateText(day - 1)), n - 1)
      assert.equal(calendar.addWorkdays(date, 0), date)
    }),
    { numRuns: 500 },
  )
})

test('A working day is one that the kind says is one', () => {
  fc.assert(
    fc.property(fc.integer({ min: getEpochDay('2024-06-01'), max: getEpochDay('2027-06-01') }), (day) => {
      const { kind } = china.day(dateText(day))
      assert.equal(china.isWorkday(dateText(day)), kind === 'workday' || kind === 'make-up')
      assert.equal(china.workdaysBetween(dateText(day - 1), dateText(day)), kind === 'workday' || kind === 'make-up' ? 1 : 0)
    }),
    { numRuns: 500 },
  )
})

test('A later version of a year replaces the earlier one, in any order, and the version says so', () => {
  const revised: CalendarYear = { ...YEAR_2026, version: '2026/10', holidays: { ...YEAR_2026.holidays, '2026-09-07': '补充假日' } }
  const middle: CalendarYear = { ...YEAR_2026, version: '2026/9' }
  for (const years of [
    [YEAR_2026, revised, middle, YEAR_2025],
    [revised, YEAR_2025, middle, YEAR_2026],
  ]) {
    const calendar = makeCalendar({ years, utcOffsetMinutes: 480, hours: NINE_TO_FIVE })
    assert.equal(calendar.version, '2025/1+2026/10')
    assert.equal(calendar.isWorkday('2026-09-07'), false)
  }
})

test('A year between two published ones is provisional, and so is a limit that crosses it', () => {
  const calendar = makeCalendar({ years: [YEAR_2025, year2023()], utcOffsetMinutes: 480, hours: NINE_TO_FIVE })
  assert.equal(calendar.day('2024-07-01').provisional, true)
  assert.equal(calendar.day('2023-07-01').provisional, false)
  assert.equal(calendar.index.isKnown(getEpochDay('2023-12-29'), getEpochDay('2025-01-02')), false)
})

test('Faults of a calendar year are all named', () => {
  const faulty: CalendarYear = {
    year: 2026,
    version: '2026/1',
    source: 'invented',
    holidays: { '2027-01-01': '元旦', '2026-02-30': '春节', '2026-02-28': '春节' },
    makeUps: { '2026-02-28': '春节', '2026-09-14': '中秋节' },
  }
  const faults = checkCalendarYear(faulty)
  assert.deepEqual(
    faults.map((fault) => [fault.code, fault.data?.date]),
    ['2027-01-01', '2026-02-30', '2026-02-28', '2026-09-14'].map((date) => ['workday/calendar-fault', date]),
  )
  assert.throws(() => makeCalendar({ years: [faulty], utcOffsetMinutes: 480, hours: NINE_TO_FIVE }), RangeError)
  assert.deepEqual(checkCalendarYear(YEAR_2026), [])
})

test('Faults of service hours are named', () => {
  assert.deepEqual(checkHours(NINE_TO_FIVE), [])
  for (const hours of [
    [{ from: '17:00', to: '09:00' }],
    [{ from: '9:00', to: '17:00' }],
    [{ from: '09:00', to: '24:30' }],
    [
      { from: '09:00', to: '12:00' },
      { from: '11:00', to: '17:00' },
    ],
  ]) {
    assert.deepEqual(
      checkHours(hours).map((fault) => fault.code),
      ['workday/hours-fault'],
    )
  }
})

function year2023(): CalendarYear {
  return { year: 2023, version: '2023/1', source: 'invented', holidays: { '2023-01-02': '元旦' }, makeUps: { '2023-01-07': '元旦' } }
}
