/**
 * 城市包: what a checked pack is. The YAML a city writes is described by the schemas of `schema.ts` (unchecked: `PackSource`);
 * `compilePack` leads from one to the other and reports every fault with file and line.
 */
import type { Flow, Text } from '@yichuang/caseflow'
import type { Condition } from '@yichuang/rules'
import type { Calendar, Limit, ServiceHours } from '@yichuang/workday'

export type CityPack = {
  readonly id: string
  /** Content hash (first 12 hex of SHA-256 over the sorted files). */
  readonly version: string
  readonly title: Text
  readonly timeZone: string
  readonly utcOffsetMinutes: number
  /** Region code of the city itself. */
  readonly root: string
  readonly hours: ServiceHours
  readonly calendar: Calendar
  readonly regions: ReadonlyMap<string, Region>
  readonly orgs: ReadonlyMap<string, Org>
  readonly materials: ReadonlyMap<string, Material>
  readonly certificates: ReadonlyMap<string, CertificateType>
  readonly bases: ReadonlyMap<string, SpecialBasis>
  readonly flows: ReadonlyMap<string, Flow>
  readonly matters: ReadonlyMap<string, Matter>
  readonly bundles: ReadonlyMap<string, Bundle>
  readonly documents: ReadonlyMap<string, DocumentTemplate>
  readonly delegations: readonly Delegation[]
  readonly demo: Demo
}

export const REGION_LEVELS = ['province', 'city', 'county', 'town', 'village'] as const
export type Region = {
  readonly code: string
  readonly name: Text
  readonly level: (typeof REGION_LEVELS)[number]
  readonly parent: string | null
  /** Codes from the city down, joined by '/', ending with '/': `430200/430211/430211001/`. Prefix match = "in or below". */
  readonly path: string
  /** Functional area outside the statutory codes (development zone, park): exercises powers by delegation. */
  readonly functional: boolean
  /** Service point (便民服务中心/站), where known. */
  readonly servicePoint?: Text
}

export type Org = {
  /** `430211.scj`: region code + department key. */
  readonly id: string
  readonly key: string
  readonly name: Text
  readonly short: Text
  readonly kind: 'department' | 'hall' | 'park' | 'utility' | 'bank' | 'centre'
  readonly region: string
  /** Superior organisation of the same line (county bureau → city bureau) or null. */
  readonly parent: string | null
  /** Organisation ids from the top of the line down, joined by '/', ending with '/'. */
  readonly path: string
  readonly creditCode: string
  readonly synthetic: boolean
  readonly phone?: string
  readonly address?: Text
}

export type Obtain =
  | { readonly way: 'upload' }
  | { readonly way: 'form' }
  | { readonly way: 'ecert'; readonly certificate: string }
  | { readonly way: 'share'; readonly fact: string; readonly resource: Text }
  | { readonly way: 'promise'; readonly words: Text }
  | { readonly way: 'result'; readonly matter: string }

export type Material = {
  /** shared_key: the same physical thing across matters. */
  readonly id: string
  readonly title: Text
  readonly hint?: Text
  /** In order of preference; the first that can supply wins. */
  readonly obtain: readonly Obtain[]
  readonly formats: readonly ('pdf' | 'jpg' | 'png')[]
  readonly maxMegabytes: number
  readonly sensitive: boolean
}

export type MatterMaterial = {
  readonly material: string
  readonly need: 'required' | 'optional'
  readonly when?: Condition
  /** 容缺: may follow later, within `limit`. */
  readonly tolerance?: { readonly limit: Limit; readonly consequence: Text }
}

export type CertificateType = {
  readonly id: string
  readonly title: Text
  /** 21 characters: issuing ministry's credit code (18) + serial (3). Local code, marked so, where no official one is verified. */
  readonly typeCode: string
  readonly fields: readonly { readonly id: string; readonly title: Text; readonly from: string }[]
  /** ISO 8601 duration of validity, or null: without end. */
  readonly validFor: string | null
  /** Prefix of the certificate number. */
  readonly prefix: string
}

export type SpecialBasis = { readonly id: string; readonly title: Text; readonly law: string; readonly most?: Limit }

/** 实施清单 / 办事指南: all elements of the guide (domain 1.3). */
export type Matter = {
  readonly id: string
  /** 实施编码, 31 characters (synthetic in our packs). */
  readonly code: string
  readonly basicCode: string
  readonly version: string
  readonly title: Text
  readonly type: string
  readonly level: string
  /** Department key; `orgFor(key, region, matter)` finds the organisation. */
  readonly dept: string
  readonly kind: 'instant' | 'promise'
  readonly status: 'in-use' | 'paused' | 'cancelled'
  readonly initiatedBy: 'applicant' | 'authority'
  readonly service: readonly string[]
  readonly basis: readonly { readonly law: string; readonly article: string; readonly words?: string }[]
  readonly limits: { readonly statutory: Limit; readonly promised: Limit; readonly note?: Text }
  readonly conditions: readonly Text[]
  readonly materials: readonly MatterMaterial[]
  readonly process: readonly { readonly step: Text; readonly role: Text; readonly limit?: Limit; readonly standard?: Text }[]
  readonly fee:
    | { readonly charged: false }
    | { readonly charged: true; readonly item: Text; readonly standard: Text; readonly basis: string }
  readonly channels: readonly ('counter' | 'web' | 'mobile' | 'post')[]
  readonly visits: number
  readonly scope: 'national' | 'province' | 'city' | 'county'
  readonly place: Text
  readonly hours: Text
  readonly consult: string
  readonly complain: string
  readonly results: readonly {
    readonly title: Text
    readonly certificate?: string
    readonly mode: 'issue' | 'replace' | 'cancel' | 'none'
  }[]
  readonly intermediary: Text | null
  readonly topics: readonly string[]
  readonly rights: readonly Text[]
  readonly remedies: { readonly review: Text; readonly litigation: Text }
  readonly faq: readonly { readonly q: Text; readonly a: Text }[]
  /** Flow id that runs it, and facts its conditions read. */
  readonly flow: string
  /** A site visit is part of it (special procedure). */
  readonly onSite: boolean
}

export type Field = {
  readonly id: string
  readonly title: Text
  readonly type:
    | 'text'
    | 'textarea'
    | 'number'
    | 'money'
    | 'date'
    | 'choice'
    | 'boolean'
    | 'credit-code'
    | 'id-card'
    | 'mobile'
    | 'address'
    | 'list'
  readonly required: boolean
  readonly when?: Condition
  readonly options?: readonly { readonly value: string; readonly title: Text }[]
  /** Where the first value comes from, in order: `certificate:biz-license.name`, `register:party.name`, `previous`, `answer:<question>`. */
  readonly prefill: readonly string[]
  /** A prefilled value may be changed by the applicant. */
  readonly editable: boolean
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly hint?: Text
  /** list: fields of a row. */
  readonly fields?: readonly Field[]
  /** Matters that consume the field; absent = all. */
  readonly usedBy?: readonly string[]
}

export type Question = {
  readonly id: string
  readonly text: Text
  readonly hint?: Text
  readonly type: 'boolean' | 'choice' | 'choices' | 'number'
  readonly options?: readonly { readonly value: string; readonly title: Text }[]
  readonly when?: Condition
  /** As Field.prefill: an answer the registers already know is shown as known, and can be corrected. */
  readonly prefill: readonly string[]
}

export type BundleNode = {
  readonly id: string
  readonly matter: string
  readonly after: readonly string[]
  readonly when?: Condition
  /** Shown to the applicant: 因为您选择了… */
  readonly because?: Text
  readonly optional: boolean
}

export type Bundle = {
  readonly id: string
  readonly version: string
  readonly title: Text
  readonly summary: Text
  /** Words people use for it. */
  readonly synonyms: readonly string[]
  readonly stage: 'start' | 'run' | 'hire' | 'build' | 'change' | 'close' | 'life'
  readonly service: readonly string[]
  readonly lead: string
  readonly status: 'in-use' | 'announced'
  /** Party kinds that may apply: enterprise, sole-trader, person. */
  readonly parties: readonly string[]
  readonly questions: readonly Question[]
  readonly form: readonly { readonly id: string; readonly title: Text; readonly when?: Condition; readonly fields: readonly Field[] }[]
  readonly nodes: readonly BundleNode[]
  readonly completion: 'all' | 'each'
  /** Id of the flow compiled from this bundle (in `CityPack.flows`). */
  readonly flow: string
  /** What the register does when the node's matter is granted: `convert` (keeps code and founding date), `close-and-open`, `found`. */
  readonly register: readonly { readonly node: string; readonly change: 'convert' | 'close' | 'found' | 'none' }[]
  /** 专窗 and 帮代办, shown on the guide. */
  readonly counter?: Text
  readonly examples: readonly BundleExample[]
}

export type BundleExample = {
  readonly title: string
  readonly answers: { readonly [question: string]: unknown }
  readonly party?: { readonly [fact: string]: unknown }
  readonly form?: { readonly [field: string]: unknown }
  readonly expect: {
    readonly nodes: readonly string[]
    readonly materials?: readonly string[]
    readonly unknown?: readonly string[]
    /** Critical path in words of the pack: `3 workdays`. */
    readonly promise?: string
  }
}

/** Printed documents: blocks with {{placeholders}} into the case's facts. */
export type DocumentTemplate = {
  readonly id: string
  readonly title: Text
  /** 文号 prefix: `株天行审受字`. */
  readonly prefix: string
  readonly blocks: readonly DocumentBlock[]
}
export type DocumentBlock =
  | { readonly type: 'heading' | 'paragraph' | 'small'; readonly text: Text }
  | { readonly type: 'facts'; readonly rows: readonly { readonly title: Text; readonly value: string }[] }
  | { readonly type: 'list'; readonly each: string; readonly text: string }
  | { readonly type: 'seal'; readonly org: string; readonly date: string }
  | { readonly type: 'qr'; readonly value: string; readonly caption: Text }

/** 赋权: the park's or town's organisation handles these matters for its region instead of the department. */
export type Delegation = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly region: string
  readonly matters: readonly string[]
  readonly basis: string
  readonly since: string
  readonly until: string | null
}

/** Demonstration people and parties; synthetic, marked so, loaded in demonstration mode only. */
export type Demo = {
  readonly people: readonly DemoPerson[]
  readonly parties: readonly DemoParty[]
  readonly cases: readonly DemoCase[]
}
export type DemoPerson = {
  readonly id: string
  readonly name: Text
  readonly account: string
  readonly idCard: string
  readonly mobile: string
  readonly role: Text
  readonly posts: readonly {
    readonly desk: 'counter' | 'department' | 'supervision' | 'admin'
    readonly org: string
    readonly roles: readonly string[]
  }[]
  /** Parties this person may act for, with scope. */
  readonly actsFor: readonly {
    readonly party: string
    readonly as: 'owner' | 'legal-representative' | 'agent'
    readonly until: string | null
  }[]
}
export type DemoParty = {
  readonly id: string
  readonly kind: 'enterprise' | 'sole-trader' | 'person'
  readonly name: Text
  readonly creditCode: string | null
  readonly region: string
  readonly facts: readonly { readonly fact: string; readonly value: unknown; readonly source: Text; readonly asOf: string }[]
  readonly certificates: readonly {
    readonly type: string
    readonly number: string
    readonly issuedOn: string
    readonly validUntil: string | null
    readonly issuer: string
    readonly face: { readonly [field: string]: unknown }
  }[]
}

/** Working days and service minutes: `P2DT3H30M` is two working days, three and a half service hours. */
export type WorkingSpan = { readonly days: number; readonly minutes: number }

/** A case that is played through the engine when a demonstration city is loaded for the first time. */
export type DemoCase = {
  readonly id: string
  readonly bundle: string
  readonly party: string
  /** The person who applies: of the party, or a clerk at a counter. */
  readonly by: string
  /** Where it is applied for; the party's own region when absent. */
  readonly region?: string
  /** Before the moment of loading. */
  readonly submitted: WorkingSpan
  readonly answers: { readonly [question: string]: unknown }
  /** What the registers do not know; the rest is pre-filled as on the portal. */
  readonly form: { readonly [field: string]: unknown }
  /** Materials that are not uploaded, or not promised; only those that may follow later can be left out of what is required. */
  readonly leftOut: readonly string[]
  /** In order of time. */
  readonly plays: readonly DemoPlay[]
}
export type DemoPlay = {
  /** Since the submission or the play before. */
  readonly after: WorkingSpan
  readonly by: string
  /** The case of this node of the bundle; the bundle's own case when absent. */
  readonly node?: string
  /** The supervision case that was opened about that case. */
  readonly supervision: boolean
  readonly action: string
  readonly step?: string
  readonly input: { readonly [field: string]: unknown }
  /** `input.until` as the date so long after the play. */
  readonly until?: WorkingSpan
  /** Materials uploaded by the actor and handed in with the action. */
  readonly uploads: readonly string[]
}
