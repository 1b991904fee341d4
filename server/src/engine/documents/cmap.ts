/** Which characters a TrueType or OpenType font has: its `cmap` table, formats 4 and 12 (ISO/IEC 14496-22, 5.2.1). Pure. */

/** Ranges of code points, both ends included, ascending, not touching each other. */
export type Ranges = readonly (readonly [from: number, to: number])[]

/** @throws RangeError when the bytes are no font or have no Unicode character map. */
export function readCoverage(font: Buffer): Ranges {
  const table = findTable(font, 'cmap')
  const best = subtables(table).sort((a, b) => b.format - a.format)[0]
  if (best === undefined) throw new RangeError('the font has no Unicode character map of format 4 or 12')
  const codes = best.format === 12 ? readFormat12(table, best.offset) : readFormat4(table, best.offset)
  return joinRanges(codes)
}

export function covers(ranges: Ranges, code: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (range === undefined) return false
    if (code < range[0]) high = middle - 1
    else if (code > range[1]) low = middle + 1
    else return true
  }
  return false
}

export function joinRanges(codes: Iterable<number>): Ranges {
  const ranges: [number, number][] = []
  for (const code of [...new Set(codes)].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === code - 1) last[1] = code
    else ranges.push([code, code])
  }
  return ranges
}

function findTable(font: Buffer, tag: string): Buffer {
  const count = font.length < 12 ? 0 : font.readUInt16BE(4)
  for (let at = 12; at < 12 + 16 * count && at + 16 <= font.length; at += 16) {
    if (font.toString('latin1', at, at + 4) !== tag) continue
    const offset = font.readUInt32BE(at + 8)
    return font.subarray(offset, offset + font.readUInt32BE(at + 12))
  }
  throw new RangeError(`no table ${tag}: not a TrueType or OpenType font`)
}

/** Unicode maps: platform 0, or platform 3 with encoding 1 (BMP) or 10 (all). */
function subtables(table: Buffer): { format: number; offset: number }[] {
  const count = table.readUInt16BE(2)
  return Array.from({ length: count }, (_, i) => {
    const at = 4 + 8 * i
    const offset = table.readUInt32BE(at + 4)
    return { platform: table.readUInt16BE(at), encoding: table.readUInt16BE(at + 2), offset, format: table.readUInt16BE(offset) }
  }).filter((one) => (one.platform === 0 || (one.platform === 3 && [1, 10].includes(one.encoding))) && [4, 12].includes(one.format))
}

function* readFormat12(table: Buffer, offset: number): Iterable<number> {
  const groups = table.readUInt32BE(offset + 12)
  for (let i = 0; i < groups; i += 1) {
    const at = offset + 16 + 12 * i
    const start = table.readUInt32BE(at)
    const glyph = table.readUInt32BE(at + 8)
    for (let code = start; code <= table.readUInt32BE(at + 4); code += 1) if (glyph + code - start !== 0) yield code
  }
}

function* readFormat4(table: Buffer, offset: number): Iterable<number> {
  const segments = table.readUInt16BE(offset + 6) / 2
  const ends = offset + 14
  const starts = ends + 2 * segments + 2
  for (let i = 0; i < segments; i += 1) {
    const start = table.readUInt16BE(starts + 2 * i)
    const end = table.readUInt16BE(ends + 2 * i)
    const delta = table.readUInt16BE(starts + 2 * segments + 2 * i)
    const rangeAt = starts + 4 * segments + 2 * i
    const range = table.readUInt16BE(rangeAt)
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const raw = range === 0 ? code : table.readUInt16BE(rangeAt + range + 2 * (code - start))
      if (raw !== 0 && ((raw + delta) & 0xffff) !== 0) yield code
    }
  }
}
