import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unwrap } from '@yichuang/result'
import { edited, tidewater, tidewaterFiles, without } from './fixtures/from-disk.test.ts'
import { compilePack, formatDiff, packDiff } from './index.ts'

const before = tidewater()

describe('四减', () => {
  it('of a pack and itself is nothing', () => {
    const diff = packDiff(before, before)
    assert.ok(diff.matters.every((one) => one.change === 'same'))
    assert.deepEqual(diff.total.before, diff.total.after)
    assert.match(formatDiff(diff), /^total {2}steps/)
  })

  it('counts steps, materials, days and visits, per matter and in total', () => {
    const path = 'matters/food-handling.yaml'
    const after = unwrap(
      compilePack(
        edited(
          tidewaterFiles,
          { path, from: 'promised: 3 workdays', to: 'promised: 1 workday' },
          { path, from: '  - { material: identity }\n', to: '' },
          {
            path,
            from: '  - { step: { zh: 审查, en: Review }, role: { zh: 承办人, en: Officer }, standard: { zh: 材料属实, en: The papers are true } }\n',
            to: '',
          },
          { path, from: 'visits: 0', to: 'visits: 1' },
          { path: 'bundles/open-stall.yaml', from: 'boat-photo]\n      promise: 4 workdays', to: 'boat-photo]\n      promise: 3 workdays' },
          {
            path: 'bundles/open-stall.yaml',
            from: 'answers.at_night]\n      promise: 4 workdays',
            to: 'answers.at_night]\n      promise: 2 workdays',
          },
        ),
        { version: 'reformed' },
      ),
    )
    const diff = packDiff(before, after)
    const food = diff.matters.find((one) => one.matter === 'food-handling')
    assert.deepEqual(food?.before, { steps: 4, materials: 5, days: 3, visits: 0 })
    assert.deepEqual(food?.after, { steps: 3, materials: 4, days: 1, visits: 1 })
    assert.equal(diff.total.before.days - diff.total.after.days, 2)
    assert.equal(diff.total.after.visits - diff.total.before.visits, 1)
    assert.deepEqual([diff.from, diff.to], ['test', 'reformed'])
    assert.equal(formatDiff(diff).split('\n')[0], 'food-handling  steps 4→3  materials 5→4  days 3→1  visits 0→1')
  })

  it('names matters that came and went, and leaves them out of the total', () => {
    const bare = unwrap(compilePack(without(tidewaterFiles, 'bundles/close', 'matters/stall-closure', 'demo/cases')))
    assert.equal(packDiff(before, bare).matters.find((one) => one.matter === 'stall-closure')?.change, 'removed')
    assert.equal(packDiff(bare, before).matters.find((one) => one.matter === 'stall-closure')?.change, 'added')
    assert.deepEqual(packDiff(bare, before).total.before, packDiff(bare, before).total.after)
  })
})
