/** Owners and shops for a benchmark, one per lifecycle: synthetic, with valid codes, and with all that the pack's own sole trader brings along. */
import { makeCreditCode, makeIdCard } from '@yichuang/codes'
import type { CityPack, DemoParty, DemoPerson } from '@yichuang/pack'
import { unwrap } from '@yichuang/result'
import { loadCity } from '../../server/src/city.ts'
import { loadDemo } from '../../server/src/modules/certificates/demo.ts'
import { makeParties } from '../../server/src/modules/parties/public.ts'
import { openDatabase } from '../../server/src/platform/pg/database.ts'
import { ROOT } from '../house/house.ts'

export type Shop = { readonly owner: string; readonly party: string; readonly newName: string; readonly number: number }

const REGION = '430211'
/** The shop of the pack's demonstration that every seeded one is like: sells food and tobacco, has staff. */
const MODEL = 'lin-shop'

export function shopOf(number: number): Shop {
  const digits = String(number).padStart(6, '0')
  return { owner: `bench-owner-${digits}`, party: `bench-party-${digits}`, newName: `株洲示范${digits}食品有限公司`, number }
}

export async function loadPack(folder = 'packs/zhuzhou'): Promise<CityPack> {
  return unwrap(await loadCity(`${ROOT}/${folder}`))
}

export async function seedShops(databaseUrl: string, pack: CityPack, shops: readonly Shop[]): Promise<void> {
  const model = pack.demo.parties.find((party) => party.id === MODEL)
  if (model === undefined) throw new Error(`the pack has no demonstration party ${MODEL}`)
  const demo = { people: shops.map(personOf), parties: shops.map((shop) => partyOf(model, shop)), cases: [] }
  const seeded: CityPack = { ...pack, demo }
  const db = openDatabase(databaseUrl, { connections: 1 })
  try {
    await db.tx(async (tx) => {
      await makeParties({ pack: seeded, now: () => new Date().toISOString() }).loadDemo(tx)
      await loadDemo(tx, seeded)
    })
  } finally {
    await db.close()
  }
}

function personOf({ owner, party, number }: Shop): DemoPerson {
  return {
    id: owner,
    name: { zh: `示范业主${number}`, en: `Synthetic owner ${number}` },
    account: owner,
    idCard: idCardOf(number),
    mobile: mobileOf(number),
    role: { zh: '合成的个体工商户经营者', en: 'Synthetic owner of a sole tradership' },
    posts: [],
    actsFor: [{ party, as: 'owner', until: null }],
  }
}

/** The model's facts and certificates, with this shop's own name, codes and numbers. */
function partyOf(model: DemoParty, { party, number }: Shop): DemoParty {
  const digits = String(number).padStart(6, '0')
  const name = `天元区示范${digits}食杂店`
  const creditCode = unwrap(makeCreditCode({ registrar: '9', category: '2', region: REGION, organisation: `YB${digits}` }))
  const put = (value: unknown): unknown => {
    const text = JSON.stringify(value)
    return JSON.parse(
      text
        .replaceAll(model.name.zh, name)
        .replaceAll(model.creditCode ?? '\0', creditCode)
        .replaceAll(/"430211190002020022"/g, `"${idCardOf(number)}"`)
        .replaceAll(/"19900000001"/g, `"${mobileOf(number)}"`),
    )
  }
  return {
    ...(put(model) as DemoParty),
    id: party,
    name: { zh: name, en: `Synthetic shop ${digits}` },
    creditCode,
    certificates: model.certificates.map((held) => ({
      ...(put(held) as typeof held),
      number: `${held.number.slice(0, 8)}${digits}`,
    })),
  }
}

function idCardOf(number: number): string {
  const day = String((number % 28) + 1).padStart(2, '0')
  return unwrap(makeIdCard({ region: REGION, birth: `1900-01-${day}`, serial: String(number % 1000).padStart(3, '0') }))
}

function mobileOf(number: number): string {
  return `199000${String(number % 100_000).padStart(5, '0')}`
}
