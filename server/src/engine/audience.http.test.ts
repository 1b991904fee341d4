/** What an applicant reads of the work on her case, and what stays in the house: words, cards, files. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { CaseView } from '@yichuang/contract'
import { MONDAY, testServer } from '../../test/harness.ts'
import { ALL_IN, JPG, PDF, type Person, type Player, player } from '../../test/play.ts'

let play: Player
let mei: Person
let lan: Person
let hai: Person
let wei: Person
let bundle: string
let registration: string
let food: string

const childOf = (view: CaseView, id: string) => view.steps.find((step) => step.id === id)?.child?.id ?? assert.fail(id)
const details = (view: CaseView) => view.timeline.flatMap((line) => line.detail?.zh ?? [])
const filesIn = (view: CaseView) => view.materials.flatMap((material) => material.files.map((file) => file.name))

before(async () => {
  play = player((await testServer({ at: MONDAY })).url)
  ;[mei, lan, hai, wei] = (await Promise.all(['mei', 'lan', 'hai', 'wei'].map(play.as))) as [Person, Person, Person, Person]
  bundle = (await mei.submitStall({ answers: ALL_IN })).case
  const view = await lan.act(bundle, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch', 'kitchen-plan'] })
  registration = childOf(view, 'register')
})

describe('words', () => {
  it('among officers are read by officers, a comment among them, and by no applicant', async () => {
    await hai.act(registration, 'comment', undefined, { text: '内部备注一' })
    await hai.act(registration, 'co-handle', 'review', { orgs: ['990102.health'] })
    await wei.act(registration, 'answer-co-handling', 'review', { opinion: '内部意见二' })
    await (await play.as('du')).act(registration, 'supervise', undefined, { reason: '督办要求三' })
    await hai.act(registration, 'pass', 'review')
    await hai.act(registration, 'send-back', 'decide', { reason: '退回理由四' })
    await hai.act(registration, 'pass', 'review')
    const inside = ['内部备注一', '内部意见二', '督办要求三', '退回理由四']
    assert.deepEqual(
      details(await hai.see(registration)).filter((words) => inside.includes(words)),
      inside,
    )
    assert.doesNotMatch(JSON.stringify(await mei.see(registration)), new RegExp(inside.join('|')))
  })

  it('of a report stay inside, and that there is one does not; reasons that the law has told are read', async () => {
    await hai.act(registration, 'grant', 'decide')
    await hai.act(registration, 'hand-over', 'deliver')
    food = childOf(await mei.see(bundle), 'food')
    await wei.act(food, 'report', 'inspect', { findings: '核查结论五' })
    await wei.act(food, 'suspend', undefined, { basis: 'tide-observation', until: '2035-03-12', reason: '等大潮六' })
    const view = await mei.see(food)
    assert.ok(view.timeline.some((line) => line.words.zh.includes('提交核查意见')))
    assert.ok(!details(view).includes('核查结论五') && details(view).includes('等大潮六'))
    assert.ok(details(await wei.see(food)).includes('核查结论五'))
  })

  it('of her own are hers to read', async () => {
    await mei.act(bundle, 'comment', undefined, { text: '请快一点' })
    assert.ok(details(await mei.see(bundle)).includes('请快一点'))
    assert.ok(details(await lan.see(bundle)).includes('请快一点'))
  })
})

it('why a card was shown is read by the house; that it was shown by everybody', async () => {
  await wei.act(food, 'resume')
  await play.advance('P20D')
  const { cards } = await wei.see(food)
  const card = cards[0] ?? assert.fail('no card in twenty days')
  await wei.act(food, 'answer-card', undefined, { clock: card.clock, level: card.level, reason: '人手不足七' })
  assert.equal((await wei.see(food)).cards.find((one) => one.clock === card.clock && one.level === card.level)?.reason, '人手不足七')
  const seen = await mei.see(food)
  assert.equal(seen.cards.length, cards.length)
  assert.doesNotMatch(JSON.stringify(seen), /人手不足七/)
})

describe('files', () => {
  const opens = async (person: Person, file: string) => (await person.fetch(`/api/v1/files/${file}`)).status

  it('that an officer attached are neither shown nor opened to the applicant, and both to the office', async () => {
    const { file } = await wei.upload('internal.pdf', Buffer.concat([PDF, Buffer.from('internal')]))
    await wei.act(food, 'attach', undefined, { files: [{ file, material: 'other', name: 'internal.pdf' }] })
    assert.ok(filesIn(await wei.see(food)).includes('internal.pdf'))
    for (const id of [food, bundle]) assert.ok(!filesIn(await mei.see(id)).includes('internal.pdf'))
    assert.deepEqual([await opens(wei, file), await opens(lan, file), await opens(mei, file)], [200, 200, 404])
  })

  it('of a material she was asked for are hers, whoever scanned them', async () => {
    const { file } = await wei.upload('scan.jpg', Buffer.concat([JPG, Buffer.from('scan')]))
    await wei.act(food, 'attach', undefined, { files: [{ file, material: 'kitchen-plan', name: 'scan.jpg' }] })
    assert.ok(filesIn(await mei.see(bundle)).includes('scan.jpg'))
    assert.equal(await opens(mei, file), 200)
  })

  it('of her own are seen by the office', async () => {
    const { file } = await mei.upload('more.pdf', Buffer.concat([PDF, Buffer.from('more')]))
    await mei.act(bundle, 'attach', undefined, { files: [{ file, material: 'other', name: 'more.pdf' }] })
    assert.ok(filesIn(await mei.see(bundle)).includes('more.pdf') && filesIn(await lan.see(bundle)).includes('more.pdf'))
    assert.equal(await opens(lan, file), 200)
  })
})
