import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { packNames, readPack } from './fixtures/from-disk.test.ts'
import { checkPack, formatIssue, runExample } from './index.ts'

for (const name of packNames()) {
  describe(`packs/${name}`, () => {
    const { pack, issues, summary } = checkPack(readPack(name), { version: 'test' })

    it('compiles without a fault', () => {
      assert.deepEqual(issues.filter((issue) => issue.severity === 'error').map(formatIssue), [])
      assert.ok(summary.matters > 0 && summary.bundles > 0)
    })

    for (const bundle of pack?.bundles.values() ?? []) {
      for (const example of bundle.examples) {
        it(`${bundle.id}: ${example.title}`, () => {
          assert.ok(pack !== null)
          assert.deepEqual(runExample(pack, bundle, example), [])
        })
      }
    }

    it('has a flow for every bundle in use, and examples', () => {
      for (const bundle of pack?.bundles.values() ?? []) {
        if (bundle.status !== 'in-use') continue
        assert.ok(pack?.flows.has(bundle.flow), bundle.id)
        assert.ok(bundle.examples.length > 0, bundle.id)
      }
    })
  })
}
