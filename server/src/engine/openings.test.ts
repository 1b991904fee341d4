/** Cases that open cases: what the part of a bundle is given, and what a supervision case keeps from the applicant. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CaseState } from '@yichuang/caseflow'
import { testCity } from '../../test/harness.ts'
import { childOpening, matterFacts, orgsFor, supervisionOpening } from './openings.ts'
import type { CaseRecord } from './store.ts'

const pack = await testCity()

function bundleCase(region: string, more: Partial<CaseState> = {}): CaseRecord {
  const gap = { id: 'g', title: 't', openedAt: '2026-03-02T01:00:00.000Z', limit: { n: 5, unit: 'workday' as const }, consequence: 'c' }
  const state = {
    region,
    org: '990102.harbour',
    acceptor: '990102.hall',
    data: { answers: { cooks: true }, party: { name: '示例' }, form: { secret: 1 } },
    gaps: {
      plan: { ...gap, material: 'kitchen-plan', status: 'open' as const },
      sketch: { ...gap, material: 'quay-sketch', status: 'open' as const },
      done: { ...gap, material: 'stall-licence', status: 'closed' as const },
    },
    ...more,
  } as unknown as CaseState
  const named = { id: 'root', no: '9999010220260302000001X', rootId: 'root', parentId: null, matter: null, bundle: 'open-stall' }
  const whose = { title: { zh: '开海味摊一件事', en: 'Open a stall' }, partyId: 'p', partyName: '示例', applicant: 'mei', regionPath: '' }
  return { ...named, ...whose, version: 3, state }
}

describe('the case of a part', () => {
  const root = bundleCase('990102001')
  const child = childOpening(
    pack,
    { root, parent: root, on: '2026-03-02' },
    { type: 'open-child', step: 'food', matter: 'food-handling', org: '990102.harbour' },
  )

  it('belongs to the department that is competent there, runs its own flow and has the number of its place', () => {
    assert.deepEqual(
      [child.org, child.flow, child.matter, child.no],
      ['990102.health', 'permit', 'food-handling', '9999010220260302000001X-02'],
    )
    assert.deepEqual(child.parent, { caseId: 'root', rootId: 'root', step: 'food' })
    assert.deepEqual([child.acceptor, child.applicant, child.party], ['990102.hall', 'mei', { id: 'p', name: '示例' }])
  })

  it('is told the facts that conditions ask for; form and files stay at the root', () => {
    assert.deepEqual(Object.keys(child.data).sort(), ['answers', 'bundle', 'matter', 'party'])
    assert.equal((child.data.matter as { on_site: boolean }).on_site, true)
  })

  it('inherits the open gaps of the materials it asks for, and no others', () => {
    assert.deepEqual(child.gaps?.map((gap) => gap.material).sort(), ['kitchen-plan', 'quay-sketch'])
    const lamp = childOpening(
      pack,
      { root, parent: root, on: '2026-03-02' },
      { type: 'open-child', step: 'lamp', matter: 'lamp-permit', org: '' },
    )
    assert.deepEqual([lamp.org, lamp.gaps?.map((gap) => gap.material)], ['990100.lighthouse', ['quay-sketch']])
  })

  it('goes to whom the power was delegated, there and only there, and only as long as it is', () => {
    const wish = { type: 'open-child', step: 'register', matter: 'stall-registration', org: '' } as const
    const inPark = bundleCase('990171001')
    assert.equal(childOpening(pack, { root: inPark, parent: inPark, on: '2026-03-02' }, wish).org, '990171.park')
    assert.equal(childOpening(pack, { root: inPark, parent: inPark, on: '2025-12-31' }, wish).org, '990100.harbour')
    assert.equal(childOpening(pack, { root, parent: root, on: '2026-03-02' }, wish).org, '990102.harbour')
  })

  it('of a matter that the pack does not have is a bug that says so', () => {
    assert.throws(
      () => childOpening(pack, { root, parent: root, on: '2026-03-02' }, { type: 'open-child', step: 'x', matter: 'moon', org: '' }),
      /moon/,
    )
  })
})

it('organisations that steps name by key are those of the region, the hall among them', () => {
  const flow = pack.flows.get(pack.bundles.get('open-stall')?.flow ?? '') ?? assert.fail('no flow')
  assert.deepEqual(orgsFor(pack, flow, '990103100'), { hall: '990103.hall', harbour: '990103.harbour' })
  assert.deepEqual(orgsFor(pack, flow, '990171001'), { hall: '990100.hall', harbour: '990100.harbour' })
})

it('facts of a matter are those of the day: limits, place, version', () => {
  const matter = pack.matters.get('lamp-permit') ?? assert.fail('no matter')
  const { limits, version } = matterFacts(matter) as { limits: unknown; version: string }
  assert.deepEqual([limits, version], [{ promised: { n: 2, unit: 'workday' }, statutory: { n: 5, unit: 'workday' } }, '1'])
})

it('a supervision case is of the organisation that is late; neither applicant nor party is its party', () => {
  const about = bundleCase('990102001')
  const opening = supervisionOpening(
    pack,
    { about, late: '990102.health' },
    { type: 'open-supervision', flow: 'supervision', level: 'supervise', clock: 'promised' },
  )
  assert.deepEqual(
    [opening.kind, opening.org, opening.party.id, opening.applicant],
    ['supervision', '990102.health', 'org:990102.health', 'system'],
  )
  assert.equal(opening.party.name, '灯塔区卫生局')
  assert.deepEqual((opening.data.about as { case: string; level: string }).case, 'root')
  assert.equal(opening.title.en, 'Supervision: Open a stall')
})
