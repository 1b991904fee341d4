/** Ids that nothing has. */
import { type Place, under } from '../issues.ts'
import { checkKnown } from '../reading.ts'
import type { Check, PackDraft } from './draft.ts'

export const checkReferences: Check = (draft) => {
  checkMaterials(draft)
  checkMatters(draft)
  checkFlows(draft)
  checkLadders(draft)
  checkDelegations(draft)
  checkDemo(draft)
}

type Known = { has(id: string): boolean; keys(): Iterable<string> }

/** Reports `id` at the place when it is not known. */
export function refer({ issues }: PackDraft, what: string, id: string, target: { known: Known; place: Place }): boolean {
  return checkKnown(what, id, target.known, { place: target.place, issues })
}

/** Keys of departments and of all other organisations. */
export function orgKeys({ pack }: PackDraft): Known {
  return new Map([...pack.orgs.values()].map((org) => [org.key, org]))
}

function checkMaterials(draft: PackDraft): void {
  const { certificates, matters } = draft.tables
  for (const { value, place } of draft.tables.materials.values()) {
    for (const [index, way] of value.obtain.entries()) {
      const here = under(place, 'obtain', index)
      if (way.way === 'ecert') refer(draft, 'certificate', way.certificate, { known: certificates, place: under(here, 'ecert') })
      if (way.way === 'result') refer(draft, 'matter', way.matter, { known: matters, place: under(here, 'result') })
    }
  }
}

function checkMatters(draft: PackDraft): void {
  const { materials, certificates } = draft.tables
  const keys = orgKeys(draft)
  for (const { value, place } of draft.tables.matters.values()) {
    refer(draft, 'dept', value.dept, { known: keys, place: under(place, 'dept') })
    refer(draft, 'flow', value.flow, { known: draft.flowPlaces, place: under(place, 'flow') })
    for (const [index, { material }] of value.materials.entries()) {
      refer(draft, 'material', material, { known: materials, place: under(place, 'materials', index, 'material') })
    }
    for (const [index, { certificate }] of value.results.entries()) {
      if (certificate === undefined) continue
      refer(draft, 'certificate', certificate, { known: certificates, place: under(place, 'results', index, 'certificate') })
    }
  }
}

/** Organisations that the engine knows by itself. */
const ENGINE_ORGS = ['case', 'acceptor']

function checkFlows(draft: PackDraft): void {
  const keys = orgKeys(draft)
  for (const sheet of draft.sheets.flow) {
    for (const [id, step] of Object.entries(sheet.data.steps)) {
      if (step.org === undefined || ENGINE_ORGS.includes(step.org)) continue
      refer(draft, 'dept', step.org, { known: keys, place: under(sheet.place, 'steps', id, 'org') })
    }
  }
}

function checkLadders(draft: PackDraft): void {
  for (const { levels, place } of draft.ladders.values()) {
    for (const [index, { opens }] of levels.entries()) {
      if (opens !== undefined) refer(draft, 'flow', opens, { known: draft.flowPlaces, place: under(place, index, 'opens') })
    }
  }
}

function checkDelegations(draft: PackDraft): void {
  const { pack, tables, issues } = draft
  for (const { value, place } of tables.delegations.values()) {
    refer(draft, 'dept', value.from, { known: orgKeys(draft), place: under(place, 'from') })
    refer(draft, 'org', value.to, { known: pack.orgs, place: under(place, 'to') })
    refer(draft, 'region', value.region, { known: pack.regions, place: under(place, 'region') })
    for (const [index, id] of value.matters.entries()) {
      const here = under(place, 'matters', index)
      const known = refer(draft, 'matter', id, { known: tables.matters, place: here })
      const dept = tables.matters.get(id)?.value.dept
      if (!known || dept === value.from) continue
      issues.error(here, 'delegation-of-another', `${value.from} cannot delegate "${id}": it is a matter of ${dept}.`)
    }
    if (value.until !== null && value.until < value.since) {
      issues.error(under(place, 'until'), 'dates-reversed', `The delegation ends (${value.until}) before it begins (${value.since}).`)
    }
  }
}

function checkDemo(draft: PackDraft): void {
  const { pack, tables } = draft
  for (const { value, place } of tables.people.values()) {
    for (const [index, post] of value.posts.entries()) {
      refer(draft, 'org', post.org, { known: pack.orgs, place: under(place, 'posts', index, 'org') })
    }
    for (const [index, { party }] of value.actsFor.entries()) {
      refer(draft, 'party', party, { known: tables.parties, place: under(place, 'acts_for', index, 'party') })
    }
  }
  for (const { value, place } of tables.parties.values()) {
    refer(draft, 'region', value.region, { known: pack.regions, place: under(place, 'region') })
    for (const [index, held] of value.certificates.entries()) {
      const here = under(place, 'certificates', index)
      refer(draft, 'certificate', held.type, { known: tables.certificates, place: under(here, 'type') })
      if (/^\d{6,12}\./.test(held.issuer)) refer(draft, 'org', held.issuer, { known: pack.orgs, place: under(here, 'issuer') })
    }
  }
}
