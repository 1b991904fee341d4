/** Tidewater's three demonstration cases, loaded on a Monday morning: where they stand, when it happened, and that it happens once. */
import assert from 'node:assert/strict'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { withClient } from '../test/cluster.ts'
import { MONDAY, testFolder, testServer } from '../test/harness.ts'
import { caseIds, checkRecord } from '../test/projections.ts'

const lines: string[] = []
const { databaseUrl, app } = await testServer({ at: MONDAY, demonstrate: (line) => lines.push(line) })
const rows = (sql: string) => withClient(databaseUrl, async (client) => (await client.query(sql)).rows)
/** The city's wall clock, to the minute. */
const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

describe('a demonstration that is loaded for the first time', () => {
  it('plays every case and says so in one line', () => {
    assert.equal(lines.length, 1)
    assert.match(lines[0] ?? '', /^demonstration: 3 cases played in \d+\.\d s$/)
  })

  it('leaves each case where its last scene left it', async () => {
    const found = await rows("select bundle, status, outcome, light, rated, waiting from cases where kind = 'bundle' order by opened_at")
    assert.deepEqual(found, [
      { bundle: 'close-stall', status: 'open', outcome: null, light: 'red', rated: false, waiting: false },
      { bundle: 'open-stall', status: 'ended', outcome: 'delivered', light: 'green', rated: true, waiting: false },
      { bundle: 'close-stall', status: 'open', outcome: null, light: 'green', rated: false, waiting: true },
    ])
  })

  it('counts back in service hours, over the weekend', async () => {
    const opened = await rows("select opened_at from cases where kind = 'bundle' order by opened_at")
    // Loaded on Monday at 9:30: eight days and two hours, six days and an hour, two days before.
    assert.deepEqual(
      opened.map((row) => local(row.opened_at)),
      ['2035-02-20 15:30', '2035-02-22 16:30', '2035-03-01 09:30'],
    )
  })

  it('fires what fell due in between when it fell due', async () => {
    const fired = await rows(
      `select case_events.data->>'level' as level, case_events.at from case_events join cases on cases.id = case_events.case_id
       where case_events.type = 'obligation-fired' and cases.matter = 'net-tag-return' order by case_events.at, level`,
    )
    assert.deepEqual(
      fired.map(({ level, at }) => `${local(at)} ${level}`),
      ['2035-02-21 17:00 yellow', '2035-02-22 17:00 red-statutory', '2035-02-26 17:00 red', '2035-02-27 17:00 supervise'],
    )
  })

  it('has the supervision case answered, and waiting for the supervisor', async () => {
    const found = await rows(
      `select tasks.step, tasks.org from tasks join cases on cases.id = tasks.case_id
       where cases.kind = 'supervision' and cases.title->>'zh' = '督办：渔网标识缴回'`,
    )
    assert.deepEqual(found, [{ step: 'check', org: '990102.service' }])
  })

  it('dates certificates, documents, notices and reviews by what happened', async () => {
    const [licence] = await rows("select issued_on::text, holder from certificates where type = 'stall-licence'")
    assert.deepEqual(licence, { issued_on: '2035-02-23', holder: '阿梅海味' })
    const latest = await rows(
      `select max(documents.issued_at) as documents, (select max(at) from reviews) as reviews,
         (select max(at) from notices where person = 'mei') as notices, (select max(at) from party_events where change = 'found') as register from documents`,
    )
    assert.deepEqual(Object.fromEntries(Object.entries(latest[0] as { [name: string]: Date }).map(([name, at]) => [name, local(at)])), {
      documents: '2035-03-02 09:30',
      reviews: '2035-02-27 15:00',
      notices: '2035-02-26 15:00',
      register: '2035-02-23 13:30',
    })
    assert.deepEqual(await rows('select topic from outbox'), [])
  })

  it('numbers documents in the order of their dates', async () => {
    const numbers = await rows("select no from documents where template = 'delivery-receipt' order by issued_at")
    assert.deepEqual(
      numbers.map((row) => row.no),
      ['潮送字〔2035〕1号', '潮送字〔2035〕2号'],
    )
  })

  it('keeps papers as uploads of the day on which they were handed in', async () => {
    const files = await rows(
      'select case_files.material, files.uploaded_by, files.uploaded_at, files.media_type from case_files join files on files.id::text = case_files.file_id order by files.uploaded_at, case_files.material',
    )
    assert.deepEqual(
      files.map((row) => `${local(row.uploaded_at)} ${row.uploaded_by} ${row.material} ${row.media_type}`),
      [
        '2035-02-20 15:30 mei stall-licence application/pdf',
        // What was left out at the submission came later.
        '2035-02-26 13:30 mei quay-sketch application/pdf',
        '2035-03-01 09:30 gang identity application/pdf',
        '2035-03-01 09:30 gang stall-licence application/pdf',
      ],
    )
  })

  it('names the last day of a correction as a date', async () => {
    const [asked] = await rows("select data->>'until' as until from case_events where type = 'correction-requested'")
    assert.equal(local(new Date(asked?.until)), '2035-03-07 17:00')
  })

  it('leaves records and tables that agree, and nothing past that has not fired', async () => {
    const ids = await caseIds(app.db)
    assert.equal(ids.length, 7)
    for (const id of ids) await checkRecord(app.db, app.pack, id, MONDAY)
  })
})

describe('another start', () => {
  it('plays nothing on a database that has cases', async () => {
    const again: string[] = []
    await testServer({ databaseUrl, demonstrate: (line) => again.push(line) })
    assert.deepEqual(again, [])
    assert.deepEqual(await rows("select count(*)::integer as bundles from cases where kind = 'bundle'"), [{ bundles: 3 }])
  })

  it('plays nothing outside demonstration mode, or when nobody asked', async () => {
    const quiet: string[] = []
    const real = await testServer({ demo: false, demonstrate: (line) => quiet.push(line) })
    const unasked = await testServer({ at: MONDAY })
    for (const server of [real, unasked]) {
      const left = await withClient(server.databaseUrl, async (client) => (await client.query('select id from cases')).rows)
      assert.deepEqual(left, [])
    }
    assert.deepEqual(quiet, [])
  })
})

describe('a case that cannot be played', () => {
  it('is named with the scene and the reason, and stops nobody else', async () => {
    const pack = join(await testFolder(), 'pack')
    await cp(join(import.meta.dirname, '..', '..', 'packs', 'tidewater'), pack, { recursive: true })
    const path = join(pack, 'demo', 'cases.yaml')
    const text = await readFile(path, 'utf8')
    // Wei of the health bureau does not see the harbour's case; what would have followed is not played.
    await writeFile(path, text.replace('by: hai, node: register, action: grant', 'by: wei, node: register, action: grant'))
    const heard: string[] = []
    const server = await testServer({ pack, at: MONDAY, demonstrate: (line) => heard.push(line) })
    assert.match(heard[0] ?? '', /^demonstration: case mei-opens stopped: wei grant at register \(play 3\): cases\/unknown /)
    assert.match(heard[1] ?? '', /^demonstration: 2 cases played in /)
    const standing = await withClient(
      server.databaseUrl,
      async (client) => (await client.query("select outcome from cases where bundle = 'open-stall' and kind = 'bundle'")).rows,
    )
    assert.deepEqual(standing, [{ outcome: null }])
  })
})

/** Licences of the pack run out one day: this city is opened on the Monday that comes, at 9:30. */
function comingMonday(): string {
  const day = 86_400_000
  const today = new Date(Date.now() - (Date.now() % day))
  const ahead = ((8 - today.getUTCDay()) % 7) + 7
  return new Date(today.getTime() + ahead * day + 1.5 * 3_600_000).toISOString()
}

describe('the city that npm start opens', async () => {
  const heard: string[] = []
  const demonstrate = (line: string) => heard.push(line)
  const { databaseUrl: zhuzhou, app: house } = await testServer({ pack: 'packs/zhuzhou', at: comingMonday(), demonstrate })
  const found = (sql: string) => withClient(zhuzhou, async (client) => (await client.query(sql)).rows)

  it('plays all its cases to their ends', () => {
    assert.match(heard.join('\n'), new RegExp(`^demonstration: ${house.pack.demo.cases.length} cases played in \\d+\\.\\d s$`))
  })

  it('has work at the desk of everybody who works at one', async () => {
    const tasks = new Set((await found('select desk, org from tasks')).map((row) => `${row.desk} ${row.org}`))
    const working = house.pack.demo.people.filter(({ posts }) => posts.some(({ desk }) => desk === 'counter' || desk === 'department'))
    const idle = working.filter(({ posts }) => !posts.some(({ desk, org }) => tasks.has(`${desk} ${org}`)))
    assert.deepEqual(
      idle.map(({ id }) => id),
      [],
    )
    assert.ok([...tasks].some((desk) => desk.startsWith('supervision ')))
  })

  it('shows every light, and leaves the shops of the guided path alone', async () => {
    const lights = await found("select distinct light from cases where status = 'open' order by light")
    assert.deepEqual(
      lights.map((row) => row.light),
      ['blue', 'green', 'grey', 'red', 'yellow'],
    )
    assert.deepEqual(await found("select no from cases where party_id in ('lin-shop', 'zhou-person', 'zhou-noodles', 'deng-catering')"), [])
  })
})
