/** Case numbers of the day, handed out from reserved blocks: nobody waits for another's transaction, and a gap in the numbers means nothing. */
import { makeCaseNo } from '@yichuang/codes'
import { unwrap } from '@yichuang/result'
import type { PlainDate } from '@yichuang/workday'
import type { Database } from '../platform/pg/database.ts'
import { reserveSerials } from './store.ts'

const BLOCK = 20

export type Serials = {
  /** 办件编号 for a case opened in `region` on `day`. */
  caseNo(region: string, day: PlainDate): Promise<string>
}

export function makeSerials(db: Database): Serials {
  const blocks = new Map<string, { next: number; last: number }>()
  // A block belongs to (name, day); when it is used up the next taker fetches, and those who come meanwhile wait for the same fetch.
  const fetching = new Map<string, Promise<void>>()

  async function next(name: string, day: PlainDate): Promise<number> {
    const key = `${name} ${day}`
    for (;;) {
      const block = blocks.get(key)
      if (block !== undefined && block.next <= block.last) return block.next++
      let fetch = fetching.get(key)
      if (fetch === undefined) {
        fetch = reserve(key, name, day).finally(() => fetching.delete(key))
        fetching.set(key, fetch)
      }
      await fetch
    }
  }

  async function reserve(key: string, name: string, day: PlainDate): Promise<void> {
    const last = await reserveSerials(db, name, day, BLOCK)
    blocks.set(key, { next: last - BLOCK + 1, last })
  }

  return {
    caseNo: async (region, day) => {
      const county = region.slice(0, 6)
      return unwrap(makeCaseNo({ region: county, date: day, serial: await next(`case ${county}`, day) }))
    },
  }
}
