/** Every line of `*.valid.txt` is accepted, every line of `*.invalid.txt` refused with the code and the part it names. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Result } from '@yichuang/result'
import {
  parseCaseNo,
  parseCertificateId,
  parseCreditCode,
  parseDivision,
  parseIdCard,
  parseMatterCode,
  parseMobile,
  parseOrgCode,
} from './index.ts'

const PARSERS: { readonly [code: string]: (text: string) => Result<unknown> } = {
  'case-no': parseCaseNo,
  'certificate-id': parseCertificateId,
  'credit-code': parseCreditCode,
  division: parseDivision,
  'id-card': parseIdCard,
  'matter-code': parseMatterCode,
  mobile: parseMobile,
  'org-code': parseOrgCode,
}

for (const [code, parse] of Object.entries(PARSERS)) {
  for (const text of linesOf(`${code}.valid.txt`)) {
    test(`${code}: ${text} is accepted`, () => {
      const result = parse(text)
      assert.ok(result.ok, result.ok ? '' : result.error.message)
    })
  }
  for (const line of linesOf(`${code}.invalid.txt`)) {
    const [text = '', refusal, part, why] = line.split('\t')
    test(`${code}: "${text}" is refused (${why})`, () => {
      const result = parse(text)
      assert.ok(!result.ok)
      assert.deepEqual([result.error.code, result.error.data?.part], [refusal, part])
      assert.ok(text.length < 6 || !result.error.message.includes(text), 'a refusal must not repeat what it refuses')
    })
  }
}

function linesOf(file: string): string[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')
  const kept = lines.filter((line) => line !== '' && !line.startsWith('#'))
  assert.ok(kept.length > 1, `${file} holds too few lines`)
  return kept
}
