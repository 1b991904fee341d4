/**
 * What comes with an action is completed from the record before the engine decides: a gap is named by its material, and title, limit and
 * consequence come from the matter; files must be the caller's own uploads; organisations must be competent where the case is, and persons
 * must work where the step lies.
 */
import { ACCEPTED, type ActionDef, type Data, type Gap, type Json } from '@yichuang/caseflow'
import { type CityPack, inRegion } from '@yichuang/pack'
import { ok, type Result, refuse } from '@yichuang/result'
import type { Principal } from '../platform/access.ts'
import type { Queries } from '../platform/pg/database.ts'
import type { MaterialFact } from './case-view/parts.ts'
import type { CaseViewParts } from './case-view/view.ts'
import { findCase } from './store.ts'
import { findFilesOf, type VisibleCase } from './views.ts'

export type InputContext = {
  readonly pack: CityPack
  readonly view: CaseViewParts
  readonly row: VisibleCase
  readonly principal: Principal
}

export async function prepareInput(tx: Queries, context: InputContext, body: Asked): Promise<Result<Data>> {
  const input = { ...(body.input ?? {}) } as { [key: string]: Json }
  const named = await checkNamed(tx, context, body)
  if (!named.ok) return named
  if (Array.isArray(input.gaps)) {
    const gaps = await gapsFrom(tx, context, input.gaps)
    if (!gaps.ok) return gaps
    input.gaps = gaps.value
  }
  if (Array.isArray(input.files)) {
    const files = await ownFiles(tx, context, input.files)
    if (!files.ok) return files
    input.files = files.value
  }
  const complete = await checkComplete(tx, context, body, input)
  if (!complete.ok) return complete
  // Paper handed in at the counter closes a gap by the clerk's word; from the phone it is a file.
  const byApplicant = context.principal.parties.some((party) => party.id === context.row.party_id)
  if (body.action === 'close-gap' && byApplicant && !bringsMaterialOf(context.row.state.gaps[String(input.gap)], input.files)) {
    return refuse('cases/file-missing', 'Upload the material first, then name the file.', { gap: input.gap })
  }
  return ok(input)
}

type Asked = { readonly action: string; readonly step?: string; readonly input?: { readonly [key: string]: unknown } }

/**
 * What is accepted is complete (行政许可法 art. 32): every required material has come in, or is named as a gap. An officer who has the paper in
 * hand attaches it first.
 */
async function checkComplete(tx: Queries, context: InputContext, { action, step }: Asked, input: Data): Promise<Result<null>> {
  const { row, view } = context
  const def = (await view.flows.of(tx, row.state)).steps[step ?? '']?.actions[action]
  if (def?.marks !== ACCEPTED || row.root_id !== row.id) return ok(null)
  const gaps = (Array.isArray(input.gaps) ? input.gaps : []) as readonly { readonly material: string }[]
  const files = await findFilesOf(tx, [row.id])
  const there = new Set([...gaps, ...files].map((one) => one.material))
  const materials = Object.entries((row.state.data.materials ?? {}) as unknown as { readonly [id: string]: MaterialFact })
  const missing = materials
    .filter(([id, fact]) => fact.status === 'upload' && fact.need !== 'optional' && !there.has(id))
    .map(([, fact]) => fact.title)
  if (missing.length === 0) return ok(null)
  const names = missing.map((title) => title.en ?? title.zh).join('; ')
  return refuse(
    'cases/material-missing',
    `Still missing: ${names}. Accept with gaps where the matter allows it, or ask for a correction.`,
    {
      materials: missing.map((title) => title.zh),
    },
  )
}

/** Organisations and persons that the input names; whether they are texts at all the engine says itself. */
async function checkNamed(tx: Queries, context: InputContext, { action, step, input = {} }: Asked): Promise<Result<null>> {
  const { view, row } = context
  const flow = await view.flows.of(tx, row.state)
  const def: ActionDef | undefined = step === undefined ? flow.actions[action] : flow.steps[step]?.actions[action]
  for (const need of def?.needs ?? []) {
    const values = [input[need.field]].flat().filter((value) => typeof value === 'string' && value !== '') as string[]
    for (const value of values) {
      const refused = await refusalOfName(tx, context, { type: need.type, value, step })
      if (refused !== null) return refused
    }
  }
  return ok(null)
}

type Named = { readonly type: string; readonly value: string; readonly step: string | undefined }

async function refusalOfName(tx: Queries, { pack, view, row }: InputContext, { type, value, step }: Named): Promise<Result<never> | null> {
  if (type === 'org' || type === 'orgs') return refusalOfOrg(pack, row.region, value)
  if (type !== 'person') return null
  const org = row.state.steps[step ?? '']?.org ?? row.org
  const desk = (await view.flows.of(tx, row.state)).steps[step ?? '']?.desk
  const there = (await view.staffOf(tx, org)).some((post) => post.person === value && (desk === undefined || post.desk === desk))
  if (there) return null
  return refuse('cases/person-not-there', `${value} holds no post at that desk of ${org}; name somebody who works there.`, {
    person: value,
    org,
  })
}

/** Competent in a region are its own organisations and those of the regions above it: another county may neither work nor look. */
function refusalOfOrg(pack: CityPack, region: string, id: string): Result<never> | null {
  const org = pack.orgs.get(id)
  if (org === undefined) return refuse('cases/org-unknown', `There is no organisation ${id}; GET /api/v1/orgs?region=${region} lists them.`)
  if (inRegion(pack, region, org.region)) return null
  return refuse(
    'cases/org-not-competent',
    `${org.name.en ?? org.name.zh} is not competent in ${region}; GET /api/v1/orgs?region=${region} lists the organisations that are.`,
    { org: id, region },
  )
}

/** Of a gap that is not there the engine says so itself. */
function bringsMaterialOf(gap: Gap | undefined, files: Json | undefined): boolean {
  const given = Array.isArray(files) ? (files as readonly { readonly material: string }[]) : []
  return gap === undefined || given.some((one) => one.material === gap.material)
}

async function gapsFrom(tx: Queries, { row }: InputContext, given: readonly Json[]): Promise<Result<Json>> {
  const root = row.root_id === row.id ? row.state : (await findCase(tx, row.root_id))?.state
  const materials = (root?.data.materials ?? {}) as unknown as { readonly [id: string]: MaterialFact }
  const gaps: Json[] = []
  for (const one of given) {
    const material = typeof one === 'string' ? one : String((one as { material?: unknown } | null)?.material ?? '')
    const fact = materials[material]
    if (fact === undefined)
      return refuse(
        'cases/material-unknown',
        `This case asks for no material ${material}; name one of: ${Object.keys(materials).join(', ')}.`,
      )
    if (fact.tolerance === undefined)
      return refuse(
        'cases/material-not-tolerable',
        `“${fact.title.en ?? fact.title.zh}” may not follow later: its matter does not allow it.`,
        {
          material,
          title: fact.title,
        },
      )
    gaps.push({ material, title: fact.title.zh, limit: fact.tolerance.limit, consequence: fact.tolerance.consequence.zh })
  }
  return ok(gaps)
}

async function ownFiles(tx: Queries, { view, principal }: InputContext, given: readonly Json[]): Promise<Result<Json>> {
  const files = given.map((one) => one as { file?: unknown; material?: unknown; name?: unknown } | null)
  const ids = files.map((one) => String(one?.file ?? ''))
  const facts = await view.fileFacts(tx, ids)
  // Another's upload is as unknown as none: attaching it would open it to whoever names it.
  const missing = ids.find((id) => facts.get(id)?.by !== principal.person)
  if (missing !== undefined)
    return refuse('files/unknown', `There is no upload ${missing}; upload the file first and name the id you were given.`)
  return ok(files.map((one, i) => ({ file: ids[i] ?? '', material: String(one?.material ?? 'other'), name: String(one?.name ?? '附件') })))
}
