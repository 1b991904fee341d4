/** Where bytes lie, and who may touch them: one at a time per content. */
import { join } from 'node:path'
import type { Queries } from '../pg/database.ts'
import { statement } from '../pg/statement.ts'

export function placeOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

const line = statement('files.line', 'select pg_advisory_xact_lock(hashtextextended($1, 8432))::text as stood', { stood: 'text?' })

/** Until the transaction ends, nobody else puts these bytes down or takes them away. */
export async function lineOfContent(tx: Queries, sha256: string): Promise<void> {
  await tx.one(line, [`content ${sha256}`])
}

/** Until the transaction ends, nothing else this person sends is counted. */
export async function lineOfPerson(tx: Queries, person: string): Promise<void> {
  await tx.one(line, [`person ${person}`])
}
