/** The files of a pack: which path holds which kind, and the schema of each kind (also for editor completion). */
import type { Static } from 'typebox'
import { BundleSchema } from './schema/bundle.ts'
import { CasesSchema, PartiesSchema, PeopleSchema } from './schema/demo.ts'
import { FlowSchema, LaddersSchema } from './schema/flow.ts'
import { CertificatesSchema, DocumentSchema, MaterialsSchema, MatterSchema } from './schema/matter.ts'
import { BasesSchema, CalendarSchema, DelegationsSchema, OrgsSchema, PackFileSchema, RegionsSchema } from './schema/place.ts'

/** JSON Schema of every kind of YAML file, by kind. */
export const packSchemas = {
  pack: PackFileSchema,
  regions: RegionsSchema,
  orgs: OrgsSchema,
  calendar: CalendarSchema,
  bases: BasesSchema,
  ladders: LaddersSchema,
  flow: FlowSchema,
  certificates: CertificatesSchema,
  materials: MaterialsSchema,
  matter: MatterSchema,
  bundle: BundleSchema,
  document: DocumentSchema,
  delegations: DelegationsSchema,
  people: PeopleSchema,
  parties: PartiesSchema,
  cases: CasesSchema,
} as const

export type FileKind = keyof typeof packSchemas
/** What a well-shaped file of a kind holds: shape checked, meaning not. */
export type PackSource = { readonly [K in FileKind]: Static<(typeof packSchemas)[K]> }

/** One file of each of these; all but `pack`, `regions` and `orgs` may be absent. */
const SINGLE: { readonly [path: string]: FileKind } = {
  'pack.yaml': 'pack',
  'regions.yaml': 'regions',
  'orgs.yaml': 'orgs',
  'bases.yaml': 'bases',
  'ladders.yaml': 'ladders',
  'certificates.yaml': 'certificates',
  'materials.yaml': 'materials',
  'delegations.yaml': 'delegations',
  'demo/people.yaml': 'people',
  'demo/parties.yaml': 'parties',
  'demo/cases.yaml': 'cases',
}
const FOLDERS: { readonly [folder: string]: FileKind } = {
  calendar: 'calendar',
  flows: 'flow',
  matters: 'matter',
  bundles: 'bundle',
  documents: 'document',
}

export const KNOWN_PATHS: readonly string[] = [
  ...Object.keys(SINGLE),
  'villages.csv',
  ...Object.keys(FOLDERS).map((folder) => `${folder}/`),
]

/** Kind of the file at this path (relative to the pack's folder), or null for a path that no kind has. */
export function kindOf(path: string): FileKind | null {
  const single = SINGLE[path]
  if (single !== undefined) return single
  const [folder = '', ...rest] = path.split('/')
  return rest.length === 1 ? (FOLDERS[folder] ?? null) : null
}
