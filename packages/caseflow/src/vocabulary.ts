/**
 * The words of the engine. A reader starts here: closed lists first, then flow (data), case (state), event (truth), command (wish).
 * Semantics: README of this package.
 */
import type { Condition } from '@yichuang/rules'
import type { Instant, Limit, Pause } from '@yichuang/workday'

// ---------------------------------------------------------------- closed lists

/** Kernel verbs. A pack names actions and composes effects; it cannot invent verbs. */
export const EFFECTS = [
  'complete',
  'return',
  'wait-for-applicant',
  'supply',
  'suspend',
  'resume',
  'extend',
  'transfer',
  'assign',
  'claim',
  'release',
  'co-handle',
  'answer-co-handling',
  'end',
  'withdraw',
  'reopen',
  'supervise',
  'comment',
  'attach',
  'close-gap',
  'rate',
  'continue-without',
  // 亮牌说明: the reason that a card demands (LadderLevel.reasonWithin).
  'answer-card',
] as const
export type EffectName = (typeof EFFECTS)[number]

export const STEP_STATUSES = ['waiting', 'unknown', 'ready', 'done', 'skipped', 'not-needed'] as const
export type StepStatus = (typeof STEP_STATUSES)[number]

export const LIGHTS = ['green', 'blue', 'yellow', 'red', 'grey'] as const
/** 绿 正常 · 蓝 预警 · 黄 黄牌 · 红 红牌 · 灰 暂停 */
export type Light = (typeof LIGHTS)[number]

export const CASE_STATUSES = ['open', 'ended'] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

/** Where a clock's breach has an effect of its own by law; the default is a card. 行政许可法 arts 32, 50. */
export const DEEMED = ['deem-accepted', 'deem-renewed', 'deem-agreed'] as const
export type Deemed = (typeof DEEMED)[number]

/** Who may take an action: staff of the step's desk, the applicant's side, or the engine itself. */
export const SIDES = ['staff', 'applicant', 'system'] as const
export type Side = (typeof SIDES)[number]

/** Who reads of an action and what was said with it: the applicant too, or only those who have an office in the case. */
export const AUDIENCES = ['applicant', 'house'] as const
export type Audience = (typeof AUDIENCES)[number]

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Data = { readonly [key: string]: Json }
/** Pack words: Chinese always, English where the pack gives it. */
export type Text = { readonly zh: string; readonly en?: string }

// ---------------------------------------------------------------- flow: compiled from the pack (unchecked shape: FlowSource)

export type Flow = {
  readonly id: string
  readonly version: string
  readonly kind: string
  readonly title: Text
  readonly clocks: { readonly [id: string]: ClockDef }
  readonly ladder: readonly LadderLevel[]
  readonly steps: { readonly [id: string]: StepDef }
  /** Topological order of steps by `after`. */
  readonly order: readonly string[]
  /** Actions on the case as a whole: pack's own plus the kernel's (comment, attach, withdraw, suspend, resume, extend, rate …). */
  readonly actions: { readonly [id: string]: ActionDef }
  /** all: the case completes when every step is settled; each: results are delivered one by one. */
  readonly completion: 'all' | 'each'
  /** Days after the end in which reopen is allowed; 0 = never. */
  readonly reopenWindow: Limit
  /** 评价: how long after the end the applicant may rate. */
  readonly ratingWindow: Limit
  /** The pack's special procedures: the only grounds on which this flow's cases may be suspended, and for how long at most. */
  readonly bases: { readonly [id: string]: BasisDef }
}

export type BasisDef = { readonly most?: Limit }

export type ClockDef = {
  readonly id: string
  readonly title: Text
  readonly starts: string
  readonly stops: readonly string[]
  /** Fixed, or a path into the case's data such as `matter.limits.promised` whose value is a Limit. */
  readonly limit: Limit | { readonly path: string }
  readonly extend?: { readonly most: Limit; readonly by: string }
  /** `action` is what the engine takes then; without it, the first listed action that marks one of `stops` and completes its step. */
  readonly onBreach?: { readonly effect: Deemed; readonly basis: string; readonly action?: string }
  /** false: keeps running through suspensions (notice, delivery). Default true. */
  readonly pausable: boolean
  /** false: no ladder (information only). */
  readonly laddered: boolean
}

export type LadderLevel = {
  readonly id: string
  readonly title: Text
  readonly light: Light
  /** Clock ids this level watches. */
  readonly clocks: readonly string[]
  /** The earliest of these moments fires the level. `over: 0` = at breach. */
  readonly at: readonly LadderMoment[]
  /** Roles that hear of it: handler, head, leader, supervisor, discipline … */
  readonly tells: readonly string[]
  readonly card?: 'yellow' | 'red'
  readonly reasonWithin?: Limit
  /** Flow id of a supervision case that this level opens. */
  readonly opens?: string
}
export type LadderMoment =
  | { readonly type: 'remaining'; readonly limit: Limit }
  | { readonly type: 'elapsed'; readonly ratio: number }
  | { readonly type: 'over'; readonly limit: Limit }

export type StepDef = {
  readonly id: string
  readonly title: Text
  readonly after: readonly string[]
  readonly when?: Condition
  readonly desk: string
  /** Role needed at the desk, or none. */
  readonly role?: string
  /** Which organisation: 'case' (the case's own), 'acceptor' (the counter that took it in), or an organisation key resolved by the pack for the case's region. */
  readonly org: string
  /** Basis id of a special procedure whose time is not counted: clocks pause while this step is ready. 行政许可法 art. 45. */
  readonly special?: string
  readonly joint: boolean
  /** Bundle node: this step is a child case of that matter. */
  readonly matter?: string
  /** A bundle node whose failure does not block the rest. */
  readonly optional: boolean
  /** The lead department's step: ready only while a node has failed and nobody has decided how to go on. */
  readonly onFailure?: true
  readonly actions: { readonly [id: string]: ActionDef }
  /** Flow opened as a node of a bundle: this action is taken by the bundle's acceptance. */
  readonly inBundle?: string
  /** Own step clock. */
  readonly limit?: Limit
  /** Issues the matter's results when this step finishes. */
  readonly issues: boolean
}

export type ActionDef = {
  readonly id: string
  readonly title: Text
  readonly effect: EffectName
  /** return: step to reopen. */
  readonly to?: string
  readonly marks?: string
  readonly outcome?: string
  readonly needs: readonly Need[]
  readonly when?: Condition
  /** What people read while the condition does not hold. */
  readonly whyNot?: Text
  /** Document template rendered by this action. */
  readonly document?: string
  readonly by: Side
  readonly role?: string
  /** wait-for-applicant: may be taken again at its step; otherwise once per step and case (一次告知, 行政许可法 art. 32). */
  readonly repeatable?: true
  readonly destructive: boolean
  /** Where the pack departs from what the effect's own audience would be. */
  readonly audience?: Audience
}

/** What an action must be told. `field` is the key in `command.input`. */
export type Need = { readonly field: string; readonly type: NeedType; readonly required: boolean; readonly title?: Text }
export const NEED_TYPES = [
  'text',
  'items',
  'gaps',
  'instant',
  'date',
  'limit',
  'basis',
  'org',
  'orgs',
  'person',
  'boolean',
  'number',
  'files',
  'stars',
  'json',
] as const
export type NeedType = (typeof NEED_TYPES)[number]

// ---------------------------------------------------------------- case: state = fold(evolve, initial, events)

export type CaseState = {
  readonly id: string
  readonly flow: string
  readonly flowVersion: string
  readonly kind: string
  readonly status: CaseStatus
  readonly seq: number
  readonly openedAt: Instant
  readonly endedAt?: Instant
  readonly outcome?: string
  readonly parent?: { readonly caseId: string; readonly step: string }
  /** The case's own organisation and the counter that took it in (organisation ids of the pack). */
  readonly org: string
  readonly acceptor?: string
  readonly region: string
  /** Facts for conditions: matter, answers, party, form … plus `outcome` and `gaps` kept current by the engine. */
  readonly data: Data
  /** A step that no event has named yet is absent: it is waiting (`stepStatus`). */
  readonly steps: { readonly [id: string]: StepState }
  readonly milestones: { readonly [id: string]: Instant }
  readonly clocks: { readonly [id: string]: ClockState }
  readonly suspension?: {
    readonly basis: string
    readonly reason: string
    readonly since: Instant
    readonly until: Instant
    readonly step?: string
    /** The alarm about `until` has been raised. */
    readonly overdue?: true
  }
  readonly waiting?: {
    readonly step: string
    readonly items: readonly CorrectionItem[]
    readonly since: Instant
    readonly until?: Instant
    readonly overdue?: true
  }
  /** Steps at which the applicant has been told what to correct, however often they were opened since. */
  readonly corrected?: readonly string[]
  readonly gaps: { readonly [id: string]: Gap }
  readonly cards: readonly Card[]
  readonly rating?: { readonly stars: number; readonly words: string; readonly at: Instant }
  readonly calendarVersion: string
}

export type StepState = {
  readonly status: StepStatus
  /** How often the step has been opened; a returned step runs again with round + 1. */
  readonly round: number
  readonly org: string
  readonly assignee?: string
  readonly takenAt?: Instant
  readonly readyAt?: Instant
  readonly doneAt?: Instant
  readonly doneBy?: string
  readonly action?: string
  readonly outcome?: string
  /** unknown: names of the facts that are missing. */
  readonly missing?: readonly string[]
  /** skipped / not-needed: reason code or words. */
  readonly why?: string
  readonly childId?: string
  readonly coHandling?: { readonly [org: string]: { readonly askedAt: Instant; readonly answeredAt?: Instant; readonly opinion?: string } }
}

export type ClockState = {
  readonly status: 'running' | 'paused' | 'stopped'
  readonly startedAt: Instant
  readonly stoppedAt?: Instant
  readonly limit: Limit
  readonly extensions: readonly Limit[]
  readonly pauses: readonly Pause[]
  /** Ladder levels already fired. */
  readonly fired: readonly string[]
}

export type CorrectionItem = { readonly item: string; readonly reason: string }
export type Gap = {
  readonly id: string
  /** Material or condition passed over. */
  readonly material: string
  readonly title: string
  readonly openedAt: Instant
  readonly limit: Limit
  readonly consequence: string
  readonly status: 'open' | 'closed' | 'lapsed'
  readonly closedAt?: Instant
  /** The reminder before its end has been sent. */
  readonly warned?: true
}
export type Card = {
  readonly level: string
  readonly clock: string
  readonly card: 'yellow' | 'red'
  readonly at: Instant
  readonly reason?: string
}

// ---------------------------------------------------------------- event: what happened; append-only; the only truth

/** Every event carries who, when and with what authority; the engine adds `seq`. */
export type EventMeta = { readonly at: Instant; readonly actor: string; readonly org?: string }
export type CaseEvent = EventMeta & CaseFact
export type CaseFact =
  | {
      readonly type: 'case-opened'
      readonly caseId: string
      readonly flow: string
      readonly flowVersion: string
      readonly kind: string
      readonly org: string
      readonly acceptor?: string
      readonly region: string
      readonly parent?: { readonly caseId: string; readonly step: string }
      readonly data: Data
      readonly calendarVersion: string
    }
  /** The visible line of the timeline: somebody took an action. Its consequences follow as events of their own. */
  | {
      readonly type: 'action-taken'
      readonly action: string
      readonly step?: string
      readonly effect: EffectName
      readonly input: Data
      readonly document?: string
    }
  | { readonly type: 'step-readied'; readonly step: string; readonly round: number; readonly org: string }
  | { readonly type: 'step-skipped'; readonly step: string; readonly why: string }
  | { readonly type: 'step-not-needed'; readonly step: string; readonly why: string }
  | { readonly type: 'step-unknown'; readonly step: string; readonly missing: readonly string[] }
  | { readonly type: 'step-finished'; readonly step: string; readonly action: string; readonly outcome?: string }
  /** Back to waiting: a return superseded it. */
  | { readonly type: 'step-superseded'; readonly step: string }
  | { readonly type: 'step-claimed'; readonly step: string; readonly person: string }
  | { readonly type: 'step-released'; readonly step: string }
  | { readonly type: 'step-transferred'; readonly step: string; readonly org: string }
  | { readonly type: 'co-handling-asked'; readonly step: string; readonly orgs: readonly string[] }
  | { readonly type: 'co-handling-answered'; readonly step: string; readonly org: string; readonly opinion: string }
  | { readonly type: 'child-opened'; readonly step: string; readonly childId: string }
  | { readonly type: 'child-ended'; readonly step: string; readonly childId: string; readonly outcome: string }
  /** What it had told does not stand any more: the node is open again, with the same child. */
  | { readonly type: 'child-reopened'; readonly step: string; readonly childId: string }
  /** `since`: the moment from which it counts, when that is not the event's own (deemed acceptance counts from the receipt). */
  | { readonly type: 'milestone-reached'; readonly milestone: string; readonly deemed?: string; readonly since?: Instant }
  /** A return took back the step that had marked it. */
  | { readonly type: 'milestone-superseded'; readonly milestone: string }
  | { readonly type: 'clock-started'; readonly clock: string; readonly limit: Limit; readonly startedAt: Instant }
  | { readonly type: 'clock-paused'; readonly clock: string; readonly basis: string; readonly until?: Instant }
  | { readonly type: 'clock-resumed'; readonly clock: string }
  | { readonly type: 'clock-extended'; readonly clock: string; readonly by: Limit; readonly basis: string; readonly reason: string }
  | { readonly type: 'clock-stopped'; readonly clock: string }
  /** A return took back the milestone that had started it: there is no such clock any more. */
  | { readonly type: 'clock-superseded'; readonly clock: string }
  /** It runs on as if never stopped (a return took back what had stopped it), or, with `basis`, as if paused meanwhile. */
  | { readonly type: 'clock-continued'; readonly clock: string; readonly basis?: string }
  | {
      readonly type: 'clock-recomputed'
      readonly clock: string
      readonly from: Instant | null
      readonly to: Instant | null
      readonly calendarVersion: string
      readonly why: string
    }
  | { readonly type: 'suspended'; readonly basis: string; readonly reason: string; readonly until: Instant; readonly step?: string }
  | { readonly type: 'resumed' }
  | { readonly type: 'correction-requested'; readonly step: string; readonly items: readonly CorrectionItem[]; readonly until?: Instant }
  | { readonly type: 'correction-supplied'; readonly step: string }
  | {
      readonly type: 'gap-opened'
      readonly gap: string
      readonly material: string
      readonly title: string
      readonly limit: Limit
      readonly consequence: string
      readonly openedAt: Instant
    }
  | { readonly type: 'gap-closed'; readonly gap: string }
  | { readonly type: 'gap-lapsed'; readonly gap: string }
  | {
      readonly type: 'obligation-fired'
      readonly clock: string
      readonly level: string
      readonly dueAt: Instant
      readonly light: Light
      readonly card?: 'yellow' | 'red'
      readonly tells: readonly string[]
      readonly opens?: string
    }
  | { readonly type: 'card-answered'; readonly level: string; readonly clock: string; readonly reason: string }
  | { readonly type: 'data-set'; readonly changes: Data }
  | { readonly type: 'supervised'; readonly by: string; readonly reason: string }
  | { readonly type: 'rated'; readonly stars: number; readonly words: string }
  | { readonly type: 'case-ended'; readonly outcome: string; readonly reason?: string }
  | { readonly type: 'case-reopened'; readonly reason: string }
  | { readonly type: 'case-migrated'; readonly from: string; readonly to: string; readonly difference: Data }

// ---------------------------------------------------------------- command: what somebody wants

export type Actor = {
  readonly person: string
  readonly side: Side
  /** Posts held: desk at an organisation with roles. Staff may act on a step whose desk and organisation match one of them. */
  readonly posts: readonly { readonly desk: string; readonly org: string; readonly roles: readonly string[] }[]
  /** Applicant's side: true when the person may act for the case's party (decided outside). */
  readonly forParty: boolean
}

export type Command = { readonly at: Instant; readonly actor: Actor } & CommandBody
export type CommandBody =
  | {
      readonly type: 'open'
      readonly caseId: string
      readonly kind: string
      readonly org: string
      readonly acceptor?: string
      readonly region: string
      readonly parent?: { readonly caseId: string; readonly step: string }
      readonly data: Data
      readonly gaps?: readonly Gap[]
      /** Bundle plan: steps that are not needed, with the reason shown to the applicant. */
      readonly notNeeded?: { readonly [step: string]: string }
    }
  /** Take an action of the flow: at a step, or on the whole case when `step` is absent. */
  | { readonly type: 'act'; readonly action: string; readonly step?: string; readonly input: Data }
  // the engine's own
  | { readonly type: 'child-opened'; readonly step: string; readonly childId: string }
  | { readonly type: 'child-ended'; readonly step: string; readonly childId: string; readonly outcome: string }
  /** Refused when the bundle has ended or gone on without it: the child must then not be reopened. */
  | { readonly type: 'child-reopened'; readonly step: string; readonly childId: string }
  | { readonly type: 'gap-settled'; readonly material: string; readonly status: 'closed' | 'lapsed' }
  | { readonly type: 'fire'; readonly clock: string; readonly level: string; readonly dueAt: Instant }
  /** `was`: due moments by the calendar that is being replaced, as the clock rows have them; written into the record as `from`. */
  | { readonly type: 'recalendar'; readonly why: string; readonly was?: { readonly [clock: string]: Instant | null } }
  | { readonly type: 'set-data'; readonly changes: Data }
  | { readonly type: 'migrate' }

// ---------------------------------------------------------------- what follows from a case (projections, all pure)

/** One future moment. Key: (case, clock, level). `gap:<id>` and `suspension` are clocks of their own here. */
export type Obligation = { readonly clock: string; readonly level: string; readonly dueAt: Instant; readonly provisional: boolean }

/** A ready step as an inbox row. Co-handling organisations have a row of their own with `as: 'co-handler'`. */
export type Task = {
  readonly step: string
  readonly round: number
  readonly org: string
  readonly as: 'handler' | 'co-handler'
  readonly desk: string
  readonly role?: string
  readonly assignee?: string
  readonly readyAt: Instant
  /** ready: to be worked on; waiting: for the applicant; paused: suspended. */
  readonly status: 'ready' | 'waiting' | 'paused'
}

export type ClockView = {
  readonly clock: string
  readonly title: Text
  readonly status: ClockState['status']
  readonly light: Light
  readonly limit: Limit
  readonly startedAt: Instant
  readonly stoppedAt?: Instant
  readonly dueAt: Instant | null
  readonly remaining: number
  readonly elapsed: number
  readonly provisional: boolean
}

export type AvailableAction = {
  readonly action: string
  readonly step?: string
  readonly title: Text
  readonly effect: EffectName
  readonly needs: readonly Need[]
  readonly destructive: boolean
  readonly document?: string
  /** Allowed now, or the refusal that taking it would meet (shown on the disabled button). */
  readonly refusal?: { readonly code: string; readonly message: string; readonly words?: Text }
}

/** Wishes that an event raises towards other cases; the engine carries them out in the same transaction. */
export type FollowUp =
  | { readonly type: 'open-child'; readonly step: string; readonly matter: string; readonly org: string }
  | { readonly type: 'tell-parent'; readonly caseId: string; readonly step: string; readonly outcome: string }
  /** `child-reopened`: the parent's refusal is the answer to whoever wanted to reopen. */
  | { readonly type: 'tell-parent-reopened'; readonly caseId: string; readonly step: string }
  | { readonly type: 'tell-children'; readonly command: CommandBody }
  | { readonly type: 'open-supervision'; readonly flow: string; readonly level: string; readonly clock: string }
