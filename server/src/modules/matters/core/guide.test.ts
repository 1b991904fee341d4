/** Guides and cards of the imaginary city: every element of the catalogue is there, every id leads somewhere. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { compilePack } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { bundleCard, bundleView, deptName, matterGuide, orgPart, regionPart } from './guide.ts'

const FOLDER = join(import.meta.dirname, '../../../../../packs/tidewater')
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ya?ml|csv)$/.test(path))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(FOLDER, path), 'utf8') }))
const pack = unwrap(compilePack(files, { version: 'test' }))
const matter = pack.matters.get('food-handling') ?? assert.fail('no matter')
const bundle = pack.bundles.get('open-stall') ?? assert.fail('no bundle')

describe('the guide of a matter', () => {
  const guide = matterGuide(pack, matter)

  it('names the department, the limits, the bundles it is part of', () => {
    assert.deepEqual([guide.dept.zh, guide.promised, guide.statutory], ['卫生', { n: 3, unit: 'workday' }, { n: 10, unit: 'workday' }])
    assert.deepEqual(
      guide.bundles.map((one) => one.id),
      ['open-stall'],
    )
  })

  it('says of each material how it is obtained, in words, and what may follow later with which consequence', () => {
    const words = Object.fromEntries(guide.materials.map((one) => [one.material, one.obtain.map((way) => way.words.zh)]))
    assert.deepEqual(words['stall-licence'], ['电子证照：海味摊登记证', '上传'])
    assert.deepEqual(words.identity, ['数据共享：潮水市居民册', '上传'])
    assert.deepEqual(words['hygiene-promise'], ['告知承诺'])
    const plan = guide.materials.find((one) => one.material === 'kitchen-plan')
    assert.deepEqual([plan?.tolerance?.limit, plan?.formats], [{ n: 5, unit: 'workday' }, pack.materials.get('kitchen-plan')?.formats])
  })

  it('can be made of every matter of the pack', () => {
    for (const one of pack.matters.values()) {
      const { title, basis, remedies, results } = matterGuide(pack, one)
      assert.ok(title.zh !== '' && basis.length > 0 && remedies.review.zh !== '' && results.length > 0, one.id)
    }
  })
})

describe('a bundle', () => {
  it('as a card counts its matters; as a view shows each with its department, order and promise', () => {
    assert.deepEqual([bundleCard(pack, bundle).matters, bundleCard(pack, bundle).lead.zh], [6, '港务'])
    const { nodes } = bundleView(pack, bundle)
    assert.deepEqual(
      nodes.map(({ id, dept, after, optional }) => [id, dept.zh, after.join(), optional]),
      [
        ['register', '港务', '', false],
        ['food', '卫生', 'register', false],
        ['lamp', '灯塔', 'register', false],
        ['tag', '渔业', '', false],
        ['berth', '港务', 'register,tag', false],
        ['insurance', '政务', 'register', true],
      ],
    )
  })
})

it('departments, regions and organisations have names; one that is not there is called by its key', () => {
  assert.equal(deptName(pack, 'no-such').zh, 'no-such')
  const region = pack.regions.get('990102') ?? assert.fail('no region')
  assert.deepEqual([regionPart(region, 2).name.zh, regionPart(region, 2).children], ['灯塔区', 2])
  const org = pack.orgs.get('990102.harbour') ?? assert.fail('no organisation')
  assert.deepEqual([orgPart(org).short.zh, orgPart(org).name.zh], ['港务', '灯塔区港务局'])
})
