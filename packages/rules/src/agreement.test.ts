/** The compiled subset and the interpreter agree: on whole facts always, on partial facts whenever the compiled verdict is definite. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { unwrap } from '@yichuang/result'
import fc from 'fast-check'
import { evaluate } from 'feelin'
import { compileCondition, type Data, type Json } from './index.ts'

const NUMBERS = ['n.a', 'n.b']
const TEXTS = ['t.a', 't.b']
const BOOLEANS = ['b.a', 'b.b', 'b.c']

const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.integer({ min: -3, max: 3 }).map(String), fc.constant('count(list)'))
const text = fc.oneof(fc.constantFrom(...TEXTS), fc.constantFrom('"x"', '"y"', '"a \\"b\\""'))
const sign = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')

/** From low to high: a range that runs backwards is empty for us, while the interpreter reads it as its mirror image. */
const range = fc
  .tuple(number, fc.constantFrom('[', ']'), fc.integer({ min: -3, max: 3 }), fc.nat({ max: 3 }), fc.constantFrom('[', ']'))
  .map(([x, open, low, width, close]) => `${x} in ${open}${low}..${low + width}${close}`)

const comparison = fc.oneof(
  fc.tuple(number, sign, number).map((parts) => parts.join(' ')),
  fc.tuple(text, fc.constantFrom('=', '!=', '<', '>='), text).map((parts) => parts.join(' ')),
  range,
  fc.tuple(text, fc.array(text, { minLength: 1, maxLength: 3 })).map(([x, items]) => `${x} in (${items.join(', ')})`),
  fc.tuple(number, fc.array(number, { minLength: 1, maxLength: 3 })).map(([x, items]) => `${x} in [${items.join(', ')}]`),
  fc
    .tuple(
      number,
      sign.filter((one) => one !== '=' && one !== '!='),
      number,
    )
    .map(([x, op, y]) => `${x} in (${op} ${y})`),
)

const expression = fc.letrec<{ boolean: string }>((tie) => ({
  boolean: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...BOOLEANS, 'true', 'false'),
    comparison,
    fc.tuple(tie('boolean'), fc.constantFrom('and', 'or'), tie('boolean')).map(([a, op, b]) => `(${a}) ${op} ${b}`),
    tie('boolean').map((inner) => `not(${inner})`),
    fc
      .tuple(fc.constantFrom('every', 'some'), tie('boolean'))
      .map(([word, body]) => `(${word} x in list satisfies x.ok or (x.n > n.a and ${body}))`),
  ),
})).boolean

const small = fc.integer({ min: -3, max: 3 })
const word = fc.constantFrom('x', 'y', 'z')
const whole = fc.record({
  n: fc.record({ a: small, b: small }),
  t: fc.record({ a: word, b: word }),
  b: fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() }),
  list: fc.array(fc.record({ ok: fc.boolean(), n: small }), { maxLength: 3 }),
})

/** Which of the seven leaves to leave out. */
const holes = fc.subarray([...NUMBERS, ...TEXTS, ...BOOLEANS])

function without(facts: Data, paths: readonly string[]): Data {
  const records = Object.entries(facts).map(([root, value]) => {
    if (Array.isArray(value)) return [root, value] as const
    const kept = Object.entries(value as Data).filter(([name]) => !paths.includes(`${root}.${name}`))
    return [root, Object.fromEntries(kept) as Json] as const
  })
  return Object.fromEntries(records)
}

it('gives the interpreter’s answer when all facts are there', () => {
  fc.assert(
    fc.property(expression, whole, (source, facts) => {
      assert.deepEqual(unwrap(compileCondition(source)).evaluate(facts), { value: evaluate(source, facts).value }, source)
    }),
    { numRuns: 400 },
  )
})

it('is definite about partial facts only when no completion can change the answer', () => {
  fc.assert(
    fc.property(expression, whole, holes, (source, facts, missing) => {
      const verdict = unwrap(compileCondition(source)).evaluate(without(facts, missing))
      if (verdict.value === 'unknown')
        assert.ok(
          verdict.missing.every((name) => missing.includes(name)),
          source,
        )
      else assert.deepEqual(verdict.value, evaluate(source, facts).value, source)
    }),
    { numRuns: 400 },
  )
})

it('never becomes less definite when a fact is added', () => {
  fc.assert(
    fc.property(expression, whole, holes, (source, facts, missing) => {
      const condition = unwrap(compileCondition(source))
      const before = condition.evaluate(without(facts, missing)).value
      const after = condition.evaluate(without(facts, missing.slice(1))).value
      assert.ok(before === 'unknown' || before === after, source)
    }),
    { numRuns: 400 },
  )
})
