/** Rows of lists as the contract shows them. Pure. */
import type { CaseRow, TaskRow } from '@yichuang/contract'
import type { CityPack } from '@yichuang/pack'
import type { Names } from './case-view/people.ts'
import type { CaseListRow, TaskRow as StoredTask } from './views.ts'

export function caseRow(pack: CityPack, row: CaseListRow, parties: ReadonlySet<string>): CaseRow {
  return {
    id: row.id,
    no: row.no,
    kind: row.kind,
    title: row.title,
    partyName: row.party_name,
    org: pack.orgs.get(row.org)?.short ?? { zh: row.org },
    region: pack.regions.get(row.region)?.name ?? { zh: row.region },
    status: row.status,
    light: row.light,
    dueAt: row.due_at,
    openedAt: row.opened_at,
    stage: row.stage,
    waitingForMe: row.waiting && parties.has(row.party_id),
    rated: row.rated,
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.closed_at === null ? {} : { endedAt: row.closed_at }),
    ...(row.parent_id === null ? {} : { parent: row.parent_id }),
  }
}

export function taskRow(pack: CityPack, row: StoredTask, names: Names): TaskRow {
  const assignee = row.assignee === null ? undefined : (names.get(row.assignee) ?? { zh: row.assignee })
  return {
    case: row.case_id,
    no: row.case_no,
    kind: row.kind,
    title: row.title,
    partyName: row.party_name,
    step: row.step,
    stepTitle: row.step_title,
    status: row.status,
    as: row.as_role,
    org: pack.orgs.get(row.org)?.short ?? { zh: row.org },
    desk: row.desk,
    light: row.light,
    dueAt: row.due_at,
    readyAt: row.ready_at,
    version: row.case_version,
    ...(assignee === undefined ? {} : { assignee }),
  }
}
