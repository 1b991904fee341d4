/**
 * A department's inbox with its filter of jurisdiction, through HTTP, at 10,000, 100,000 and (from `--scale 10`) one million cases:
 * first page, next page, and search by a Chinese word, by the applicant's name and by the beginning of the case number.
 */
import assert from 'node:assert/strict'
import * as api from '@yichuang/contract'
import { openOffice } from './cases/complaints.ts'
import { aboutOf, nameOf, PLACE, STAFF } from './cases/complaints-words.ts'
import { quantile } from './cases/crew.ts'
import { addCrowd } from './cases/crowd.ts'
import { loadPack } from './cases/seed.ts'
import type { Caller } from './house/callers.ts'
import { openHouse, withClient } from './house/house.ts'
import { scaleOf, seeded } from './measure.ts'
import { type Row, report } from './report.ts'

const SEED = 20_261_123
const SIZES = [10_000, 100_000, 1_000_000]
const EACH = 200
const GOAL_MS = 50
const GROWTH = 1.3
const scale = scaleOf(process.argv)
const sizes = SIZES.filter((size) => size <= Math.max(10_000, 100_000 * scale))

type Kind = 'first page' | 'next page' | 'search: Chinese word' | 'search: applicant' | 'search: case number'
type Times = { readonly [kind in Kind]: number[] }
type Query = api.QueryOf<typeof api.listInbox>

const house = await openHouse(60)
try {
  const office = await openOffice(house, 2)
  const pack = await loadPack('packs/tidewater')
  const officer = await office.people.as(STAFF.officer)
  const found: { size: number; tasks: number; times: Times }[] = []
  let laid = 0
  for (const size of sizes) {
    const began = performance.now()
    await addCrowd(office.databaseUrl, pack, office.models, { from: laid, total: size })
    laid = size
    const tasks = await tasksAt(office.databaseUrl)
    console.log(`${size} cases, ${tasks} tasks at this desk (laid down in ${((performance.now() - began) / 1000).toFixed(0)} s)`)
    await ask(officer, 20)
    found.push({ size, tasks, times: await ask(officer, EACH) })
  }
  office.people.close()
  const last = found.at(-1)
  const rows = Object.keys(found[0]?.times ?? {}).flatMap((kind) => rowsOf(kind as Kind))
  await report('inbox', rows, {
    seed: SEED,
    requestsEach: EACH,
    sizes: found.map(({ size, tasks }) => ({ size, tasks })),
    largest: last?.size,
  })

  function rowsOf(kind: Kind): Row[] {
    const p95 = found.map(({ times }) => quantile(times[kind], 0.95))
    const p50 = found.map(({ times }) => quantile(times[kind], 0.5))
    const largest = found.at(-1)?.size ?? 0
    const final = p95.at(-1) ?? Number.NaN
    const growth = (p50.at(-1) ?? Number.NaN) / (p50[0] ?? Number.NaN)
    const sized = found.flatMap(({ size }, i): Row[] => [
      { what: `${kind}, p50 at ${size.toLocaleString('en')}`, figure: p50[i] ?? Number.NaN, unit: ' ms' },
      { what: `${kind}, p95 at ${size.toLocaleString('en')}`, figure: p95[i] ?? Number.NaN, unit: ' ms' },
    ])
    return [
      ...sized,
      {
        what: `${kind}, p95 at the largest`,
        figure: final,
        unit: ' ms',
        goal: { words: `≤ ${GOAL_MS} ms${largest < 1_000_000 ? ' (at 1 M: --scale 10)' : ''}`, met: final <= GOAL_MS },
      },
      { what: `${kind}, growth of p50 from 10,000`, figure: growth, unit: '×', goal: { words: `≤ ${GROWTH}×`, met: growth <= GROWTH } },
    ]
  }
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await house.stop()
}

/** All kinds in turn, so that a busy neighbour on the machine hits all of them alike. */
async function ask(officer: Caller, each: number): Promise<Times> {
  const random = seeded(SEED)
  const times: Times = { 'first page': [], 'next page': [], 'search: Chinese word': [], 'search: applicant': [], 'search: case number': [] }
  const timed = async (kind: Kind, query: Query) => {
    const began = performance.now()
    const page = await officer.call(api.listInbox, { query: { desk: 'department', ...query } })
    times[kind].push(performance.now() - began)
    return page
  }
  for (let i = 0; i < each; i += 1) {
    const first = await timed('first page', {})
    assert.equal(first.rows.length, 20)
    const next = await timed('next page', { cursor: first.next ?? '' })
    assert.ok((next.rows[0]?.dueAt ?? '') >= (first.rows.at(-1)?.dueAt ?? ''), 'the next page goes on where the first ended')
    const word = aboutOf(Math.floor(random() * 100)).slice(3, 5)
    const byWord = await timed('search: Chinese word', { q: word })
    assert.ok(byWord.rows.every((row) => row.title.zh.includes(word)))
    const name = nameOf(Math.floor(random() * 8000))
    const byName = await timed('search: applicant', { q: name })
    assert.ok(byName.rows.every((row) => [...name].every((one) => row.partyName.includes(one))))
    const no = first.rows[Math.floor(random() * 20)]?.no.slice(0, 18) ?? ''
    const byNo = await timed('search: case number', { q: no })
    assert.ok(byNo.rows.length > 0 && byNo.rows.every((row) => row.no.startsWith(no)))
  }
  return times
}

async function tasksAt(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ n: number }>(`select count(*)::integer as n from tasks where org = $1 and desk = 'department'`, [
      PLACE.org,
    ])
    return rows[0]?.n ?? 0
  })
}
