/** Bad input at the pages: each mistake is answered with how to mend it, and nothing that was typed is lost. */
import { before } from 'node:test'
import { expect } from './expect.ts'
import { answerQuestions, choose } from './people.ts'
import { type House, makeStory, openHouse, PHONE, pdf, photograph, type Visitor } from './stage.ts'

const scene = makeStory()
let house: House
let clerk: Visitor
let owner: Visitor

before(async () => {
  house = await openHouse()
  clerk = await house.enter('陈予墨')
  owner = await house.enter('林知夏', { width: PHONE })
})

scene('a credit code that nobody has, and one that cannot be, at the counter', async () => {
  const { page } = clerk
  await page.goto('/counter/new')
  const search = page.getByLabel('统一社会信用代码，或名称开头')
  await search.fill('92430211MA9001014E')
  await expect(page.getByRole('alert')).says('统一社会信用代码不对，请对照营业执照核对。')
  await expect(search).has('92430211MA9001014E')
  await search.fill('示范小吃店')
  await expect(page.getByText('核对代码或名称；第一次来的，可以登记。')).isVisible()
  await page.getByRole('button', { name: '登记主体' }).click()
  await expect(page.getByLabel('名称', { exact: true })).has('示范小吃店')
  const code = page.getByLabel('统一社会信用代码', { exact: true })
  await code.fill('92430211MA9001014E')
  await expect(page.getByText('校验位不对，多半是抄错了一位，请对照营业执照核对。')).isVisible()
  await expect(page.getByRole('button', { name: '登记主体' })).isDisabled()
  await code.fill('92430211MA900101')
  await expect(page.getByText('统一社会信用代码是 18 位，现在是 16 位。')).isVisible()
  await expect(page.getByLabel('名称', { exact: true })).has('示范小吃店')
  await photograph(page, 'bad-credit-code-1440')
})

scene('the right code finds the shop', async () => {
  const { page } = clerk
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByLabel('统一社会信用代码，或名称开头').fill('92430211MA9001014F')
  await page.getByRole('button', { name: /天元区知夏食杂店/ }).click()
  await page.getByRole('button', { name: /个体工商户转型为企业/ }).click()
  await expect(page.getByRole('group', { name: /许可证要跟着变/ })).says('已知：电子证照库')
})

scene('questions left open are pointed out one by one', async () => {
  const { page } = owner
  await page.goto('/things/sole-trader-to-company')
  await choose(page, /您想用哪种方式转/, '直接变更（推荐）')
  await page.getByRole('button', { name: '看我的方案' }).click()
  await expect(page.getByRole('group', { name: /是否委托他人办理/ })).says('请回答这个问题，方案才能算准。')
  await expect(page.getByRole('group', { name: /您想用哪种方式转/ }).getByLabel('直接变更（推荐）')).isChecked()
  await photograph(page, 'bad-question-390')
  await answerQuestions(page)
  await page.getByRole('button', { name: '看我的方案' }).click()
  await page.getByRole('button', { name: '按这个方案办理' }).click()
})

scene('missing and impossible values in the form say how to mend them, and the rest stays', async () => {
  const { page } = owner
  await page.getByLabel('企业名称', { exact: true }).fill('知夏')
  await page.getByLabel('注册资本（出资额，元）').fill('很多')
  await page.getByLabel('联系手机').fill('12345')
  await page.getByLabel('法定代表人身份证号').fill('430211190002020023')
  await page.getByLabel('公积金缴存比例（%）').fill('80')
  await page.getByRole('button', { name: '下一步：材料' }).click()
  const field = (id: string) => page.locator(`[data-field="${id}"]`)
  await expect(field('new_name')).says('至少 4 个字。')
  await expect(field('capital')).says('请填金额，单位元，最多两位小数，例如 50000。')
  await expect(field('contact_mobile')).says('请填 11 位手机号，以 1 开头。')
  await expect(field('legal_representative_id')).says('校验位或出生日期不对，请对照身份证核对。')
  await expect(field('fund_rate')).says('不能大于 12。')
  await expect(field('company_type')).says('请选择企业类型。')
  await expect(field('layout_changes')).says('请填写布局有哪些变化。')
  await expect(page.getByLabel('企业名称', { exact: true })).has('知夏')
  await expect(page.getByLabel('注册资本（出资额，元）')).has('很多')
  await expect(page.locator(':focus')).has('知夏')
  await photograph(page, 'bad-form-390')
  await page.reload()
  await expect(page.getByLabel('联系手机')).has('12345')
})

scene('a file that is no document is refused with the kinds that are taken, and one that is too large never travels', async () => {
  const { page } = owner
  await page.goto(page.url().replace('step=form', 'step=materials'))
  const seal = page.getByLabel(/^原公章缴销证明/)
  const item = page.locator('[data-material="old-seal-return"]')
  await seal.setInputFiles({ name: '回执.pdf', mimeType: 'application/pdf', buffer: Buffer.from('#!/bin/sh\necho no document\n') })
  await expect(item.getByRole('alert')).says('只能上传 PDF、JPG 或 PNG。文件内容和名称要一致。')
  await seal.setInputFiles({ name: '空.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) })
  await expect(item.getByRole('alert')).says('文件是空的，请重新选择。')
  await seal.setInputFiles({ name: '大.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(21 * 1024 * 1024, '%') })
  await expect(item.getByRole('alert').first()).says('文件超过 20 MB。请压缩后再传。')
  await photograph(page, 'bad-file-390')
  await seal.setInputFiles(pdf('公章缴销回执.pdf'))
  await expect(item).says('公章缴销回执.pdf')
})

scene('nothing can be submitted while the form is not in order, and the page leads there', async () => {
  const { page } = owner
  await page.goto(page.url().replace('step=materials', 'step=review'))
  await page.getByRole('checkbox', { name: /我确认以上内容真实/ }).check()
  await expect(page.getByText('“填表”里还有没填好的内容。')).isVisible()
  await page.getByRole('button', { name: '提交申请' }).click()
  await expect(page.locator(':focus')).says('去补上')
  await page.getByRole('button', { name: '去补上' }).first().click()
  await expect(page.getByLabel('企业名称', { exact: true })).has('知夏')
})

scene('a certificate identifier with a slip of the pen is called what it is', async () => {
  const { page } = owner
  await page.goto('/verify')
  await page.getByLabel('电子证照标识').fill('1.2.156.3005.2.不是标识')
  await page.getByRole('button', { name: '核验' }).click()
  await expect(page.getByRole('main')).says('没有这张证照', '请核对编码')
})

scene('an address that leads nowhere says so and leads home', async () => {
  const { page } = owner
  await page.goto('/no/such/page')
  await expect(page.getByText('没有这个页面')).isVisible()
  await page.getByRole('link', { name: '回首页' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '一次说清，一窗办成' })).isVisible()
})

scene('a case of somebody else cannot be told from one that does not exist', async () => {
  const { page } = owner
  await page.goto('/cases/01a20000-0000-7000-8000-000000000000')
  await expect(page.getByRole('alert')).says('没有这个办件，或者您不能查看。')
})
