/** How persons appear to a reader: staff are shown to applicants as their organisation, applicants to staff as "the applicant". */
import type { Text } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'

export type Reader = {
  /** Acts for the party of the case. */
  readonly isApplicant: boolean
  readonly person: string
  /** Who submitted the case. */
  readonly applicant: string
}

export type Names = ReadonlyMap<string, Text>
const SYSTEM: Text = { zh: '系统', en: 'System' }
const APPLICANT: Text = { zh: '申请人', en: 'Applicant' }
const STAFF: Text = { zh: '经办人员', en: 'Officer' }

export function byWhom(pack: CityPack, reader: Reader, names: Names, event: { actor: string; org?: string }): Text {
  if (event.actor === 'system') return SYSTEM
  if (event.actor === reader.person) return { zh: '我', en: 'Me' }
  if (event.actor === reader.applicant) return APPLICANT
  const org = event.org === undefined ? undefined : pack.orgs.get(event.org)
  if (org === undefined) return APPLICANT
  const name = names.get(event.actor)
  if (reader.isApplicant || name === undefined) return org.name
  return { zh: `${org.short.zh} ${name.zh}`, en: `${name.en ?? name.zh}, ${org.short.en ?? org.short.zh}` }
}

export function assigneeOf(reader: Reader, names: Names, person: string | undefined): Text | undefined {
  if (person === undefined) return undefined
  if (reader.isApplicant) return STAFF
  return names.get(person) ?? { zh: person }
}
