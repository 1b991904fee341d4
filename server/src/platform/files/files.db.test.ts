import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { unwrap } from '@yichuang/result'
import { testDatabase, testFolder, whenDone } from '../../../test/harness.ts'
import { openDatabase } from '../pg/database.ts'
import { assembled } from '../pg/statement.ts'
import { openFiles, type Upload } from './files.ts'

const db = openDatabase(await testDatabase())
whenDone(() => db.close())
const folder = join(await testFolder(), 'files')
const files = await openFiles({ db, folder })

const PDF = Buffer.from('%PDF-1.7\n% made up for this test\n%%EOF\n')
const upload: Upload = { name: '平面图.pdf', by: 'owner', now: '2026-03-02T01:00:00.000Z' }
const rowsNow = () => db.one(assembled('select count(*) as n from files', { n: 'int8' }))
const incoming = () => readdir(join(folder, 'incoming'))

test('a file comes back as it was sent, under its content’s name', async () => {
  const stored = unwrap(await files.receive(Readable.from([PDF.subarray(0, 3), PDF.subarray(3)]), upload))
  assert.deepEqual([stored.bytes, stored.mediaType, stored.name], [PDF.length, 'application/pdf', '平面图.pdf'])
  assert.ok(existsSync(join(folder, stored.sha256.slice(0, 2), stored.sha256.slice(2, 4), stored.sha256)))
  const found = await files.find(stored.id)
  assert.deepEqual(found, stored)
  assert.deepEqual(await buffer(files.read(stored)), PDF)
})

test('the same content twice is two uploads and one file on disk', async () => {
  const [one, two] = [unwrap(await files.receive(Readable.from([PDF]), upload)), unwrap(await files.receive(Readable.from([PDF]), upload))]
  assert.notEqual(one.id, two.id)
  assert.equal(one.sha256, two.sha256)
  assert.equal((await readdir(join(folder, one.sha256.slice(0, 2), one.sha256.slice(2, 4)))).length, 1)
})

const REFUSED: readonly [string, Buffer, Partial<Upload>, string][] = [
  ['a program called .pdf', Buffer.from('MZ\x90\x00 a program'), {}, 'files/type-forbidden'],
  ['a page called .png', Buffer.from('<html><script>1</script></html>'), { name: 'a.png' }, 'files/type-forbidden'],
  ['three bytes', Buffer.from('%PD'), {}, 'files/type-forbidden'],
  ['an archive where none was asked for', Buffer.from('PK\x03\x04 and so on, longer'), {}, 'files/type-forbidden'],
  ['nothing', Buffer.alloc(0), {}, 'files/empty'],
  ['one byte too many', PDF, { maxBytes: PDF.length - 1 }, 'files/too-large'],
]
for (const [what, bytes, how, code] of REFUSED) {
  test(`${what} is refused with ${code}, and nothing stays behind`, async () => {
    const before = await rowsNow()
    const result = await files.receive(Readable.from([bytes]), { ...upload, ...how })
    assert.ok(!result.ok)
    assert.equal(result.error.code, code)
    assert.deepEqual([await rowsNow(), await incoming()], [before, []])
  })
}

test('a kind that was asked for is taken', async () => {
  const archive = unwrap(await files.receive(Readable.from([Buffer.from('PK\x03\x04 and so on, longer')]), { ...upload, kinds: ['zip'] }))
  assert.equal(archive.mediaType, 'application/zip')
})

test('a full disk is told as such, and nothing stays behind', async () => {
  // /dev/full answers every write as a full disk does.
  const full = await openFiles({ db, folder, openNew: () => open('/dev/full', 'w') })
  const before = await rowsNow()
  const result = await full.receive(Readable.from([PDF]), upload)
  assert.ok(!result.ok)
  assert.equal(result.error.code, 'files/disk-full')
  assert.deepEqual(await rowsNow(), before)
})

test('a sender who breaks off leaves nothing behind', async () => {
  async function* broken() {
    yield PDF
    throw new Error('connection reset')
  }
  const before = await rowsNow()
  await assert.rejects(files.receive(Readable.from(broken()), upload), /reset/)
  assert.deepEqual([await rowsNow(), await incoming()], [before, []])
})

const NAMES: readonly [string, string][] = [
  ['../../etc/passwd', 'passwd'],
  ['C:\\papers\\plan.pdf', 'plan.pdf'],
  ['a\u0000b\n.pdf', 'ab.pdf'],
  ['', 'file'],
]
for (const [sent, kept] of NAMES) {
  test(`the name ${JSON.stringify(sent)} is kept as ${kept}`, async () => {
    assert.equal(unwrap(await files.receive(Readable.from([PDF]), { ...upload, name: sent })).name, kept)
  })
}
