/** 办件: the inbox, a case and everything that can be asked of it. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Data, Id, Instant, Json, Light, Limit, Org, PageQuery, PlainDate, pageOf, Text, Uuid } from './words.ts'
import { ExplainedDay } from './workdays.ts'

export const ClockView = Type.Object({
  clock: Id,
  title: Text,
  status: Type.Enum(['running', 'paused', 'stopped']),
  light: Light,
  limit: Limit,
  startedAt: Instant,
  stoppedAt: Type.Optional(Instant),
  dueAt: Type.Union([Instant, Type.Null()]),
  dueOn: Type.Union([PlainDate, Type.Null()]),
  remaining: Type.Number({ description: 'in the unit of the limit; negative when over' }),
  elapsed: Type.Number(),
  provisional: Type.Boolean(),
  pausedBasis: Type.Optional(Text),
})
export type ClockView = Static<typeof ClockView>

export const CaseRow = Type.Object({
  id: Uuid,
  no: Type.String(),
  kind: Type.String(),
  title: Text,
  partyName: Type.String(),
  org: Text,
  region: Text,
  status: Type.Enum(['open', 'ended']),
  outcome: Type.Optional(Type.String()),
  light: Light,
  dueAt: Type.Union([Instant, Type.Null()]),
  openedAt: Instant,
  endedAt: Type.Optional(Instant),
  /** What stands now, in words: 审查 · 待申请人补正 · 已办结. */
  stage: Text,
  waitingForMe: Type.Boolean(),
  parent: Type.Optional(Uuid),
  rated: Type.Boolean(),
})
export type CaseRow = Static<typeof CaseRow>

export const TaskRow = Type.Object({
  case: Uuid,
  no: Type.String(),
  kind: Type.String(),
  title: Text,
  partyName: Type.String(),
  step: Id,
  stepTitle: Text,
  status: Type.Enum(['ready', 'waiting', 'paused']),
  as: Type.Enum(['handler', 'co-handler']),
  org: Text,
  desk: Type.String(),
  assignee: Type.Optional(Text),
  light: Light,
  dueAt: Type.Union([Instant, Type.Null()]),
  readyAt: Instant,
  version: Type.Integer({ description: 'version of the case, for If-Match' }),
})
export type TaskRow = Static<typeof TaskRow>

export const Need = Type.Object({
  field: Id,
  type: Type.String(),
  required: Type.Boolean(),
  title: Type.Optional(Text),
  options: Type.Optional(Type.Array(Type.Object({ value: Type.String(), title: Text }))),
})
export type Need = Static<typeof Need>
export const ActionView = Type.Object({
  action: Id,
  step: Type.Optional(Id),
  title: Text,
  effect: Type.String(),
  needs: Type.Array(Need),
  destructive: Type.Boolean(),
  document: Type.Optional(Id),
  allowed: Type.Boolean(),
  /** Why it may not be taken now, and what would help. */
  refusal: Type.Optional(Type.Object({ code: Type.String(), message: Type.String(), words: Type.Optional(Text) })),
})
export type ActionView = Static<typeof ActionView>

/** A node of the progress map: a step of this case, or a child case of a bundle. */
export const StepView = Type.Object({
  id: Id,
  title: Text,
  org: Text,
  desk: Type.String(),
  status: Type.Enum(['waiting', 'unknown', 'ready', 'done', 'skipped', 'not-needed', 'refused']),
  after: Type.Array(Id),
  light: Type.Optional(Light),
  assignee: Type.Optional(Text),
  readyAt: Type.Optional(Instant),
  doneAt: Type.Optional(Instant),
  why: Type.Optional(Text),
  missing: Type.Optional(Type.Array(Type.String())),
  special: Type.Optional(Text),
  child: Type.Optional(
    Type.Object({
      id: Uuid,
      no: Type.String(),
      status: Type.Enum(['open', 'ended']),
      outcome: Type.Optional(Type.String()),
      light: Light,
      stage: Text,
      clocks: Type.Array(ClockView),
      rated: Type.Boolean(),
      visible: Type.Boolean(),
    }),
  ),
})
export type StepView = Static<typeof StepView>

export const MaterialView = Type.Object({
  material: Id,
  title: Text,
  way: Type.String(),
  status: Type.Enum(['have', 'promise', 'form', 'uploaded', 'missing', 'gap', 'result']),
  from: Type.Optional(Text),
  tolerance: Type.Optional(Type.Object({ limit: Limit, consequence: Text, dueOn: Type.Union([PlainDate, Type.Null()]) })),
  files: Type.Array(Type.Object({ file: Id, name: Type.String(), bytes: Type.Integer(), type: Type.String(), at: Instant })),
  forMatters: Type.Array(Text),
})
export type MaterialView = Static<typeof MaterialView>

export const GapView = Type.Object({
  id: Id,
  material: Id,
  title: Type.String(),
  status: Type.Enum(['open', 'closed', 'lapsed']),
  limit: Limit,
  openedAt: Instant,
  dueAt: Type.Union([Instant, Type.Null()]),
  dueOn: Type.Union([PlainDate, Type.Null()]),
  light: Light,
  consequence: Type.String(),
})
export type GapView = Static<typeof GapView>

export const TimelineEntry = Type.Object({
  seq: Type.Integer(),
  at: Instant,
  type: Type.String(),
  /** Who, as far as the reader may know: a name, an organisation, the applicant, the system. */
  by: Text,
  words: Text,
  detail: Type.Optional(Text),
  step: Type.Optional(Id),
  document: Type.Optional(Uuid),
  case: Type.Optional(Type.Object({ id: Uuid, title: Text })),
})
export type TimelineEntry = Static<typeof TimelineEntry>

export const DocumentRow = Type.Object({ id: Uuid, no: Type.String(), template: Id, title: Text, issuedAt: Instant, org: Text, case: Uuid })
export type DocumentRow = Static<typeof DocumentRow>

export const CaseView = Type.Object({
  ...CaseRow.properties,
  version: Type.Integer(),
  flow: Type.String(),
  flowVersion: Type.String(),
  acceptor: Type.Optional(Org),
  handler: Org,
  /** For questions such as GET /orgs?region=…: who may take a step over. */
  regionCode: Type.String(),
  party: Type.Object({ id: Id, name: Type.String(), kind: Type.String(), creditCode: Type.Optional(Type.String()) }),
  matter: Type.Optional(Type.Object({ id: Id, title: Text, version: Type.String() })),
  bundle: Type.Optional(Id),
  steps: Type.Array(StepView),
  clocks: Type.Array(ClockView),
  milestones: Type.Record(Type.String(), Instant),
  suspension: Type.Optional(Type.Object({ basis: Text, reason: Type.String(), since: Instant, until: Instant })),
  waiting: Type.Optional(
    Type.Object({
      step: Id,
      items: Type.Array(Type.Object({ item: Type.String(), reason: Type.String() })),
      since: Instant,
      until: Type.Optional(Instant),
    }),
  ),
  gaps: Type.Array(GapView),
  materials: Type.Array(MaterialView),
  form: Type.Array(
    Type.Object({
      id: Id,
      title: Text,
      fields: Type.Array(
        Type.Object({ id: Id, title: Text, type: Type.String(), value: Type.Optional(Json), source: Type.Optional(Text) }),
      ),
    }),
  ),
  answers: Type.Array(Type.Object({ question: Text, answer: Text })),
  actions: Type.Array(ActionView),
  cards: Type.Array(
    Type.Object({ level: Id, clock: Id, card: Type.Enum(['yellow', 'red']), at: Instant, reason: Type.Optional(Type.String()) }),
  ),
  documents: Type.Array(DocumentRow),
  certificates: Type.Array(Type.Object({ id: Uuid, title: Text, number: Type.String(), status: Type.String() })),
  timeline: Type.Array(TimelineEntry),
  rating: Type.Optional(Type.Object({ stars: Type.Integer(), words: Type.String(), at: Instant })),
  parentCase: Type.Optional(Type.Object({ id: Uuid, no: Type.String(), title: Text })),
  /** Other cases of the party that the reader may see. */
  history: Type.Array(Type.Object({ id: Uuid, no: Type.String(), title: Text, status: Type.String(), openedAt: Instant })),
})
export type CaseView = Static<typeof CaseView>

export const listInbox = endpoint({
  id: 'listInbox',
  at: 'GET /inbox',
  summary: 'Tasks at my desks, most urgent first',
  query: Type.Object({
    ...PageQuery,
    desk: Type.Optional(Type.String({ maxLength: 20 })),
    status: Type.Optional(Type.Enum(['ready', 'waiting', 'paused'])),
    light: Type.Optional(Light),
    step: Type.Optional(Id),
    mine: Type.Optional(Type.Boolean()),
    q: Type.Optional(Type.String({ maxLength: 60, description: 'case number, title or applicant' })),
  }),
  answer: pageOf(TaskRow),
})
export const listCases = endpoint({
  id: 'listCases',
  at: 'GET /cases',
  summary: 'Cases I may see, newest first; `mine=true` those of parties I act for',
  query: Type.Object({
    ...PageQuery,
    mine: Type.Optional(Type.Boolean()),
    status: Type.Optional(Type.Enum(['open', 'ended'])),
    light: Type.Optional(Light),
    kind: Type.Optional(Type.String({ maxLength: 20 })),
    q: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  answer: pageOf(CaseRow),
})
const CaseParams = Type.Object({ case: Uuid })
const caseRefusals = ['cases/unknown']
export const getCase = endpoint({
  id: 'getCase',
  at: 'GET /cases/:case',
  summary: 'One case, with what the reader may do (ETag = version)',
  params: CaseParams,
  answer: CaseView,
  refusals: caseRefusals,
})
export const actOnCase = endpoint({
  id: 'actOnCase',
  at: 'POST /cases/:case/actions',
  summary: 'Take an action of the flow (If-Match = version that was looked at)',
  params: CaseParams,
  body: Type.Object({ action: Id, step: Type.Optional(Id), input: Type.Optional(Data) }),
  answer: CaseView,
  refusals: [
    ...caseRefusals,
    'cases/changed-meanwhile',
    'cases/org-unknown',
    'cases/org-not-competent',
    'cases/person-not-there',
    'caseflow/case-ended',
    'caseflow/case-suspended',
    'caseflow/not-your-desk',
    'caseflow/not-your-role',
    'caseflow/step-not-ready',
    'caseflow/already-taken',
    'caseflow/input-missing',
    'caseflow/not-yet',
  ],
})
export const explainClock = endpoint({
  id: 'explainClock',
  at: 'GET /cases/:case/clocks/:clock',
  summary: 'Why this day? Day by day',
  params: Type.Object({ case: Uuid, clock: Id }),
  answer: Type.Object({ clock: ClockView, days: Type.Array(ExplainedDay), calendar: Type.String(), rule: Text }),
  refusals: [...caseRefusals, 'cases/clock-unknown'],
})
export const listLate = endpoint({
  id: 'listLate',
  at: 'GET /supervision/late',
  summary: 'Open cases with a light that is not green, by organisation, in my jurisdiction',
  query: Type.Object({ ...PageQuery, light: Type.Optional(Light) }),
  answer: Type.Object({
    ...pageOf(CaseRow).properties,
    byOrg: Type.Array(Type.Object({ org: Text, blue: Type.Integer(), yellow: Type.Integer(), red: Type.Integer() })),
  }),
})
