/** 城市包: YAML of a city → a checked `CityPack`; who is competent where; what one application needs; what a reform changed. */
export { bundleFlowId } from './bundles.ts'
export { type ExampleFault, planExample, runExample } from './checks/examples.ts'
export { type CompileOptions, checkPack, compilePack, type PackCheck, type PackSummary } from './compile.ts'
export { type Change, type Counts, formatDiff, type MatterDiff, type PackDiff, packDiff } from './diff.ts'
export { hallFor, inRegion, type OrgQuestion, orgFor, orgsWithin, regionPath, regionsUpward } from './find.ts'
export { GUIDE_ELEMENTS, type GuideElement } from './guide.ts'
export { formatIssue, type PackIssue, SEVERITIES, type Severity } from './issues.ts'
export { NOT_NEEDED, planBundle } from './plan.ts'
export { findPrefill } from './plan-form.ts'
export { inWorkdays } from './plan-promise.ts'
export type {
  Facts,
  HeldCertificate,
  KnownFact,
  Plan,
  PlanField,
  PlanInput,
  PlanMaterial,
  PlanNode,
  PlanPromise,
  Prefilled,
} from './plan-vocabulary.ts'
export { type FileKind, type PackSource, packSchemas } from './schema.ts'
export type { PackFile } from './source.ts'
export * from './vocabulary.ts'
