/** A case that nobody touches: it turns blue, yellow and red on its day, everywhere at once, and every day can be asked why. */
import assert from 'node:assert/strict'
import { before } from 'node:test'
import type { Page } from 'playwright-core'
import { eventually, expect } from './expect.ts'
import { lights } from './people.ts'
import { partOf, registered } from './scenes.ts'
import { type House, makeStory, openHouse, photograph, type Visitor } from './stage.ts'

const MATTER = '烟草专卖零售许可证主体变更'
const scene = makeStory()
let house: House
let officer: Visitor
let supervisor: Visitor
let part = ''

before(async () => {
  house = await openHouse()
  part = await partOf(await registered(house.cast), 'tobacco')
  officer = await house.enter('凌若谷')
  supervisor = await house.enter('袁正言')
})

/** The demonstration clock at the foot of the page: on to the next working day. */
async function nextWorkday(page: Page): Promise<void> {
  const clock = page.getByRole('region', { name: '演示时钟' })
  const words = clock.getByText(/^演示时间/)
  const day = async () => (await words.innerText()).replace(/ \d\d:\d\d$/, '')
  const before = await day()
  await clock.getByRole('button', { name: '到下一个工作日' }).click()
  await eventually(async () => assert.notEqual(await day(), before))
}

async function seesEverywhere(word: string, countdown: string): Promise<void> {
  const inbox = officer.page
  await inbox.goto('/department')
  await expect(lights(inbox, inbox.getByRole('row').filter({ hasText: MATTER }).first(), word), `${word} in the inbox`).isVisible()
  await photograph(inbox, `alone-${word}-inbox-1440`)
  await inbox.getByRole('link', { name: MATTER }).first().click()
  const due = inbox.getByRole('button', { name: new RegExp(`${word}.*${countdown}`) })
  await expect(due.first(), `${word} on the case`).isVisible()
  await photograph(inbox, `alone-${word}-case-1440`)
}

scene('with all its working days ahead it is green', async () => {
  await seesEverywhere('正常', '还剩 5 个工作日')
})

scene('“why this day?” lists every day, counted or not', async () => {
  const { page } = officer
  await page
    .getByRole('button', { name: /还剩 5 个工作日.*为什么是这一天/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog', { name: /为什么是这一天 · 承诺时限/ })
  await expect(dialog).says(/起算（当天不计），5 个工作日。/, '跳过休息日', '到期')
  await photograph(page, 'alone-why-calendar-1440')
  await dialog.getByRole('button', { name: '逐日列表' }).click()
  const days = dialog.getByRole('list').getByRole('listitem')
  await expect(days.first()).says('起算日，不计')
  for (const n of [1, 2, 3, 4, 5]) await expect(days.filter({ hasText: new RegExp(`第 ${n} 天`) })).count(1)
  await expect(days.filter({ hasText: '第 5 天' })).says('到期')
  await expect(days.filter({ hasText: '休息日，不计' }).first()).isVisible()
  await photograph(page, 'alone-why-list-1440')
  await page.keyboard.press('Escape')
  await expect(dialog).isGone()
})

scene('with one working day left it is blue, and the clock at the foot of the page took it there', async () => {
  for (let day = 0; day < 5; day += 1) await nextWorkday(officer.page)
  await seesEverywhere('预警', '还剩 1 个工作日')
  await isOnBoard('预警')
})

scene('when its last day is over it is yellow and demands a reason', async () => {
  await nextWorkday(officer.page)
  await seesEverywhere('黄牌', '已过期限')
  await expect(officer.page.getByRole('button', { name: '填写说明' }).first()).isVisible()
  await isOnBoard('黄牌')
})

scene('the officer gives the reason, and it stands on the case', async () => {
  const { page } = officer
  await page.getByRole('button', { name: '填写说明' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('系统切换，人员已补齐')
  await dialog
    .getByRole('button', { name: /说明|提交|回复/ })
    .last()
    .click()
  await expect(page.getByText('系统切换，人员已补齐').first()).isVisible()
})

scene('three working days later it is red, and a supervision case is opened the day after', async () => {
  for (let day = 0; day < 3; day += 1) await nextWorkday(officer.page)
  await seesEverywhere('红牌', '已超 3 个工作日')
  await nextWorkday(officer.page)
  await isOnBoard('红牌')
  await supervisor.page.getByRole('link', { name: MATTER }).first().click()
  await expect(supervisor.page.getByRole('heading', { level: 1, name: MATTER })).isVisible()
  await expect(lights(supervisor.page, supervisor.page.getByRole('main'), '红牌').first()).isVisible()
})

scene('the owner reads the same light and the same day on her phone', async () => {
  const owner = await house.enter('林知夏', { width: 390 })
  await owner.page.goto(`/cases/${part}`)
  await expect(owner.page.getByRole('button', { name: /红牌.*已超 4 个工作日.*为什么是这一天/ }).first()).isVisible()
  await photograph(owner.page, 'alone-owner-390')
  assert.deepEqual(owner.complaints(), [])
})

scene('no page has written an error to the console', () => {
  assert.deepEqual([...officer.complaints(), ...supervisor.complaints()], [])
})

async function isOnBoard(word: string): Promise<void> {
  const { page } = supervisor
  await page.goto('/supervision')
  await expect(lights(page, page.getByRole('row').filter({ hasText: MATTER }), word).first(), `${word} on the board`).isVisible()
  await photograph(page, `alone-${word}-board-1440`)
}
