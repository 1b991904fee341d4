/** What the open cases of a root hear when the register has changed their party. */
import type { CommandBody } from '@yichuang/caseflow'
import type { PartyRecord } from './modules/parties/public.ts'

export function registered({ name, kind, creditCode, foundedOn }: PartyRecord): CommandBody {
  return { type: 'set-data', changes: { party: { name, kind, credit_code: creditCode, founded_on: foundedOn } } }
}
