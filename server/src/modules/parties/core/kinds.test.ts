import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCreditCode } from '@yichuang/codes'
import { unwrap } from '@yichuang/result'
import fc from 'fast-check'
import { checkCode, looksLikeCode } from './kinds.ts'
import type { PartyKind } from './vocabulary.ts'

const code = (category: string, serial = '000001') =>
  unwrap(makeCreditCode({ registrar: '9', category, region: '990102', organisation: `YC${serial}` }))

const TABLE: readonly [PartyKind, string | undefined, boolean][] = [
  ['enterprise', code('1'), true],
  ['enterprise', code('3'), true],
  ['enterprise', code('2'), false],
  ['sole-trader', code('2'), true],
  ['sole-trader', code('1'), false],
  ['person', undefined, true],
  ['person', '', true],
  ['person', code('1'), false],
  ['enterprise', undefined, false],
  ['sole-trader', '92990102', false],
]
for (const [kind, text, fits] of TABLE) {
  test(`${kind} with ${text ?? 'no code'} is ${fits ? 'taken' : 'refused'}`, () => {
    const checked = checkCode(kind, text)
    assert.equal(checked.ok, fits)
    if (!checked.ok) assert.equal(checked.error.code, 'codes/credit-code-invalid')
  })
}

test('a code is tidied before it is read', () => {
  assert.deepEqual(checkCode('enterprise', ` ${code('1').toLowerCase()} `), { ok: true, value: code('1') })
})

test('every single wrong character of a code is refused', () => {
  const right = code('1')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 17 }), fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'), (at, character) => {
      fc.pre(right[at] !== character)
      assert.equal(checkCode('enterprise', right.slice(0, at) + character + right.slice(at + 1)).ok, false)
    }),
  )
})

test('a name is not taken for a code', () => {
  assert.equal(looksLikeCode('示例·阿梅海味'), false)
  assert.equal(looksLikeCode('Tide Seafood Company'), true, 'long Latin text without Chinese may be a code: it is checked and told so')
  assert.equal(looksLikeCode(code('2').toLowerCase()), true)
})
