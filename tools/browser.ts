/** A browser and Chinese fonts for browser tests: found, or installed where that is allowed, or one command that would do it. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runProgram } from './steps.ts'

export const INSTALL = 'apt-get update && apt-get install -y chromium fonts-noto-cjk'
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Path of a browser, or null. `CHROME_BIN` goes before all. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env.PATH ?? '').split(delimiter)
  const candidates = [env.CHROME_BIN ?? '', ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))]
  return candidates.find((path) => path !== '' && isProgram(path)) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Without a font for Chinese every page is blank where words should be. */
export function hasChineseFont(): boolean {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() !== '' : existsSync('/System/Library/Fonts')
}

/** True when browser tests can run. Root on Debian installs what is missing; everybody else is told the command. */
export async function ensureBrowser(): Promise<boolean> {
  if (findBrowser() !== null && hasChineseFont()) return true
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  console.log(`Installing a browser and Chinese fonts for the browser tests (${INSTALL}) …`)
  const started = performance.now()
  const { code, output } = await runProgram('/bin/sh', ['-c', `DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND; ${INSTALL}`])
  console.log(code === 0 ? `  done in ${((performance.now() - started) / 1000).toFixed(0)} s` : `  failed:\n${output.slice(-2000)}`)
  return findBrowser() !== null && hasChineseFont()
}
