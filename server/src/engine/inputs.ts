/**
 * What comes with an action is completed from the record before the engine decides: a gap is named by its material, and title, limit and
 * consequence come from the matter; files must be the caller's own uploads.
 */
import type { Data, Gap, Json } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import { ok, type Result, refuse } from '@yichuang/result'
import type { Principal } from '../platform/access.ts'
import type { Queries } from '../platform/pg/database.ts'
import type { MaterialFact } from './case-view/parts.ts'
import type { CaseViewParts } from './case-view/view.ts'
import { findCase } from './store.ts'
import type { VisibleCase } from './views.ts'

export type InputContext = {
  readonly pack: CityPack
  readonly view: CaseViewParts
  readonly row: VisibleCase
  readonly principal: Principal
}

export async function prepareInput(
  tx: Queries,
  context: InputContext,
  body: { action: string; input?: { [key: string]: unknown } },
): Promise<Result<Data>> {
  const input = { ...(body.input ?? {}) } as { [key: string]: Json }
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
  // Paper handed in at the counter closes a gap by the clerk's word; from the phone it is a file.
  const byApplicant = context.principal.parties.some((party) => party.id === context.row.party_id)
  if (body.action === 'close-gap' && byApplicant && !bringsMaterialOf(context.row.state.gaps[String(input.gap)], input.files)) {
    return refuse('cases/file-missing', 'Upload the material first, then name the file.', { gap: input.gap })
  }
  return ok(input)
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
