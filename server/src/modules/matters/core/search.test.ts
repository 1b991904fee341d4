import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type Searched, searchWords } from './search.ts'

const THINGS: readonly Searched<string>[] = [
  { item: 'convert', title: '个体工商户转型为企业', synonyms: ['个转企', '升级公司'], rest: '变更登记' },
  { item: 'restaurant', title: '开办餐饮店', synonyms: ['开饭店', '小吃店'], rest: '食品经营许可' },
  { item: 'food', title: '食品经营许可', synonyms: [], rest: '市场监管' },
  { item: 'close', title: 'Close a stall', synonyms: [], rest: '撤摊' },
]

for (const [query, first, others] of [
  ['个转企', 'convert', []],
  ['饭店', 'restaurant', []],
  ['食品经营许可', 'food', ['restaurant']],
  ['我想开一家小吃店', 'restaurant', []],
  ['STALL', 'close', []],
  ['撤摊', 'close', []],
] as const) {
  it(`${query} finds ${first} first`, () => {
    const found = searchWords(THINGS, query)
    assert.equal(found[0], first)
    for (const other of others) assert.ok(found.includes(other))
  })
}

it('nothing asked is everything, in the order given', () => {
  assert.deepEqual(
    searchWords(THINGS, '  '),
    THINGS.map((one) => one.item),
  )
})

it('what shares nothing is left out', () => {
  assert.deepEqual(searchWords(THINGS, '航空'), [])
  assert.deepEqual(searchWords(THINGS, '——'), [])
})
