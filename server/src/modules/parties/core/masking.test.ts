import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskValue } from './masking.ts'

test('numbers of persons are masked wherever they stand; other values stay', () => {
  assert.deepEqual(
    maskValue({
      contact_mobile: '19900000001',
      shareholders: [{ name: '示例', id_number: '990102199101010119' }],
      capital: 500000,
      open: true,
      nothing: null,
    }),
    {
      contact_mobile: '199****0001',
      shareholders: [{ name: '示例', id_number: '990***********0119' }],
      capital: 500000,
      open: true,
      nothing: null,
    },
  )
  assert.equal(maskValue('92990102MA90000113'), '92990102MA90000113', 'a credit code is public')
  assert.equal(maskValue('990102199101010110'), '990102199101010110', 'a wrong check character is no identity number')
})
