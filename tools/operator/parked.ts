/** `parked`: what failed so often that the server no longer tries it. */
import { parkedObligations } from '../../server/src/engine/parked.ts'
import { parkedMessages } from '../../server/src/platform/parked.ts'
import { type Database, openDatabase } from '../../server/src/platform/pg/database.ts'
import { type Command, config, withDatabaseUrl } from './command.ts'

export const parkedCommand: Command = {
  name: 'parked',
  takes: '[--retry]',
  what: 'lists messages and due moments that were given up after repeated failures; health says degraded while there are any',
  more: `Each with its time and its error. When the cause is mended, --retry gives all of them to the running server again, which takes
them up within a second. What fails again is parked again. Exit code 1 when something is parked and stays so.`,
  run: (args) =>
    withDatabaseUrl(config(), async (url) => {
      const db = openDatabase(url, { connections: 1 })
      try {
        return await listAndRetry(db, args.includes('--retry'), (line) => console.log(line))
      } finally {
        await db.close()
      }
    }),
}

export async function listAndRetry(db: Database, retry: boolean, say: (line: string) => void): Promise<number> {
  const [messages, obligations] = [await parkedMessages.list(db), await parkedObligations.list(db)]
  for (const { id, consumer, topic, key, error, parked_at } of messages)
    say(`${parked_at}  message ${id} of ${topic} for ${consumer}, key ${key}: ${error ?? 'no error was kept'}`)
  for (const { no, case_id, clock, level, due_at, error, parked_at } of obligations)
    say(`${parked_at}  ${clock}/${level} of case ${no ?? case_id}, due ${due_at}: ${error ?? 'no error was kept'}`)
  const counts = { messages: await parkedMessages.count(db), obligations: await parkedObligations.count(db) }
  const parked = counts.messages + counts.obligations
  if (!retry || parked === 0) {
    say(`${counts.messages} messages and ${counts.obligations} due moments are parked${parked === 0 ? '' : '; --retry tries them again'}`)
    return parked === 0 ? 0 : 1
  }
  const again = await db.tx(async (tx) => ({ messages: await parkedMessages.retry(tx), obligations: await parkedObligations.retry(tx) }))
  say(`${again.messages} messages and ${again.obligations} due moments will be tried again`)
  return 0
}
