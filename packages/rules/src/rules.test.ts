import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unwrap } from '@yichuang/result'
import { compileCondition, type Data } from './index.ts'

const facts: Data = {
  answers: { sells_food: true, staff: 7, kind: 'restaurant', nothing: null },
  gaps: [{ tolerable: true }, { tolerable: true }],
  mixed: [{ tolerable: true }, {}],
  empty: [],
  outcome: 'granted',
}

function verdict(source: string): string {
  const result = unwrap(compileCondition(source)).evaluate(facts)
  return result.value === 'unknown' ? `unknown: ${result.missing.join(', ')}` : String(result.value)
}

/** Expected verdicts: DMN 1.5 chapter 10 for facts that are there, Kleene's logic for those that are not. */
const VERDICTS: readonly (readonly [source: string, expected: string])[] = [
  ['answers.sells_food', 'true'],
  ['not(answers.sells_food)', 'false'],
  ['answers.staff = 7', 'true'],
  ['answers.staff != 7', 'false'],
  ['answers.staff >= 7 and answers.staff < 8', 'true'],
  ['answers.kind = "restaurant"', 'true'],
  ['answers.kind in ("hotel", "restaurant")', 'true'],
  ['answers.kind in ["hotel"]', 'false'],
  ['answers.staff in [1..7]', 'true'],
  ['answers.staff in [1..7[', 'false'],
  ['answers.staff in [9..1]', 'false'],
  ['answers.staff in (> 100, <= 7)', 'true'],
  ['answers.staff in (> 100)', 'false'],
  ['every gap in gaps satisfies gap.tolerable', 'true'],
  ['some gap in gaps satisfies not(gap.tolerable)', 'false'],
  ['every gap in empty satisfies gap.tolerable', 'true'],
  ['count(gaps) = 2', 'true'],
  // unknown is not false
  ['answers.sells_wine', 'unknown: answers.sells_wine'],
  ['not(answers.sells_wine)', 'unknown: answers.sells_wine'],
  ['answers.sells_wine = true', 'unknown: answers.sells_wine'],
  ['answers.sells_wine != true', 'unknown: answers.sells_wine'],
  ['answers.nothing = true', 'unknown: answers.nothing'],
  ['party.kind = "person" and answers.sells_wine', 'unknown: party.kind, answers.sells_wine'],
  ['every gap in mixed satisfies gap.tolerable', 'unknown: mixed[2].tolerable'],
  ['count(party.shops) > 1', 'unknown: party.shops'],
  ['answers.staff in [party.least..9]', 'unknown: party.least'],
  // … unless the other operand decides
  ['answers.sells_wine and answers.staff = 1', 'false'],
  ['answers.sells_wine or answers.sells_food', 'true'],
  ['some gap in mixed satisfies gap.tolerable', 'true'],
  ['answers.kind in (party.kind, "restaurant")', 'true'],
  // what decided nothing is not asked for
  ['(answers.sells_wine and false) or party.kind = "person"', 'unknown: party.kind'],
  // asking whether a fact is there always has an answer
  ['answers.sells_wine = null', 'true'],
  ['answers.nothing = null', 'true'],
  ['outcome != null', 'true'],
  // wrong kinds
  ['answers.staff', 'unknown: answers.staff (number instead of true or false)'],
  ['answers.staff < "8"', 'unknown: answers.staff < "8" (number and text cannot be compared)'],
  ['answers.staff = "7"', 'unknown: answers.staff = "7" (number and text cannot be compared)'],
  ['count(answers.kind) = 1', 'unknown: answers.kind (text instead of a list)'],
  ['every gap in answers.kind satisfies true', 'unknown: answers.kind (text instead of a list)'],
  // beyond the compiled subset
  ['answers.staff + 1 = 8', 'true'],
  ['answers.staff + party.family = 8', 'unknown: party.family'],
  ['answers.staff between 5 and 9', 'true'],
  ['if answers.sells_food then answers.staff > 5 else false', 'true'],
  ['string length(answers.kind) = 10', 'true'],
  ['count(gaps[tolerable = true]) = 2', 'true'],
  ['every a in [1, 2], b in [3] satisfies a < b', 'true'],
  ['date("2026-05-01") < date(answers.kind)', 'unknown: date("2026-05-01") < date(answers.kind) (gives no value)'],
  ['false < true', 'unknown: false < true (boolean and boolean cannot be compared)'],
]

describe('verdicts', () => {
  for (const [source, expected] of VERDICTS) it(`${source} → ${expected}`, () => assert.equal(verdict(source), expected))
})

const FAULTS: readonly (readonly [source: string, column: number, expected: RegExp])[] = [
  ['', 1, /a condition/],
  ['answers.a and', 14, /a value/],
  ['answers.a == 1', 12, /a value/],
  ['answers.a = 1 and or b', 19, /a value/],
  ['answers.a in', 13, /a value/],
  ['sells food = true', 7, /an operator.*one word/],
  ['(answers.a = 1', 15, /closing \)/],
  ['answers.a in [1, 2', 19, /closing \]/],
  ['answers.a = 1)', 14, /an operator/],
  ['answers.a = "x', 13, /quotation mark/],
  ['every g in gaps', 16, /satisfies/],
  ['some gap', 9, /the word in/],
]

describe('syntax errors', () => {
  for (const [source, column, expected] of FAULTS) {
    it(`${JSON.stringify(source)}: column ${column}, ${expected.source}`, () => {
      const result = compileCondition(source)
      assert.ok(!result.ok)
      assert.equal(result.error.code, 'rules/syntax')
      assert.equal(result.error.data?.column, column)
      assert.match(String(result.error.data?.expected), expected)
      assert.match(result.error.message, new RegExp(`^column ${column}: expected `))
    })
  }
})

describe('names', () => {
  const names = (source: string) => unwrap(compileCondition(source)).names
  it('lists every path once', () =>
    assert.deepEqual(names('answers.a = 1 and (answers.a = 2 or party.kind = "x")'), ['answers.a', 'party.kind']))
  it('leaves out bound names', () =>
    assert.deepEqual(names('every gap in gaps satisfies gap.tolerable and answers.a'), ['gaps', 'answers.a']))
  it('leaves out functions and filters', () => assert.deepEqual(names('count(gaps[open = true]) > limit'), ['gaps', 'limit']))
})
