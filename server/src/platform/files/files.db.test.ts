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
import { sweepUploads } from './sweep.ts'

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

const WORD = 1000
const paper = (n: number) => Buffer.from(`%PDF-1.7\n% number ${n}\n`.padEnd(WORD, ' '))
const LATER = '2026-03-03T01:00:00.001Z'

test('what one person sends within a day has a limit, also side by side; others and the next day are free', async () => {
  const daily = { ...upload, by: 'busy', dailyBytes: 3 * WORD }
  const sent = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => files.receive(Readable.from([paper(n)]), daily)))
  const codes = sent.map((one) => (one.ok ? 'taken' : one.error.code)).sort()
  assert.deepEqual(codes, [...Array<string>(3).fill('files/quota-exceeded'), ...Array<string>(3).fill('taken')])
  assert.deepEqual(await incoming(), [])
  assert.ok((await files.receive(Readable.from([paper(7)]), { ...daily, by: 'other' })).ok)
  assert.ok((await files.receive(Readable.from([paper(8)]), { ...daily, now: LATER })).ok)
})

test('what nobody refers to goes after a week with its bytes; what somebody refers to, and bytes that another upload names, stay', async () => {
  const send = async (n: number, now: string) => unwrap(await files.receive(Readable.from([paper(n)]), { ...upload, by: 'sweeper', now }))
  const old = '2026-03-04T01:00:00.000Z'
  const [kept, lost, twin] = [await send(20, old), await send(21, old), await send(22, old)]
  const [young, sameBytes] = [await send(23, '2026-03-09T01:00:00.000Z'), await send(22, '2026-03-09T01:00:00.000Z')]
  const asked: string[] = []
  const referenced = async (_: unknown, ids: readonly string[]) => {
    asked.push(...ids)
    return new Set([kept.id])
  }
  const sweep = (now: string) => sweepUploads({ db, folder, now: () => now, referenced })
  await sweep('2026-03-11T01:00:00.000Z')
  const there = async (...some: { id: string }[]) => (await Promise.all(some.map(({ id }) => files.find(id)))).map((one) => one !== null)
  assert.deepEqual(await there(kept, lost, twin, young, sameBytes), [true, false, false, true, true])
  const bytesOf = (sha256: string) => existsSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256))
  assert.deepEqual(
    [kept, lost, twin].map(({ sha256 }) => bytesOf(sha256)),
    [true, false, true],
  )
  // What was kept is asked about again, but not every hour.
  asked.length = 0
  assert.equal(await sweep('2026-03-11T02:00:00.000Z'), 0)
  assert.equal(asked.join(), '')
  await sweep('2026-04-11T02:00:00.000Z')
  assert.ok(asked.includes(kept.id))
})
