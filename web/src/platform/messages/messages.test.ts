import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from './en.ts'
import { zh } from './zh.ts'

const parameters = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted()

test('every language has the same keys in the same order', () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh))
})

test('a message speaks of the same things in every language', () => {
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
    const chinese = new Set(parameters(zh[key]))
    for (const name of parameters(en[key])) assert.ok(chinese.has(name ?? ''), `${key}: English speaks of {${name}}`)
  }
})

test('no message is empty and no English message is left in Chinese', () => {
  for (const [key, message] of Object.entries(en)) {
    assert.notEqual(message.trim(), '', key)
    assert.doesNotMatch(message, /\p{Script=Han}/u, key)
  }
})
