import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskIdCard, maskMobile, maskName, parseCreditCode, tidyCode } from './index.ts'

const NAMES: readonly (readonly [string, string])[] = [
  ['张三', '张*'],
  ['欧阳示例', '欧***'],
  ['示', '*'],
  ['', ''],
  ['示例买提·示例', '示***·**'],
  ['Alice Example', 'A**** E******'],
  ['𠮷示例', '𠮷**'],
]

for (const [name, masked] of NAMES) test(`The name ${name} is shown as ${masked}`, () => assert.equal(maskName(name), masked))

test('Identity numbers and mobile numbers keep their ends, malformed ones nothing', () => {
  assert.equal(maskIdCard('430211190001010017'), '430***********0017')
  assert.equal(maskIdCard('43021119000101'), '**************')
  assert.equal(maskMobile('13900001234'), '139****1234')
  assert.equal(maskMobile('0733-123'), '********')
})

test('What people type is tidied before it is parsed', () => {
  assert.equal(tidyCode(' １１４３0000 0061 22244ｌ\n'), '11430000006122244L')
  assert.equal(parseCreditCode(tidyCode('11430000006122244l')).ok, true)
})
