/** Assertions that wait: a page is right when it becomes right in time. */
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

const PATIENCE_MS = 20_000

export function expect(locator: Locator, what?: string) {
  const named = what === undefined ? `${locator}` : `${what} (${locator})`
  const wait = async (state: 'visible' | 'hidden') => {
    await locator.waitFor({ state, timeout: PATIENCE_MS }).catch((error) => assert.fail(`${named} is not ${state}: ${firstLine(error)}`))
  }
  return {
    isVisible: () => wait('visible'),
    isGone: () => wait('hidden'),
    /** Every one of the words, in any order. */
    says: async (...words: readonly (string | RegExp)[]) => {
      await wait('visible')
      for (const word of words) {
        const found = locator.filter({ hasText: word })
        await found
          .first()
          .waitFor({ timeout: PATIENCE_MS })
          .catch(async () => {
            assert.fail(`${named} does not say ${word}, but:\n${(await locator.innerText()).slice(0, 2000)}`)
          })
      }
    },
    has: async (value: string) => {
      await wait('visible')
      await eventually(async () => assert.equal(await locator.inputValue(), value, named))
    },
    isChecked: () => eventually(async () => assert.ok(await locator.isChecked(), `${named} is not ticked`)),
    isDisabled: () => eventually(async () => assert.ok(await locator.isDisabled(), `${named} is not disabled`)),
    isEnabled: () => eventually(async () => assert.ok(await locator.isEnabled(), `${named} is not enabled`)),
    count: (n: number) => eventually(async () => assert.equal(await locator.count(), n, `number of ${named}`)),
  }
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}

/** Asks again until the assertion holds or patience ends; then says what was wrong the last time. */
export async function eventually(assertion: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await assertion()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await new Promise((done) => setTimeout(done, 50))
    }
  }
}

/** Nothing reaches beyond the right edge: nobody has to scroll sideways. */
export async function fitsWidth(page: Page, what: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${Math.round(element.getBoundingClientRect().right)} px`)
  })
  assert.deepEqual(wide.slice(0, 5), [], `${what} is wider than the screen`)
}
