/** What people do at the pages, in the words they read there. Every function ends when the page shows that it is done. */
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { eventually, expect } from './expect.ts'
import { logIn, pdf } from './stage.ts'

/** Answers a question, or a choice of the form, by the words beside the button. */
export async function choose(page: Page, question: string | RegExp, answer: string): Promise<void> {
  const asked = page.getByRole('group', { name: question }).or(page.getByRole('radiogroup', { name: question }))
  await asked.getByLabel(answer, { exact: true }).check()
}

/** 情形 → 方案: what she is asked and no register knows. */
export async function answerQuestions(page: Page): Promise<void> {
  await choose(page, /您想用哪种方式转/, '直接变更（推荐）')
  await choose(page, /是否委托他人办理/, '否')
  await choose(page, /银行账户怎么办/, '这次不办')
  await choose(page, /登记在您名下/, '都没有')
}

/** What is left open in the form of a shop that becomes a company. */
export async function fillForm(page: Page, company: string): Promise<void> {
  await page.getByLabel('企业名称', { exact: true }).fill(company)
  await choose(page, '企业类型', '有限责任公司（自然人独资）')
  await page.getByLabel('注册资本（出资额，元）').fill('100000')
  await choose(page, /承接原个体工商户的全部债权债务/, '是')
  await page.getByLabel('印章上的名称').fill(company)
  await choose(page, '要刻哪些章', '公章')
  await page.getByLabel('每月预计开票金额（元）').fill('30000')
  await page.getByLabel('公积金缴存比例（%）').fill('8')
  await page.getByLabel('布局有哪些变化').fill('增设冷藏柜一组，收银台移位')
}

/** Chooses a file for the material of that name. */
export async function upload(page: Page, material: string | RegExp, name: string): Promise<void> {
  await page.getByLabel(material).setInputFiles(pdf(name))
  await expect(page.getByText(name, { exact: true }).first(), `${name} is listed`).isVisible()
}

/** An officer takes the case from her inbox and does what the desk offers, by the numbers beside the buttons. */
export async function handle(page: Page, officer: string, matter: string, actions: readonly Act[]): Promise<void> {
  await logIn(page, officer)
  await page.getByRole('link', { name: matter }).first().click()
  for (const act of actions) await take(page, act)
}

export type Act = { readonly action: string; readonly fill?: { readonly [label: string]: string } }

/** Opens the dialog of an action with the number of its button, fills in what it asks, and confirms. */
export async function take(page: Page, { action, fill = {} }: Act): Promise<void> {
  const button = page.getByRole('region', { name: '办理', exact: true }).getByRole('button', { name: new RegExp(`^\\d?\\s*${action}$`) })
  const number = /^\d/.exec((await button.innerText()).trim())?.[0]
  if (number === undefined) await button.click()
  else await page.keyboard.press(number)
  const dialog = page.getByRole('dialog', { name: action })
  for (const [label, words] of Object.entries(fill)) await dialog.getByLabel(label).fill(words)
  const done = page.getByRole('status').filter({ hasText: `已${action}` })
  const moved = dialog.getByRole('alert').filter({ hasText: '这个件有了新进展' })
  await eventually(async () => {
    await dialog.getByRole('button', { name: action, exact: true }).click()
    await done.or(moved).first().waitFor()
    // Another part of the case may have moved it meanwhile: the page says so and has looked again, and the same press works.
    assert.ok(await done.isVisible(), `${action} is not confirmed`)
  })
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '知道了' }).first().click()
}

/** Goes on by Tab until the element has the focus; fails when a round through the page does not meet it. */
export async function tabTo(page: Page, target: Locator, most = 120): Promise<number> {
  await target.waitFor()
  for (let presses = 1; presses <= most; presses += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return presses
  }
  throw new Error(`Tab did not reach ${target} in ${most} presses`)
}

/** The lights with that word: a light is colour, icon and word together, or it is none. */
export function lights(page: Page, place: Page | Locator, word: string): Locator {
  return place.locator('.lamp').filter({ hasText: word, has: page.locator('svg') })
}
