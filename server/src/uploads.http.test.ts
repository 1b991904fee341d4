/** Uploads in the whole house: what a draft or a case names stays, what was left lying goes after a week. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saveDraft } from '@yichuang/contract'
import { MONDAY, testServer } from '../test/harness.ts'
import { JPG, ONLY_STALL, player } from '../test/play.ts'
import { assembled } from './platform/pg/statement.ts'

test('the hourly sweep keeps the uploads of drafts and cases and takes the rest', async () => {
  const server = await testServer({ at: MONDAY })
  const mei = await player(server.url).as('mei')
  const answers = { ...ONLY_STALL, own_boat: true }
  const submitted = await mei.submitStall({ answers })
  const { db, files, jobs } = server.app
  const ofCase = assembled('select case_files.file_id from case_files where case_files.case_id = $1::uuid', { file_id: 'text' })
  const onCase = (await db.query(ofCase, [submitted.case])).map((row) => row.file_id)
  assert.ok(onCase.length > 0)
  const draft = await mei.draftStall({ answers })
  const [named, stray] = [await mei.upload('boat.jpg', JPG), await mei.upload('stray.jpg', JPG)]
  const materials = [{ material: 'boat-photo', file: named.file }]
  await mei.call(saveDraft, { params: { draft: draft.id }, body: { version: draft.version, materials } })
  const left = async (ids: readonly string[]) => (await files.findAll(db, ids)).length
  assert.ok(await jobs.runNow('sweep-uploads'))
  assert.equal(await left([stray.file]), 1)
  await player(server.url).advance('P8D')
  assert.ok(await jobs.runNow('sweep-uploads'))
  assert.deepEqual([await left(onCase), await left([named.file]), await left([stray.file])], [onCase.length, 1, 0])
  assert.equal((await mei.fetch(`/api/v1/files/${named.file}`)).status, 200)
})
