/** Codes the compiler makes itself: synthetic, with right check characters, the same at every compile. */
import { CREDIT_CODE_ALPHABET, makeCreditCode, makeMatterCode } from '@yichuang/codes'
import { unwrap } from '@yichuang/result'
import type { MatterSource } from './schema/matter.ts'
import type { CityPack, Org } from './vocabulary.ts'

/** Synthetic codes of organisations begin with these three characters of the organisation code, as no real body's should be taken. */
const SYNTHETIC_PREFIX = 'MB9'
const SERIAL_LENGTH = 5

/** Credit code (18) of a body that does not exist: registrar 1 (机构编制), category 1 (机关), the region, and a serial made from the id. */
export function syntheticCreditCode(region: string, key: string): string {
  const organisation = SYNTHETIC_PREFIX + serialOf(`${region}.${key}`)
  return unwrap(makeCreditCode({ registrar: '1', category: '1', region: region.slice(0, 6), organisation }))
}

/** FNV-1a (32 bit) written in the alphabet of credit codes: stable when departments are added, unlike a running number. */
function serialOf(id: string): string {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  let serial = ''
  for (let i = 0; i < SERIAL_LENGTH; i++) {
    serial += CREDIT_CODE_ALPHABET.charAt(hash % CREDIT_CODE_ALPHABET.length)
    hash = Math.floor(hash / CREDIT_CODE_ALPHABET.length)
  }
  return serial
}

const CITY_LEVEL = '3'

/** 实施编码 where none is written: credit code of the competent organisation (18) + level (1) + basic code (12); empty when a part is missing. */
export function matterCode(matter: MatterSource, city: Pick<CityPack, 'root' | 'orgs'>): string {
  const level = matter.level ?? '4'
  const org = level <= CITY_LEVEL ? city.orgs.get(`${city.root}.${matter.dept}`) : countyOrg(matter.dept, city)
  const code = makeMatterCode({ body: org?.creditCode ?? '', level, basic: matter.basic_code ?? '' })
  return code.ok ? code.value : ''
}

function countyOrg(key: string, { root, orgs }: Pick<CityPack, 'root' | 'orgs'>): Org | undefined {
  return [...orgs.values()].find((org) => org.key === key && org.region !== root) ?? orgs.get(`${root}.${key}`)
}
