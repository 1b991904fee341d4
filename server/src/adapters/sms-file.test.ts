import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { testFolder } from '../../test/harness.ts'
import { openSmsFile } from './sms-file.ts'

test('one line per message, the number masked, words with line breaks in one line', async () => {
  const folder = join(await testFolder(), 'outbox')
  const sms = await openSmsFile({ folder, now: () => 0 })
  await Promise.all(['一', '二\n三'].map((text, i) => sms.send({ id: String(i), mobile: '19900000001', text })))
  const lines = (await readFile(join(folder, 'sms.jsonl'), 'utf8')).trimEnd().split('\n')
  const rows = lines.map((line) => JSON.parse(line) as { id: string; text: string })
  assert.deepEqual(
    rows.sort((a, b) => Number(a.id) - Number(b.id)),
    [
      { id: '0', at: '1970-01-01T00:00:00.000Z', to: '199****0001', text: '一' },
      { id: '1', at: '1970-01-01T00:00:00.000Z', to: '199****0001', text: '二\n三' },
    ],
  )
})
