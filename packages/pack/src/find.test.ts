import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseCreditCode, parseMatterCode } from '@yichuang/codes'
import { unwrap } from '@yichuang/result'
import { edited, tidewater, tidewaterFiles } from './fixtures/from-disk.test.ts'
import { compilePack, hallFor, inRegion, orgFor, orgsWithin, regionPath } from './index.ts'

const pack = tidewater()

describe('regions', () => {
  it('have paths from the city down', () => {
    assert.equal(regionPath(pack, '990100'), '990100/')
    assert.equal(regionPath(pack, '990102001'), '990100/990102/990102001/')
    assert.equal(regionPath(pack, '990103100002'), '990100/990103/990103100/990103100002/')
    assert.equal(regionPath(pack, '123456'), '')
  })
  it('lie in themselves and in those above, in no other', () => {
    assert.ok(inRegion(pack, '990102001', '990102001') && inRegion(pack, '990102001', '990102') && inRegion(pack, '990102001', '990100'))
    assert.ok(!inRegion(pack, '990102001', '990103') && !inRegion(pack, '990102', '990102001'))
    assert.ok(!inRegion(pack, '123456', '990100') && !inRegion(pack, '990100', '123456'))
  })
})

describe('the competent organisation', () => {
  const table: readonly (readonly [key: string, region: string, matter: string | undefined, id: string | null])[] = [
    ['harbour', '990102', undefined, '990102.harbour'],
    ['harbour', '990102001', undefined, '990102.harbour'],
    ['harbour', '990103100002', undefined, '990103.harbour'],
    ['harbour', '990100', undefined, '990100.harbour'],
    // Only the city has a lighthouse bureau.
    ['lighthouse', '990102001', undefined, '990100.lighthouse'],
    // A functional zone has no bureaus: the city's, unless a delegation says otherwise.
    ['harbour', '990171001', undefined, '990100.harbour'],
    ['harbour', '990171', 'stall-closure', '990100.harbour'],
    ['harbour', '990171', 'stall-registration', '990171.park'],
    ['harbour', '990171001', 'stall-registration', '990171.park'],
    ['harbour', '990102001', 'stall-registration', '990102.harbour'],
    ['health', '990171001', 'stall-registration', '990100.health'],
    ['police', '990102', undefined, null],
    ['harbour', '123456', undefined, null],
  ]
  for (const [key, region, matter, id] of table) {
    it(`${key} in ${region}${matter === undefined ? '' : ` for ${matter}`}: ${id}`, () => {
      assert.equal(orgFor(pack, key, region, matter)?.id ?? null, id)
    })
  }

  it('a delegation holds from its first to its last day', () => {
    const files = edited(tidewaterFiles, { path: 'delegations.yaml', from: 'until: null', to: 'until: "2026-06-30"' })
    const limited = unwrap(compilePack(files))
    const on = (day: string) => orgFor(limited, 'harbour', '990171', { matter: 'stall-registration', on: day })?.id
    assert.equal(on('2025-12-31'), '990100.harbour')
    assert.equal(on('2026-01-01'), '990171.park')
    assert.equal(on('2026-06-30'), '990171.park')
    assert.equal(on('2026-07-01'), '990100.harbour')
  })

  it('of two delegations the one for the smaller region counts', () => {
    const more =
      '  - { id: dyke, from: harbour, to: 990102.service, region: "990171001", matters: [stall-registration], basis: 虚构, since: "2026-01-01" }\n'
    const twice = unwrap(compilePack(edited(tidewaterFiles, { path: 'delegations.yaml', to: more })))
    assert.equal(orgFor(twice, 'harbour', '990171001', 'stall-registration')?.id, '990102.service')
    assert.equal(orgFor(twice, 'harbour', '990171', 'stall-registration')?.id, '990171.park')
  })

  it('the hall is the nearest upwards', () => {
    assert.equal(hallFor(pack, '990102001')?.id, '990102.hall')
    assert.equal(hallFor(pack, '990171001')?.id, '990100.hall')
    assert.equal(hallFor(pack, '123456'), null)
  })
})

describe('organisations', () => {
  it('county bureaus stand under the bureau of the city', () => {
    assert.equal(pack.orgs.get('990102.harbour')?.path, '990100.harbour/990102.harbour/')
    assert.deepEqual(
      orgsWithin(pack, '990100.harbour').map((org) => org.id),
      ['990100.harbour', '990102.harbour', '990103.harbour'],
    )
    assert.deepEqual(
      orgsWithin(pack, '990103.harbour').map((org) => org.id),
      ['990103.harbour'],
    )
    assert.deepEqual(orgsWithin(pack, 'nobody'), [])
  })
  it('have names of their regions, and synthetic codes with right check characters', () => {
    assert.deepEqual(pack.orgs.get('990103.health')?.name, { zh: '渔火县卫生局', en: 'Netlight County Health Bureau' })
    for (const org of pack.orgs.values()) {
      assert.ok(parseCreditCode(org.creditCode).ok && org.synthetic, org.id)
      assert.equal(org.creditCode.slice(2, 8), org.region.slice(0, 6))
    }
    assert.equal(new Set([...pack.orgs.values()].map((org) => org.creditCode)).size, pack.orgs.size)
  })
  it('keep their codes when another department is added', () => {
    const other = '  - { key: weather, name: 气象局, at: [city, county] }\norgs:\n'
    const grown = unwrap(compilePack(edited(tidewaterFiles, { path: 'orgs.yaml', from: 'orgs:\n', to: other })))
    for (const org of pack.orgs.values()) assert.equal(grown.orgs.get(org.id)?.creditCode, org.creditCode)
    assert.equal(grown.orgs.get('990102.weather')?.name.zh, '灯塔区气象局')
  })
  it('give matters their codes', () => {
    const code = pack.matters.get('lamp-permit')?.code ?? ''
    assert.ok(parseMatterCode(code).ok)
    assert.equal(code, `${pack.orgs.get('990100.lighthouse')?.creditCode}3990101003001`)
    assert.ok(pack.matters.get('stall-registration')?.code.startsWith(pack.orgs.get('990102.harbour')?.creditCode ?? '?'))
  })
})

describe('a compiled pack', () => {
  it('carries the version of its files, and bundles that name none take it', () => {
    assert.equal(pack.version, 'test')
    assert.equal(pack.flows.get('permit')?.version, 'test')
    assert.equal(pack.flows.get('bundle:open-stall')?.version, 'test')
  })
  it('is the same from files in any order', () => {
    const turned = unwrap(compilePack([...tidewaterFiles].reverse(), { version: 'test' }))
    assert.deepEqual([...turned.matters.keys()], [...pack.matters.keys()])
    assert.deepEqual(JSON.parse(JSON.stringify([...turned.orgs])), JSON.parse(JSON.stringify([...pack.orgs])))
  })
  it('has a calendar: the revised year, with the hours of the city', () => {
    assert.equal(pack.calendar.version, '2025/1+2026/2')
    assert.equal(pack.calendar.isWorkday('2026-09-07'), false)
    assert.equal(pack.utcOffsetMinutes, 480)
  })
  it("has the nodes of a bundle between receipt and joint delivery, in the city's words", () => {
    const flow = pack.flows.get('bundle:open-stall')
    assert.deepEqual(flow?.steps.berth?.after, ['intake', 'register', 'tag'])
    assert.equal(flow?.steps.berth?.matter, 'berth-notice')
    assert.equal(flow?.steps.insurance?.optional, true)
    assert.equal(flow?.steps.lead?.org, 'harbour')
    assert.ok(['register', 'food', 'lamp', 'tag', 'berth', 'insurance'].every((id) => flow?.steps.deliver?.after.includes(id)))
    assert.equal(flow?.title.zh, '开海味摊一件事')
    assert.equal(pack.flows.has('bundle'), false)
  })
})
