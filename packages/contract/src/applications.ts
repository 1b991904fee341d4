/** 申办: questionnaire → plan → one form → one set of materials → submit. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Field, Question } from './matters.ts'
import { Data, Id, Instant, Json, Limit, PlainDate, Text, Uuid } from './words.ts'

export const SourceWay = Type.Enum(['upload', 'form', 'ecert', 'share', 'promise', 'result'])
export const PlanNode = Type.Object({
  id: Id,
  matter: Id,
  title: Text,
  org: Text,
  /** true, false, or unknown: a question or fact is missing. */
  included: Type.Enum(['yes', 'no', 'unknown']),
  why: Text,
  missing: Type.Array(Type.String()),
  after: Type.Array(Id),
  promised: Limit,
  optional: Type.Boolean(),
  onSite: Type.Boolean(),
})
export type PlanNode = Static<typeof PlanNode>

export const PlanMaterial = Type.Object({
  material: Id,
  title: Text,
  hint: Type.Optional(Text),
  forMatters: Type.Array(Type.Object({ matter: Id, title: Text })),
  need: Type.Enum(['required', 'optional']),
  tolerance: Type.Optional(Type.Object({ limit: Limit, consequence: Text })),
  /** How it is obtained for this applicant now. */
  way: SourceWay,
  /** have: nothing to do. promise: tick. form: comes from the form. upload: bring it. result: another node produces it. */
  status: Type.Enum(['have', 'promise', 'form', 'upload', 'result']),
  /** Where it comes from, in words: 电子证照 · 食品经营许可证 JY1… */
  from: Type.Optional(Text),
  words: Type.Optional(Text),
  formats: Type.Array(Type.String()),
  maxMegabytes: Type.Number(),
})
export type PlanMaterial = Static<typeof PlanMaterial>

export const PlanField = Type.Object({
  ...Field.properties,
  value: Type.Optional(Json),
  /** Source of the prefilled value, in words and by kind. */
  source: Type.Optional(
    Type.Object({ kind: Type.Enum(['certificate', 'register', 'previous', 'answer']), words: Text, asOf: Type.Optional(PlainDate) }),
  ),
})
export type PlanField = Static<typeof PlanField>

export const PlanQuestion = Type.Object({
  ...Question.properties,
  /** What the registers already know: shown as known, can be corrected. */
  known: Type.Optional(Type.Object({ value: Json, words: Text })),
})
export type PlanQuestion = Static<typeof PlanQuestion>

export const Plan = Type.Object({
  bundle: Id,
  region: Type.String(),
  questions: Type.Array(PlanQuestion),
  nodes: Type.Array(PlanNode),
  materials: Type.Array(PlanMaterial),
  form: Type.Array(Type.Object({ id: Id, title: Text, fields: Type.Array(PlanField) })),
  promise: Type.Object({ limit: Limit, path: Type.Array(Id), dueOn: Type.Union([PlainDate, Type.Null()]), provisional: Type.Boolean() }),
  /** Questions or facts without which parts of the plan are open. */
  unknown: Type.Array(Type.String()),
  /** Counts for the sentence "提交 1 次，供 N 个事项使用". */
  summary: Type.Object({
    matters: Type.Integer(),
    departments: Type.Integer(),
    materials: Type.Integer(),
    toUpload: Type.Integer(),
    known: Type.Integer(),
    visits: Type.Integer(),
  }),
})
export type Plan = Static<typeof Plan>

export const DraftMaterial = Type.Object({
  material: Id,
  file: Type.Optional(Id),
  name: Type.Optional(Type.String()),
  promised: Type.Optional(Type.Boolean()),
})
export type DraftMaterial = Static<typeof DraftMaterial>

export const Draft = Type.Object({
  id: Uuid,
  bundle: Id,
  bundleTitle: Text,
  party: Id,
  partyName: Type.String(),
  region: Type.String(),
  answers: Data,
  form: Data,
  materials: Type.Array(DraftMaterial),
  version: Type.Integer(),
  /** Bundle version the draft was made under; differs from the current one when the bundle changed meanwhile. */
  bundleVersion: Type.String(),
  updatedAt: Instant,
  plan: Plan,
})
export type Draft = Static<typeof Draft>

export const Receipt = Type.Object({
  case: Uuid,
  no: Type.String(),
  title: Text,
  submittedAt: Instant,
  hall: Text,
  dueOn: Type.Union([PlainDate, Type.Null()]),
  qr: Type.String({ description: 'what the QR code holds: a path of the portal' }),
})
export type Receipt = Static<typeof Receipt>

const draftRefusals = ['applications/draft-unknown', 'applications/draft-changed-elsewhere', 'applications/not-your-party']
export const planBundle = endpoint({
  id: 'planBundle',
  at: 'POST /bundles/:bundle/plan',
  summary: 'What will be handled, by whom, in which order, with what, until when; nothing is saved',
  access: 'public',
  pure: true,
  params: Type.Object({ bundle: Id }),
  body: Type.Object({ party: Type.Optional(Id), region: Type.Optional(Type.String({ maxLength: 15 })), answers: Data }),
  answer: Plan,
  refusals: ['matters/bundle-unknown', 'applications/bundle-not-in-use', 'applications/answer-invalid', 'applications/not-your-party'],
})
export const createDraft = endpoint({
  id: 'createDraft',
  at: 'POST /drafts',
  summary: 'Start an application for a party (a clerk may, for a party at her counter)',
  body: Type.Object({ bundle: Id, party: Id, answers: Type.Optional(Data), region: Type.Optional(Type.String({ maxLength: 15 })) }),
  answer: Draft,
  refusals: [
    'matters/bundle-unknown',
    'applications/bundle-not-in-use',
    'applications/party-kind-not-served',
    'applications/not-your-party',
    'applications/too-many-drafts',
  ],
})
export const listDrafts = endpoint({
  id: 'listDrafts',
  at: 'GET /drafts',
  summary: 'My unfinished applications',
  answer: Type.Object({
    drafts: Type.Array(Type.Object({ id: Uuid, bundle: Id, bundleTitle: Text, partyName: Type.String(), updatedAt: Instant })),
  }),
})
export const getDraft = endpoint({
  id: 'getDraft',
  at: 'GET /drafts/:draft',
  summary: 'One draft with its plan',
  params: Type.Object({ draft: Uuid }),
  answer: Draft,
  refusals: draftRefusals,
})
export const saveDraft = endpoint({
  id: 'saveDraft',
  at: 'PATCH /drafts/:draft',
  summary: 'Save as typed: the given answers, form values and materials replace those saved',
  params: Type.Object({ draft: Uuid }),
  body: Type.Object({
    version: Type.Integer({ description: 'the version this change was made on' }),
    answers: Type.Optional(Data),
    form: Type.Optional(Data),
    materials: Type.Optional(Type.Array(DraftMaterial)),
    region: Type.Optional(Type.String({ maxLength: 15 })),
  }),
  answer: Draft,
  refusals: [
    ...draftRefusals,
    'applications/answer-invalid',
    'applications/form-too-large',
    'applications/material-unknown',
    'applications/file-format-unfit',
    'applications/file-too-large',
    'files/unknown',
  ],
})
export const deleteDraft = endpoint({
  id: 'deleteDraft',
  at: 'DELETE /drafts/:draft',
  summary: 'Throw a draft away',
  params: Type.Object({ draft: Uuid }),
  answer: Type.Object({}),
  refusals: draftRefusals,
})
export const submitDraft = endpoint({
  id: 'submitDraft',
  at: 'POST /drafts/:draft/submit',
  summary: 'Submit: every field and material is checked; materials that may follow later may be left out at the counter',
  params: Type.Object({ draft: Uuid }),
  body: Type.Object({
    version: Type.Integer(),
    signed: Type.Boolean({ description: 'the applicant confirms that the statements are true' }),
  }),
  answer: Receipt,
  refusals: [
    ...draftRefusals,
    'applications/not-signed',
    'applications/question-unanswered',
    'applications/field-invalid',
    'applications/material-missing',
    'applications/bundle-changed',
    'applications/already-submitted',
    'applications/same-application-open',
    'applications/nobody-represents',
  ],
})
