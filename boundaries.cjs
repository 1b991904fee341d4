/**
 * Who may import whom: one rule, one reason. Checked by `npm run check`; each law has a planted violation in `tools/boundaries.test.ts`.
 *
 * A file is its path from the root; an import is the path it leads to, `node:…` or `npm:<package>`. All patterns are regular expressions.
 * imports: a file that matches `from` imports only what matches one of `may`, or nothing that matches one of `not`; in these lists `$1`
 * stands for the first group of `from`. content: a file that matches `in` (and not `except`) does not contain `pattern`.
 */

/** Heights of the ground floor: package → packages it stands on. */
const packages = {
  result: [],
  words: [],
  codes: ['result'],
  workday: ['result', 'codes'],
  rules: ['result', 'codes'],
  tlog: ['result', 'codes'],
  caseflow: ['result', 'codes', 'workday', 'rules', 'tlog'],
  pack: ['result', 'codes', 'workday', 'rules', 'tlog', 'caseflow'],
  contract: ['codes', 'workday'],
}

/** Named pure libraries: package → what it may take from outside. */
const libraries = {
  rules: ['feelin'],
  pack: ['yaml', 'typebox'],
  contract: ['typebox'],
}

/** The module map: module → modules whose `public.ts` it may import. Ask by import, react by event. */
const modules = {
  parties: [],
  matters: ['parties'],
  certificates: ['parties'],
  applications: ['parties', 'matters', 'certificates'],
  notices: ['parties', 'certificates'],
  reviews: [],
}

const TEST = String.raw`\.test\.tsx?$`
const test = ['^node:test$', '^node:assert/strict$', '^node:fs', '^node:path$', '^npm:fast-check$']

module.exports = {
  packages,
  libraries,
  modules,
  imports: [
    {
      name: 'packages-are-pure',
      reason: 'the mind of the system runs in server, browser, test and benchmark alike',
      from: '^packages/',
      may: ['^packages/', '^npm:'],
      tests: test,
    },
    {
      name: 'one-door-per-package',
      reason: 'what is inside a package may change without asking anybody',
      from: '^(?!packages/)',
      not: [String.raw`^packages/[^/]+/src/(?!index\.ts$)`],
    },
    {
      name: 'core-is-pure',
      reason: 'a decision can be replayed: time, ids and chance arrive on the command',
      from: '^server/src/modules/([^/]+)/core/',
      may: ['^packages/', '^server/src/modules/$1/core/'],
      tests: [...test, '^server/test/'],
    },
    {
      name: 'platform-is-below-everything',
      reason: 'whoever builds on the platform must be able to read it alone',
      from: '^server/src/(?:platform|adapters)/',
      not: ['^server/src/(?!platform/|adapters/)'],
    },
    {
      name: 'engine-knows-no-module',
      reason: 'one engine runs them all, so it can depend on none',
      from: '^server/src/engine/',
      not: ['^server/src/(?!platform/|engine/)'],
    },
    {
      name: 'modules-know-no-composition',
      reason: 'parts are made and passed by hand at the top; no part reaches up for another',
      from: '^server/src/modules/',
      not: [String.raw`^server/src/[^/]+\.ts$`, '^server/src/adapters/'],
    },
    {
      name: 'server-and-web-meet-in-packages',
      reason: 'the contract is what both sides agreed on; everything else is their own affair',
      from: '^(?:server|web)/src/',
      not: ['^(?:server|web)/'],
      unless: '^(server|web)/[^ ]* \\1/',
    },
    {
      name: 'desks-are-composition',
      reason: 'a desk that borrows from another desk is a part that wants a name of its own',
      from: '^web/src/desks/([^/]+)/',
      not: ['^web/src/desks/(?!$1/)'],
    },
    {
      name: 'web-modules-stand-alone',
      reason: 'modules meet on a desk, not inside each other',
      from: '^web/src/modules/([^/]+)/',
      not: ['^web/src/modules/(?!$1/)', '^web/src/desks/'],
    },
    {
      name: 'house-parts-know-no-module',
      reason: 'parts of the house are used everywhere because they know nothing of the city',
      from: '^web/src/(?:ui|fields)/',
      not: ['^web/src/(?:modules|desks)/'],
    },
    {
      name: 'packs-are-data',
      reason: 'a pack is read from its folder, so that the second city is a folder and not a fork',
      from: '.',
      not: ['^packs/'],
    },
    {
      name: 'tests-stay-outside',
      reason: 'what runs for citizens must not need what runs for developers',
      from: String.raw`^(?:packages|server/src|web/src)/(?!.*\.test\.tsx?$)`,
      not: [TEST, '^server/test/', '^npm:(?:fast-check|playwright-core|@axe-core/playwright|@seriousme/openapi-schema-validator)$'],
    },
  ],
  content: [
    {
      name: 'one-reader-of-the-environment',
      reason: 'a setting that is read in two places is documented in none',
      in: '^(?:server/src|packages|web/src)/',
      except: String.raw`^server/src/(?:config|main)\.ts$|${TEST}`,
      pattern: String.raw`\bprocess\.env\b`,
    },
    {
      name: 'sql-has-its-places',
      reason: 'one place to read for every query',
      in: '^server/src/',
      except: String.raw`/(?:store|views)(?:\.ts$|/)|^server/src/(?:engine|platform)/|${TEST}`,
      pattern: String.raw`(?<=['"\x60]\s*)(?:select\s[\s\S]{1,400}?\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\()`,
    },
    {
      name: 'packages-read-no-clock-and-no-chance',
      reason: 'same input, same answer: what a law promises can be proved',
      in: '^packages/',
      except: TEST,
      pattern: String.raw`\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.(?:env|argv|cwd|hrtime|pid|uptime|memoryUsage)\b|\bcrypto\.(?:randomUUID|getRandomValues)`,
    },
    {
      name: 'nothing-is-left-to-any',
      reason: 'a hole in the types of the ground floor is a hole under everything',
      in: '^(?:packages/|server/src/modules/[^/]+/core/)',
      pattern: String.raw`(?<=[:<(,|&]\s*|\bas\s+)any\b(?=\s*[;,)>\]|&={}\n])`,
    },
  ],
}
