import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { queryWords, wordsOf } from './index.ts'

test('Chinese gives characters and pairs of neighbours, Latin whole words in lower case', () => {
  assert.deepEqual(wordsOf('奶茶店'), ['奶', '奶茶', '茶', '茶店', '店'])
  assert.deepEqual(wordsOf('Food Licence 5'), ['food', 'licence', '5'])
  assert.deepEqual(wordsOf('开ABC店'), ['开', 'abc', '店'])
  assert.deepEqual(wordsOf('——！'), [])
})

test('a query asks for pairs where it has them, for the character alone otherwise', () => {
  assert.deepEqual(queryWords('奶茶'), ['奶茶'])
  assert.deepEqual(queryWords('茶'), ['茶'])
  assert.deepEqual(queryWords('ABC 店'), ['abc'])
})

test('whatever stands in a text side by side is found by it', () => {
  const han = fc.array(fc.constantFrom(...'潮水市灯塔区食品店茶'), { minLength: 2, maxLength: 12 })
  fc.assert(
    fc.property(han, fc.nat(), fc.nat(), (characters, a, b) => {
      const [from, to] = [a % characters.length, (b % characters.length) + 1].sort((x, y) => x - y) as [number, number]
      const part = characters.slice(from, to).join('')
      const have = new Set(wordsOf(characters.join('')))
      assert.ok(queryWords(part).every((word) => have.has(word)))
    }),
  )
})
