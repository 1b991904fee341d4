/** Inboxes and lists with more rows than a page, a screen or anybody's patience. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { listCases, listInbox, type QueryOf, type TaskRow } from '@yichuang/contract'
import { addPerson, MONDAY, type TestServer, testServer } from '../../test/harness.ts'
import { ALL_IN, type Person, type Player, player } from '../../test/play.ts'
import { assembled } from '../platform/pg/statement.ts'

let server: TestServer
let play: Player
let lan: Person
let mei: Person
const COPIES = 1250

before(async () => {
  server = await testServer({ at: MONDAY })
  play = player(server.url)
  lan = await play.as('lan')
  mei = await play.as('mei')
  const { case: id } = await mei.submitStall({ answers: { ...ALL_IN, insured: false } })
  await multiply(id)
})

/** The case and its task many times over: a few due moments for all, three lights, three statuses, some taken by the clerk. */
async function multiply(id: string): Promise<void> {
  const sql = `
    with clones as materialized (select gen_random_uuid() as id, n from generate_series(1, $2::integer) as n),
    made as (
      insert into cases select (jsonb_populate_record(cases, jsonb_build_object('id', clones.id, 'root_id', clones.id,
        'no', overlay(cases.no placing lpad(clones.n::text, 6, '0') from 17 for 6),
        'opened_at', cases.opened_at - make_interval(mins => clones.n % 7), 'party_name', 'Reef ' || clones.n))).* from cases, clones where cases.id = $1::uuid
    ),
    worded as (
      insert into case_words select clones.id, array['reef', clones.n::text, '海味'] from clones
    ),
    owned as (
      insert into case_orgs select clones.id, case_orgs.org, case_orgs.opened_at from clones, case_orgs where case_orgs.case_id = $1::uuid
    )
    insert into tasks select (jsonb_populate_record(tasks, jsonb_build_object('case_id', clones.id,
      'case_no', overlay(tasks.case_no placing lpad(clones.n::text, 6, '0') from 17 for 6),
      'words', array['reef', clones.n::text, '海味'], 'urgency', tasks.urgency + make_interval(hours => clones.n % 5), 'light', (array['green', 'blue', 'red'])[clones.n % 3 + 1],
      'status', (array['ready', 'waiting', 'paused'])[clones.n % 3 + 1], 'assignee', case when clones.n % 10 = 0 then 'lan' end))).*
    from tasks, clones where tasks.case_id = $1::uuid`
  await server.app.db.run(assembled(sql, {}), [id, COPIES])
}

type Query = QueryOf<typeof listInbox>

async function pages(person: Person, query: Query): Promise<{ rows: TaskRow[]; total: number; exact: boolean }> {
  const rows: TaskRow[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await person.call(listInbox, { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } })
    rows.push(...page.rows)
    if (page.next === null) return { rows, ...page.count }
    cursor = page.next
  }
}

const keyOf = (row: TaskRow) => `${row.case} ${row.step} ${row.org.zh}`

describe('an inbox of many pages', () => {
  const filters: readonly [Query, (n: number) => boolean][] = [
    [{ limit: 100 }, () => true],
    [{ limit: 97, light: 'blue' }, (n) => n % 3 === 1],
    [{ limit: 50, status: 'ready' }, (n) => n % 3 === 0],
    [{ limit: 7, mine: true }, (n) => n % 10 === 0],
    [{ limit: 31, light: 'red', status: 'paused', step: 'intake', desk: 'counter' }, (n) => n % 3 === 2],
  ]
  for (const [query, belongs] of filters) {
    it(`has no gap and no double: ${JSON.stringify(query)}`, async () => {
      const { rows } = await pages(lan, query)
      // The original is green, ready and nobody's.
      const own = query.light === undefined && query.mine === undefined ? 1 : 0
      const wanted = Array.from({ length: COPIES }, (_, i) => i + 1).filter(belongs).length + own
      assert.equal(new Set(rows.map(keyOf)).size, rows.length)
      assert.equal(rows.length, wanted)
    })
  }

  it('comes most urgent first', async () => {
    const { rows } = await pages(lan, { limit: 100 })
    const order = await server.app.db.query(
      assembled('select tasks.case_id from tasks order by tasks.urgency, tasks.case_id, tasks.step', { case_id: 'uuid' }),
    )
    assert.deepEqual(
      rows.map((row) => row.case),
      order.map((row) => row.case_id),
    )
  })

  it('loses and repeats nobody when rows before and behind the page are worked off meanwhile', async () => {
    const first = await lan.call(listInbox, { query: { limit: 100 } })
    const gone = [first.rows[3], first.rows[99]].map((row) => row?.case ?? '')
    await server.app.db.run(assembled('delete from tasks where tasks.case_id = any($1::uuid[])', {}), [gone])
    const rest = await pages(lan, { limit: 100, cursor: first.next ?? '' })
    const all = new Set([...first.rows, ...rest.rows].map(keyOf))
    assert.equal(all.size, COPIES + 1)
    assert.equal(rest.rows.length, COPIES + 1 - 100)
  })

  it('counts as far as anybody reads: at least a thousand, and exactly below it', async () => {
    assert.deepEqual((await lan.call(listInbox, {})).count, { total: 1000, exact: false })
    const { rows, total, exact } = await pages(lan, { limit: 100, light: 'blue' })
    assert.deepEqual([total, exact], [rows.length, true])
    assert.deepEqual((await lan.call(listCases, {})).count, { total: 1000, exact: false })
  })
})

describe('search', () => {
  const found = async (q: string) => (await lan.call(listInbox, { query: { q, limit: 100 } })).count.total
  it('by the beginning of a number', async () => {
    const [row] = (await lan.call(listInbox, { query: { limit: 1 } })).rows
    const no = row?.no ?? ''
    assert.equal((await lan.call(listInbox, { query: { q: no } })).rows.find((one) => one.no === no)?.no, no)
    assert.equal(await found(no.slice(0, 16)), 1000)
    assert.equal(await found(`${no.slice(0, 16)}9999`), 0)
    assert.ok((await lan.call(listCases, { query: { q: no.slice(0, 20) } })).rows.every((one) => one.no.startsWith(no.slice(0, 20))))
  })

  it('by Chinese words of one, two and more characters, wherever they stand, and by a name', async () => {
    const cases = async (q: string) => (await mei.call(listCases, { query: { q, mine: true, limit: 100 } })).rows
    assert.ok((await cases('阿梅')).length >= 1)
    assert.ok((await cases('海')).length >= 1)
    assert.equal((await cases('海味摊一件事')).length, 1, 'all')
    assert.equal((await cases('味海')).length, 0)
    assert.equal(await found('reef 77'), 1, 'reef 77')
    assert.equal(await found('REEF'), 1000)
    assert.equal(await found('reef 77 88'), 0)
  })

  it('by nothing that can be looked for finds nothing rather than everything', async () => {
    for (const q of ['%%%', '·', '___', '——']) assert.equal(await found(q), 0, q)
    assert.equal((await lan.call(listCases, { query: { q: '%%%' } })).rows.length, 0)
    assert.equal(await found('  '), 1000)
  })
})

describe('an officer with several desks and organisations', () => {
  it('finds a question to her organisation once, and a step that concerns two of them twice, also across pages', async () => {
    await addPerson(server.databaseUrl, {
      id: 'many',
      posts: [
        { desk: 'department', org: '990102.harbour', roles: ['handler'] },
        { desk: 'counter', org: '990102.health', roles: ['clerk'] },
        { desk: 'department', org: '990102.health', roles: ['handler'] },
      ],
    })
    const many = await play.as('many')
    const root = (await mei.call(listCases, { query: { mine: true, q: '阿梅' } })).rows[0]?.id ?? ''
    const view = await lan.act(root, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
    const child = view.steps.find((step) => step.id === 'register')?.child?.id ?? ''
    await (await play.as('hai')).act(child, 'co-handle', 'review', { orgs: ['990102.health'] })
    for (const limit of [1, 100]) {
      const { rows, total } = await pages(many, { limit })
      assert.deepEqual(rows.map((row) => [row.case, row.step, row.as]).sort(), [
        [child, 'review', 'co-handler'],
        [child, 'review', 'handler'],
      ])
      assert.equal(total, 2)
    }
    const { rows } = await pages(many, { limit: 1, desk: 'counter' })
    assert.deepEqual(
      rows.map((row) => row.as),
      ['co-handler'],
    )
  })
})
