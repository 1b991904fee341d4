import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import { readConfig } from './config.ts'

test('an empty environment gives the documented standards', () => {
  assert.deepEqual(unwrap(readConfig({}, '/srv/yichuang')), {
    port: 8430,
    host: '127.0.0.1',
    databaseUrl: null,
    data: '/srv/yichuang/var',
    pack: '/srv/yichuang/packs/zhuzhou',
    demo: true,
    logLevel: 'info',
    publicUrl: 'http://127.0.0.1:8430',
    root: '/srv/yichuang',
  })
})

test('a database of one’s own ends demonstration mode unless it is asked for', () => {
  const url = 'postgres://u:p@db:5432/y'
  assert.equal(unwrap(readConfig({ DATABASE_URL: url })).demo, false)
  assert.equal(unwrap(readConfig({ DATABASE_URL: url, YICHUANG_DEMO: '1' })).demo, true)
  assert.equal(unwrap(readConfig({ DATABASE_URL: '' })).demo, true)
})

test('folders are meant from the project unless absolute', () => {
  const config = unwrap(readConfig({ YICHUANG_DATA: 'elsewhere', YICHUANG_PACK: '/packs/mine' }, '/srv/y'))
  assert.deepEqual([config.data, config.pack], ['/srv/y/elsewhere', '/packs/mine'])
})

const WRONG: readonly [string, string, RegExp][] = [
  ['PORT', '99999', /from 0 to 65535/],
  ['PORT', '80a', /whole number/],
  ['PORT', '-1', /whole number/],
  ['HOST', 'two words', /127\.0\.0\.1/],
  ['DATABASE_URL', 'mysql://x', /postgres:\/\//],
  ['YICHUANG_DEMO', 'yes', /1 or 0/],
  ['LOG_LEVEL', 'loud', /silent, fatal/],
  ['YICHUANG_URL', 'https://city.example/path', /without a path/],
]
for (const [name, value, right] of WRONG) {
  test(`${name}=${value} is refused by name, with what would be right`, () => {
    const result = readConfig({ [name]: value })
    assert.ok(!result.ok)
    assert.equal(result.error.code, 'config/value-wrong')
    assert.match(result.error.message, new RegExp(`^${name}`))
    assert.match(result.error.message, right)
  })
}

test('a wrong DATABASE_URL is not repeated: it may hold a password', () => {
  const result = readConfig({ DATABASE_URL: 'postgre://u:secret@host/db' })
  assert.ok(!result.ok && !JSON.stringify(result.error).includes('secret'))
})
