import assert from 'node:assert/strict'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ensureFonts, lazyFonts, MISSING_SORT } from './fonts.ts'

const folder = await mkdtemp(join(tmpdir(), 'yichuang-fonts-'))
after(() => rm(folder, { recursive: true, force: true }))
// Two at once, as when two servers start on one machine.
const [fonts] = await Promise.all([ensureFonts(folder), ensureFonts(folder)])

test('a second call converts nothing', async () => {
  const before = (await stat(join(folder, 'regular.ttf'))).mtimeMs
  const again = await ensureFonts(folder)
  assert.equal((await stat(join(folder, 'regular.ttf'))).mtimeMs, before)
  assert.deepEqual(again.files, fonts.files)
})

test('an index of another version of the fonts is made anew, and no half-written file stays', async () => {
  const index = join(folder, 'index.json')
  const text = await readFile(index, 'utf8')
  await writeFile(index, text.replace(/"source":"[^"]*"/, '"source":"0.0.0"'))
  await ensureFonts(folder)
  assert.equal(await readFile(index, 'utf8'), text)
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.part')),
    [],
  )
})

test('everyday text is one run of the everyday face; other characters get the face that has them', () => {
  assert.deepEqual(fonts.runs('受理通知书〔2026〕1号'), [{ text: '受理通知书〔2026〕1号', family: 'Sans' }])
  const runs = fonts.runs('面积①平方米')
  assert.deepEqual(
    runs.map((run) => run.text),
    ['面积', '①', '平方米'],
  )
  assert.notEqual(runs[1]?.family, 'Sans')
})

test('what no face has is reported and printed as 〓, never dropped', () => {
  assert.deepEqual(fonts.uncovered('䶮与䶮和㐂，甲\n乙'), ['䶮', '㐂'])
  const printed = fonts.runs('王䶮').map((run) => run.text)
  assert.equal(printed.join(''), `王${MISSING_SORT}`)
})

test('characters without a shape ask for none', () => {
  assert.deepEqual(fonts.uncovered('甲\u200b乙\ufe0f丙\u0000\u202e'), [])
  assert.deepEqual(fonts.runs('甲\u200b乙\u202e'), [{ text: '甲乙', family: 'Sans' }])
})

test('a font that the city adds is used for what the others lack', async () => {
  // Stands for a font with rare characters: the same bytes as one of the pieces, whose map is read anew.
  const extra = join(folder, 'extra')
  await mkdir(extra)
  await copyFile(join(folder, 'regular.ttf'), join(extra, 'rare names.ttf'))
  const more = await ensureFonts(folder)
  assert.equal(more.files.length, fonts.files.length + 1)
  assert.deepEqual(more.files.at(-1)?.ranges, fonts.files[0]?.ranges)
})

test('every character of every pack can be printed', async () => {
  const packs = join(import.meta.dirname, '../../../../packs')
  const names = (await readdir(packs, { recursive: true })).filter((name) => /\.(yaml|csv)$/.test(name))
  assert.ok(names.length > 50)
  for (const name of names) assert.deepEqual(fonts.uncovered(await readFile(join(packs, name), 'utf8')), [], name)
})

test('fonts that a server keeps are made once; a failure is tried again', async () => {
  const place = join(folder, 'later')
  await writeFile(place, 'a file where a folder should be')
  const load = lazyFonts(place)
  await assert.rejects(load())
  await rm(place)
  const [first, second] = await Promise.all([load(), load()])
  assert.equal(first, second)
  assert.deepEqual(first?.uncovered('受理①'), [])
})
