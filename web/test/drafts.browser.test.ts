/** A draft is saved as typed: what was typed survives a reload, a lost line and a second tab, and a double click sends once. */
import assert from 'node:assert/strict'
import { before } from 'node:test'
import { listCases } from '@yichuang/contract'
import { expect } from './expect.ts'
import { answerQuestions, choose, fillForm, upload } from './people.ts'
import { type House, makeStory, openHouse, PHONE, photograph, type Visitor } from './stage.ts'

const COMPANY = '株洲知夏食品有限公司'
const scene = makeStory()
let house: House
let owner: Visitor
let form = ''

before(async () => {
  house = await openHouse()
  owner = await house.enter('林知夏', { width: PHONE })
  const { page } = owner
  await page.goto('/things/sole-trader-to-company')
  await answerQuestions(page)
  await page.getByRole('button', { name: '看我的方案' }).click()
  await page.getByRole('button', { name: '按这个方案办理' }).click()
  await page.waitForURL(/\/apply\/.*step=form/)
  form = page.url()
})

const saved = () => owner.page.getByRole('status').filter({ hasText: '已保存' })
const companyName = () => owner.page.getByLabel('企业名称', { exact: true })

scene('what was typed is still there after a reload', async () => {
  const { page } = owner
  await companyName().fill(COMPANY)
  await expect(page.getByRole('status').filter({ hasText: '正在输入' })).isVisible()
  await expect(saved()).isVisible()
  await page.reload()
  await expect(companyName()).has(COMPANY)
})

scene('a reload right after the last key loses nothing either', async () => {
  const { page } = owner
  await page.getByLabel('监事（可不设）').fill('示例监事')
  await page.reload()
  await expect(page.getByLabel('监事（可不设）')).has('示例监事')
})

scene('without a line the page says so, keeps what is typed, and saves it when the line is back', async () => {
  const { page, context } = owner
  await expect(saved()).isVisible()
  await context.setOffline(true)
  await page.getByLabel('布局有哪些变化').fill('增设冷藏柜一组')
  await expect(page.getByRole('status').filter({ hasText: '没有保存上' })).isVisible()
  await expect(page.getByRole('alert').filter({ hasText: '连不上服务器。请检查网络后再试，已填的内容不会丢。' })).isVisible()
  await photograph(page, 'draft-offline-390')
  await expect(page.getByLabel('布局有哪些变化')).has('增设冷藏柜一组')
  await context.setOffline(false)
  await expect(saved()).isVisible()
  await page.reload()
  await expect(page.getByLabel('布局有哪些变化')).has('增设冷藏柜一组')
})

scene('a second tab on the same draft is told that it was changed elsewhere, and how to go on', async () => {
  const { page, context } = owner
  const second = await context.newPage()
  await second.goto(form)
  await expect(second.getByLabel('企业名称', { exact: true })).has(COMPANY)
  await page.getByLabel('印章上的名称').fill(COMPANY)
  await expect(saved()).isVisible()
  await second.getByLabel('布局有哪些变化').fill('第二个窗口里改的')
  await expect(second.getByText('这份申请在别处改过。')).isVisible()
  await expect(second.getByLabel('布局有哪些变化')).has('第二个窗口里改的')
  await photograph(second, 'draft-second-tab-390')
  await second.getByRole('button', { name: '读取最新内容' }).click()
  await expect(second.getByLabel('印章上的名称')).has(COMPANY)
  await expect(second.getByLabel('布局有哪些变化')).has('增设冷藏柜一组')
  await second.close()
})

scene('two quick presses on submit send one application', async () => {
  const { page } = owner
  await fillForm(page, COMPANY)
  await page.getByRole('button', { name: '下一步：材料' }).click()
  await upload(page, /^原公章缴销证明/, '公章缴销回执.pdf')
  for (const promise of await page.locator('label.tick').all()) await promise.getByRole('checkbox').check()
  await page.getByRole('button', { name: '下一步：核对提交' }).click()
  await page.getByRole('button', { name: '提交申请' }).click()
  await expect(page.getByText('请先勾选确认。')).isVisible()
  await page.getByRole('checkbox', { name: /我确认以上内容真实/ }).check()
  const sent: string[] = []
  page.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/submit') && sent.push(request.url()))
  await page.getByRole('button', { name: '提交申请' }).dblclick()
  await page.waitForURL(/\/cases\/[^/]+\/receipt$/)
  assert.equal(sent.length, 1, 'submits sent')
  const lin = await house.cast.as('lin-owner')
  const { rows } = await lin.client.call(listCases, { query: { mine: true } })
  assert.equal(rows.filter((row) => row.parent === undefined).length, 1, 'her applications')
  await page.goto('/cases')
  await expect(page.getByRole('link', { name: /个体工商户转型为企业/ })).count(1)
})

scene('who types on in the old address of the draft comes to the case that it has become', async () => {
  const { page } = owner
  await page.goto(form)
  await page.getByLabel('监事（可不设）').fill('太晚')
  await page.waitForURL(/\/cases\/[^/]+$/)
  await expect(page.getByRole('heading', { level: 1, name: /个体工商户转型为企业/ })).isVisible()
})

scene('what was answered before the login is still answered after it, and the login is not asked twice', async () => {
  const { page } = owner
  await page.getByRole('button', { name: '退出' }).click()
  await page.goto('/things/sole-trader-to-company')
  await choose(page, /您想用哪种方式转/, '直接变更（推荐）')
  await page.getByRole('banner').getByRole('link', { name: '登录' }).click()
  await page.getByRole('button', { name: '林知夏' }).click()
  await page.waitForURL(/\/things\/sole-trader-to-company$/)
  await expect(page.getByRole('group', { name: /您想用哪种方式转/ }).getByLabel('直接变更（推荐）')).isChecked()
  await page.goto('/login?back=%2Fwallet')
  await page.waitForURL(/\/wallet$/)
  await page.goto('/login')
  await expect(page.getByRole('heading', { level: 1, name: '一次说清，一窗办成' })).isVisible()
})
