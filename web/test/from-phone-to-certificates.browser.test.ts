/** 个体工商户转型为企业, as people live it: the owner on her phone, everybody else at a desk. */
import assert from 'node:assert/strict'
import { before } from 'node:test'
import type { Page } from 'playwright-core'
import { eventually, expect, fitsWidth } from './expect.ts'
import { answerQuestions, fillForm, handle, lights, tabTo, upload } from './people.ts'
import { type House, makeStory, openHouse, PHONE, photograph, type Visitor } from './stage.ts'

const BUNDLE = '个体工商户转型为企业'
const FOOD = '食品经营许可变更（经营主体和布局变更）'
const TOBACCO = '烟草专卖零售许可证主体变更'
const COMPANY = '株洲知夏食品有限公司'

const scene = makeStory()
let house: House
let owner: Visitor
let desk: Visitor
let caseUrl = ''
let number = ''
let identifier = ''

before(async () => {
  house = await openHouse()
  owner = await house.enter('林知夏', { width: PHONE })
  desk = await house.visit()
})

/** Back to her case on the phone, as it stands now. */
async function openOwnCase(): Promise<Page> {
  await owner.page.goto(caseUrl)
  await expect(owner.page.getByRole('heading', { level: 1, name: BUNDLE })).isVisible()
  return owner.page
}

scene('she finds the thing in her own words', async () => {
  const { page } = owner
  await page.getByRole('searchbox', { name: '搜索要办的事' }).fill('个转企')
  await photograph(page, 'path-01-home-390')
  await page
    .getByRole('link', { name: new RegExp(BUNDLE) })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: BUNDLE })).isVisible()
  await expect(page.getByRole('radio', { name: /天元区知夏食杂店/ })).isChecked()
})

scene('what the registers know is answered already and says from where', async () => {
  const { page } = owner
  const licences = page.getByRole('group', { name: /许可证要跟着变/ })
  await expect(licences.getByLabel('食品经营许可证', { exact: true })).isChecked()
  await expect(licences.getByLabel('烟草专卖零售许可证')).isChecked()
  await expect(licences).says('已知：电子证照库')
  await expect(page.getByRole('group', { name: /布局、设备和关键人员/ })).says('已知：市监 · 日常检查记录')
  await expect(page.getByText('还有 4 个问题')).isVisible()
  await photograph(page, 'path-02-questions-390')
  await answerQuestions(page)
  await expect(page.getByText('都答好了')).isVisible()
  await page.getByRole('button', { name: '看我的方案' }).click()
})

scene('her plan says what, who, with what and until when', async () => {
  const { page } = owner
  await expect(page.getByText(/^\d{4}年\d+月\d+日前办完$/), 'the promised day').isVisible()
  await expect(page.getByText('承诺受理后 6 个工作日办结')).isVisible()
  const main = page.getByRole('main')
  await expect(main).says(
    /8\s*个事项/,
    '由 7 个部门办理',
    '这 7 项同时办',
    '天元区市场监督管理局',
    '国家税务总局天元区税务局',
    '株洲市住房公积金管理中心天元区管理部',
  )
  await expect(page.getByRole('list', { name: '谁来办，什么顺序' })).says(
    '因为您选择了直接变更',
    '因为您有参保员工',
    '因为您有烟草专卖零售许可证',
  )
  const bring = page.getByRole('list', { name: /要您提供的/ })
  await expect(bring).says('原公章缴销证明', '经营场所平面布局图', '需上传', '可容缺，5 个工作日内补交')
  await page.getByText(/不用您准备的 \d+ 份/).click()
  await expect(page.getByRole('list', { name: /不用您准备的/ })).says('电子证照', '数据共享')
  await expect(page.getByRole('list', { name: /作出承诺即可的 \d+ 份/ })).says('告知承诺')
  await fitsWidth(page, 'the plan')
  await photograph(page, 'path-03-plan-390')
  await page.getByRole('button', { name: '按这个方案办理' }).click()
})

scene('the form is mostly filled in, each value with its source', async () => {
  const { page } = owner
  await expect(page.getByText('共 23 项，13 项已经从系统里带出，请核对。')).isVisible()
  const premises = page.getByLabel('住所（经营场所）')
  await expect(premises).has('株洲市天元区嵩山路街道示范路 18 号')
  await expect(page.getByLabel('法定代表人身份证号')).has('430211190002020022')
  await expect(page.locator('[data-field="premises"]')).says('电子证照', '营业执照')
  await expect(page.locator('[data-field="legal_representative_id"]')).says('数据共享', '人口库 · 居民身份信息')
  await fillForm(page, COMPANY)
  await expect(page.getByRole('status').filter({ hasText: '已保存' })).isVisible()
  await photograph(page, 'path-04-form-390')
  await page.getByRole('button', { name: '下一步：材料' }).click()
})

scene('she uploads the old seal’s proof, and the floor plan may follow', async () => {
  const { page } = owner
  await upload(page, /^原公章缴销证明/, '公章缴销回执.pdf')
  await expect(page.locator('[data-material="floor-plan"]')).says('暂时没有也可以先提交，由窗口决定能否容缺受理、后补。')
  for (const promise of await page.locator('label.tick').all()) await promise.getByRole('checkbox').check()
  await photograph(page, 'path-05-materials-390')
  await page.getByRole('button', { name: '下一步：核对提交' }).click()
})

scene('she reviews, signs, submits and holds a receipt with number and QR code', async () => {
  const { page } = owner
  await expect(page.getByText(/这些材料还没有交.*平面布局图/)).isVisible()
  await expect(page.getByRole('main')).says(COMPANY, '公章缴销回执.pdf')
  const submit = page.getByRole('button', { name: '提交申请' })
  await submit.click()
  await expect(page.getByText('请先勾选确认。')).isVisible()
  await page.getByRole('checkbox', { name: /我确认以上内容真实/ }).check()
  await photograph(page, 'path-06-review-390')
  await submit.click()
  await page.waitForURL(/\/cases\/[^/]+\/receipt$/)
  await expect(page.getByRole('heading', { level: 1, name: '已提交' })).isVisible()
  number = (
    await page
      .getByRole('definition')
      .filter({ hasText: /^\d{22}[0-9A-Z]$/ })
      .innerText()
  ).trim()
  assert.match(number, /^43\d{20}[0-9A-Z]$/, 'the number of the case')
  const qr = page.getByRole('img', { name: '扫码查看进度' })
  await eventually(async () =>
    assert.ok(await qr.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0), 'the QR code is drawn'),
  )
  await fitsWidth(page, 'the receipt')
  await photograph(page, 'path-07-receipt-390')
  caseUrl = new URL('.', page.url()).href.replace(/\/$/, '')
})

scene('the clerk accepts with the gap, by keyboard', async () => {
  const { page } = desk
  await page.goto('/login')
  await tabTo(page, page.getByRole('button', { name: '陈予墨' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: new RegExp(number) })).says(BUNDLE, '天元区知夏食杂店')
  await photograph(page, 'path-08-queue-1440')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: BUNDLE })).isVisible()
  await expect(page.getByRole('list', { name: '材料清单' }).getByRole('listitem').filter({ hasText: '经营场所平面布局图' })).says(
    '缺',
    '可容缺',
  )
  await photograph(page, 'path-09-intake-1440')
  await page.keyboard.press('2')
  const dialog = page.getByRole('dialog', { name: '容缺受理' })
  await expect(dialog.getByRole('checkbox', { name: /平面布局图/ })).isChecked()
  await expect(dialog).says(/可容缺，\d+月\d+日 周.前补交/, '逾期未补交的')
  await photograph(page, 'path-10-gap-1440')
  await tabTo(page, dialog.getByRole('button', { name: '容缺受理' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '已容缺受理' })).isVisible()
  await expect(page.getByRole('button', { name: '收件凭证' })).isVisible()
  await expect(page.getByRole('button', { name: '容缺受理承诺书' })).isVisible()
})

scene('market regulation decides the registration first', async () => {
  const { page } = desk
  await handle(page, '肖长宁', '个体工商户变更登记为企业（直接变更）', [{ action: '审查通过' }])
  await handle(page, '谭若溪', '个体工商户变更登记为企业（直接变更）', [{ action: '准予登记' }])
  await handle(page, '肖长宁', '个体工商户变更登记为企业（直接变更）', [{ action: '发照送达' }])
  await photograph(page, 'path-11-registered-1440')
})

scene('her phone shows seven matters at work at the same time, each with its own light', async () => {
  const page = await openOwnCase()
  const progress = page.getByRole('list', { name: '办理进度' })
  await expect(progress).says('这 7 项同时办', '已办结')
  await expect(lights(page, page.getByRole('main'), '正常').first()).isVisible()
  await fitsWidth(page, 'her case')
  await photograph(page, 'path-12-case-390')
})

scene('seal, tax, insurances and housing fund finish at their own desks', async () => {
  const { page } = desk
  await handle(page, '易明轩', '公章换刻备案', [{ action: '办结' }])
  await handle(page, '欧阳采薇', '税务信息变更及发票衔接', [{ action: '办结' }])
  await handle(page, '龙星野', '社会保险单位信息变更', [{ action: '办结' }])
  await handle(page, '文书瑶', '医疗保险单位信息变更', [{ action: '办结' }])
  await handle(page, '贺知行', '住房公积金单位信息变更', [{ action: '办结' }])
  await handle(page, '凌若谷', TOBACCO, [{ action: '审查通过' }, { action: '准予' }, { action: '制证并送达' }])
})

scene('the food licence waits for a site visit, and its paused clocks say so', async () => {
  const page = await openOwnCase()
  await page.getByRole('button', { name: new RegExp(`^${FOOD.replace(/[（）]/g, '.')}`) }).click()
  const part = page.getByRole('dialog', { name: FOOD })
  await expect(part).says('承诺时限', '法定时限', '暂停计时：现场核查')
  await expect(lights(page, part, '暂停')).count(2)
  await photograph(page, 'path-13-paused-390')
  await part.getByRole('link', { name: '打开这一项' }).click()
  await expect(page.getByRole('heading', { level: 1, name: FOOD })).isVisible()
  await page
    .getByRole('button', { name: /暂停计时.*为什么是这一天/ })
    .first()
    .click()
  await expect(page.getByRole('dialog', { name: /为什么是这一天 · / })).says('现在暂停计时，恢复后再算出日期')
  await page.getByRole('button', { name: '关闭' }).click()
  await handle(desk.page, '肖长宁', FOOD, [
    { action: '提交核查意见', fill: { 核查结论: '两人到场，布局与图纸一致，冷藏温度 3℃，符合要求' } },
    { action: '审查通过' },
  ])
})

scene('the licence cannot be granted before the gap is closed, and the page says why', async () => {
  const { page } = desk
  await logInAndOpen(page, '谭若溪', FOOD)
  await expect(page.getByRole('button', { name: /^\d?\s*准予$/ })).isDisabled()
  await photograph(page, 'path-14-gap-blocks-1440')
})

scene('she supplies the floor plan from her phone', async () => {
  const page = await openOwnCase()
  const asked = page.getByRole('region', { name: '需要您做的' })
  await expect(asked).says('经营场所平面布局图', '待补')
  await upload(page, /^上传：经营场所平面布局图/, '平面布局图.pdf')
  await photograph(page, 'path-15-supply-390')
  await asked.getByRole('button', { name: /^提交：经营场所平面布局图/ }).click()
  await expect(asked).isGone()
})

scene('the food licence is granted and delivered, the whole is handed over', async () => {
  const { page } = desk
  await handle(page, '谭若溪', FOOD, [{ action: '准予' }, { action: '制证并送达' }])
  await handle(page, '陈予墨', BUNDLE, [{ action: '出件' }])
  await photograph(page, 'path-16-delivered-1440')
})

scene('her wallet holds the new certificates, each with its identifier', async () => {
  const { page } = owner
  await page.goto('/wallet')
  const licence = page.getByRole('link', { name: /^食品经营许可证\s*有效/ })
  await expect(licence).says(COMPANY)
  await photograph(page, 'path-17-wallet-390')
  await page.getByRole('link', { name: /^营业执照\s*有效/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: '营业执照' })).isVisible()
  await expect(page.getByRole('article')).says(COMPANY, '天元区市场监督管理局')
  identifier = (await page.getByText(/^1\.2\.156\.3005\.2\./).innerText()).trim()
  await fitsWidth(page, 'the certificate')
  await photograph(page, 'path-18-certificate-390')
})

scene('anybody can check the certificate by its identifier, without logging in', async () => {
  const { page, complaints, leave } = await house.visit({ width: PHONE })
  await page.goto('/verify')
  await page.getByLabel('电子证照标识').fill(identifier)
  await page.getByRole('button', { name: '核验' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '证照真实、有效' })).isVisible()
  await expect(page.getByRole('main')).says('营业执照', '天元区市场监督管理局', identifier)
  await photograph(page, 'path-19-verify-390')
  const forged = identifier.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  await page.goto(`/verify/${forged}`)
  await expect(page.getByRole('heading', { level: 1, name: '没有这张证照' })).isVisible()
  complaints()
  await leave()
})

scene('she was told at each step, and rates what was done', async () => {
  const page = await openOwnCase()
  await page.getByRole('group', { name: '您满意吗？' }).getByText('非常满意').click()
  await page.getByLabel(/想说的话/).fill('一次就办好了')
  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(page.getByRole('heading', { name: '您的评价' })).isVisible()
  await photograph(page, 'path-20-rated-390')
  await page.getByRole('link', { name: /消息，\d+ 条未读/ }).click()
  const told = page.getByRole('main').getByRole('listitem')
  await expect(told.filter({ hasText: '容缺' }).first()).isVisible()
  await eventually(async () => assert.ok((await told.count()) >= 10, 'she was told at each step'))
  await photograph(page, 'path-21-notices-390')
})

scene('no page of the whole path has written an error to the console', () => {
  assert.deepEqual([...owner.complaints(), ...desk.complaints()], [])
})

async function logInAndOpen(page: Page, officer: string, matter: string): Promise<void> {
  await handle(page, officer, matter, [])
  await expect(page.getByRole('heading', { level: 1, name: matter })).isVisible()
}
