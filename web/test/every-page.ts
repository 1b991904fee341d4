/** Every address of the router in a state that has data, and what is to be true of each: for whoever sees, hears, types or only has a small screen. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import * as api from '@yichuang/contract'
import type { Locator, Page } from 'playwright-core'
import { ROOT } from '../../tools/sources.ts'
import type { Cast } from '../../tools/tour/stage.ts'
import { expect, fitsWidth } from './expect.ts'
import { tabTo } from './people.ts'
import { partOf, playToTheEnd, registered } from './scenes.ts'
import { type House, type Look, openHouse, photograph, type Visitor } from './stage.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const NARROWEST = 360

type Person = 'lin-owner' | 'zhou-owner' | 'clerk-tianyuan' | 'scj-handler' | 'supervisor-city'
type Stop = {
  readonly route: string
  readonly path: (at: Furniture) => string
  readonly who: Person | null
  /** What one comes to this page for: reached by Tab. */
  readonly main: (page: Page) => Locator
  readonly large?: boolean
}
type Furniture = {
  readonly ended: string
  readonly open: string
  readonly food: string
  readonly draft: string
  readonly counterDraft: string
  readonly licence: string
  readonly identifier: string
}

const inMain = (selector: string) => (page: Page) => page.getByRole('main').locator(selector).first()
const step = (name: string, selector: string): Stop => ({
  route: '/apply/$draft',
  path: ({ draft }) => `/apply/${draft}?step=${name}`,
  who: 'zhou-owner',
  main: inMain(selector),
})

/** Route, address, who goes there, what she comes for. */
const STOPS: readonly Stop[] = [
  { route: '/login', path: () => '/login', who: null, main: inMain('.people button'), large: true },
  { route: '/', path: () => '/', who: 'lin-owner', main: inMain('input[type=search]'), large: true },
  { route: '/things', path: () => '/things', who: 'zhou-owner', main: inMain('.bundle-grid a'), large: true },
  {
    route: '/things/$bundle',
    path: () => '/things/sole-trader-to-company',
    who: 'lin-owner',
    main: inMain('.next-bar .button.primary'),
    large: true,
  },
  { route: '/matters/$matter', path: () => '/matters/food-license-holder-change', who: 'zhou-owner', main: inMain('button') },
  { route: '/limits', path: () => '/limits', who: null, main: inMain('#from') },
  { route: '/verify', path: () => '/verify', who: null, main: inMain('#identifier') },
  {
    route: '/verify/$identifier',
    path: ({ identifier }) => `/verify/${identifier}`,
    who: null,
    main: (page) => page.locator('.page-foot a').first(),
  },
  { ...step('questions', '.next-bar .button.primary'), large: true },
  step('plan', '.next-bar .button.primary'),
  step('form', '.next-bar .button.primary'),
  step('materials', '.next-bar .button.primary'),
  step('review', '.sign input'),
  { route: '/cases', path: () => '/cases', who: 'lin-owner', main: inMain('.case-card'), large: true },
  { route: '/cases/$case', path: ({ open }) => `/cases/${open}`, who: 'lin-owner', main: inMain('button.deadline'), large: true },
  { route: '/cases/$case', path: ({ ended }) => `/cases/${ended}`, who: 'zhou-owner', main: inMain('summary') },
  { route: '/cases/$case/receipt', path: ({ open }) => `/cases/${open}/receipt`, who: 'lin-owner', main: inMain('.button.primary') },
  { route: '/wallet', path: () => '/wallet', who: 'zhou-owner', main: inMain('.certificate-grid a'), large: true },
  { route: '/wallet/$certificate', path: ({ licence }) => `/wallet/${licence}`, who: 'zhou-owner', main: inMain('button') },
  { route: '/notices', path: () => '/notices', who: 'zhou-owner', main: inMain('.notices a'), large: true },
  { route: '/me', path: () => '/me', who: 'zhou-owner', main: inMain('a') },
  {
    route: '/parties/$party',
    path: () => '/parties/lin-shop',
    who: 'lin-owner',
    main: (page) => page.locator('.page-foot a').first(),
  },
  { route: '/counter', path: () => '/counter', who: 'clerk-tianyuan', main: inMain('.button.primary') },
  { route: '/counter/new', path: () => '/counter/new', who: 'clerk-tianyuan', main: inMain('#find-party') },
  {
    route: '/counter/apply/$draft',
    path: ({ counterDraft }) => `/counter/apply/${counterDraft}?step=form`,
    who: 'clerk-tianyuan',
    main: inMain('.next-bar .button.primary'),
  },
  { route: '/counter/shelf', path: () => '/counter/shelf', who: 'clerk-tianyuan', main: inMain('input[type=search]') },
  {
    route: '/counter/cases/$case',
    path: ({ open }) => `/counter/cases/${open}`,
    who: 'clerk-tianyuan',
    main: inMain('.more-actions button'),
  },
  { route: '/department', path: () => '/department', who: 'scj-handler', main: inMain('.work-table a') },
  { route: '/department/cases', path: () => '/department/cases', who: 'scj-handler', main: inMain('.work-table a') },
  {
    route: '/department/cases/$case',
    path: ({ food }) => `/department/cases/${food}`,
    who: 'scj-handler',
    main: inMain('.action-list button:enabled'),
  },
  {
    route: '/department/reviews',
    path: () => '/department/reviews',
    who: 'scj-handler',
    main: (page) => page.locator('.page-foot button').first(),
  },
  { route: '/supervision', path: () => '/supervision', who: 'supervisor-city', main: inMain('.work-table a') },
  {
    route: '/supervision/cases/$case',
    path: ({ food }) => `/supervision/cases/${food}`,
    who: 'supervisor-city',
    main: inMain('.more-actions button, .action-list button:enabled'),
  },
]

/** A city with history: one case at its end, one at work and late, drafts at home and at the counter. */
async function furnish(url: string, cast: Cast): Promise<Furniture> {
  const story = await registered(cast)
  await playToTheEnd(url)
  await cast.guest.call(api.moveClock, { body: { advance: 'P15D' } })
  const [zhou, clerk] = await Promise.all([cast.as('zhou-owner'), cast.as('clerk-tianyuan')])
  const { certificates } = await zhou.client.call(api.listCertificates, {})
  const { rows } = await zhou.client.call(api.listCases, { query: { mine: true, status: 'ended' } })
  const [licence, ended] = [certificates.find((one) => one.status === 'valid'), rows.find((row) => row.parent === undefined)]
  assert.ok(licence !== undefined && ended !== undefined)
  const begin = async (player: typeof zhou, bundle: string, party: string) =>
    (await player.client.call(api.createDraft, { body: { bundle, party, answers: {} } })).id
  return {
    ended: ended.id,
    open: story.caseId,
    food: await partOf(story, 'food'),
    draft: await begin(zhou, 'found-company', 'zhou-person'),
    counterDraft: await begin(clerk, 'open-restaurant', 'deng-catering'),
    licence: licence.id,
    identifier: licence.identifier,
  }
}

/** Paths that the router knows, so that no page is forgotten here. */
function routes(): string[] {
  const source = readFileSync(join(ROOT, 'web', 'src', 'router.tsx'), 'utf8')
  return [...source.matchAll(/\bpath: '([^']+)'/g)].map(([, path = '']) => path)
}

type Options = Look & { readonly width: number; readonly language: 'zh' | 'en'; readonly keyboard?: boolean }

/** Registers one test per page; `print: 'large'` goes to the main pages of the portal only. */
export function everyPage({ width, language, print = 'normal', keyboard = false }: Options): void {
  let house: House
  let at: Furniture
  const visitors = new Map<Person | null, Promise<Visitor>>()
  before(async () => {
    house = await openHouse()
    at = await furnish(house.url, house.cast)
  })
  const visitor = (who: Person | null): Promise<Visitor> => {
    const look = { width, language, print }
    const made =
      visitors.get(who) ??
      (who === null ? house.visit(look) : house.cast.as(who).then(({ name }) => house.enter(name[language] ?? name.zh, look)))
    visitors.set(who, made)
    return made
  }
  test('every route of the router is visited', () => {
    const visited = new Set(STOPS.map((stop) => stop.route))
    assert.deepEqual(
      routes().filter((route) => !visited.has(route)),
      [],
    )
  })
  for (const [index, stop] of STOPS.entries()) {
    if (print === 'large' && stop.large !== true) continue
    const name = `${stop.path(NAMES)} at ${width} in ${language}${print === 'large' ? ' in large print' : ''}`
    test(name, async () => {
      const { page, complaints } = await visitor(stop.who)
      await page.setViewportSize({ width, height: 900 })
      await page.goto(stop.path(at))
      await expect(stop.main(page), 'what one comes here for').isVisible()
      await expect(page.locator('.skeleton, [aria-busy=true]'), 'parts still being read or drawn').count(0)
      await expect(page.getByRole('heading', { level: 1 })).count(1)
      await photograph(page, `page-${String(index).padStart(2, '0')}${stop.route.replaceAll(/[/$]+/g, '-')}-${width}-${language}-${print}`)
      assert.deepEqual(await findings(page), [], 'what axe finds')
      await fitsWidth(page, name)
      if (width < NARROWEST + 100) {
        await page.setViewportSize({ width: NARROWEST, height: 800 })
        await fitsWidth(page, `${name}, at ${NARROWEST}`)
      }
      if (keyboard) await tabTo(page, stop.main(page))
      assert.deepEqual(complaints(), [], 'console')
    })
  }
}

const NAMES: Furniture = {
  ended: '<ended>',
  open: '<open>',
  food: '<food>',
  draft: '<draft>',
  counterDraft: '<draft>',
  licence: '<licence>',
  identifier: '<identifier>',
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(RULES)
    .setLegacyMode(true)
    .analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} at ${node.target.join(' ')} — ${node.failureSummary?.split('\n').slice(1, 3).join(' ')}`),
  )
}
