/** From the pack's plan to the one people see, on the imaginary city; and what a submission must have. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { DraftMaterial } from '@yichuang/contract'
import { compilePack, type PlanInput } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { checkMaterials } from './materials.ts'
import { notNeededIn, planFor } from './plan.ts'
import { caseData, checkSubmission } from './submission.ts'

const FOLDER = join(import.meta.dirname, '../../../../../packs/tidewater')
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ya?ml|csv)$/.test(path))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(FOLDER, path), 'utf8') }))
const pack = unwrap(compilePack(files, { version: 'test' }))
const bundle = pack.bundles.get('open-stall') ?? assert.fail('no bundle')
const NOW = '2026-03-02T01:00:00.000Z'

const party = { name: '示例·阿梅海味', identity: true, mobile: '19900000001', has_boat: true }
const facts = Object.entries(party).map(([fact, value]) => ({ fact, value, source: { zh: '主体库', en: 'Register' }, asOf: '2026-01-15' }))
function input(answers: PlanInput['answers'], form: PlanInput['form'] = {}): PlanInput {
  return { answers, party, region: '990102001', certificates: [], facts, form }
}
const NOTHING = { cooks: false, at_night: false, own_boat: false, insured: false }

describe('a plan', () => {
  it('says who does what, after what, why, and until when', () => {
    const { plan } = planFor(pack, bundle, input({ ...NOTHING, cooks: true, tables: 4 }), NOW)
    const node = (id: string) => plan.nodes.find((one) => one.id === id) ?? assert.fail(id)
    assert.deepEqual([node('register').included, node('food').included, node('lamp').included], ['yes', 'yes', 'no'])
    assert.deepEqual([node('food').org.zh, node('food').after, node('food').onSite], ['灯塔区卫生局', ['register'], true])
    assert.equal(node('food').why.zh, '因为您现场加工海鲜')
    assert.deepEqual(
      [plan.promise.limit, plan.promise.path, plan.promise.dueOn],
      [{ n: 4, unit: 'workday' }, ['register', 'food'], '2026-03-06'],
    )
    assert.deepEqual([plan.summary.matters, plan.summary.departments, plan.summary.toUpload], [2, 2, 2])
  })

  it('lets what the registers know stand until she says otherwise', () => {
    const open = planFor(pack, bundle, input({}), NOW).plan
    assert.equal(open.nodes.find((node) => node.id === 'tag')?.included, 'yes')
    assert.equal(open.questions.find((question) => question.id === 'own_boat')?.known?.value, true)
    assert.deepEqual(open.unknown, ['answers.cooks', 'answers.at_night', 'answers.insured'])
    const said = planFor(pack, bundle, input({ own_boat: false }), NOW).plan
    assert.equal(said.nodes.find((node) => node.id === 'tag')?.included, 'no')
  })

  it('asks only what matters now: tables when she cooks, the place of the tap when there is one', () => {
    const questions = (answers: PlanInput['answers']) => planFor(pack, bundle, input(answers), NOW).plan.questions.map((one) => one.id)
    assert.ok(!questions({ cooks: false }).includes('tables') && questions({ cooks: true }).includes('tables'))
    const fields = (form: PlanInput['form']) =>
      planFor(pack, bundle, input({ ...NOTHING, cooks: true, tables: 2 }, form), NOW).plan.form.flatMap((section) =>
        section.fields.map((one) => one.id),
      )
    assert.ok(!fields({ has_tap: false }).includes('tap_place') && fields({ has_tap: true }).includes('tap_place'))
  })

  it('fills in what is known, with its source and day, and does not ask for what is shared', () => {
    const { plan } = planFor(pack, bundle, input(NOTHING), NOW)
    const holder = plan.form.flatMap((section) => section.fields).find((field) => field.id === 'holder')
    assert.deepEqual(
      [holder?.value, holder?.editable, holder?.source?.kind, holder?.source?.asOf],
      ['示例·阿梅海味', false, 'register', '2026-01-15'],
    )
    assert.equal(plan.materials.find((material) => material.material === 'identity')?.status, 'have')
  })

  it('records for each part that is left out why', () => {
    const left = notNeededIn(planFor(pack, bundle, input(NOTHING), NOW).pack)
    assert.deepEqual(Object.keys(left).sort(), ['berth', 'food', 'insurance', 'lamp', 'tag'])
    assert.ok(Object.values(left).every((why) => why.length > 2))
  })
})

describe('a submission', () => {
  const FORM = { stall_name: '阿梅海味摊', mobile: '19900000001', quay: 'north' }
  const planOf = (answers: PlanInput['answers'], form: object = FORM) =>
    planFor(pack, bundle, input(answers, form as PlanInput['form']), NOW).plan
  const check = (answers: PlanInput['answers'], form: object, materials: readonly DraftMaterial[], signed = true) => {
    const checked = checkSubmission(bundle, planOf(answers, form), { form: form as { [field: string]: unknown }, materials, signed })
    return checked.ok ? 'ok' : [checked.error.code, checked.error.fields?.map((field) => field.path)]
  }

  it('hears of one kind of fault at a time: questions, then fields, then papers, then the signature', () => {
    const answers = { ...NOTHING, own_boat: true }
    assert.deepEqual(check({ cooks: false }, {}, [], false), ['applications/question-unanswered', undefined])
    assert.deepEqual(check(answers, { quay: 'west' }, [], false), ['applications/field-invalid', ['stall_name', 'quay']])
    assert.deepEqual(check(answers, FORM, [], false), ['applications/material-missing', ['materials.boat-photo']])
    assert.deepEqual(check(answers, FORM, [{ material: 'boat-photo', file: 'f' }], false), ['applications/not-signed', undefined])
    assert.equal(check(answers, FORM, [{ material: 'boat-photo', file: 'f' }]), 'ok')
  })

  it('may leave out what may follow later, but no promise', () => {
    const answers = { ...NOTHING, cooks: true, tables: 4 }
    assert.deepEqual(check(answers, { ...FORM, has_tap: false }, []), ['applications/material-missing', ['materials.hygiene-promise']])
    assert.equal(check(answers, { ...FORM, has_tap: false }, [{ material: 'hygiene-promise', promised: true }]), 'ok')
  })

  it('becomes the facts of its case: what was kept as known says from where, what may follow until when', () => {
    const plan = planOf(NOTHING)
    const submission = {
      form: { ...FORM, mobile: '19900000009' },
      materials: [{ material: 'identity', file: 'f', name: 'id.pdf' }],
      signed: true,
    }
    const data = caseData({ bundle, bundleVersion: '1', plan, party, answers: NOTHING, submission })
    assert.deepEqual(data.form, { stall_name: '阿梅海味摊', holder: '示例·阿梅海味', mobile: '19900000009', quay: 'north' })
    assert.deepEqual(Object.keys(data.form_sources as object), ['holder'])
    assert.deepEqual(data.files, [{ file: 'f', material: 'identity', name: 'id.pdf' }])
    const sketch = (data.materials as { [id: string]: { tolerance?: { limit: unknown }; matters: string[] } })['quay-sketch']
    assert.deepEqual([sketch?.tolerance?.limit, sketch?.matters], [{ n: 5, unit: 'workday' }, ['stall-registration']])
    assert.deepEqual(JSON.parse(JSON.stringify(data)), data)
  })
})

describe('materials of a draft', () => {
  const uploads: { readonly [file: string]: { bytes: number; type: string; by: string } } = {
    jpg: { bytes: 1000, type: 'image/jpeg', by: 'mei' },
    pdf: { bytes: 1000, type: 'application/pdf', by: 'mei' },
    full: { bytes: 5 << 20, type: 'image/png', by: 'mei' },
    large: { bytes: (5 << 20) + 1, type: 'image/png', by: 'mei' },
  }
  const check = (material: string, file?: string) => {
    const checked = checkMaterials(pack, [file === undefined ? { material } : { material, file }], (id) => uploads[id])
    return checked.ok ? 'ok' : checked.error.code
  }
  for (const [material, file, end] of [
    ['boat-photo', 'jpg', 'ok'],
    ['boat-photo', 'full', 'ok'],
    ['boat-photo', 'large', 'applications/file-too-large'],
    ['boat-photo', 'pdf', 'applications/file-format-unfit'],
    ['boat-photo', 'lost', 'files/unknown'],
    ['boat-photo', undefined, 'ok'],
    ['moon-rock', 'jpg', 'applications/material-unknown'],
  ] as const) {
    it(`${material} with ${file}: ${end}`, () => assert.equal(check(material, file), end))
  }
})
