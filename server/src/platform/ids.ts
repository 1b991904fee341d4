/** UUID version 7 (RFC 9562): 48 bits of milliseconds, then a counter that starts at chance, so that ids of one millisecond keep their order. */
import { randomBytes } from 'node:crypto'

let lastMs = -1
let counter = 0

/** A new id for the moment given (milliseconds since 1970, or an `Instant`). Monotonic within one millisecond of one process. */
export function uuidv7(at: number | string = Date.now()): string {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  const chance = randomBytes(10)
  // 12 bits of rand_a and 14 of rand_b count; the counter starts in the lower half and so has at least 33 million steps left.
  counter = ms === lastMs ? counter + 1 : chance.readUInt32BE(0) >>> 7
  lastMs = ms
  const high = (counter >>> 14) & 0xfff
  const low = counter & 0x3fff
  const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0')
  const time = hex(ms, 12)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(high, 3)}-${hex(0x8000 | low, 4)}-${chance.subarray(4).toString('hex')}`
}
