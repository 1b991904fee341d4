/**
 * 行政区划代码: 6 digits to the county (GB/T 2260), 9 to the town (GB/T 10114), 12 to the village or community (统计用区划代码);
 * 15 with the three-digit 城乡分类 of the village. Shorter codes may be filled up with zeros. No check character; names come from packs.
 */
import { ok, type Result } from '@yichuang/result'
import { findStranger, wrongCharacter, wrongLength, wrongPart } from './refusals.ts'

export const DIVISION_LEVELS = ['province', 'city', 'county', 'town', 'village'] as const
export type DivisionLevel = (typeof DIVISION_LEVELS)[number]

export type Division = {
  /** Shortest writing: 6 digits down to the county, 9 for a town, 12 for a village. */
  readonly code: string
  readonly level: DivisionLevel
  /** Code of the division above, null for a province. */
  readonly parent: string | null
  /** 城乡分类: 1xx urban, 2xx rural; only where 15 digits were given. */
  readonly urbanRural?: string
}

export type DivisionParts = {
  readonly province: string
  readonly city?: string
  readonly county?: string
  readonly town?: string
  readonly village?: string
}

const WHAT = 'division code'
/** 111 主城区 112 城乡结合区 121 镇中心区 122 镇乡结合区 123 特殊区域 210 乡中心区 220 村庄 */
const URBAN_RURAL = ['111', '112', '121', '122', '123', '210', '220']

export function parseDivision(text: string): Result<Division> {
  const stranger = findStranger(text, '0123456789')
  if (stranger !== -1) return wrongCharacter(WHAT, partAt(stranger), stranger + 1, 'a digit')
  if (![6, 9, 12, 15].includes(text.length)) return wrongLength(WHAT, '6, 9, 12 or 15', text.length)
  const place = placeOf(text.slice(0, 12).padEnd(12, '0'))
  if (!place.ok || text.length < 15) return place
  const urbanRural = text.slice(12)
  if (place.value.level !== 'village') return wrongPart(WHAT, 'urban-rural class', 'left out for anything above a village')
  if (!URBAN_RURAL.includes(urbanRural)) return wrongPart(WHAT, 'urban-rural class', `one of ${URBAN_RURAL.join(', ')}`)
  return ok({ ...place.value, urbanRural })
}

/** Parts of 2, 2, 2, 3 and 3 digits, from the province down. */
export function makeDivision(parts: DivisionParts): Result<Division> {
  const { province, city = '00', county = '00', town, village } = parts
  return parseDivision(province + city + county + (town ?? (village === undefined ? '' : '000')) + (village ?? ''))
}

/** The code itself and everything above it, from the province down. */
export function divisionPath(code: string): Result<string[]> {
  const path: string[] = []
  let next: string | null = code
  while (next !== null) {
    const division: Result<Division> = parseDivision(next)
    if (!division.ok) return division
    path.unshift(division.value.code)
    next = division.value.parent
  }
  return ok(path)
}

function placeOf(full: string): Result<Division> {
  const [province, city, county] = [full.slice(0, 2), full.slice(2, 4), full.slice(4, 6)]
  const [town, village] = [full.slice(6, 9), full.slice(9)]
  if (province === '00') return wrongPart(WHAT, 'province', 'not 00')
  if (village !== '000') return below(town !== '000', 'town', { code: full, level: 'village', parent: full.slice(0, 9) })
  if (town !== '000') return below(county !== '00', 'county', { code: full.slice(0, 9), level: 'town', parent: full.slice(0, 6) })
  if (county !== '00') return below(city !== '00', 'city', { code: full.slice(0, 6), level: 'county', parent: `${province}${city}00` })
  if (city !== '00') return ok({ code: full.slice(0, 6), level: 'city', parent: `${province}0000` })
  return ok({ code: full.slice(0, 6), level: 'province', parent: null })
}

/** A place lies in one of the level above it; towns directly under a city without counties are written with county 00. */
function below(isInside: boolean, upper: string, division: Division): Result<Division> {
  return isInside || upper === 'county' ? ok(division) : wrongPart(WHAT, upper, `given, since a ${division.level} lies in it`)
}

function partAt(index: number): string {
  if (index < 2) return 'province'
  if (index < 4) return 'city'
  if (index < 6) return 'county'
  if (index < 9) return 'town'
  return index < 12 ? 'village' : 'urban-rural class'
}
