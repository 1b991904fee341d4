/**
 * Due dates per second, plain and with three pauses, beside `findWorkday` of chinese-days over the same days; and how the cost grows
 * with the limit. The answers are compared first. Run: `node bench/workday.ts [--scale 0.2]`.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Calendar, type CalendarYear, type Count, dateText, due, dueDay, instantText, makeCalendar } from '@yichuang/workday'
import { parse } from 'yaml'
import { race, scaleOf, seeded, type Work } from './measure.ts'
import { report } from './report.ts'

type Peer = { findWorkday(days: number, date: string): string }
const peer: Peer = createRequire(import.meta.url)('chinese-days')

const SEED = 20_260_213
const STARTS = 4096
/** All limits end within the published years. */
const FIRST_START = Date.parse('2022-01-01T00:00:00.000Z')
const START_DAYS = 900
const MS_PER_DAY = 86_400_000

const milliseconds = 300 * scaleOf(process.argv)
const calendar = publishedCalendar()
const random = seeded(SEED)
const starts = Array.from({ length: STARTS }, () => FIRST_START + Math.floor(random() * START_DAYS) * MS_PER_DAY + 2 * 3_600_000)
const limits = starts.map(() => 1 + Math.floor(random() * 20))

const plain = starts.map((start, i) => counting(start, limits[i] ?? 1))
const paused = plain.map((count, i) => ({ ...count, pauses: threePauses(starts[i] ?? 0) }))
const fixed = (n: number) => starts.map((start) => counting(start, n))
const [five, fiveHundred] = [fixed(5), fixed(500)]

for (const count of [...plain, ...five, ...fiveHundred.slice(0, 256)]) {
  assert.equal(due(count, calendar).dueOn, peer.findWorkday(count.limit.n, dateOf(count)))
  assert.equal(dateText(dueDay(calendar.index.dayAt(Date.parse(count.startedAt)), count.limit.n, calendar)), due(count, calendar).dueOn)
}
for (const count of paused) assert.equal(due(count, calendar).dueOn, steppedByPeer(count))
console.log(`Equal answers: ${plain.length + five.length + 256} plain, ${paused.length} with three pauses.`)

const days = starts.map((start) => calendar.index.dayAt(start))
const dates = plain.map(dateOf)
const at = STARTS - 1
const rates = race(
  {
    days: (i) => dueDay(days[i & at] as number, limits[i & at] as number, calendar),
    plain: ours(plain),
    paused: ours(paused),
    five: ours(five),
    fiveHundred: ours(fiveHundred),
    peerPlain: (i) => peer.findWorkday(limits[i & at] as number, dates[i & at] as string).length,
    peerPaused: (i) => steppedByPeer(paused[i & at] as Count).length,
    peerFive: (i) => peer.findWorkday(5, dates[i & at] as string).length,
    peerFiveHundred: (i) => peer.findWorkday(500, dates[i & at] as string).length,
  },
  milliseconds,
)

const plainRatio = rates.plain / rates.peerPlain
const growth = rates.five / rates.fiveHundred
await report(
  'workday',
  [
    {
      what: 'due(), limits of 1–20 working days',
      figure: rates.plain,
      unit: '/s',
      beside: { what: 'findWorkday', figure: rates.peerPlain },
      goal: { words: '≥ 10 M/s and ≥ 50×', met: rates.plain >= 1e7 && plainRatio >= 50 },
    },
    {
      what: 'due() with three pauses',
      figure: rates.paused,
      unit: '/s',
      beside: { what: 'findWorkday day by day', figure: rates.peerPaused },
      goal: { words: '≥ 50×', met: rates.paused >= 50 * rates.peerPaused },
    },
    { what: 'dueDay(), integers only', figure: rates.days, unit: '/s', beside: { what: 'findWorkday', figure: rates.peerPlain } },
    { what: 'due(), 5 working days', figure: rates.five, unit: '/s', beside: { what: 'findWorkday', figure: rates.peerFive } },
    {
      what: 'due(), 500 working days',
      figure: rates.fiveHundred,
      unit: '/s',
      beside: { what: 'findWorkday', figure: rates.peerFiveHundred },
    },
    {
      what: 'growth of cost from 5 to 500',
      figure: growth,
      unit: '×',
      beside: { what: 'findWorkday', figure: rates.peerFive / rates.peerFiveHundred },
      goal: { words: '≤ 1.3×', met: growth <= 1.3 },
    },
  ],
  { seed: SEED, starts: STARTS, milliseconds, calendar: calendar.version },
)

function publishedCalendar(): Calendar {
  const folder = new URL('../packs/zhuzhou/calendar/', import.meta.url)
  const years = readdirSync(folder).map((file): CalendarYear => {
    const { year, version, source, holidays, make_ups } = parse(readFileSync(new URL(file, folder), 'utf8'))
    return { year, version, source, holidays, makeUps: make_ups }
  })
  return makeCalendar({ years, utcOffsetMinutes: 480, hours: [{ from: '09:00', to: '17:00' }] })
}

function counting(start: number, n: number): Count {
  return { startedAt: instantText(start), limit: { n, unit: 'workday' }, extensions: [], pauses: [] }
}

function threePauses(start: number): Count['pauses'] {
  return [2, 9, 20].map((after, i) => ({
    from: instantText(start + after * MS_PER_DAY),
    to: instantText(start + (after + 2 + i) * MS_PER_DAY),
    basis: 'expert-review',
  }))
}

function ours(counts: readonly Count[]): Work {
  return (i) => due(counts[i & at] as Count, calendar).dueOn?.length ?? 0
}

function dateOf(count: Count): string {
  return calendar.dateOf(count.startedAt)
}

/** chinese-days knows no pauses: its next working day is asked for again and again, and days of a pause are not counted. */
function steppedByPeer(count: Count): string {
  let date = dateOf(count)
  for (let left = count.limit.n; left > 0; ) {
    date = peer.findWorkday(1, date)
    if (!count.pauses.some(({ from, to }) => from.slice(0, 10) <= date && date <= (to ?? '').slice(0, 10))) left--
  }
  return date
}
