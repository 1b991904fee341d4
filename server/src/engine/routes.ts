/** 办件: the inbox, lists, one case and what may be done to it. */
import type { CaseState, Flow } from '@yichuang/caseflow'
import { CORRECTION, countOf } from '@yichuang/caseflow'
import { actOnCase, explainClock, getCase, listCases, listInbox, listLate } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import { err, ok, type Result, refuse } from '@yichuang/result'
import { explain } from '@yichuang/workday'
import { decodeCursor, encodeCursor } from '../platform/http/cursors.ts'
import { CURSOR_INVALID, decodeMomentCursor, isMoment, isUuid } from '../platform/http/moment-cursors.ts'
import type { Http } from '../platform/http/server.ts'
import type { Database, Queries } from '../platform/pg/database.ts'
import { clockParts } from './case-view/parts.ts'
import { actorOf, type CaseViewParts, caseView } from './case-view/view.ts'
import type { Engine } from './engine.ts'
import { prepareInput } from './inputs.ts'
import { caseRow, taskRow } from './rows.ts'
import { recordOf } from './store.ts'
import { findCases, findInbox, findLateByOrg, findVisibleCase, type InboxKey, type Page } from './views.ts'
import { type Sight, sightOf } from './visibility.ts'

export type EngineRoutesParts = { readonly db: Database; readonly engine: Engine; readonly view: CaseViewParts; readonly pack: CityPack }

const UNKNOWN = refuse('cases/unknown', 'There is no such case, or you may not see it.')
const PAGE = 20

export function engineRoutes(http: Http, parts: EngineRoutesParts): void {
  inboxRoutes(http, parts)
  listRoutes(http, parts)
  caseRoutes(http, parts)
}

function inboxRoutes(http: Http, { db, view, pack }: EngineRoutesParts): void {
  http.answer(listInbox, async ({ query, principal }) => {
    const key = inboxKey(query.cursor)
    if (!key.ok) return key
    const desks = principal.posts
      .filter((post) => query.desk === undefined || post.desk === query.desk)
      .map(({ desk, org }) => ({ desk, org }))
    const { status, light, step, q } = query
    const filter = { desks, ...defined({ status, light, step, q }), ...(query.mine === true ? { assignee: principal.person } : {}) }
    const [page, names] = await db.together(async (queries) => {
      const found = await findInbox(queries, filter, key.value, query.limit ?? PAGE)
      const assignees = found.rows.flatMap((row) => (row.assignee === null ? [] : [row.assignee]))
      return [found, await view.names(queries, assignees)] as const
    })
    return ok(
      pageAnswer(
        page,
        (row) => taskRow(pack, row, names),
        (row) => [row.urgency, row.case_id, row.step, row.org],
      ),
    )
  })
}

function listRoutes(http: Http, { db, pack }: EngineRoutesParts): void {
  http.answer(listCases, async ({ query, principal }) => {
    const after = decodeMomentCursor(query.cursor)
    if (!after.ok) return after
    const sight = sightOf(principal)
    const narrowed: Sight = query.mine === true ? { parties: sight.parties, orgs: [], regions: [] } : sight
    const { status, light, kind, q } = query
    const filter = { ...defined({ status, light, kind, q }), rootsOnly: query.mine === true }
    const page = await findCases(db, narrowed, filter, { after: after.value, limit: query.limit ?? PAGE })
    const parties = new Set(sight.parties)
    return ok(
      pageAnswer(
        page,
        (row) => caseRow(pack, row, parties),
        (row) => [row.opened_at, row.id],
      ),
    )
  })

  http.answer(listLate, async ({ query, principal }) => {
    const after = decodeMomentCursor(query.cursor)
    if (!after.ok) return after
    const full = sightOf(principal)
    const sight: Sight = { parties: [], orgs: full.orgs, regions: full.regions }
    const lights = query.light === undefined ? ['blue', 'yellow', 'red'] : [query.light]
    const [page, byOrg] = await Promise.all([
      findCases(db, sight, { lights }, { after: after.value, limit: query.limit ?? PAGE }),
      findLateByOrg(db, sight),
    ])
    const answer = pageAnswer(
      page,
      (row) => caseRow(pack, row, new Set()),
      (row) => [row.opened_at, row.id],
    )
    return ok({
      ...answer,
      byOrg: byOrg.map(({ org, blue, yellow, red }) => ({ org: pack.orgs.get(org)?.name ?? { zh: org }, blue, yellow, red })),
    })
  })
}

function caseRoutes(http: Http, { db, engine, view, pack }: EngineRoutesParts): void {
  http.answer(getCase, async ({ params, principal, etag }) => {
    const found = await db.together((queries) => caseView(queries, view, principal, params.case))
    if (found === null) return UNKNOWN
    etag(found.version)
    return ok(found)
  })

  http.command(actOnCase, async ({ params, body, principal, ifMatch, etag }, tx) => {
    const row = await findVisibleCase(tx, sightOf(principal), params.case)
    if (row === null) return UNKNOWN
    const input = await prepareInput(tx, { pack, view, row, principal }, body)
    if (!input.ok) return input
    const version = ifMatch()
    const step = body.step === undefined ? {} : { step: body.step }
    const act = { caseId: row.id, action: body.action, ...step, input: input.value, record: recordOf(row) }
    const acted = await engine.act(tx, version === null ? act : { ...act, ifVersion: version }, actorOf(principal, row.party_id))
    if (!acted.ok) return named(tx, view, acted)
    const after = await caseView(tx, view, principal, params.case)
    if (after === null) return UNKNOWN
    etag(after.version)
    return ok(after)
  })

  http.answer(explainClock, async ({ params, principal }) => {
    const row = await findVisibleCase(db, sightOf(principal), params.case)
    if (row === null) return UNKNOWN
    return explainOf(pack, await view.flows.of(db, row.state), row.state, { clock: params.clock, now: view.now() })
  })
}

/** A refusal that names a person by id is made to name them by name. */
async function named(
  db: Queries,
  view: CaseViewParts,
  refused: Result<never> | { ok: false; error: { code: string; message: string; data?: { readonly [key: string]: unknown } } },
): Promise<Result<never>> {
  if (refused.ok) return refused
  const by = refused.error.data?.by
  if (typeof by !== 'string') return err(refused.error)
  const name = (await view.names(db, [by])).get(by)
  return err(name === undefined ? refused.error : { ...refused.error, data: { ...refused.error.data, byName: name } })
}

function explainOf(pack: CityPack, flow: Flow, state: CaseState, { clock, now }: { clock: string; now: string }) {
  const counted = state.clocks[clock]
  const view = clockParts(pack, flow, state, now).find((one) => one.clock === clock)
  if (counted === undefined || view === undefined)
    return refuse('cases/clock-unknown', `This case has no clock ${clock}; it may not have started yet.`)
  const days = explain(countOf(counted), pack.calendar).map((day) => ({
    ...day,
    ...(day.basis === undefined
      ? {}
      : { basis: pack.bases.get(day.basis)?.title.zh ?? (day.basis === CORRECTION ? '等待申请人补正' : day.basis) }),
  }))
  return ok({ clock: view, days, calendar: pack.calendar.version, rule: RULES[view.limit.unit] ?? RULE_WORKDAY })
}

const RULE_WORKDAY = {
  zh: '从受理次日起按工作日计算（行政许可法第八十二条）；节假日不计，调休上班日计入；暂停当日不计，恢复次日起接着计算。',
  en: 'Working days, counted from the day after acceptance (Administrative Licensing Law, art. 82); holidays are left out, make-up working days are counted; a day of suspension is not consumed, counting goes on the day after resumption.',
}
const RULES: { readonly [unit: string]: { readonly zh: string; readonly en: string } } = {
  workday: RULE_WORKDAY,
  day: {
    zh: '按自然日计算，起始日不计；最后一日是休息日的，顺延至下一个工作日。',
    en: 'Calendar days, the starting day excluded; a last day on a rest day rolls to the next working day.',
  },
  month: {
    zh: '按月计算，起始日不计；最后一日是休息日的，顺延至下一个工作日。',
    en: 'Calendar months; a last day on a rest day rolls to the next working day.',
  },
  hour: { zh: '按小时连续计算。', en: 'Exact hours.' },
  'working-hour': { zh: '按工作时间内的小时计算。', en: 'Hours within service hours.' },
  minute: { zh: '按分钟连续计算。', en: 'Exact minutes.' },
}

function inboxKey(cursor: string | undefined): Result<InboxKey | null> {
  const key = decodeCursor(cursor, 4)
  if (!key.ok || key.value === null) return key.ok ? ok(null) : key
  const [urgency, caseId, step, org] = key.value.map(String) as [string, string, string, string]
  return isMoment(urgency) && isUuid(caseId) ? ok({ urgency, caseId, step, org }) : CURSOR_INVALID
}

function pageAnswer<Row, Shown>(page: Page<Row>, show: (row: Row) => Shown, keyOf: (row: Row) => (string | number)[]) {
  const last = page.rows.at(-1)
  return { rows: page.rows.map(show), next: page.hasMore && last !== undefined ? encodeCursor(keyOf(last)) : null, count: page.count }
}

/** Leaves out what is not there: exact optional properties do not take undefined. */
function defined<T extends { [key: string]: unknown }>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
