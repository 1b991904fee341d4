/**
 * Runs the pure engine on PostgreSQL: load, decide, follow what a decision raises in other cases, write all of it in the caller's transaction.
 * A refusal comes back before anything is written. Two actors on one case: the version decides, the loser hears who, when and what.
 */
import type { Actor, CommandBody, Data } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import { inRegion } from '@yichuang/pack'
import { ok, type Result, refuse, unwrap } from '@yichuang/result'
import type { Tx } from '../platform/pg/database.ts'
import type { Opening } from './openings.ts'
import { Conflict, changedMeanwhile, type EngineParts, Run, SYSTEM } from './run.ts'
import { type CaseRecord, findEvents, findOpenOfRoot } from './store.ts'

export type Act = {
  readonly caseId: string
  readonly action: string
  readonly step?: string
  readonly input: Data
  readonly ifVersion?: number
  /** The case as the caller has just read it in the same transaction; read here when absent. */
  readonly record?: CaseRecord
}

export type Engine = {
  open(tx: Tx, opening: Opening, actor: Actor): Promise<Result<CaseRecord>>
  act(tx: Tx, act: Act, actor: Actor): Promise<Result<CaseRecord>>
  /** The engine's own commands: fire, recalendar, set-data, migrate. */
  tell(tx: Tx, caseId: string, body: CommandBody): Promise<Result<CaseRecord>>
  /** The same to every open case of a root. */
  tellFamily(tx: Tx, rootId: string, body: CommandBody): Promise<void>
}

export function makeEngine(parts: EngineParts): Engine {
  const { pack } = parts

  async function run(tx: Tx, start: (run: Run) => Promise<Result<string>>): Promise<Result<CaseRecord>> {
    const job = new Run(tx, parts)
    const started = await start(job)
    if (!started.ok) return started
    const drained = await job.drain()
    if (!drained.ok) return drained
    const written = await job.write()
    if (!written.ok) throw new Conflict(written.error)
    const touched = job.touched.get(started.value)
    if (touched === undefined) throw new Error(`case ${started.value} was not touched`)
    return ok({ ...touched.record, version: touched.loadedVersion + (touched.isNew || touched.events.length === 0 ? 0 : 1) })
  }

  return {
    open: (tx, opening, actor) =>
      run(tx, async (job) =>
        checkRegion(pack, opening.region)
          ? ok(await job.begin(opening, actor))
          : refuse('matters/region-unknown', `There is no region ${opening.region}.`),
      ),
    act: (tx, act, actor) =>
      run(tx, async (job) => {
        const touched = await job.load(act.caseId, act.record)
        if (touched === null) return refuse('cases/unknown', 'There is no such case, or you may not see it.')
        if (act.ifVersion !== undefined && act.ifVersion !== touched.loadedVersion) {
          return changedMeanwhile(await findEvents(tx, act.caseId))
        }
        const body: CommandBody =
          act.step === undefined
            ? { type: 'act', action: act.action, input: act.input }
            : { type: 'act', action: act.action, step: act.step, input: act.input }
        job.queue.push({ caseId: act.caseId, body, actor, followed: false })
        return ok(act.caseId)
      }),
    tellFamily: async (tx, rootId, body) => {
      const job = new Run(tx, parts)
      for (const caseId of await findOpenOfRoot(tx, rootId)) job.queue.push({ caseId, body, actor: SYSTEM, followed: false })
      unwrap(await job.drain())
      const written = await job.write()
      if (!written.ok) throw new Conflict(written.error)
    },
    tell: (tx, caseId, body) =>
      run(tx, async (job) => {
        job.queue.push({ caseId, body, actor: SYSTEM, followed: false })
        return ok(caseId)
      }),
  }
}

function checkRegion(pack: CityPack, region: string): boolean {
  return pack.regions.has(region) && inRegion(pack, region, pack.root)
}
