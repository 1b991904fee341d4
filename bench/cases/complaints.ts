/** Second part of `cases`: complaints of one case each, from the citizen to the rating, on an empty house and on one full of cases. */
import assert from 'node:assert/strict'
import * as api from '@yichuang/contract'
import { type Callers, callers } from '../house/callers.ts'
import { type House, ROOT, type Served, withClient } from '../house/house.ts'
import type { Row } from '../report.ts'
import { settled } from './check.ts'
import { aboutOf, openComplaint, PLACE, POSTS, STAFF } from './complaints-words.ts'
import { crew, median } from './crew.ts'
import { addCrowd, type Models } from './crowd.ts'
import { loadPack } from './seed.ts'

const CITIZENS = 64
const ROUNDS = 3

export type Office = { readonly databaseUrl: string; readonly server: Served; readonly models: Models; readonly people: Callers }

/** A server on the imaginary city with citizens, staff, and some complaints at every stage. */
export async function openOffice(house: House, clients: number): Promise<Office> {
  const databaseUrl = await house.database('complaints')
  const server = await house.serve({ databaseUrl, pack: 'packs/tidewater', program: `${ROOT}/bench/cases/complaints-server.ts` })
  await withClient(databaseUrl, async (client) => {
    const people = [...Object.values(STAFF), ...Array.from({ length: CITIZENS }, (_, n) => citizen(n))]
    await client.query(
      `insert into people (person, name, synthetic) select person, jsonb_build_object('zh', '合成' || person, 'en', person), true from unnest($1::text[]) as person`,
      [people],
    )
    await client.query(
      `insert into posts (person, desk, org, roles) select p.person, p.desk, p.org, array(select jsonb_array_elements_text(p.roles))
       from jsonb_to_recordset($1::jsonb) as p (person text, desk text, org text, roles jsonb)`,
      [JSON.stringify(POSTS)],
    )
    await client.query(
      `insert into parties (party_id, kind, name, region, region_path, synthetic, recorded_at)
       select person, 'person', '合成市民' || person, $2, $2 || '/', true, now() from unnest($1::text[]) as person where person like 'bench-citizen%'`,
      [people, PLACE.region],
    )
    await client.query(
      `insert into party_people (party_id, person, as_role, since) select party_id, party_id, 'owner', '1990-01-01' from parties where party_id like 'bench-citizen%'`,
    )
  })
  const people = callers(server.url, clients)
  const ended = await Promise.all(Array.from({ length: 4 }, (_, n) => play(people, n, 5)))
  const open: string[] = []
  for (let n = 0; n < 9; n += 1) open.push(await play(people, n, 1 + (n % 3)))
  await settled(databaseUrl)
  return { databaseUrl, server, models: { ended, open }, people }
}

function citizen(n: number): string {
  return `bench-citizen-${n % CITIZENS}`
}

/** The first `turns` of five: opened, dispatched, answered, called back, rated. Answers the case. */
async function play(people: Callers, n: number, turns = 5): Promise<string> {
  const owner = await people.as(citizen(n))
  const { id, version } = await owner.call(openComplaint, { body: { about: aboutOf(n) } })
  let at = version
  const act = async (person: string, step: string, action: string, input: api.Data) => {
    const who = await people.as(person)
    const view = await who.call(api.actOnCase, { params: { case: id }, body: { action, step, input }, ifMatch: at })
    at = view.version
  }
  if (turns > 1) await act(STAFF.clerk, 'register', 'dispatch', {})
  if (turns > 2) await act(STAFF.officer, 'answer', 'answer', { findings: '已处理（合成）' })
  if (turns > 3) await act(STAFF.supervisor, 'call-back', 'satisfied', {})
  if (turns > 4) await owner.call(api.rateCase, { params: { case: id }, body: { stars: 5 } })
  return id
}

export type Options = { readonly clients: number; readonly standing: number }

export async function measureComplaints(
  house: House,
  { clients, standing }: Options,
): Promise<{ rows: Row[]; given: { [key: string]: unknown } }> {
  const office = await openOffice(house, clients)
  const perRound = 100
  const rounds = async () => {
    const rates: number[] = []
    for (let round = -1; round < ROUNDS; round += 1) {
      const played: string[] = []
      const numbers = Array.from({ length: perRound }, (_, n) => n)
      const began = performance.now()
      await crew(numbers, clients, async (n) => void played.push(await play(office.people, n)))
      await settled(office.databaseUrl)
      if (round >= 0) rates.push((perRound * 1000) / (performance.now() - began))
      await checkComplaints(office.databaseUrl, played)
    }
    return rates
  }
  const empty = await rounds()
  console.log(`complaints on an empty house: ${median(empty).toFixed(1)}/s`)
  const began = performance.now()
  await addCrowd(office.databaseUrl, await loadPack('packs/tidewater'), office.models, { from: 0, total: standing })
  const seeding = Math.round((performance.now() - began) / 1000)
  console.log(`${standing} cases laid down in ${seeding} s`)
  const full = await rounds()
  office.people.close()
  await office.server.stop()
  const [before, after] = [median(empty), median(full)]
  const words = `${standing.toLocaleString('en')} cases`
  return {
    rows: [
      { what: 'complaint lifecycles, empty house', figure: before, unit: '/s' },
      {
        what: `complaint lifecycles with ${words}`,
        figure: after,
        unit: '/s',
        beside: { what: 'empty', figure: before },
        goal: {
          words: `≥ 30/s and ≤ 15 % below empty${standing < 1_000_000 ? ' (at 1 M: --scale 10)' : ''}`,
          met: after >= 30 && after >= 0.85 * before,
        },
      },
    ],
    given: { standing, complaintsPerRound: perRound, complaintRates: { empty, full }, seedingSeconds: seeding },
  }
}

async function checkComplaints(databaseUrl: string, played: readonly string[]): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ ended: number; events: number; reviews: number }>(
      `select count(*) filter (where cases.status = 'ended' and cases.outcome = 'settled' and cases.rated)::integer as ended,
         count(*) filter (where (select count(*) from case_events where case_events.case_id = cases.id) = (cases.state ->> 'seq')::integer)::integer as events,
         count(*) filter (where exists (select 1 from reviews where reviews.case_id = cases.id))::integer as reviews
       from cases where cases.id = any($1::uuid[])`,
      [played],
    )
    assert.deepEqual(rows, [{ ended: played.length, events: played.length, reviews: played.length }])
  })
}
