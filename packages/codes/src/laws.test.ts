/** What the standards promise of check characters, and that makers and parsers are inverse. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Result, unwrap } from '@yichuang/result'
import fc from 'fast-check'
import {
  CREDIT_CODE_ALPHABET,
  caseNoParts,
  certificateIdParts,
  creditCodeParts,
  divisionPath,
  idCardParts,
  makeCaseNo,
  makeCertificateId,
  makeCreditCode,
  makeDivision,
  makeIdCard,
  makeMatterCode,
  makeMobile,
  makeOrgCode,
  matterCodeParts,
  mod3736,
  parseCaseNo,
  parseCertificateId,
  parseCreditCode,
  parseDivision,
  parseIdCard,
  parseMatterCode,
  parseMobile,
  parseOrgCode,
} from './index.ts'

const DIGITS = '0123456789'
const ALPHABET_36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const text = (alphabet: string, minLength: number, maxLength = minLength) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((characters) => characters.join(''))
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))

const creditParts = fc.record({
  registrar: fc.constantFrom('1', '5', '9', 'Y'),
  category: fc.constantFrom('1', '2', '3'),
  region: text(DIGITS, 6),
  organisation: text(CREDIT_CODE_ALPHABET, 8),
})
const idParts = fc.record({ region: text(DIGITS, 6), birth: date, serial: text(DIGITS, 3) })
const caseParts = fc.record({ region: text(DIGITS, 6), date, serial: fc.integer({ min: 1, max: 999_999 }) })
const certificateParts = fc.record({
  type: text(ALPHABET_36, 21),
  issuer: fc.oneof(text(ALPHABET_36, 18), text(DIGITS, 6)),
  serial: text(ALPHABET_36, 1, 40),
  version: fc.integer({ min: 1, max: 999 }).map((n) => String(n).padStart(3, '0')),
})

const creditCode = creditParts.map((parts) => unwrap(makeCreditCode(parts)))
const idCard = idParts.map((parts) => unwrap(makeIdCard(parts)))
const caseNo = caseParts.map((parts) => unwrap(makeCaseNo(parts)))

const CODES: readonly (readonly [string, fc.Arbitrary<string>, (text: string) => Result<string>, string])[] = [
  ['credit code', creditCode, parseCreditCode, CREDIT_CODE_ALPHABET],
  ['identity number', idCard, parseIdCard, `${DIGITS}X`],
  ['case number', caseNo, parseCaseNo, ALPHABET_36],
]

for (const [what, codes, parse, alphabet] of CODES) {
  test(`Any single wrong character of a ${what} is found`, () => {
    fc.assert(
      fc.property(codes, fc.nat(), fc.constantFrom(...alphabet), (code, at, character) => {
        const i = at % code.length
        if (code.charAt(i) === character) return
        assert.equal(parse(code.slice(0, i) + character + code.slice(i + 1)).ok, false)
      }),
      { numRuns: 1000 },
    )
  })
}

for (const [what, codes, parse] of CODES.slice(0, 2)) {
  test(`Any exchange of neighbours in a ${what} is found`, () => {
    fc.assert(
      fc.property(codes, fc.nat(), (code, at) => {
        const i = at % (code.length - 1)
        if (code.charAt(i) === code.charAt(i + 1)) return
        assert.equal(parse(code.slice(0, i) + code.charAt(i + 1) + code.charAt(i) + code.slice(i + 2)).ok, false)
      }),
      { numRuns: 1000 },
    )
  })
}

test('MOD 37,36 finds every single wrong character and gives the published check characters', () => {
  assert.equal(mod3736('11100000000013338W01111430000006122244L20230000403001'), 'U')
  assert.equal(mod3736('11100000000013338W00911330105002500287C2025052201002'), '0')
  assert.throws(() => mod3736('abc'), RangeError)
  fc.assert(
    fc.property(text(ALPHABET_36, 1, 60), fc.nat(), fc.constantFrom(...ALPHABET_36), (body, at, character) => {
      const i = at % body.length
      if (body.charAt(i) !== character) assert.notEqual(mod3736(body.slice(0, i) + character + body.slice(i + 1)), mod3736(body))
    }),
    { numRuns: 1000 },
  )
})

test('The example of the identity number closes with X, and its parts are read', () => {
  const card = unwrap(parseIdCard('11010519491231002X'))
  assert.deepEqual(idCardParts(card), { region: '110105', birth: '1949-12-31', serial: '002', sex: 'female' })
})

test('What is made is parsed to itself and gives its parts back', () => {
  const same = (a: unknown, b: unknown) => assert.deepEqual({ ...(a as object) }, { ...(b as object) })
  fc.assert(
    fc.property(creditParts, idParts, caseParts, certificateParts, (credit, id, no, certificate) => {
      same(creditCodeParts(unwrap(parseCreditCode(unwrap(makeCreditCode(credit))))), credit)
      const { sex, ...idBack } = idCardParts(unwrap(parseIdCard(unwrap(makeIdCard(id)))))
      same(idBack, id)
      assert.equal(sex === 'male', Number(id.serial) % 2 === 1)
      same(caseNoParts(unwrap(parseCaseNo(unwrap(makeCaseNo(no))))), no)
      same(caseNoParts(unwrap(parseCaseNo(unwrap(makeCaseNo({ ...no, sub: 7 }))))), { ...no, sub: 7 })
      same(certificateIdParts(unwrap(parseCertificateId(unwrap(makeCertificateId(certificate))))), certificate)
    }),
    { numRuns: 300 },
  )
})

test('Organisation codes, matter codes and mobile numbers are made and parsed', () => {
  fc.assert(
    fc.property(text(ALPHABET_36, 8), creditCode, text(ALPHABET_36, 12), text(DIGITS, 8), (body, credit, basic, number) => {
      const org = unwrap(makeOrgCode(body))
      assert.equal(unwrap(parseOrgCode(org)), org)
      assert.equal(unwrap(parseOrgCode(`${org.slice(0, 8)}-${org.slice(8)}`)), org)
      const parts = { body: credit, level: '4', basic } as const
      assert.deepEqual(matterCodeParts(unwrap(parseMatterCode(unwrap(makeMatterCode(parts))))), parts)
      const mobile = unwrap(makeMobile({ prefix: '139', area: number.slice(0, 4), subscriber: number.slice(4) }))
      assert.equal(unwrap(parseMobile(mobile)), mobile)
    }),
  )
})

test('Makers refuse parts that cannot be', () => {
  const refused = [
    makeCreditCode({ registrar: '9', category: '1', region: '43021', organisation: 'MA900001' }),
    makeCreditCode({ registrar: '9', category: '1', region: '430211', organisation: 'MO900001' }),
    makeCreditCode({ registrar: '9', category: '1', region: '430211', organisation: 'MA9' }),
    makeIdCard({ region: '430211', birth: '1900-02-29', serial: '001' }),
    makeIdCard({ region: '43021', birth: '1900-01-01', serial: '0001' }),
    makeIdCard({ region: '430211', birth: '1900-1-1', serial: '001' }),
    makeCaseNo({ region: '430211', date: '2026-11-31', serial: 1 }),
    makeCaseNo({ region: '430211', date: '2026-11-23', serial: 1_000_000 }),
    makeCaseNo({ region: '430211', date: '2026-11-23', serial: 1, sub: 100 }),
    makeMatterCode({ body: '11430211MB9000023K', level: '8', basic: '000131001000' }),
    makeOrgCode('MA9'),
  ]
  for (const [i, result] of refused.entries()) assert.equal(result.ok, false, `${i}`)
})

test('Divisions know their level and everything above them', () => {
  const levels = ['43', '4302', '430211', '430211001', '430211001005'].map(
    (code) => unwrap(parseDivision(code.padEnd(code.length < 6 ? 6 : 0, '0'))).level,
  )
  assert.deepEqual(levels, ['province', 'city', 'county', 'town', 'village'])
  assert.deepEqual(unwrap(divisionPath('430211001005')), ['430000', '430200', '430211', '430211001', '430211001005'])
  assert.deepEqual(unwrap(divisionPath('441900003')), ['440000', '441900', '441900003'])
  assert.deepEqual(unwrap(parseDivision('430200000000')), unwrap(parseDivision('430200')))
  assert.equal(unwrap(parseDivision('430211001005111')).urbanRural, '111')
  assert.equal(unwrap(makeDivision({ province: '43', city: '02', county: '11', town: '001', village: '005' })).code, '430211001005')
  assert.equal(unwrap(makeDivision({ province: '43' })).code, '430000')
})
