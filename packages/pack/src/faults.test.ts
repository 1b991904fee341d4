/** Faults planted in Tidewater, each alone: the compiler must find it, in the right file, on the right line, under its code. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Edit, edited, lineOf, tidewaterFiles, without } from './fixtures/from-disk.ts'
import { checkPack, type Severity } from './index.ts'

type Fault = {
  readonly name: string
  readonly edits: readonly Edit[]
  readonly code: string
  /** Words on the line where the issue must point; in the first edited file unless `file` says otherwise. */
  readonly at: string
  readonly file?: string
  readonly says?: RegExp
  readonly severity?: Severity
}

const OPEN = 'bundles/open-stall.yaml'
const STALL = 'matters/stall-registration.yaml'
const change = (path: string, from: string, to: string): readonly Edit[] => [{ path, from, to }]
const append = (path: string, to: string): readonly Edit[] => [{ path, to }]

const SHAPE: readonly Fault[] = [
  { name: 'not YAML', edits: change('bases.yaml', 'bases:', 'bases: ['), code: 'yaml', at: '- id: site-visit' },
  { name: 'a key twice', edits: append('pack.yaml', 'id: other\n'), code: 'yaml', at: 'id: other', says: /unique/ },
  {
    name: 'a mistyped key',
    edits: change(STALL, 'conditions:', 'condtions:'),
    code: 'unknown-key',
    at: 'condtions:',
    says: /"conditions"/,
  },
  { name: 'a key missing', edits: change(STALL, 'dept: harbour\n', ''), code: 'missing-key', at: 'id: stall-registration', says: /"dept"/ },
  { name: 'a code without quotes', edits: change('pack.yaml', '"990100"', '990100'), code: 'wrong-type', at: 'root:', says: /quotes/ },
  {
    name: 'a word that is no choice',
    edits: change(STALL, 'kind: promise', 'kind: promis'),
    code: 'not-a-choice',
    at: 'kind: promis',
    says: /"promise"/,
  },
  { name: 'a name with a capital', edits: change(OPEN, 'id: cooks', 'id: Cooks'), code: 'bad-form', at: 'id: Cooks' },
  {
    name: 'an unknown effect',
    edits: change('flows/instant.yaml', 'effect: complete', 'effect: completed'),
    code: 'not-a-choice',
    at: 'effect: completed',
  },
  {
    name: 'a mistyped key of an action',
    edits: change('flows/instant.yaml', 'marks: correction-requested', 'mark: correction-requested'),
    code: 'unknown-key',
    at: 'mark: correction',
    says: /"marks"/,
  },
  {
    name: 'no list where one must be',
    edits: change(STALL, 'service: [sole-trader, enterprise]', 'service: enterprise'),
    code: 'wrong-type',
    at: 'service: enterprise',
  },
  {
    name: 'an empty list',
    edits: change(OPEN, 'parties: [sole-trader, enterprise, person]', 'parties: []'),
    code: 'too-few',
    at: 'parties: []',
  },
  { name: 'a number out of range', edits: change(STALL, 'visits: 0', 'visits: -1'), code: 'out-of-range', at: 'visits: -1' },
  { name: 'an empty text', edits: change(STALL, 'consult: 0000-0000100', 'consult: ""'), code: 'empty', at: 'consult: ""' },
  {
    name: 'an impossible name of a step',
    edits: change('flows/permit.yaml', '  review:\n', '  Review!:\n'),
    code: 'bad-name',
    at: 'Review!',
  },
]

const IDS: readonly Fault[] = [
  {
    name: 'matter → department',
    edits: change(STALL, 'dept: harbour', 'dept: harbor'),
    code: 'dangling-dept',
    at: 'dept: harbor',
    says: /"harbour"/,
  },
  {
    name: 'matter → material',
    edits: change(STALL, 'material: quay-sketch', 'material: quai-sketch'),
    code: 'dangling-material',
    at: 'quai-sketch',
    says: /"quay-sketch"/,
  },
  {
    name: 'matter → certificate',
    edits: change(STALL, 'certificate: stall-licence', 'certificate: stall-license'),
    code: 'dangling-certificate',
    at: 'stall-license',
  },
  { name: 'matter → flow', edits: change(STALL, 'flow: permit', 'flow: permits'), code: 'dangling-flow', at: 'flow: permits' },
  {
    name: 'material → certificate',
    edits: change('materials.yaml', 'ecert: net-tag', 'ecert: net-tags'),
    code: 'dangling-certificate',
    at: 'ecert: net-tags',
  },
  {
    name: 'material → matter',
    edits: change('materials.yaml', 'result: net-tag-filing', 'result: net-tag-fling'),
    code: 'dangling-matter',
    at: 'net-tag-fling',
  },
  { name: 'bundle → matter', edits: change(OPEN, 'matter: lamp-permit', 'matter: lamp'), code: 'dangling-matter', at: 'matter: lamp' },
  { name: 'bundle → lead', edits: change(OPEN, 'lead: harbour', 'lead: harbours'), code: 'dangling-dept', at: 'lead: harbours' },
  {
    name: 'bundle → node',
    edits: change(OPEN, 'after: [register, tag]', 'after: [register, tags]'),
    code: 'dangling-node',
    at: 'after: [register, tags]',
  },
  {
    name: 'bundle → register node',
    edits: change(OPEN, '{ node: register,', '{ node: registers,'),
    code: 'dangling-node',
    at: 'node: registers',
  },
  {
    name: 'field → matter',
    edits: change(OPEN, 'used_by: [lamp-permit]', 'used_by: [lamps]'),
    code: 'dangling-matter',
    at: 'used_by: [lamps]',
  },
  {
    name: 'prefill → certificate',
    edits: change('bundles/close-stall.yaml', 'certificate:stall-licence.name', 'certificate:stall.name'),
    code: 'dangling-certificate',
    at: 'certificate:stall.name',
  },
  {
    name: 'prefill → field of a certificate',
    edits: change('bundles/close-stall.yaml', 'certificate:stall-licence.name', 'certificate:stall-licence.nam'),
    code: 'dangling-certificate-field',
    at: 'certificate:stall-licence.nam',
    says: /"name"/,
  },
  {
    name: 'prefill → question',
    edits: change(OPEN, '"register:party.name"', '"answer:nobody"'),
    code: 'dangling-question',
    at: 'answer:nobody',
  },
  {
    name: 'prefill of no kind',
    edits: change(OPEN, '"register:party.name"', '"registry:party.name"'),
    code: 'prefill',
    at: 'registry:party.name',
  },
  {
    name: 'flow → document',
    edits: change('flows/instant.yaml', 'document: grant-decision', 'document: grand-decision'),
    code: 'flow-unknown-document',
    at: 'grand-decision',
    says: /grant-decision/,
  },
  {
    name: 'flow → ladder',
    edits: change('flows/instant.yaml', 'ladder: permit-lights', 'ladder: permit-light'),
    code: 'flow-unknown-ladder',
    at: 'ladder: permit-light',
  },
  {
    name: 'flow → basis',
    edits: change('flows/permit.yaml', 'special: site-visit', 'special: site-visits'),
    code: 'flow-unknown-basis',
    at: 'special: site-visits',
  },
  {
    name: 'flow → organisation',
    edits: change('flows/supervision.yaml', 'org: service', 'org: services'),
    code: 'dangling-dept',
    at: 'org: services',
  },
  {
    name: 'flow → step of a return',
    edits: change('flows/complaint.yaml', 'to: register', 'to: registre'),
    code: 'flow-unknown-step',
    at: 'to: registre',
  },
  {
    name: 'ladder → flow',
    edits: change('ladders.yaml', 'opens: supervision', 'opens: supervisions'),
    code: 'dangling-flow',
    at: 'opens: supervisions',
  },
  {
    name: 'delegation → department',
    edits: change('delegations.yaml', 'from: harbour', 'from: harbur'),
    code: 'dangling-dept',
    at: 'from: harbur',
  },
  {
    name: 'delegation → organisation',
    edits: change('delegations.yaml', 'to: 990171.park', 'to: 990171.parc'),
    code: 'dangling-org',
    at: 'to: 990171.parc',
  },
  {
    name: 'delegation → region',
    edits: change('delegations.yaml', 'region: "990171"', 'region: "990177"'),
    code: 'dangling-region',
    at: 'region: "990177"',
  },
  {
    name: 'delegation → matter',
    edits: change('delegations.yaml', '[stall-registration]', '[stall-registrations]'),
    code: 'dangling-matter',
    at: 'stall-registrations',
  },
  {
    name: "delegation of another department's matter",
    edits: change('delegations.yaml', '[stall-registration]', '[lamp-permit]'),
    code: 'delegation-of-another',
    at: 'lamp-permit',
  },
  {
    name: 'person → organisation',
    edits: change('demo/people.yaml', 'org: 990171.park', 'org: 990171.pork'),
    code: 'dangling-org',
    at: '990171.pork',
  },
  {
    name: 'person → party',
    edits: change('demo/people.yaml', 'party: mei-stall', 'party: my-stall'),
    code: 'dangling-party',
    at: 'party: my-stall',
  },
  { name: 'party → region', edits: change('demo/parties.yaml', '"990102001"', '"990102009"'), code: 'dangling-region', at: '990102009' },
  {
    name: 'party → certificate',
    edits: change('demo/parties.yaml', 'type: net-tag', 'type: net-tax'),
    code: 'dangling-certificate',
    at: 'type: net-tax',
  },
  {
    name: 'party → issuer',
    edits: change('demo/parties.yaml', 'issuer: 990102.fishery', 'issuer: 990102.fishing'),
    code: 'dangling-org',
    at: '990102.fishing',
  },
  {
    name: 'region → parent',
    edits: change(
      'regions.yaml',
      'level: county, parent: "990100" }\n  - { code: "990103100"',
      'level: county, parent: "990199" }\n  - { code: "990103100"',
    ),
    code: 'dangling-region',
    at: '"990199"',
  },
  {
    name: 'village → town',
    edits: change('villages.csv', '下礁村,990103100', '下礁村,990103777'),
    code: 'dangling-region',
    at: '990103777',
  },
  {
    name: 'organisation → region',
    edits: change('orgs.yaml', 'region: "990171"', 'region: "990179"'),
    code: 'dangling-region',
    at: '"990179"',
  },
]

const TWICE: readonly Fault[] = [
  {
    name: 'a material twice',
    edits: append('materials.yaml', '  - { id: identity, title: 再来, obtain: [upload] }\n'),
    code: 'duplicate-id',
    at: '再来',
  },
  {
    name: 'a question twice',
    edits: change(OPEN, 'id: insured\n', 'id: cooks\n'),
    code: 'duplicate-id',
    at: 'id: cooks\n    text: { zh: 要上',
  },
  {
    name: 'a node twice',
    edits: change(OPEN, '- id: insurance\n', '- id: lamp\n'),
    code: 'duplicate-id',
    at: '- id: lamp\n    matter: tide',
  },
  {
    name: 'a node called like a step of the template',
    edits: change(OPEN, '- id: insurance\n', '- id: deliver\n'),
    code: 'flow-node-twice',
    at: '- id: deliver',
  },
  {
    name: 'a department twice',
    edits: change('orgs.yaml', 'key: lighthouse', 'key: harbour'),
    code: 'duplicate-id',
    at: 'key: harbour\n    name: { zh: 潮水市灯塔局',
  },
  { name: 'a region twice', edits: change('regions.yaml', '990102002', '990102001'), code: 'duplicate-id', at: '鸥鸣街道' },
  {
    name: 'a file that is not called like its id',
    edits: change(STALL, 'id: stall-registration', 'id: stall-registering'),
    code: 'file-name',
    at: 'id: stall-registering',
  },
  {
    name: 'a type code twice',
    edits: change('certificates.yaml', '11990100MB90000150002', '11990100MB90000150001'),
    code: 'duplicate-code',
    at: 'type_code: 11990100MB90000150001\n    prefix: CJ',
  },
  {
    name: 'an account twice',
    edits: change('demo/people.yaml', 'account: lan', 'account: mei'),
    code: 'duplicate-code',
    at: 'account: mei\n    id_card: "990102199201010220"',
  },
  { name: 'a calendar version twice', edits: change('calendar/2026-2.yaml', '"2026/2"', '"2026/1"'), code: 'duplicate-id', at: '"2026/1"' },
  {
    name: 'the same matter code twice',
    edits: change('matters/stall-closure.yaml', '990101007001', '990101001001'),
    code: 'duplicate-code',
    file: STALL,
    at: 'basic_code:',
  },
]

const CODES: readonly Fault[] = [
  {
    name: 'check character of a type code',
    edits: change('certificates.yaml', '11990100MB90000150002', '11990100MB90000151002'),
    code: 'type-code',
    at: '11990100MB90000151002',
    says: /check/,
  },
  {
    name: 'length of a type code',
    edits: change('certificates.yaml', '11990100MB90000150002', '11990100MB9000015002'),
    code: 'type-code',
    at: '11990100MB9000015002',
  },
  {
    name: "check character of a party's credit code",
    edits: change('demo/parties.yaml', '92990102MA90000113', '92990102MA90000114'),
    code: 'credit-code',
    at: '92990102MA90000114',
  },
  {
    name: "check character of an organisation's credit code",
    edits: change('orgs.yaml', '    kind: park\n', '    kind: park\n    credit_code: 11990100MB90000151\n'),
    code: 'credit-code',
    at: 'credit_code:',
  },
  {
    name: 'check character in a matter code',
    edits: change(STALL, 'basic_code:', 'code: 11990100MB900001514990101001001\nbasic_code:'),
    code: 'matter-code',
    at: 'code: 1199',
  },
  {
    name: 'level in a matter code',
    edits: change(STALL, 'basic_code:', 'code: 11990100MB900001503990101001001\nbasic_code:'),
    code: 'matter-code',
    at: 'code: 1199',
    says: /level 3/,
  },
  {
    name: 'identity number',
    edits: change('demo/people.yaml', '990102199201010220', '990102199201010221'),
    code: 'id-card',
    at: '990102199201010221',
  },
  { name: 'mobile', edits: change('demo/people.yaml', '19900000002', '1990000002'), code: 'mobile', at: '1990000002' },
]

const MEANING: readonly Fault[] = [
  {
    name: 'promised over statutory',
    edits: change(STALL, 'promised: 1 workday', 'promised: 4 workdays'),
    code: 'promised-over-statutory',
    at: 'limits:',
  },
  {
    name: 'an impossible limit',
    edits: change(STALL, 'statutory: 3 workdays', 'statutory: 3 fortnights'),
    code: 'limit',
    at: 'limits:',
    says: /unit/,
  },
  {
    name: 'FEEL that does not read',
    edits: change(OPEN, 'when: answers.at_night = true', 'when: answers.at_night = = true'),
    code: 'condition',
    at: 'at_night = = true',
    says: /column/,
  },
  {
    name: 'FEEL in a flow',
    edits: change('flows/permit.yaml', 'when: matter.on_site = true', 'when: matter.on_site ='),
    code: 'flow-bad-condition',
    at: 'when: matter.on_site =',
  },
  {
    name: 'a question that nobody asks',
    edits: change(OPEN, 'when: answers.at_night = true', 'when: answers.by_night = true'),
    code: 'unknown-question',
    at: 'answers.by_night',
  },
  {
    name: 'a field that is not there',
    edits: change(OPEN, 'when: form.has_tap = true', 'when: form.has_taps = true'),
    code: 'unknown-field',
    at: 'form.has_taps',
    says: /"has_tap"/,
  },
  {
    name: 'a fact of nobody',
    edits: change(OPEN, 'when: answers.at_night = true', 'when: answer.at_night = true'),
    code: 'unknown-fact',
    at: 'answer.at_night',
    says: /"answers"/,
  },
  {
    name: 'a question that no bundle of the matter asks',
    edits: change('matters/food-handling.yaml', 'answers.tables <= 6', 'answers.chairs <= 6'),
    code: 'unknown-question',
    at: 'answers.chairs',
  },
  {
    name: 'nodes that wait for each other',
    edits: change(OPEN, 'matter: net-tag-filing\n', 'matter: net-tag-filing\n    after: [berth]\n'),
    code: 'bundle-cycle',
    at: 'after: [berth]',
    says: /tag → berth → tag/,
  },
  {
    name: 'steps that wait for each other',
    edits: change(
      'flows/permit.yaml',
      'title: { zh: 审查, en: Review }\n    after: [intake]',
      'title: { zh: 审查, en: Review }\n    after: [decide]',
    ),
    code: 'flow-cycle',
    at: 'after: [decide]\n    desk: department\n    org: case\n    actions:\n      pass',
  },
  {
    name: 'a step without a way out',
    edits: change('flows/supervision.yaml', 'effect: complete\n        marks: answered', 'effect: comment\n        marks: answered'),
    code: 'flow-no-way-out',
    at: 'actions:\n      answer:',
  },
  {
    name: 'a step that cannot be reached',
    edits: change('flows/supervision.yaml', 'effect: complete\n        marks: answered', 'effect: comment\n        marks: answered'),
    code: 'flow-unreachable',
    at: 'check:',
  },
  {
    name: 'a material that is made before and asked for',
    edits: change('materials.yaml', '      - ecert: stall-licence\n      - upload\n', '      - upload\n      - ecert: stall-licence\n'),
    code: 'produced-and-asked',
    file: OPEN,
    at: '- id: food\n    matter',
  },
  {
    name: 'an example that fails: nodes',
    edits: change(OPEN, 'nodes: [register, tag, berth]', 'nodes: [register, berth]'),
    code: 'example-fails',
    at: 'nodes: [register, berth]',
    says: /not expected: tag/,
  },
  {
    name: 'an example that fails: promise',
    edits: change(OPEN, '      promise: 2 workdays', '      promise: 3 workdays'),
    code: 'example-fails',
    at: 'promise: 3 workdays',
    says: /2 workdays \(register → berth\)/,
  },
  {
    name: 'an example that fails: materials',
    edits: change('bundles/close-stall.yaml', 'materials: [stall-licence, identity]', 'materials: [stall-licence]'),
    code: 'example-fails',
    at: 'materials: [stall-licence]\n',
    says: /identity/,
  },
  {
    name: 'an example that fails: unknown',
    edits: change('bundles/close-stall.yaml', '      unknown: [answers.has_tag]\n', ''),
    code: 'example-fails',
    at: 'expect:\n      nodes: [close]\n      promise',
    says: /answers.has_tag/,
  },
  {
    name: 'a choice without options',
    edits: change(OPEN, 'type: number', 'type: choice'),
    code: 'choice-without-options',
    at: 'type: choice\n    when',
  },
  {
    name: 'a make-up day in the week',
    edits: change('calendar/2026-1.yaml', '"2026-05-09"', '"2026-05-08"'),
    code: 'calendar',
    at: '"2026-05-08"',
  },
  { name: 'hours that end before they begin', edits: change('pack.yaml', 'to: "12:00"', 'to: "08:00"'), code: 'hours', at: 'hours:' },
  { name: 'a root that is no region', edits: change('pack.yaml', '"990100"', '"990200"'), code: 'dangling-region', at: 'root:' },
  {
    name: 'a region in itself',
    edits: change(
      'regions.yaml',
      '{ code: "990102001", name: { zh: 码头街道, en: Wharf Subdistrict }, level: town }',
      '{ code: "990102001", name: 码头街道, level: town, parent: "990102001" }',
    ),
    code: 'region-cycle',
    at: '码头街道',
  },
]

const WARNINGS: readonly Fault[] = [
  {
    name: 'a guide without a basis',
    edits: change(STALL, 'basis:\n  - { law: 《潮水市许可规程》（虚构）, article: 第二条 }\n', ''),
    code: 'guide-incomplete',
    at: 'id: stall',
    says: /设定依据/,
    severity: 'warning',
  },
  {
    name: 'a role that nobody holds at the desk',
    edits: change('flows/permit.yaml', 'role: chief', 'role: admiral'),
    code: 'role-nobody-holds',
    at: 'role: admiral',
    severity: 'warning',
  },
  {
    name: 'somebody who is told and is nobody',
    edits: change('ladders.yaml', 'tells: [head, supervisor]', 'tells: [head, mayor]'),
    code: 'role-nobody-holds',
    at: 'tells: [head, mayor]',
    severity: 'warning',
  },
  { name: 'a file of no kind', edits: append('matter/lost.yaml', 'id: lost\n'), code: 'unknown-file', at: 'id: lost', severity: 'warning' },
]

function check(faults: readonly Fault[]): void {
  for (const { name, edits, code, at, file, says, severity } of faults) {
    it(name, () => {
      const files = edited(tidewaterFiles, ...edits)
      const where = file ?? edits[0]?.path ?? ''
      const { issues, pack } = checkPack(files)
      const found = issues.filter((issue) => issue.file === where && issue.code === `pack/${code}`)
      assert.notEqual(found.length, 0, `found instead: ${JSON.stringify(issues, null, 1)}`)
      const line = lineOf(files, where, at)
      const there = found.find((issue) => issue.line === line)
      assert.ok(there, `line ${line} expected, found on ${found.map((issue) => issue.line)}`)
      assert.equal(there.severity, severity ?? 'error')
      assert.equal(pack === null, there.severity === 'error')
      if (says !== undefined) assert.match(found.map((issue) => issue.message).join('\n'), says)
    })
  }
}

describe('faults of shape', () => check(SHAPE))
describe('ids that nothing has', () => check(IDS))
describe('things that stand twice', () => check(TWICE))
describe('codes', () => check(CODES))
describe('faults of meaning', () => check(MEANING))
describe('warnings', () => check(WARNINGS))

describe('whole files', () => {
  const codes = (...paths: readonly string[]) =>
    checkPack(without(tidewaterFiles, ...paths)).issues.map((issue) => `${issue.file}:${issue.line} ${issue.code}`)

  it('clocks need a calendar', () => {
    assert.ok(
      codes('calendar/').includes('pack.yaml:1 pack/clock-without-calendar') ||
        codes('calendar/').some((one) => one.endsWith('pack/clock-without-calendar')),
    )
  })
  it('pack.yaml, regions.yaml and orgs.yaml must be there', () => {
    assert.deepEqual(codes('pack.yaml'), ['pack.yaml:1 pack/missing-file'])
    assert.deepEqual(codes('regions.yaml', 'orgs.yaml'), ['orgs.yaml:1 pack/missing-file', 'regions.yaml:1 pack/missing-file'])
  })
  it('bundles need their template', () => {
    assert.ok(codes('flows/bundle.yaml').some((one) => one.startsWith('bundles/close-stall.yaml') && one.endsWith('pack/dangling-flow')))
  })
  it('a bundle in use needs nodes, an announced one does not', () => {
    const bundle = (status: string) =>
      `id: later\ntitle: 以后\nsummary: 以后\nstage: run\nlead: harbour\nstatus: ${status}\nparties: [person]\nnodes: []\n`
    const check = (status: string) => checkPack(edited(tidewaterFiles, { path: 'bundles/later.yaml', to: bundle(status) }))
    assert.equal(check('announced').issues.length, 0)
    assert.deepEqual(
      check('in-use').issues.map((issue) => issue.code),
      ['pack/flow-no-nodes'],
    )
  })
})
