/** What browser tests stand on: the built pages behind a real server, one browser for a file, and a fresh visitor whenever one is asked for. */
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Browser, type BrowserContext, type ConsoleMessage, chromium, type Page } from 'playwright-core'
import { type TestServer, testServer, whenDone } from '../../server/test/harness.ts'
import { findBrowser, INSTALL } from '../../tools/browser.ts'
import { ROOT } from '../../tools/sources.ts'
import { type Cast, makeCast } from '../../tools/tour/stage.ts'
import { buildWeb } from '../../tools/web-build.ts'

export const PHONE = 390
export const DESK = 1440

/** As root there is no sandbox; the rest keeps the browser from talking to anybody but the page. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** Generous, because two cores may be busy with other files; every wait ends as soon as what it waits for is there. */
const PATIENCE_MS = 20_000

export type Look = { readonly width?: number; readonly language?: 'zh' | 'en'; readonly print?: 'normal' | 'large' }
export type Visitor = {
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser complained about since the last look. */
  complaints(): string[]
  leave(): Promise<void>
}
export type House = {
  readonly server: TestServer
  readonly url: string
  /** People at the public API, to set a scene that is not the subject of the test. */
  readonly cast: Cast
  visit(look?: Look): Promise<Visitor>
  /** A visitor who has chosen the card of that person at the login. */
  enter(name: string, look?: Look): Promise<Visitor>
}

/** Server and browser for one test file; both go when its tests have run. */
export async function openHouse(): Promise<House> {
  await buildWeb()
  const server = await testServer({ pack: 'packs/zhuzhou', demo: true, at: nextMonday() })
  const browser = await launch()
  const visit = (look: Look = {}) => arrive(browser, server.url, look)
  return {
    server,
    url: server.url,
    cast: makeCast(server.url),
    visit,
    enter: async (name, look) => {
      const visitor = await visit(look)
      await logIn(visitor.page, name)
      return visitor
    },
  }
}

async function launch(): Promise<Browser> {
  const executablePath = findBrowser()
  assert.ok(executablePath !== null, `there is no browser; this installs one, as root: ${INSTALL}`)
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS })
  whenDone(() => browser.close())
  return browser
}

/** Half past nine of a Monday morning in the city: working days lie ahead whenever the test is run. */
export function nextMonday(now: number = Date.now()): string {
  const day = 86_400_000
  const monday = new Date(now - (now % day) + 1.5 * 3_600_000)
  do monday.setTime(monday.getTime() + day)
  while (monday.getUTCDay() !== 1)
  return monday.toISOString()
}

async function arrive(browser: Browser, url: string, { width = DESK, language = 'zh', print = 'normal' }: Look): Promise<Visitor> {
  const phone = width < 600
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: phone ? 844 : 900 },
    hasTouch: phone,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    storageState: { cookies: [], origins: [{ origin: url, localStorage: preferences(language, print) }] },
  })
  context.setDefaultTimeout(PATIENCE_MS)
  present.add(context)
  context.on('close', () => present.delete(context))
  const page = await context.newPage()
  const heard: string[] = []
  context.on(
    'console',
    (message) => message.type() === 'error' && !isGuestAsking(message) && heard.push(`${message.text()} (${message.location().url})`),
  )
  context.on('weberror', (error) => heard.push(error.error().message))
  return { page, context, complaints: () => heard.splice(0), leave: () => context.close() }
}

function preferences(language: string, print: string): { name: string; value: string }[] {
  return [
    { name: 'yichuang.language', value: language },
    { name: 'yichuang.print', value: print },
  ]
}

/** A page asks who is logged in; for a guest the answer is 401, and browsers write every 401 down. */
function isGuestAsking(message: ConsoleMessage): boolean {
  return message.location().url.endsWith('/sessions/current') && message.text().includes('401')
}

/** 登录: one press on the card of a demonstration person; whoever sat here before leaves first. */
export async function logIn(page: Page, name: string): Promise<void> {
  await page.goto('/login')
  const leave = page.getByRole('button', { name: /退出登录|Log out/ })
  await leave.or(page.locator('.people button')).first().waitFor()
  if (await leave.isVisible()) {
    await leave.click()
    await leave.waitFor({ state: 'hidden' })
    await page.goto('/login')
  }
  await page.getByRole('button', { name }).click()
  await page.waitForURL((url) => url.pathname !== '/login')
}

const present = new Set<BrowserContext>()

/** The pages as they stand, for whoever reads why a scene has failed. */
async function whatWasSeen(): Promise<string> {
  const pages = [...present].flatMap((context) => context.pages())
  const seen = await Promise.all(
    pages.map(async (page) => {
      const words = await page.evaluate(
        () => document.querySelector('dialog[open]')?.textContent ?? document.querySelector('main')?.innerText ?? '',
      )
      return `— ${page.url()}\n${words.slice(0, 1500)}`
    }),
  )
  return seen.join('\n')
}

/** Scenes that build on each other: when one has failed, the following say so at once instead of waiting for what will not come. */
export function makeStory(): (name: string, play: () => Promise<void> | void) => void {
  let broken: string | null = null
  return (name, play) => {
    test(name, async () => {
      assert.equal(broken, null, 'an earlier scene has failed')
      broken = name
      try {
        await play()
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}\n${await whatWasSeen()}`, { cause: error })
      }
      broken = null
    })
  }
}

/** A picture of the page as it stands, when SCREENSHOTS is set: to be looked at, not compared. */
export async function photograph(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  const folder = join(ROOT, 'test-results')
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** The smallest PDF that viewers open. */
export function pdf(name: string): { name: string; mimeType: string; buffer: Buffer } {
  const body = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n'
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(`${body}trailer\n<< /Size 3 /Root 1 0 R >>\n%%EOF\n`) }
}
