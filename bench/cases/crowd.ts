/**
 * Cases that are there already: copies of complaints that were really played to different stages, spread by SQL over organisations, days,
 * titles and applicants as they are in an old office: most are ended, some are open, few are late.
 */
import type { CityPack } from '@yichuang/pack'
import { regionPath } from '@yichuang/pack'
import { wordsOf } from '@yichuang/words'
import type pg from 'pg'
import { withClient } from '../house/house.ts'
import { aboutOf, nameOf, PLACE } from './complaints-words.ts'

export type Models = {
  /** Played to their end. */
  readonly ended: readonly string[]
  /** Standing at a desk. */
  readonly open: readonly string[]
}

const TITLES = 100
const NAMES = 8000
const CHUNK = 25_000
/** Of a hundred cases. */
const OPEN = 15
/** The organisation of the benchmark has a tenth of all cases; the others share the rest. */
const OWN_SHARE = 10
/** The record of every tenth copied case is copied with it. */
const RECORDED = 10
const DAYS = 400

/** Adds cases until `total` have been copied; begins after those of an earlier call. */
export async function addCrowd(
  databaseUrl: string,
  pack: CityPack,
  models: Models,
  { from, total }: { from: number; total: number },
): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query("set synchronous_commit = off; set work_mem = '64MB'")
    await layOut(client, pack, models)
    for (let at = from; at < total; at += CHUNK) await addChunk(client, at, Math.min(total, at + CHUNK))
    await client.query('vacuum analyze cases; ').catch(() => {})
    for (const table of ['cases', 'case_orgs', 'case_words', 'case_events', 'tasks', 'obligations'])
      await client.query(`vacuum analyze ${table}`)
    await client.query('checkpoint')
  })
}

async function layOut(client: pg.Client, pack: CityPack, models: Models): Promise<void> {
  await client.query(`
    create function pg_temp.mixed(n bigint, seed bigint) returns bigint language sql immutable
      return hashint8extended(n, seed) & 9223372036854775807;
    create temp table titles (n integer primary key, title jsonb, words text[]);
    create temp table names (n integer primary key, party text, name text, words text[]);
    create temp table places (n integer primary key, org text, org_path text, region text, region_path text);
    create temp table models (kind text, n integer, id uuid, primary key (kind, n))`)
  const rows = (count: number, make: (n: number) => unknown) => JSON.stringify(Array.from({ length: count }, (_, n) => make(n)))
  const titles = rows(TITLES, (n) => ({
    n,
    title: { zh: aboutOf(n), en: 'A synthetic complaint' },
    words: wordsOf(`${aboutOf(n)} A synthetic complaint`),
  }))
  await client.query('insert into titles select * from jsonb_to_recordset($1::jsonb) as t (n integer, title jsonb, words text[])', [titles])
  const names = rows(NAMES, (n) => ({ n, party: `crowd-${n}`, name: nameOf(n), words: wordsOf(nameOf(n)) }))
  await client.query(
    'insert into names select * from jsonb_to_recordset($1::jsonb) as t (n integer, party text, name text, words text[])',
    [names],
  )
  const own = pack.orgs.get(PLACE.org)
  const others = [...pack.orgs.values()].filter((org) => org.id !== PLACE.org && org.kind !== 'hall')
  if (own === undefined) throw new Error(`the pack has no ${PLACE.org}`)
  const places = [own, ...others].map((org, n) => ({
    n,
    org: org.id,
    org_path: org.path,
    region: org.region,
    region_path: regionPath(pack, org.region),
  }))
  await client.query(
    'insert into places select * from jsonb_to_recordset($1::jsonb) as t (n integer, org text, org_path text, region text, region_path text)',
    [JSON.stringify(places)],
  )
  for (const [kind, ids] of Object.entries(models))
    await client.query('insert into models select $1, row_number() over () - 1, id from unnest($2::uuid[]) as id', [kind, ids])
}

/** All that follows from the number of a copy is arithmetic: every run has the same crowd. */
async function addChunk(client: pg.Client, from: number, to: number): Promise<void> {
  await client.query(
    `create temp table crowd as
     select c.n, models.id as model, titles.title, names.party, names.name, titles.words || names.words as words,
       places.org, places.org_path, places.region, places.region_path, c.opened_at, c.is_open, c.due_at, c.light,
       (lpad(to_hex((extract(epoch from c.opened_at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(c.n % 4096), 3, '0') || '8' || lpad(to_hex(c.n), 15, '0'))::uuid as id,
       rpad(left(places.region, 2) || left(places.region, 6) || to_char(c.opened_at, 'YYYYMMDD') || lpad((c.n % 1000000)::text, 6, '0'), 23, 'X') as no
     from (
       select n, pg_temp.mixed(n, 1) % 100 < ${OPEN} as is_open, date_trunc('milliseconds', now()) - make_interval(secs => (pg_temp.mixed(n, 2) % (${DAYS} * 864)) * 100.0) as opened_at,
         date_trunc('milliseconds', now()) + make_interval(mins => 1440 + (pg_temp.mixed(n, 3) % 28800)::integer) as due_at,
         case when pg_temp.mixed(n, 4) % 100 < 85 then 'green' when pg_temp.mixed(n, 4) % 100 < 93 then 'blue' when pg_temp.mixed(n, 4) % 100 < 98 then 'yellow' else 'red' end as light,
         case when pg_temp.mixed(n, 5) % 100 < ${OWN_SHARE} then 0 else 1 + pg_temp.mixed(n, 6) % ((select count(*) from places) - 1) end as place
       from generate_series($1::bigint, $2::bigint - 1) as n) c
       join places on places.n = c.place
       join titles on titles.n = pg_temp.mixed(c.n, 7) % ${TITLES}
       join names on names.n = pg_temp.mixed(c.n, 8) % ${NAMES}
       join models on models.kind = case when c.is_open then 'open' else 'ended' end
         and models.n = pg_temp.mixed(c.n, 9) % (select count(*) from models m where m.kind = case when c.is_open then 'open' else 'ended' end)`
      .replaceAll('$1', String(from))
      .replaceAll('$2', String(to)),
  )
  await client.query(`
    insert into cases (id, no, root_id, parent_id, parent_step, kind, flow, flow_version, matter, bundle, title, party_id, party_name, applicant, region,
      region_path, org, org_path, acceptor, status, outcome, light, due_at, stage, waiting, rated, opened_at, closed_at, calendar_version,
      state, data, version)
    select w.id, w.no, w.id, null, null, m.kind, m.flow, m.flow_version, m.matter, m.bundle, w.title, w.party, w.name, m.applicant, w.region,
      w.region_path, w.org, w.org_path, m.acceptor, m.status, m.outcome, case when w.is_open then w.light else 'green' end,
      case when w.is_open then w.due_at end, m.stage, m.waiting, m.rated, w.opened_at, case when not w.is_open then w.opened_at + interval '3 days' end,
      m.calendar_version, jsonb_set(m.state, '{id}', to_jsonb(w.id)), m.data, m.version
    from crowd w join cases m on m.id = w.model`)
  await client.query(`
    insert into case_orgs (case_id, org, opened_at)
    select w.id, o.org, w.opened_at from crowd w cross join lateral (
      select w.org union select case_orgs.org from case_orgs where case_orgs.case_id = w.model and case_orgs.org <> '${PLACE.org}') o (org)`)
  await client.query('insert into case_words (case_id, words) select w.id, w.words from crowd w')
  await client.query(`
    insert into case_events (case_id, seq, at, actor, org, type, data)
    select w.id, e.seq, w.opened_at, e.actor, e.org, e.type, e.data from crowd w join case_events e on e.case_id = w.model where w.n % ${RECORDED} = 0`)
  await client.query(`
    insert into tasks (case_id, step, org, round, as_role, desk, role, assignee, status, light, due_at, urgency, ready_at, case_no, kind, title, party_name,
      step_title, region_path, case_version, words)
    select w.id, t.step, case when t.org = '${PLACE.org}' then w.org else t.org end, t.round, t.as_role, t.desk, t.role, null, t.status, w.light, w.due_at,
      w.due_at, w.opened_at, w.no, t.kind, w.title, w.name, t.step_title, w.region_path, t.case_version, w.words
    from crowd w join tasks t on t.case_id = w.model where w.is_open`)
  await client.query(`
    insert into obligations (case_id, clock, level, due_at)
    select w.id, o.clock, o.level, w.due_at + (o.due_at - first.due_at) from crowd w join obligations o on o.case_id = w.model
      cross join lateral (select min(f.due_at) as due_at from obligations f where f.case_id = w.model) first where w.is_open`)
  await client.query('drop table crowd')
}
