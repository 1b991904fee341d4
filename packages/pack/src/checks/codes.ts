/** Codes with a wrong check character, and codes that two things share. */
import { type MatterCode, matterCodeParts, parseCreditCode, parseIdCard, parseMatterCode, parseMobile } from '@yichuang/codes'
import { type Place, under } from '../issues.ts'
import type { Check, PackDraft } from './draft.ts'

export const checkCodes: Check = (draft) => {
  checkMatters(draft)
  checkCertificates(draft)
  checkParties(draft)
  checkPeople(draft)
}

type Coded = { readonly code: string; readonly owner: string; readonly place: Place }

function checkUnique(what: string, coded: readonly Coded[], { issues }: PackDraft): void {
  const owners = new Map<string, string>()
  for (const { code, owner, place } of coded) {
    const first = owners.get(code)
    if (first === undefined) owners.set(code, owner)
    else issues.error(place, 'duplicate-code', `${owner} and ${first} have the same ${what}: ${code}.`)
  }
}

function checkMatters(draft: PackDraft): void {
  const coded: Coded[] = []
  for (const { value, place } of draft.tables.matters.values()) {
    if (value.code === '') continue
    const isWritten = draft.sheets.matter.some((sheet) => sheet.place === place && sheet.data.code !== undefined)
    const here = under(place, isWritten ? 'code' : 'basic_code')
    coded.push({ code: value.code, owner: value.id, place: here })
    const parsed = parseMatterCode(value.code)
    if (!parsed.ok) draft.issues.error(here, 'matter-code', parsed.error.message)
    else checkParts(parsed.value, { level: value.level, basic: value.basicCode, place: here }, draft)
  }
  checkUnique('code', coded, draft)
}

function checkParts(code: MatterCode, asked: { level: string; basic: string; place: Place }, { issues }: PackDraft): void {
  const parts = matterCodeParts(code)
  if (parts.level !== asked.level)
    issues.error(asked.place, 'matter-code', `The code says level ${parts.level}, "level" says ${asked.level}.`)
  if (parts.basic === asked.basic || asked.basic === '') return
  issues.error(asked.place, 'matter-code', `The code ends in ${parts.basic}, "basic_code" says ${asked.basic}.`)
}

/** 证照类型代码: a credit code (18) and a serial of 3 digits. */
function checkCertificates(draft: PackDraft): void {
  const coded: Coded[] = []
  for (const { value, place } of draft.tables.certificates.values()) {
    const here = under(place, 'type_code')
    coded.push({ code: value.typeCode, owner: value.id, place: here })
    const parsed = parseCreditCode(value.typeCode.slice(0, 18))
    if (!/^.{18}\d{3}$/.test(value.typeCode)) {
      draft.issues.error(here, 'type-code', `A type code is a credit code of 18 characters and 3 digits; "${value.typeCode}" is not.`)
    } else if (!parsed.ok) {
      draft.issues.error(here, 'type-code', parsed.error.message)
    }
  }
  checkUnique('type code', coded, draft)
}

function checkParties(draft: PackDraft): void {
  const coded: Coded[] = []
  for (const { value, place } of draft.tables.parties.values()) {
    if (value.creditCode === null) continue
    const here = under(place, 'credit_code')
    coded.push({ code: value.creditCode, owner: value.id, place: here })
    const parsed = parseCreditCode(value.creditCode)
    if (!parsed.ok) draft.issues.error(here, 'credit-code', parsed.error.message)
  }
  checkUnique('credit code', coded, draft)
}

function checkPeople(draft: PackDraft): void {
  const people = [...draft.tables.people.values()]
  for (const { value, place } of people) {
    const idCard = parseIdCard(value.idCard)
    if (!idCard.ok) draft.issues.error(under(place, 'id_card'), 'id-card', idCard.error.message)
    const mobile = parseMobile(value.mobile)
    if (!mobile.ok) draft.issues.error(under(place, 'mobile'), 'mobile', mobile.error.message)
  }
  checkUnique(
    'account',
    people.map(({ value, place }) => ({ code: value.account, owner: value.id, place: under(place, 'account') })),
    draft,
  )
  checkUnique(
    'identity number',
    people.map(({ value, place }) => ({ code: value.idCard, owner: value.id, place: under(place, 'id_card') })),
    draft,
  )
}
