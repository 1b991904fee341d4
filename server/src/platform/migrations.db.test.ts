import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { testDatabase, testFolder } from '../../test/harness.ts'
import { type Migration, type MigrationRefused, migrate, readMigrations } from './migrations.ts'
import { openDatabase } from './pg/database.ts'
import { assembled } from './pg/statement.ts'

const here = await readMigrations()
const more = (sql: string, name = 'planted/0001-planted'): Migration => ({ name, sql, checksum: sql })

test('files apply in the order platform, engine, modules; numbers inside a room', async () => {
  const source = await testFolder()
  const files = ['modules/reviews/migrations/0001-a.sql', 'modules/parties/migrations/0002-b.sql', 'modules/parties/migrations/0001-a.sql']
  for (const file of [...files, 'engine/migrations/0001-a.sql', 'platform/migrations/0001-a.sql']) {
    await mkdir(join(source, dirname(file)), { recursive: true })
    await writeFile(join(source, file), 'select 1')
  }
  const names = (await readMigrations(source)).map((migration) => migration.name)
  assert.deepEqual(names, ['platform/0001-a', 'engine/0001-a', 'parties/0001-a', 'parties/0002-b', 'reviews/0001-a'])
})

test('a file of another name is refused: it would be forgotten silently', async () => {
  const source = await testFolder()
  await mkdir(join(source, 'engine/migrations'), { recursive: true })
  await writeFile(join(source, 'engine/migrations/add-index.sql'), '')
  await assert.rejects(readMigrations(source), /0001-what-it-does\.sql/)
})

test('what was applied is not applied again, by two migrators at once either', async () => {
  const url = await testDatabase()
  assert.deepEqual(await migrate(url, here), [])
  const counted = [...here, more('create table planted (n int)')]
  const both = await Promise.all([migrate(url, counted), migrate(url, counted)])
  assert.deepEqual(both.flat(), ['planted/0001-planted'])
})

test('a file that was changed after it had been applied stops the start', async () => {
  const url = await testDatabase()
  const [first, ...rest] = here
  assert.ok(first !== undefined)
  const changed = [{ ...first, checksum: 'other' }, ...rest]
  await assert.rejects(
    migrate(url, changed),
    (error: MigrationRefused) => error.code === 'migrations/file-changed' && /new one/.test(error.message),
  )
})

test('a database of a newer version is left alone', async () => {
  const url = await testDatabase()
  await migrate(url, [...here, more('select 1')])
  await assert.rejects(migrate(url, here), (error: MigrationRefused) => error.code === 'migrations/newer-schema')
})

test('a migration that fails leaves nothing behind and says which it was', async () => {
  const url = await testDatabase()
  const half = more('create table half (n int); select 1 / 0')
  await assert.rejects(migrate(url, [...here, half]), (error: MigrationRefused) =>
    /planted\/0001-planted.*division by zero/.test(error.message),
  )
  const db = openDatabase(url)
  assert.deepEqual(await db.one(assembled(`select to_regclass('half')::text as there`, { there: 'text?' })), { there: null })
  await db.close()
})
