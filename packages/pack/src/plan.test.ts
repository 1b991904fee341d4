import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unwrap } from '@yichuang/result'
import fc from 'fast-check'
import { edited, tidewater, tidewaterFiles } from './fixtures/from-disk.test.ts'
import { type Bundle, type CityPack, compilePack, findPrefill, inWorkdays, type Plan, type PlanInput, planBundle } from './index.ts'

const pack = tidewater()
const nobody: PlanInput = { answers: {}, party: {}, region: '990102001', certificates: [], facts: [] }
const ALL = { cooks: true, tables: 4, at_night: true, own_boat: true, insured: true }

function getBundle(city: CityPack, id: string): Bundle {
  const bundle = city.bundles.get(id)
  assert.ok(bundle)
  return bundle
}
function plan(input: Partial<PlanInput>, city = pack, id = 'open-stall'): Plan {
  return planBundle(city, getBundle(city, id), { ...nobody, ...input })
}
const material = (found: Plan, id: string) => found.materials.find((row) => row.material === id)
const node = (found: Plan, id: string) => found.nodes.find((one) => one.id === id)

describe('nodes', () => {
  it('are included, left out or open, and say why', () => {
    const found = plan({ answers: { cooks: true, at_night: false } })
    assert.deepEqual(
      found.nodes.map((one) => [one.id, one.included]),
      [
        ['register', true],
        ['food', true],
        ['lamp', false],
        ['tag', 'unknown'],
        ['berth', 'unknown'],
        ['insurance', 'unknown'],
      ],
    )
    assert.equal(node(found, 'food')?.why.zh, '因为您现场加工海鲜')
    assert.equal(node(found, 'register')?.why.zh, '本事项每次都办')
    assert.equal(node(found, 'tag')?.why.zh, '还需知道：有自己的渔船吗？')
    assert.deepEqual(node(found, 'tag')?.missing, ['answers.own_boat'])
  })
  it('of a plan without answers wait for every question that can be asked now', () => {
    // `tables` is asked of those who cook only: first things first.
    assert.deepEqual(plan({}).unknown, ['answers.cooks', 'answers.at_night', 'answers.own_boat', 'answers.insured'])
    assert.deepEqual(plan({ answers: { ...ALL, tables: undefined } }).unknown, ['answers.tables'])
  })
  it('wait for nodes that are not left out', () => {
    assert.deepEqual(node(plan({ answers: ALL }), 'berth')?.after, ['register', 'tag'])
    assert.deepEqual(node(plan({ answers: { has_tag: false } }, pack, 'close-stall'), 'close')?.after, [])
  })
  it('go to the organisation of the region, or to its delegate', () => {
    assert.equal(node(plan({}), 'register')?.org, '990102.harbour')
    assert.equal(node(plan({ region: '990171001' }), 'register')?.orgName?.zh, '临港新区管理委员会')
    assert.equal(node(plan({ region: '990171001', on: '2025-12-31' }), 'register')?.org, '990100.harbour')
  })
})

describe('the promise', () => {
  it('is the longest path, not the sum', () => {
    const { promise } = plan({ answers: ALL })
    assert.deepEqual(promise, { limit: { n: 4, unit: 'workday' }, path: ['register', 'food'] })
  })
  it('rounds working hours up to a day at the end only', () => {
    const { promise } = plan({ answers: { cooks: false, at_night: false, own_boat: true, insured: false } })
    assert.deepEqual(promise, { limit: { n: 2, unit: 'workday' }, path: ['register', 'berth'] })
    const twice = edited(tidewaterFiles, {
      path: 'matters/stall-registration.yaml',
      from: 'promised: 1 workday',
      to: 'promised: 3 working-hours',
    })
    const files = edited(twice, ...EXAMPLES_OF_A_DAY)
    const half = plan({ answers: { cooks: false, at_night: false, own_boat: true, insured: false } }, unwrap(compilePack(files)))
    assert.equal(half.promise.limit.n, 1, '3 of 7 hours and 4 of 7 hours are one day')
  })
  it('counts what is certain', () => {
    assert.equal(plan({}).promise.limit.n, 1)
  })
  it('never shrinks when one more node is in, and is one node at least', () => {
    const answers = fc.record({ cooks: fc.boolean(), at_night: fc.boolean(), own_boat: fc.boolean(), insured: fc.boolean() })
    const property = fc.property(answers, fc.constantFrom('cooks', 'at_night', 'own_boat', 'insured'), (given, more) => {
      const before = plan({ answers: { tables: 2, ...given } })
      const after = plan({ answers: { tables: 2, ...given, [more]: true } })
      assert.ok(after.promise.limit.n >= before.promise.limit.n && before.promise.limit.n >= 1)
      assert.ok(after.materials.length >= before.materials.length)
      const longest = Math.max(
        ...after.nodes.filter((one) => one.included === true).map((one) => inWorkdays(one.limits.promised, pack.hours)),
      )
      assert.ok(after.promise.limit.n >= longest)
    })
    fc.assert(property)
  })
})

const EXAMPLES_OF_A_DAY = [
  {
    path: 'bundles/open-stall.yaml',
    from: '      materials: [stall-application, identity, quay-sketch]\n      promise: 1 workday\n',
    to: '',
  },
  { path: 'bundles/open-stall.yaml', from: '      promise: 2 workdays\n', to: '' },
  { path: 'bundles/open-stall.yaml', from: 'boat-photo]\n      promise: 4 workdays\n', to: 'boat-photo]\n' },
  { path: 'bundles/open-stall.yaml', from: 'answers.at_night]\n      promise: 4 workdays\n', to: 'answers.at_night]\n' },
] as const

describe('materials', () => {
  it('stand once for all matters that need them', () => {
    assert.deepEqual(material(plan({ answers: ALL }), 'identity')?.forMatters, [
      'stall-registration',
      'food-handling',
      'net-tag-filing',
      'tide-insurance',
    ])
  })
  it('that a node makes are not asked for', () => {
    const licence = material(plan({ answers: ALL }), 'stall-licence')
    assert.equal(licence?.status, 'result')
    assert.deepEqual(licence?.from, { zh: '由“海味摊登记”产生', en: 'Produced by “Registration of a seafood stall”' })
    assert.deepEqual(licence?.forMatters, ['food-handling', 'lamp-permit', 'berth-notice'])
  })
  it('that no node of the plan makes come from where they are', () => {
    const held = { certificates: [{ type: 'stall-licence', number: 'CT-7' }], answers: { has_tag: true } }
    const found = plan(held, pack, 'close-stall')
    assert.equal(material(found, 'stall-licence')?.status, 'have')
    assert.equal(material(found, 'stall-licence')?.from?.zh, '电子证照 · 海味摊登记证 CT-7')
    assert.equal(material(found, 'net-tag')?.status, 'upload')
  })
  it('come by the first way that can supply now', () => {
    const source = { zh: '潮水市居民册' }
    const status = (facts: PlanInput['facts']) => material(plan({ answers: ALL, facts }), 'identity')?.status
    assert.equal(status([]), 'upload')
    assert.equal(status([{ fact: 'party.identity', value: true, source }]), 'have')
    assert.equal(status([{ fact: 'identity', value: true, source }]), 'have')
    assert.equal(status([{ fact: 'party.identity', value: false, source }]), 'upload')
    assert.equal(status([{ fact: 'party.identity', value: null, source }]), 'upload')
  })
  it('are forms, promises and uploads otherwise', () => {
    const found = plan({ answers: ALL })
    assert.equal(material(found, 'stall-application')?.status, 'form')
    assert.equal(material(found, 'hygiene-promise')?.status, 'promise')
    assert.equal(material(found, 'kitchen-plan')?.status, 'upload')
  })
  it('are tolerable when every matter tolerates them, by the strictest of its tolerances', () => {
    const many = plan({ answers: { ...ALL, tables: 9 } })
    assert.equal(material(many, 'quay-sketch')?.need, 'tolerable')
    assert.deepEqual(material(many, 'quay-sketch')?.tolerance?.limit, { n: 3, unit: 'workday' })
    assert.deepEqual(material(plan({ answers: ALL }), 'quay-sketch')?.tolerance?.limit, { n: 5, unit: 'workday' })
    assert.equal(material(many, 'identity')?.need, 'required')
    assert.equal(material(many, 'hygiene-promise'), undefined)
  })
  it('are optional when no matter requires them', () => {
    const to = '  - { material: identity, need: optional }\n'
    const files = edited(tidewaterFiles, { path: 'matters/net-tag-return.yaml', from: '  - { material: net-tag }\n', to }, NO_MATERIALS)
    assert.equal(material(plan({ answers: { has_tag: true } }, unwrap(compilePack(files)), 'close-stall'), 'identity')?.need, 'required')
    const lamp = plan({ answers: { ...ALL, cooks: false } })
    assert.deepEqual(material(lamp, 'quay-sketch')?.forMatters, ['stall-registration', 'lamp-permit'])
  })
})

const NO_MATERIALS = { path: 'bundles/close-stall.yaml', from: '      materials: [net-tag, stall-licence, identity]\n', to: '' } as const

describe('the form', () => {
  it('has the fields of the matters in the plan', () => {
    const fields = (answers: PlanInput['answers']) => plan({ answers }).fields.map((one) => one.field)
    const none = { cooks: false, at_night: false, own_boat: false, insured: false }
    assert.deepEqual(fields(none), ['stall_name', 'holder', 'mobile', 'quay'])
    assert.deepEqual(fields(ALL), ['stall_name', 'holder', 'mobile', 'quay', 'dishes', 'has_tap', 'tap_place', 'lamp_colour'])
    assert.ok(!plan({ answers: ALL, form: { has_tap: false } }).fields.some((one) => one.field === 'tap_place'))
  })
  it('knows what registers, certificates and the last time know, and from where', () => {
    const facts = [{ fact: 'party.name', value: '阿梅', source: { zh: '主体库' }, asOf: '2026-01-15' }]
    const found = plan({ answers: ALL, facts, previous: { stall_name: '老摊', mobile: '199' } })
    const of = (id: string) => found.fields.find((one) => one.field === id)?.prefilled
    assert.deepEqual(of('holder'), { value: '阿梅', source: { zh: '主体库' }, from: 'register:party.name', asOf: '2026-01-15' })
    assert.equal(of('stall_name')?.value, '老摊')
    assert.equal(of('mobile')?.from, 'previous')
    assert.equal(of('quay'), undefined)
    const face = { certificates: [{ type: 'stall-licence', face: { name: '大红灯' } }] }
    const closing = plan({ answers: { has_tag: false }, ...face }, pack, 'close-stall')
    assert.equal(closing.fields.find((one) => one.field === 'stall_name')?.prefilled?.value, '大红灯')
  })
  it('knows answers too', () => {
    const [question] = getBundle(pack, 'close-stall').questions
    assert.ok(question)
    assert.equal(findPrefill(pack, question, { ...nobody, party: { has_boat: true } })?.value, true)
    assert.equal(findPrefill(pack, question, nobody), null)
  })
})

describe('facts', () => {
  it('of registers count as facts of the party; what was said goes first', () => {
    const when = { path: 'bundles/close-stall.yaml', from: 'when: answers.has_tag = true', to: 'when: party.has_boat = true' }
    const expectations = edited(tidewaterFiles, when, { path: 'bundles/close-stall.yaml', from: CLOSING_EXAMPLES, to: '' })
    const city = unwrap(compilePack(expectations))
    const facts = [{ fact: 'party.has_boat', value: true, source: { zh: '渔船册' } }]
    assert.equal(node(plan({ facts }, city, 'close-stall'), 'tag')?.included, true)
    assert.equal(node(plan({ facts, party: { has_boat: false } }, city, 'close-stall'), 'tag')?.included, false)
    assert.deepEqual(plan({}, city, 'close-stall').unknown, ['party.has_boat'])
  })
  it('with dots are nested', () => {
    const when = { path: 'bundles/close-stall.yaml', from: 'when: answers.has_tag = true', to: 'when: party.boat.length > 5' }
    const city = unwrap(compilePack(edited(tidewaterFiles, when, { path: 'bundles/close-stall.yaml', from: CLOSING_EXAMPLES, to: '' })))
    const facts = [{ fact: 'party.boat.length', value: 6, source: { zh: '渔船册' } }]
    assert.equal(node(plan({ facts }, city, 'close-stall'), 'tag')?.included, true)
  })
})

const closing = tidewaterFiles.find((file) => file.path === 'bundles/close-stall.yaml')?.text ?? ''
const CLOSING_EXAMPLES = closing.slice(closing.indexOf('examples:'))
