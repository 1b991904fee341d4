/** demo/people.yaml and demo/parties.yaml → people and parties that exist in demonstration mode only. */
import { type Issues, under } from './issues.ts'
import { type Entry, makeTable, readText, type Sheets, type Table } from './reading.ts'
import type { DemoParty, DemoPerson } from './vocabulary.ts'

export function readPeople(sheets: Sheets, issues: Issues): Table<DemoPerson> {
  const entries = sheets.people.flatMap((sheet) =>
    sheet.data.people.map((source, index): Entry<DemoPerson> => {
      const value: DemoPerson = {
        id: source.id,
        name: readText(source.name),
        account: source.account,
        idCard: source.id_card,
        mobile: source.mobile,
        role: readText(source.role),
        posts: (source.posts ?? []).map((post) => ({ desk: post.desk, org: post.org, roles: post.roles ?? [] })),
        actsFor: (source.acts_for ?? []).map((one) => ({ party: one.party, as: one.as, until: one.until ?? null })),
      }
      return { value, place: under(sheet.place, 'people', index) }
    }),
  )
  return makeTable('person', entries, issues)
}

export function readParties(sheets: Sheets, issues: Issues): Table<DemoParty> {
  const entries = sheets.parties.flatMap((sheet) =>
    sheet.data.parties.map((source, index): Entry<DemoParty> => {
      const value: DemoParty = {
        id: source.id,
        kind: source.kind,
        name: readText(source.name),
        creditCode: source.credit_code ?? null,
        region: source.region,
        facts: (source.facts ?? []).map((one) => ({ fact: one.fact, value: one.value, source: readText(one.source), asOf: one.as_of })),
        certificates: (source.certificates ?? []).map((one) => ({
          type: one.type,
          number: one.number,
          issuedOn: one.issued_on,
          validUntil: one.valid_until ?? null,
          issuer: one.issuer,
          face: one.face,
        })),
      }
      return { value, place: under(sheet.place, 'parties', index) }
    }),
  )
  return makeTable('party', entries, issues)
}
