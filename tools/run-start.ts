/** `npm start`: what the server needs besides itself, then the server in this process. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './sources.ts'
import { buildWeb } from './web-build.ts'

/** Fonts of printed documents are made once from a package; the script is there when documents need them. */
const FONTS = join(ROOT, 'tools', 'make-fonts.ts')

export async function makeFonts(): Promise<void> {
  if (!existsSync(FONTS)) return
  const { makeFonts } = (await import(pathToFileURL(FONTS).href)) as { makeFonts: () => Promise<void> }
  await makeFonts()
}

export async function run(): Promise<void> {
  await buildWeb()
  await makeFonts()
  await import(pathToFileURL(join(ROOT, 'server', 'src', 'main.ts')).href)
}
