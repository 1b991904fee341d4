/**
 * Whole 个转企 lifecycles through HTTP by 8 clients: submit, accept, eight child cases step by step, delivered, rated; beside the same rows
 * written by prepared SQL alone, and beside durable workflows of DBOS. Then complaints, empty and over many cases.
 * Run: `npm run bench cases -- [--scale 10]`; at scale 1 the second part has 100,000 cases before it, at scale 10 one million.
 */
import assert from 'node:assert/strict'
import { checkPlayed, expectedOf, settled } from './cases/check.ts'
import { measureComplaints } from './cases/complaints.ts'
import { crew, median } from './cases/crew.ts'
import { openPeer } from './cases/dbos.ts'
import { CHILDREN, type Played, playLifecycle } from './cases/lifecycle.ts'
import { endRecording, openFloor, type Script, startRecording } from './cases/recorded.ts'
import { loadPack, type Shop, seedShops, shopOf } from './cases/seed.ts'
import { type Callers, callers } from './house/callers.ts'
import { type House, openHouse } from './house/house.ts'
import { scaleOf } from './measure.ts'
import { type Row, report } from './report.ts'

const CLIENTS = 8
const ROUNDS = 3
const WARM_UP = 8
const scale = scaleOf(process.argv)
const perRound = Math.round(16 * Math.min(2, Math.max(0.5, scale)))
const standing = Math.round(100_000 * scale)

const house = await openHouse(60)
try {
  const first = await lifecycles(house)
  const second = process.argv.includes('--no-complaints')
    ? { rows: [], given: {} }
    : await measureComplaints(house, { clients: CLIENTS, standing })
  await report('cases', [...first.rows, ...second.rows], { clients: CLIENTS, rounds: ROUNDS, perRound, ...first.given, ...second.given })
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await house.stop()
}

type Part = { readonly rows: readonly Row[]; readonly given: { readonly [key: string]: unknown } }

async function lifecycles(house: House): Promise<Part> {
  const pack = await loadPack()
  const server = await house.serve({ databaseUrl: house.databaseUrl })
  const people = callers(server.url, CLIENTS)
  const shops = Array.from({ length: WARM_UP + 1 + ROUNDS * perRound }, (_, i) => shopOf(i + 1))
  await seedShops(house.databaseUrl, pack, shops)
  await Promise.all(shops.map((shop) => people.as(shop.owner)))
  await crew(shops.splice(0, WARM_UP), CLIENTS, async (shop) => void (await playLifecycle(people, shop)))
  await settled(house.databaseUrl)

  const model = shops.shift() ?? shopOf(0)
  await startRecording(house.databaseUrl)
  const played = await playLifecycle(people, model)
  await settled(house.databaseUrl)
  const recording = await endRecording(house.databaseUrl, model)
  const expected = await expectedOf(house.databaseUrl, played)
  const { commands, calls } = played
  const writes = Object.values(recording.rows).reduce((sum, n) => sum + n, 0)
  console.log(`One lifecycle: ${calls} calls, ${commands} commands, ${recording.transactions.length} transactions, ${writes} row writes.`)

  const floor = await openFloor(await house.database('floor'), recording, CLIENTS)
  const desksUrl = await house.database('desks')
  const desks = await openFloor(desksUrl, recording, 1)
  const peer = await openPeer({ databaseUrl: desksUrl, systemUrl: await house.database('dbos'), commands, children: CHILDREN })
  const rates = { ours: [] as number[], floor: [] as number[], bare: [] as number[], desks: [] as number[] }
  for (let round = -1; round < ROUNDS; round += 1) {
    const numbers = Array.from({ length: round < 0 ? CLIENTS : perRound }, (_, i) => (round + 2) * 1000 + i)
    const scripts = new Map<number, Script>()
    for (const number of numbers) {
      scripts.set(number, await floor.prepare(number))
      await desks.prepare(number)
    }
    const taken = {
      floor: await crew(numbers, CLIENTS, (number, hand) => floor.write(hand, scripts.get(number) ?? [])),
      bare: await crew(numbers, CLIENTS, async (number) => assert.equal(await peer.bare(number), commands)),
      desks: await crew(numbers, CLIENTS, async (number) => assert.equal(await peer.desks(number, scripts.get(number) ?? []), commands)),
      ours: round < 0 ? Number.NaN : await playAll(house, people, shops.splice(0, perRound), expected),
    }
    if (round < 0) continue
    rates.ours.push(perRound / taken.ours)
    rates.floor.push(perRound / taken.floor)
    rates.bare.push(perRound / taken.bare)
    rates.desks.push(perRound / taken.desks)
    const peers = `DBOS ${last(rates.desks)}/s (empty steps back to back ${last(rates.bare)}/s)`
    console.log(`round ${round + 1}: ours ${last(rates.ours)}/s, floor ${last(rates.floor)}/s, ${peers}`)
  }
  await desks.close()
  await peer.close()
  await floor.close()
  people.close()
  await server.stop()
  const ours = median(rates.ours)
  return {
    rows: [
      {
        what: 'lifecycles through HTTP',
        figure: ours,
        unit: '/s',
        beside: { what: 'the same rows by prepared SQL', figure: median(rates.floor) },
        goal: { words: '≥ 50 % of the floor', met: ours >= 0.5 * median(rates.floor) },
      },
      {
        what: 'lifecycles through HTTP',
        figure: ours,
        unit: '/s',
        beside: { what: 'DBOS: steps wait for their message and write the same rows', figure: median(rates.desks) },
        goal: { words: 'ahead of DBOS', met: ours > median(rates.desks) },
      },
      {
        what: 'lifecycles through HTTP',
        figure: ours,
        unit: '/s',
        beside: { what: 'DBOS: as many empty steps, back to back', figure: median(rates.bare) },
      },
      { what: 'commands through HTTP', figure: ours * commands, unit: '/s' },
    ],
    given: { calls, commands, transactions: recording.transactions.length, rowWrites: recording.rows, rates },
  }
}

async function playAll(
  house: House,
  people: Callers,
  shops: readonly Shop[],
  expected: Awaited<ReturnType<typeof expectedOf>>,
): Promise<number> {
  const all: Played[] = []
  const began = performance.now()
  await crew(shops, CLIENTS, async (shop) => void all.push(await playLifecycle(people, shop)))
  await settled(house.databaseUrl)
  const seconds = (performance.now() - began) / 1000
  await checkPlayed(house.databaseUrl, all, expected)
  return seconds
}

function last(values: readonly number[]): string {
  return (values.at(-1) ?? Number.NaN).toFixed(2)
}
