/** demo/*.yaml → people, parties and cases that exist in demonstration mode only. */
import { type Issues, under } from './issues.ts'
import { type Entry, makeTable, maybe, readText, type Sheets, type Table } from './reading.ts'
import type { PackSource } from './schema.ts'
import type { DemoCase, DemoParty, DemoPerson, DemoPlay, WorkingSpan } from './vocabulary.ts'

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

export function readCases(sheets: Sheets, issues: Issues): Table<DemoCase> {
  const entries = sheets.cases.flatMap((sheet) =>
    sheet.data.cases.map((source, index): Entry<DemoCase> => {
      const value: DemoCase = {
        id: source.id,
        bundle: source.bundle,
        party: source.party,
        by: source.by,
        ...maybe('region', source.region, (region) => region),
        submitted: readSpan(source.submitted),
        answers: source.answers ?? {},
        form: source.form ?? {},
        leftOut: source.left_out ?? [],
        plays: (source.plays ?? []).map(readPlay),
      }
      return { value, place: under(sheet.place, 'cases', index) }
    }),
  )
  return makeTable('case', entries, issues)
}

type PlaySource = NonNullable<PackSource['cases']['cases'][number]['plays']>[number]

function readPlay(source: PlaySource): DemoPlay {
  return {
    after: readSpan(source.after),
    by: source.by,
    ...maybe('node', source.node, (node) => node),
    supervision: source.supervision ?? false,
    action: source.action,
    ...maybe('step', source.step, (step) => step),
    input: source.input ?? {},
    ...maybe('until', source.until, readSpan),
    uploads: source.uploads ?? [],
  }
}

/** `P2DT3H30M`; its form was checked. */
function readSpan(text: string): WorkingSpan {
  const part = (letter: string) => Number(new RegExp(`(\\d+)${letter}`).exec(text)?.[1] ?? 0)
  return { days: part('D'), minutes: part('H') * 60 + part('M') }
}
