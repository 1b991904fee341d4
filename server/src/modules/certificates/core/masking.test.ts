import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskHolder } from './masking.ts'

const TABLE: readonly [string, string][] = [
  ['潮水市某某海味有限公司', '潮水*******公司'],
  ['阿梅海味', '阿***'],
  ['张三', '张*'],
  ['Mei Seafood', 'M** S******'],
]
for (const [name, masked] of TABLE) test(`${name} is shown as ${masked}`, () => assert.equal(maskHolder(name), masked))
