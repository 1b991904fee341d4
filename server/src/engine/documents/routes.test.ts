import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentNo } from './issue.ts'
import { isOwnPath } from './routes.ts'

test('codes are made for paths of this product only', () => {
  for (const path of ['/', '/cases/1', '/verify/1.2.156?from=paper#top', '/a%20b']) assert.equal(isOwnPath(path), true, path)
  for (const other of ['', 'cases', '//evil.test', '/\\evil.test', 'https://evil.test', '/a b', '/案', '/a\n', `/${'a'.repeat(500)}`]) {
    assert.equal(isOwnPath(other), false, other)
  }
})

test('文号: hexagonal brackets, the year in full, a serial without leading zeros', () => {
  assert.equal(documentNo('潮受字', '2026-11-23', 7), '潮受字〔2026〕7号')
})
