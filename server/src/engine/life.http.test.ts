/** A bundle's whole life, as people live it: over HTTP, in the imaginary city, with the demonstration clock. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { type CaseView, listCertificates, type StepView } from '@yichuang/contract'
import { MONDAY, testServer } from '../../test/harness.ts'
import { ALL_IN, JPG, ONLY_STALL, type Person, type Player, player, refusalOf } from '../../test/play.ts'

type City = { play: Player; mei: Person; lan: Person; hai: Person; wei: Person; deng: Person; yu: Person; du: Person }

async function city(at = MONDAY): Promise<City> {
  const { url } = await testServer({ at })
  const play = player(url)
  const [mei, lan, hai, wei, deng, yu, du] = (await Promise.all(['mei', 'lan', 'hai', 'wei', 'deng', 'yu', 'du'].map(play.as))) as [
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
  ]
  return { play, mei, lan, hai, wei, deng, yu, du }
}

function stepOf(view: CaseView, id: string): StepView {
  return view.steps.find((step) => step.id === id) ?? assert.fail(`no step ${id}`)
}

function childOf(view: CaseView, node: string): string {
  return stepOf(view, node).child?.id ?? assert.fail(`${node} has no case of its own yet`)
}

function clockOf(view: CaseView, id: string) {
  return view.clocks.find((clock) => clock.clock === id) ?? assert.fail(`no clock ${id}`)
}

const statuses = (view: CaseView) => Object.fromEntries(view.steps.map((step) => [step.id, step.status]))

describe('from the first paper to the last certificate', () => {
  let it_: City
  let id: string
  before(async () => {
    it_ = await city()
    id = (await it_.mei.submitStall({ answers: { ...ALL_IN, insured: false } })).case
  })

  it('lies at the counter of her own hall, and nowhere else', async () => {
    const { lan, hai, mei } = it_
    assert.deepEqual(
      (await lan.inbox()).map((row) => [row.case, row.step, row.status]),
      [[id, 'intake', 'ready']],
    )
    assert.deepEqual(await hai.inbox(), [])
    assert.deepEqual(await mei.inbox(), [])
  })

  it('is accepted with gaps for what may follow: the first node opens its case, the parallel ones too, the rest wait', async () => {
    const { lan } = it_
    const view = await lan.act(id, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
    assert.deepEqual(
      view.gaps.map((gap) => [gap.material, gap.status, gap.dueOn]),
      [
        ['quay-sketch', 'open', '2035-03-12'],
        ['kitchen-plan', 'open', '2035-03-12'],
      ],
    )
    const now = statuses(view)
    assert.deepEqual(
      [now.register, now.tag, now.food, now.lamp, now.berth, now.insurance],
      ['ready', 'ready', 'waiting', 'waiting', 'waiting', 'not-needed'],
    )
    assert.equal(clockOf(view, 'promised').dueOn, '2035-03-09')
  })

  it('goes on as nodes are decided; a site visit pauses the clocks of its own case and says on what ground', async () => {
    const { hai, wei, mei } = it_
    const registration = childOf(await mei.see(id), 'register')
    await hai.act(registration, 'pass', 'review')
    await hai.act(registration, 'grant', 'decide')
    await hai.act(registration, 'hand-over', 'deliver')
    const view = await mei.see(id)
    const now = statuses(view)
    assert.deepEqual([now.register, now.food, now.lamp, now.berth, now.insurance], ['done', 'ready', 'ready', 'waiting', 'not-needed'])
    const food = await wei.see(childOf(view, 'food'))
    assert.equal(clockOf(food, 'promised').status, 'paused')
    assert.equal(clockOf(food, 'promised').pausedBasis?.zh, '现场核查')
    assert.equal(food.light, 'grey')
  })

  it('counts no day of the visit: two days later nothing of the promise is used, and it runs on from the report', async () => {
    const { play, wei, mei } = it_
    const food = childOf(await mei.see(id), 'food')
    await play.advance('P2D')
    assert.equal(clockOf(await wei.see(food), 'promised').elapsed, 0)
    const after = await wei.act(food, 'report', 'inspect', { findings: '灶台离潮线三米' })
    assert.equal(clockOf(after, 'promised').status, 'running')
    assert.equal(clockOf(after, 'promised').dueOn, '2035-03-12')
  })

  it('closes a gap when she uploads what was missing: in the bundle and in the case that asked for it', async () => {
    const { mei, wei } = it_
    assert.equal((await refusalOf(mei.act(id, 'close-gap', undefined, { gap: 'kitchen-plan' }))).code, 'cases/file-missing')
    const other = await mei.upload('holiday.jpg', Buffer.concat([JPG, Buffer.from('the beach')]))
    const wrong = { gap: 'kitchen-plan', files: [{ file: other.file, name: other.name, material: 'quay-sketch' }] }
    assert.equal((await refusalOf(mei.act(id, 'close-gap', undefined, wrong))).code, 'cases/file-missing')
    const { file, name } = await mei.upload('kitchen-plan.jpg', JPG)
    const view = await mei.act(id, 'close-gap', undefined, { gap: 'kitchen-plan', files: [{ file, name, material: 'kitchen-plan' }] })
    assert.equal(view.gaps.find((gap) => gap.material === 'kitchen-plan')?.status, 'closed')
    assert.equal(view.materials.find((material) => material.material === 'kitchen-plan')?.status, 'uploaded')
    const food = await wei.see(childOf(view, 'food'))
    assert.equal(food.gaps.find((gap) => gap.material === 'kitchen-plan')?.status, 'closed')
  })

  it('does not end with an open gap, however much is done; the lapse of it is the next step', async () => {
    const { play, mei, lan } = it_
    await play.workOn()
    const done = await mei.see(id)
    assert.deepEqual([done.status, statuses(done).deliver, done.waitingForMe], ['open', 'done', true])
    await play.advance('P7D')
    const lapsed = await mei.see(id)
    assert.equal(lapsed.gaps.find((gap) => gap.material === 'quay-sketch')?.status, 'lapsed')
    assert.deepEqual([lapsed.status, lapsed.outcome], ['ended', 'delivered'])
    assert.ok(lapsed.timeline.some((entry) => entry.type === 'gap-lapsed'))
    assert.equal((await refusalOf(lan.act(id, 'accept', 'intake'))).code, 'caseflow/case-ended')
  })

  it('has put every certificate into her wallet, held by the stall that was founded in it', async () => {
    const { mei } = it_
    const { certificates } = await mei.call(listCertificates, {})
    const issued = certificates.filter((one) => one.number !== 'CW-0001')
    assert.deepEqual(issued.map((one) => one.type).sort(), ['food-permit', 'lamp-permit', 'net-tag', 'stall-licence'])
    assert.ok(issued.every((one) => one.status === 'valid' && one.holder === '阿梅海味摊'))
  })

  it('is rated once, by the applicant only, and can be reopened by the head of the lead department inside the window but not after it', async () => {
    const { mei, lan, hai, play } = it_
    assert.equal((await refusalOf(hai.act(id, 'rate', undefined, { stars: 5 }))).code, 'caseflow/not-your-side')
    assert.equal((await refusalOf(mei.act(id, 'rate', undefined, { stars: 6 }))).code, 'caseflow/input-invalid')
    assert.equal((await mei.act(id, 'rate', undefined, { stars: 5, words: '快' })).rating?.stars, 5)
    const again = await refusalOf(mei.act(id, 'rate', undefined, { stars: 1 }))
    assert.deepEqual([again.status, again.code], [409, 'caseflow/already-rated'])
    assert.equal((await refusalOf(lan.act(id, 'reopen', undefined, { reason: '证照面信息有误' }))).code, 'caseflow/not-your-desk')
    const reopened = await hai.act(id, 'reopen', undefined, { reason: '证照面信息有误' })
    assert.deepEqual([reopened.status, statuses(reopened).deliver], ['open', 'ready'])
    await lan.act(id, 'hand-over', 'deliver')
    await play.advance('P30D')
    assert.equal((await refusalOf(hai.act(id, 'reopen', undefined, { reason: '太晚' }))).code, 'caseflow/reopen-too-late')
  })
})

describe('papers that are not in order', () => {
  let it_: City
  before(async () => {
    it_ = await city()
  })

  it('says once what is to be corrected, waits for her, and goes on with the notice when it has come', async () => {
    const { mei, lan } = it_
    const id = (await mei.submitStall({ answers: ONLY_STALL, complete: true })).case
    const items = [{ item: '摊位草图', reason: '没有标出水龙头' }]
    const asked = await lan.act(id, 'request-correction', 'intake', { items, until: '2035-03-09' })
    assert.deepEqual(asked.waiting?.items, items)
    assert.equal(clockOf(asked, 'notice').status, 'stopped')
    assert.equal((await lan.inbox({ status: 'waiting' }))[0]?.case, id)
    assert.equal((await mei.see(id)).waitingForMe, true)
    assert.equal((await refusalOf(lan.act(id, 'accept', 'intake'))).code, 'caseflow/waiting-for-applicant')
    const { file, name } = await mei.upload('sketch.pdf')
    const supplied = await mei.act(id, 'supply', 'intake', { files: [{ file, name, material: 'quay-sketch' }] })
    assert.equal(supplied.waiting, undefined)
    assert.equal(clockOf(supplied, 'notice').status, 'running')
    assert.equal(supplied.materials.find((material) => material.material === 'quay-sketch')?.files.length, 2)
    const ended = await lan.act(id, 'decline', 'intake', { reason: '码头封闭', remedies: '可在六十日内申请复议' })
    assert.deepEqual([ended.status, ended.outcome], ['ended', 'declined'])
    assert.ok(ended.documents.some((document) => document.template === 'refusal-decision'))
  })

  it('may be withdrawn by her until the end, with all its open cases; the same thing can then be applied for again', async () => {
    const { mei, lan, hai } = it_
    const { case: id } = await mei.submitStall()
    const accepted = await lan.act(id, 'accept', 'intake')
    const registration = childOf(accepted, 'register')
    const second = await refusalOf(mei.submitStall())
    assert.deepEqual([second.status, second.code, second.data?.case], [409, 'applications/same-application-open', id])
    const withdrawn = await mei.act(id, 'withdraw')
    assert.deepEqual([withdrawn.status, withdrawn.outcome], ['ended', 'withdrawn'])
    const child = await hai.see(registration)
    assert.deepEqual([child.status, child.outcome], ['ended', 'withdrawn'])
    assert.deepEqual(await hai.inbox(), [])
    assert.equal((await refusalOf(hai.act(registration, 'pass', 'review'))).code, 'caseflow/case-ended')
    await mei.act((await mei.submitStall()).case, 'withdraw')
  })
})

describe('a node that fails', () => {
  let it_: City
  before(async () => {
    it_ = await city()
  })

  async function registered(id: string): Promise<void> {
    const { mei, hai } = it_
    const registration = childOf(await mei.see(id), 'register')
    await hai.act(registration, 'pass', 'review')
    await hai.act(registration, 'grant', 'decide')
    await hai.act(registration, 'hand-over', 'deliver')
  }

  async function refusedLamp(): Promise<string> {
    const { mei, lan, deng } = it_
    const { case: id } = await mei.submitStall({ answers: { ...ALL_IN, cooks: false, own_boat: false, insured: false }, complete: true })
    await lan.act(id, 'accept', 'intake')
    await registered(id)
    const lamp = childOf(await mei.see(id), 'lamp')
    await deng.act(lamp, 'pass', 'review')
    const refused = await deng.act(lamp, 'refuse', 'decide', { reason: '灯色与航标相近', remedies: '可申请复议' })
    assert.deepEqual([refused.status, refused.outcome], ['ended', 'refused'])
    return id
  }

  it('goes to the lead department, which may go on without it', async () => {
    const { hai, mei, lan } = it_
    const id = await refusedLamp()
    const view = await mei.see(id)
    assert.deepEqual(
      [stepOf(view, 'lamp').status, stepOf(view, 'lead').status, stepOf(view, 'deliver').status],
      ['refused', 'ready', 'waiting'],
    )
    assert.equal((await hai.inbox())[0]?.step, 'lead')
    const after = await hai.act(id, 'continue', 'lead', { reason: '白天经营不受影响' })
    assert.equal(stepOf(after, 'deliver').status, 'ready')
    const ended = await lan.act(id, 'hand-over', 'deliver')
    assert.deepEqual([ended.status, ended.outcome], ['ended', 'delivered'])
  })

  it('is taken back from the lead when its own department reopens it, until the bundle has gone on or ended', async () => {
    const { hai, mei, deng } = it_
    const id = await refusedLamp()
    const lamp = childOf(await mei.see(id), 'lamp')
    await deng.act(lamp, 'reopen', undefined, { reason: '复查灯色' })
    const view = await mei.see(id)
    assert.deepEqual([stepOf(view, 'lamp').status, stepOf(view, 'lead').status], ['ready', 'waiting'])
    await deng.act(lamp, 'refuse', 'decide', { reason: '灯色与航标相近', remedies: '可申请复议' })
    await hai.act(id, 'continue', 'lead', { reason: '白天经营不受影响' })
    const late = await refusalOf(deng.act(lamp, 'reopen', undefined, { reason: '再查' }))
    assert.deepEqual([late.status, late.code], [422, 'caseflow/bundle-went-on'])
    assert.equal((await deng.see(lamp)).status, 'ended')
    await mei.act(id, 'withdraw')
    assert.equal((await refusalOf(deng.act(lamp, 'reopen', undefined, { reason: '再查' }))).code, 'caseflow/bundle-ended')
  })

  it('or ends the whole, with reasons and remedies', async () => {
    const { hai } = it_
    const id = await refusedLamp()
    assert.equal((await refusalOf(hai.act(id, 'end-all', 'lead', {}))).code, 'caseflow/input-missing')
    const ended = await hai.act(id, 'end-all', 'lead', { reason: '申请人只在夜间经营', remedies: '可申请复议或起诉' })
    assert.deepEqual([ended.status, ended.outcome], ['ended', 'ended-by-lead'])
  })

  it('stops nobody when it is optional', async () => {
    const { mei, lan, du } = it_
    const { case: id } = await mei.submitStall({ answers: { ...ONLY_STALL, insured: true }, complete: true })
    await lan.act(id, 'accept', 'intake')
    await registered(id)
    const insurance = childOf(await mei.see(id), 'insurance')
    assert.equal((await du.see(insurance)).status, 'open')
    // The service bureau of the district has nobody among the demonstration people: the applicant takes this part back herself.
    await mei.act(insurance, 'withdraw')
    const after = await mei.see(id)
    assert.equal(stepOf(after, 'insurance').child?.outcome, 'withdrawn')
    assert.deepEqual([stepOf(after, 'lead').status, stepOf(after, 'deliver').status], ['waiting', 'ready'])
    const ended = await lan.act(id, 'hand-over', 'deliver')
    assert.deepEqual([ended.status, ended.outcome], ['ended', 'delivered'])
  })
})

describe('a special procedure for the whole case', () => {
  it('needs a ground of the pack and a planned end, stops the clocks, and lets nothing through but what ends it', async () => {
    const { play, mei, lan, hai } = await city()
    const { case: id } = await mei.submitStall({ answers: ONLY_STALL, complete: true })
    const registration = childOf(await lan.act(id, 'accept', 'intake'), 'register')
    const before = clockOf(await hai.see(registration), 'promised')
    const input = { basis: 'tide-observation', until: '2035-03-14', reason: '等大潮' }
    assert.equal(
      (await refusalOf(hai.act(registration, 'suspend', undefined, { ...input, basis: 'holiday' }))).code,
      'caseflow/suspension-basis-unknown',
    )
    const suspended = await hai.act(registration, 'suspend', undefined, input)
    assert.deepEqual([suspended.suspension?.basis.zh, clockOf(suspended, 'promised').status, suspended.light], ['观潮', 'paused', 'grey'])
    assert.equal((await hai.inbox())[0]?.status, 'paused')
    assert.equal((await refusalOf(hai.act(registration, 'pass', 'review'))).code, 'caseflow/case-suspended')
    await play.advance('P4D')
    assert.equal((await hai.see(registration)).cards.length, 0)
    const resumed = await hai.act(registration, 'resume')
    assert.equal(clockOf(resumed, 'promised').status, 'running')
    assert.ok((clockOf(resumed, 'promised').dueOn ?? '') > (before.dueOn ?? ''))
  })
})
