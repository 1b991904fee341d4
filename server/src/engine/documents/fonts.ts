/**
 * Fonts of issued documents. Noto Sans SC comes as web fonts, cut into pieces by ranges of characters; PDF needs TrueType. They are converted
 * once into a folder that is not kept in the repository: the everyday piece (about 7,900 characters) in two weights, and every piece that adds
 * characters to it. `node server/src/engine/documents/fonts.ts [folder]` does it ahead of time.
 *
 * A city that needs characters beyond these (names with 䶮, 㐂 …) puts TrueType files into `<folder>/extra/`.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fontverter from 'fontverter'
import { covers, joinRanges, type Ranges, readCoverage } from './cmap.ts'
import { cleaned } from './escape.ts'

export type FontFile = { readonly family: string; readonly path: string; readonly bold: string; readonly ranges: Ranges }
export type Run = { readonly text: string; readonly family: string }
export type Fonts = {
  /** In order of preference; the first is the everyday face. */
  readonly files: readonly FontFile[]
  /** Cuts a text where the face must change. Characters that no face has become 〓 (U+3013), the printer's mark for a missing sort. */
  runs(text: string): readonly Run[]
  /** Characters that no face has, each once, in order. Ask before issuing. */
  uncovered(text: string): readonly string[]
}

/** `server/fonts` of this house. */
export const FONTS_FOLDER = join(import.meta.dirname, '../../../fonts')
export const MISSING_SORT = '〓'

const PIECE = 'noto-sans-sc'
const FORMAT = 2

type Index = {
  readonly format: number
  readonly source: string
  readonly files: readonly { readonly name: string; readonly ranges: Ranges }[]
}

/** Converts what is not there yet and answers the fonts; a second call reads one small file. Safe to run twice at once. */
export async function ensureFonts(folder: string = FONTS_FOLDER): Promise<Fonts> {
  const source = await findSource()
  const index = (await readIndex(folder, source.version)) ?? (await convertAll(folder, source))
  const everyday: FontFile[] = index.files.map(({ name, ranges }, i) => ({
    family: i === 0 ? 'Sans' : `Sans ${name}`,
    path: join(folder, `${name}.ttf`),
    bold: join(folder, i === 0 ? 'bold.ttf' : `${name}.ttf`),
    ranges,
  }))
  return makeFonts([...everyday, ...(await readExtra(join(folder, 'extra')))])
}

/** For a server: converted at first need, then kept; a failure is not. */
export function lazyFonts(folder: string = FONTS_FOLDER): () => Promise<Fonts> {
  let fonts: Promise<Fonts> | undefined
  return () => {
    fonts ??= ensureFonts(folder).catch((error: unknown) => {
      fonts = undefined
      throw error
    })
    return fonts
  }
}

export function makeFonts(files: readonly FontFile[]): Fonts {
  const fileOf = (character: string) => files.find((file) => covers(file.ranges, character.codePointAt(0) ?? 0))
  return {
    files,
    runs: (text) => cutRuns(text, (character) => fileOf(character)?.family ?? null, files[0]?.family ?? 'Sans'),
    uncovered: (text) => [...new Set(characters(text))].filter((character) => character !== '\n' && fileOf(character) === undefined),
  }
}

function cutRuns(text: string, familyOf: (character: string) => string | null, everyday: string): Run[] {
  const runs: { text: string; family: string }[] = []
  for (const character of characters(text)) {
    const family = character === '\n' ? everyday : familyOf(character)
    const piece = { text: family === null ? MISSING_SORT : character, family: family ?? familyOf(MISSING_SORT) ?? everyday }
    const last = runs.at(-1)
    if (last !== undefined && last.family === piece.family) last.text += piece.text
    else runs.push(piece)
  }
  return runs
}

/** Composed where Unicode composes; without characters that no printer draws, variation selectors and joiners among them. */
function characters(text: string): string[] {
  return [
    ...cleaned(text)
      .normalize('NFC')
      .replace(/[\p{Default_Ignorable_Code_Point}\r]/gu, '')
      .replaceAll('\t', ' '),
  ]
}

type Source = { readonly folder: string; readonly version: string }

async function findSource(): Promise<Source> {
  const manifest = createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json')
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  return { folder: join(dirname(manifest), 'files'), version }
}

async function readIndex(folder: string, version: string): Promise<Index | null> {
  const text = await readFile(join(folder, 'index.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const index = JSON.parse(text) as Index
  return index.format === FORMAT && index.source === version ? index : null
}

/** The index is written last and in one move: whoever sees it sees all files. */
async function convertAll(folder: string, source: Source): Promise<Index> {
  await mkdir(folder, { recursive: true })
  const regular = await convert(source, 'chinese-simplified-400')
  await put(join(folder, 'bold.ttf'), await convert(source, 'chinese-simplified-700'))
  await put(join(folder, 'regular.ttf'), regular)
  const files = [{ name: 'regular', ranges: readCoverage(regular) }]
  for (const piece of await rarePieces(source)) {
    const font = await convert(source, `${piece}-400`)
    const added = addedBy(readCoverage(font), files)
    if (added.length === 0) continue
    await put(join(folder, `rare-${piece}.ttf`), font)
    files.push({ name: `rare-${piece}`, ranges: added })
  }
  const index: Index = { format: FORMAT, source: source.version, files }
  await put(join(folder, 'index.json'), JSON.stringify(index))
  return index
}

async function rarePieces(source: Source): Promise<string[]> {
  const names = await readdir(source.folder)
  return names
    .map((name) => new RegExp(`^${PIECE}-([a-z]+|[a-z]+-ext|\\d+)-400-normal\\.woff$`).exec(name)?.[1])
    .filter((piece) => piece !== undefined && piece !== 'chinese-simplified')
    .map(String)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

async function convert(source: Source, piece: string): Promise<Buffer> {
  return fontverter.convert(await readFile(join(source.folder, `${PIECE}-${piece}-normal.woff`)), 'truetype')
}

function addedBy(ranges: Ranges, files: readonly { ranges: Ranges }[]): Ranges {
  const added: number[] = []
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code += 1) if (!files.some((file) => covers(file.ranges, code))) added.push(code)
  }
  return joinRanges(added)
}

/** Written beside and moved into place, so that a stop in between leaves no half font. */
async function put(path: string, bytes: Buffer | string): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`
  try {
    await writeFile(beside, bytes)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

async function readExtra(folder: string): Promise<FontFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(ttf|otf)$/i.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      return { family: `Extra ${name}`, path, bold: path, ranges: readCoverage(await readFile(path)) }
    }),
  )
}

if (import.meta.main) {
  const { files } = await ensureFonts(process.argv[2])
  const count = files.flatMap((file) => file.ranges).reduce((sum, [from, to]) => sum + to - from + 1, 0)
  console.log(`Fonts of documents are ready: ${files.length} files, ${count} characters`)
}
