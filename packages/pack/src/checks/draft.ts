/** What the cross-checks look at: the pack as it would be, and the place of every entry in the files. */
import type { LadderLevel } from '@yichuang/caseflow'
import type { Issues, Place } from '../issues.ts'
import type { Sheets, Table } from '../reading.ts'
import type {
  Bundle,
  CertificateType,
  CityPack,
  Delegation,
  DemoCase,
  DemoParty,
  DemoPerson,
  DocumentTemplate,
  Material,
  Matter,
  SpecialBasis,
} from '../vocabulary.ts'

export type Tables = {
  readonly bases: Table<SpecialBasis>
  readonly materials: Table<Material>
  readonly certificates: Table<CertificateType>
  readonly documents: Table<DocumentTemplate>
  readonly delegations: Table<Delegation>
  readonly matters: Table<Matter>
  readonly bundles: Table<Bundle>
  readonly people: Table<DemoPerson>
  readonly parties: Table<DemoParty>
  readonly cases: Table<DemoCase>
}

export type Ladder = { readonly levels: readonly LadderLevel[]; readonly place: Place }

export type PackDraft = {
  readonly pack: CityPack
  readonly tables: Tables
  readonly sheets: Sheets
  /** Place of each flow's file, by flow id; bundles' flows are not among them. */
  readonly flowPlaces: ReadonlyMap<string, Place>
  readonly ladders: ReadonlyMap<string, Ladder>
  readonly issues: Issues
}

/** Every check has this shape. */
export type Check = (draft: PackDraft) => void
