import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findMisnamed, type Named, readNamed } from './check-names.ts'

const texts: { readonly [path: string]: string } = {
  'server/src/engine/a.ts': '// as in 河东区',
  'packs/riverton/pack.yaml': 'id: riverton',
  'README.md': 'Riverton',
}
const named = (files: readonly string[], glossary: string | null = null): Named => ({
  files,
  cities: ['riverton', '河东区'],
  glossary,
  read: (path) => texts[path] ?? '',
})

for (const drawer of [
  'web/src/utils/dates.ts',
  'packages/codes/src/helpers.ts',
  'server/src/common/a.ts',
  'tools/misc.mjs',
  'web/src/shared.tsx',
]) {
  test(`${drawer} is a drawer`, () => assert.match(findMisnamed(named([drawer])).join(), /a drawer/))
}

test('words that only contain the name of a drawer are names', () => {
  assert.deepEqual(findMisnamed(named(['server/src/exchange/sharing.ts', 'web/src/ui/commonwealth.ts'])), [])
})

test('a city is named in its pack and in documents, and nowhere else', () => {
  assert.deepEqual(findMisnamed(named(['packs/riverton/pack.yaml', 'README.md'])), [])
  assert.match(findMisnamed(named(['server/src/engine/a.ts'])).join(), /河东区/)
})

test('a module has its contract file and its row in the glossary', () => {
  const module = 'server/src/modules/parties/store.ts'
  const contract = 'packages/contract/src/parties.ts'
  assert.match(findMisnamed(named([module])).join(), /contract file/)
  assert.match(findMisnamed(named([module, contract], '| matters | 事项 |')).join(), /no row for parties/)
  assert.deepEqual(findMisnamed(named([module, contract], '| parties | 主体 |')), [])
})

test('the words of the city come from the packs that are there', () => {
  const { cities } = readNamed()
  assert.ok(cities.length > 3 && !cities.includes('tidewater'))
})
