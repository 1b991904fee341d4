/** A pack with a fault stops the start with every fault at its file and line. */
import assert from 'node:assert/strict'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { testFolder } from '../test/harness.ts'
import { loadCity, openCity, packVersion, readPackFiles } from './city.ts'

const TIDEWATER = join(import.meta.dirname, '../../packs/tidewater')

async function copyWith(path: string, from: string, to: string): Promise<string> {
  const folder = join(await testFolder(), 'pack')
  await cp(TIDEWATER, folder, { recursive: true })
  const text = await readFile(join(folder, path), 'utf8')
  assert.ok(text.includes(from), `${path} has no ${from}`)
  await writeFile(join(folder, path), text.replace(from, to))
  return folder
}

async function faultOf(folder: string): Promise<string> {
  const city = await loadCity(folder)
  assert.equal(city.ok, false)
  return city.ok ? '' : `${city.error.code} ${city.error.message}`
}

it('the imaginary city loads, with all its files and a version that is their content', async () => {
  const city = await openCity(TIDEWATER)
  assert.ok(city.ok)
  assert.deepEqual([city.value.pack.id, city.value.pack.version], ['tidewater', packVersion(city.value.files)])
  assert.match(city.value.pack.version, /^[0-9a-f]{12}$/)
})

it('an id that leads nowhere is named with file, line and column', async () => {
  const message = await faultOf(await copyWith('bundles/open-stall.yaml', 'matter: lamp-permit', 'matter: lamp-permitt'))
  const line =
    (await readFile(join(TIDEWATER, 'bundles/open-stall.yaml'), 'utf8'))
      .split('\n')
      .findIndex((one) => one.includes('matter: lamp-permit')) + 1
  assert.match(message, /^pack\/faulty/)
  assert.match(message, new RegExp(`bundles/open-stall\\.yaml:${line}:\\d+ error pack/[a-z-]+ .*lamp-permitt`))
  assert.match(message, /lamp-permit\b/)
})

it('so is a cycle, a text that is no YAML, and a duty that nobody has', async () => {
  assert.match(
    await faultOf(
      await copyWith(
        'bundles/open-stall.yaml',
        '- { id: register, matter: stall-registration }',
        '- { id: register, matter: stall-registration, after: [food] }',
      ),
    ),
    /bundles\/open-stall\.yaml:\d+:\d+ error/,
  )
  assert.match(await faultOf(await copyWith('flows/permit.yaml', 'flow: permit', 'flow: [permit')), /flows\/permit\.yaml:\d+:\d+ error/)
  assert.match(
    await faultOf(await copyWith('matters/lamp-permit.yaml', 'dept: lighthouse', 'dept: moonhouse')),
    /matters\/lamp-permit\.yaml:\d+:\d+ error .*moonhouse/,
  )
})

it('a folder without a pack says which setting is meant', async () => {
  assert.match(await faultOf(await testFolder()), /^pack\/not-found .*YICHUANG_PACK/)
  assert.match(await faultOf(join(await testFolder(), 'not-there')), /^pack\/not-found/)
})

it('the version changes with every byte and with nothing else', async () => {
  const files = await readPackFiles(TIDEWATER)
  assert.equal(packVersion(files), packVersion(await readPackFiles(TIDEWATER)))
  assert.notEqual(packVersion(files), packVersion(files.map((file, i) => (i === 0 ? { ...file, text: `${file.text} ` } : file))))
  assert.notEqual(packVersion(files), packVersion(files.slice(1)))
})
