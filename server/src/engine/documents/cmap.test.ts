import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { covers, joinRanges, readCoverage } from './cmap.ts'

const words = (...values: number[]) => Buffer.from(values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]))
const longs = (...values: number[]) =>
  Buffer.concat(values.map((value) => Buffer.from([value >>> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff])))

/** A file with nothing in it but a character map. */
function fontOf(platform: number, encoding: number, subtable: Buffer): Buffer {
  const cmap = Buffer.concat([words(0, 1, platform, encoding), longs(12), subtable])
  return Buffer.concat([longs(0x00010000), words(1, 0, 0, 0), Buffer.from('cmap'), longs(0, 28, cmap.length), cmap])
}

test('format 4: by difference, by table, and what maps to no glyph is left out', () => {
  // segments: U+0041–0043 by difference; U+0061–0063 by table with a hole at U+0062; the closing segment U+FFFF
  const format4 = words(4, 44, 0, 6, 0, 0, 0, 0x43, 0x63, 0xffff, 0, 0x41, 0x61, 0xffff, -0x40, 0, 1, 0, 4, 0, 7, 0, 8)
  assert.deepEqual(readCoverage(fontOf(3, 1, format4)), [
    [0x41, 0x43],
    [0x61, 0x61],
    [0x63, 0x63],
  ])
})

test('format 12: beyond the basic plane', () => {
  const format12 = Buffer.concat([words(12, 0), longs(40, 0, 2, 0x4e00, 0x4e02, 1, 0x20bb7, 0x20bb7, 9)])
  const coverage = readCoverage(fontOf(3, 10, format12))
  assert.deepEqual(coverage, [
    [0x4e00, 0x4e02],
    [0x20bb7, 0x20bb7],
  ])
  assert.equal(covers(coverage, '𠮷'.codePointAt(0) ?? 0), true)
})

test('no font, and a font without a Unicode map, are refused', () => {
  assert.throws(() => readCoverage(Buffer.from('not a font at all')), RangeError)
  assert.throws(() => readCoverage(fontOf(1, 0, words(4, 44, 0, 6))), RangeError)
})

test('ranges cover exactly the characters they were made of', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300)), fc.nat(301), (codes, probe) => {
      assert.equal(covers(joinRanges(codes), probe), codes.includes(probe))
    }),
  )
})
