import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getCertificate, listCertificates, verifyCertificate } from '@yichuang/contract'
import { openRoom, serve } from '../../../test/rooms.ts'
import { assembled } from '../../platform/pg/statement.ts'
import { routes } from './routes.ts'

const room = await openRoom()
const { ask } = await serve(room, (http) => routes(http, room))
const [tag] = (await ask('mei', listCertificates)).body.certificates
if (tag === undefined) throw new Error('the demonstration has no certificate')

test('the wallet holds what my parties hold', () => {
  assert.deepEqual(
    { type: tag.type, number: tag.number, status: tag.status, version: tag.version, party: tag.party, synthetic: tag.synthetic },
    { type: 'net-tag', number: 'CW-0001', status: 'valid', version: 1, party: 'mei-stall', synthetic: true },
  )
})

test('one certificate with its face, its history and the path of its QR code', async () => {
  const { body } = await ask('mei', getCertificate, { params: { certificate: tag.id } })
  assert.deepEqual(body.face, [{ id: 'holder', title: { zh: '船主', en: 'Boat owner' }, value: '示例·阿梅海味' }])
  assert.equal(body.verify, `/verify/${tag.identifier}`)
  assert.deepEqual(
    body.history.map(({ status }) => status),
    ['valid'],
  )
})

test('anybody may verify, and reads the holder masked', async () => {
  const { status, body } = await ask(null, verifyCertificate, { params: { identifier: tag.identifier } })
  assert.equal(status, 200)
  assert.equal(body.genuine, true)
  assert.equal(body.holder, '示例***海味')
  assert.equal(body.status, 'valid')
})

test('a mistyped identifier is told apart from one that was never issued', async () => {
  const wrong = tag.identifier.slice(0, -1) + (tag.identifier.endsWith('0') ? '1' : '0')
  const mistyped = await ask(null, verifyCertificate, { params: { identifier: wrong } })
  assert.equal(mistyped.status, 422)
  assert.equal(mistyped.problem.code, 'codes/certificate-id-invalid')
  assert.match(mistyped.problem.detail, /check character/)
  const never = '1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0'
  const unknown = await ask(null, verifyCertificate, { params: { identifier: never } })
  assert.equal(unknown.status, 404)
  assert.equal(unknown.problem.code, 'certificates/unknown')
})

test('expiry follows from the day of the question', async () => {
  await room.db.run(assembled("update certificates set valid_until = '2026-03-31'", {}))
  assert.equal((await ask('mei', listCertificates)).body.certificates[0]?.status, 'valid')
  room.setTime('2026-03-31T17:00:00.000Z') // 1 April in the city
  assert.equal((await ask('mei', listCertificates)).body.certificates[0]?.status, 'expired')
  assert.equal((await ask(null, verifyCertificate, { params: { identifier: tag.identifier } })).body.status, 'expired')
})
