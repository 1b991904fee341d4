import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rateCase } from '@yichuang/contract'
import { inOurWords } from './refusals.ts'

const TABLE: readonly [string, string][] = [
  ['caseflow/already-rated', 'reviews/already-rated'],
  ['caseflow/case-not-ended', 'reviews/too-early'],
  ['caseflow/rating-too-late', 'reviews/window-closed'],
  ['caseflow/not-your-party', 'reviews/applicant-only'],
  ['caseflow/not-your-side', 'reviews/applicant-only'],
]
for (const [theirs, ours] of TABLE) {
  test(`${theirs} becomes ${ours}, which the contract names`, () => {
    const refusal = inOurWords({ code: theirs, message: 'x', data: { at: 'then' } })
    assert.equal(refusal.code, ours)
    assert.deepEqual(refusal.data, { at: 'then' })
    assert.ok(rateCase.refusals.includes(ours))
  })
}

test('any other refusal stays as it is', () => {
  const other = { code: 'cases/changed-meanwhile', message: 'x' }
  assert.equal(inOurWords(other), other)
})
