/** A test of the test: each law is broken once, on paper, and must be the law that speaks up. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaries, findViolations, MAP_LAWS } from './boundaries.ts'
import { importsOf } from './imports.ts'

const core = 'server/src/modules/matters/core/guide.ts'
const other = { 'server/src/modules/matters/store.ts': '' }

/** Law → files in which it is broken. */
const PLANTED: { readonly [law: string]: { readonly [file: string]: string } } = {
  'packages-are-pure': { 'packages/codes/src/a.ts': "import { readFileSync } from 'node:fs'" },
  'one-door-per-package': { 'server/src/engine/a.ts': "import { x } from '@yichuang/codes/credit-code.ts'" },
  'core-is-pure': { [core]: "import { now } from '../store.ts'", ...other },
  'platform-is-below-everything': { 'server/src/platform/a.ts': "import { x } from '../engine/b.ts'" },
  'engine-knows-no-module': { 'server/src/engine/a.ts': "import { x } from '../modules/parties/public.ts'" },
  'modules-know-no-composition': { 'server/src/modules/matters/a.ts': "import { app } from '../../app.ts'" },
  'server-and-web-meet-in-packages': { 'web/src/platform/a.ts': "import { x } from '../../../server/src/config.ts'" },
  'desks-are-composition': { 'web/src/desks/counter/a.tsx': "import { X } from '../portal/b.tsx'" },
  'web-modules-stand-alone': { 'web/src/modules/cases/a.tsx': "import { X } from '../parties/b.tsx'" },
  'house-parts-know-no-module': { 'web/src/ui/a.tsx': "import { X } from '../modules/cases/b.tsx'" },
  'packs-are-data': { 'tools/a.ts': "import pack from '../packs/tidewater/pack.json'" },
  'tests-stay-outside': { 'server/src/engine/a.ts': "import { testServer } from '../../test/harness.ts'" },
  'one-reader-of-the-environment': { 'server/src/platform/a.ts': 'export const home = process.env.HOME' },
  'sql-has-its-places': { 'server/src/modules/matters/routes.ts': "const q = 'select matters.id from matters'" },
  'packages-read-no-clock-and-no-chance': { 'packages/workday/src/a.ts': 'export const now = () => Date.now()' },
  'nothing-is-left-to-any': { 'packages/codes/src/a.ts': 'export const x = (y: any) => y' },
  'no-cycles': { 'tools/a.ts': "import { b } from './b.ts'", 'tools/b.ts': "import type { A } from './a.ts'" },
  'package-heights': { 'packages/codes/src/a.ts': "import { x } from '@yichuang/workday'" },
  'named-libraries': { 'packages/codes/src/a.ts': "import yaml from 'yaml'" },
  'module-map': { 'server/src/modules/reviews/a.ts': "import { x } from '../parties/public.ts'" },
}

const LAWS = [...boundaries.imports, ...boundaries.content].map((law) => law.name)

test('every law has its planted violation, and every planted violation its law', () => {
  assert.deepEqual(Object.keys(PLANTED).sort(), [...LAWS, ...Object.keys(MAP_LAWS)].sort())
})

for (const [law, files] of Object.entries(PLANTED)) {
  test(`${law} speaks up, and no other law does`, () => {
    const found = findViolations(new Map(Object.entries(files)))
    assert.deepEqual([...new Set(found.map((violation) => violation.law))], [law])
  })
}

test('a module may use another by its public door when the map says so, and no other file of it', () => {
  const by = (target: string) => findViolations(new Map([['server/src/modules/applications/a.ts', `import { x } from '${target}'`]]))
  assert.deepEqual(by('../parties/public.ts'), [])
  assert.equal(by('../parties/store.ts')[0]?.law, 'module-map')
})

test('tests may use their tools, packages may not', () => {
  const law = (file: string) =>
    findViolations(new Map([[file, "import fc from 'fast-check'\nimport { test } from 'node:test'"]])).map((v) => v.law)
  assert.deepEqual(law('packages/codes/src/laws.test.ts'), [])
  assert.deepEqual(law('packages/codes/src/laws.ts').sort(), ['named-libraries', 'packages-are-pure', 'tests-stay-outside'])
})

test('SQL in stores, views and tests, and English sentences elsewhere, break nothing', () => {
  const at = (file: string, text: string) => findViolations(new Map([[file, text]]))
  const sql = "const q = 'select matters.id from matters'"
  assert.deepEqual(at('server/src/modules/matters/store.ts', sql), [])
  assert.deepEqual(at('server/src/modules/matters/views.ts', sql), [])
  assert.deepEqual(at('server/src/modules/matters/matters.db.test.ts', sql), [])
  assert.deepEqual(at('server/src/modules/matters/routes.ts', "const words = 'pick one: select a matter from the list'"), [])
})

test('all ways of importing are seen, and comments, strings and templates are not', () => {
  const text = `
    import a, { type B } from './a.ts'
    import './b.ts'
    import {
      c,
      d,
    } from "./c.ts"
    export * from './d.ts'
    export type { E } from './e.ts'
    const f = await import('./f.ts')
    const g = require('./g.cjs')
    // import x from './comment.ts'
    /* export * from './comment.ts' */
    const url = 'https://example.org' // the rest of the line
    const h = \`
    import y from './template.ts'
    \`
    const from = 'x'
  `
  const expected = ['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts', './g.cjs']
  assert.deepEqual(importsOf(text), expected)
})
