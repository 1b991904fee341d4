/** Every statement of the server against the migrated schema: a column that was renamed or retyped fails here, not at a citizen's click. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { driftOf } from '../src/platform/pg/describe.ts'
import { assembled, registeredStatements, type Statement } from '../src/platform/pg/statement.ts'
import { testDatabase, whenDone } from './harness.ts'

const SOURCE = join(import.meta.dirname, '..', 'src')

async function loadAll(): Promise<void> {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  )
  const stating = files.filter((path) => /\bstatement\(\s*$|\bstatement\(\s*'/m.test(readFileSync(join(SOURCE, path), 'utf8')))
  for (const path of stating) await import(pathToFileURL(join(SOURCE, path)).href)
}

await loadAll()
const client = new pg.Client({ connectionString: await testDatabase() })
await client.connect()
whenDone(() => client.end())

test('there are statements to look at', () => {
  assert.ok(registeredStatements().length > 20)
})

for (const statement of registeredStatements()) {
  test(`${statement.name} fits the schema`, async () => {
    assert.deepEqual(await driftOf(client, statement), [])
  })
}

const named = (name: string, made: Statement<unknown>): Statement<unknown> => ({ ...made, name })
const PLANTED: readonly [string, Statement<unknown>, RegExp][] = [
  ['a column that is not there', assembled('select jobs.colour from jobs', { colour: 'text' }), /does not exist/],
  ['a column of another type', assembled('select jobs.runs from jobs', { runs: 'int4' }), /declares runs as int4/],
  [
    'a column that is not declared',
    assembled('select jobs.runs, jobs.name from jobs', { runs: 'int8' }),
    /gives name, which is not declared/,
  ],
  ['a column that is not given', assembled('select jobs.runs from jobs', { runs: 'int8', name: 'text' }), /declares name/],
  ['two columns of one name', assembled('select jobs.name, jobs.error as name from jobs', { name: 'text' }), /two columns/],
]
for (const [what, statement, words] of PLANTED) {
  test(`${what} is found`, async () => {
    assert.match((await driftOf(client, named('planted', statement))).join('\n'), words)
  })
}
