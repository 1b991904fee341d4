/**
 * Flows by version. A case runs on the version of the pack under which it was opened until somebody moves it (kernel law 8): the files of every
 * version are kept in the database and compiled again when a case asks for them.
 */
import type { CaseState, Flow } from '@yichuang/caseflow'
import { type CityPack, compilePack, type PackFile } from '@yichuang/pack'
import type { Instant } from '@yichuang/workday'
import type { Queries } from '../platform/pg/database.ts'
import { json, statement, typed } from '../platform/pg/statement.ts'

const keep = statement(
  'engine.keep-pack-version',
  'insert into pack_versions (version, files, first_loaded_at) values ($1, $2::jsonb, $3::timestamptz) on conflict (version) do nothing',
  {},
)
const find = statement('engine.find-pack-version', 'select pack_versions.files from pack_versions where pack_versions.version = $1', {
  files: typed<PackFile[]>('jsonb'),
})

type Pinned = Pick<CaseState, 'flow' | 'flowVersion'>
export type Flows = {
  /** The flow a case runs on. */
  of(db: Queries, state: Pinned): Promise<Flow>
  /** The same for several cases, answered without waiting. */
  resolve(db: Queries, states: readonly Pinned[]): Promise<(state: Pinned) => Flow>
  /** The newest version of that flow. */
  current(flow: string): Flow
}

export function makeFlows(pack: CityPack): Flows {
  const earlier = new Map<string, Promise<ReadonlyMap<string, Flow>>>()

  const flowsOf = (db: Queries, version: string): Promise<ReadonlyMap<string, Flow>> => {
    if (version === pack.version) return Promise.resolve(pack.flows)
    const known = earlier.get(version)
    if (known !== undefined) return known
    const loading = loadVersion(db, version)
    earlier.set(version, loading)
    loading.catch(() => earlier.delete(version))
    return loading
  }
  const resolve: Flows['resolve'] = async (db, states) => {
    const versions = [...new Set(states.map((state) => state.flowVersion))]
    const loaded = new Map(await Promise.all(versions.map(async (version) => [version, await flowsOf(db, version)] as const)))
    return (state) => getFlow(loaded.get(state.flowVersion), state)
  }
  return {
    resolve,
    of: async (db, state) => (await resolve(db, [state]))(state),
    current: (flow) => getFlow(pack.flows, { flow, flowVersion: pack.version }),
  }
}

/** To be called when a server starts: later servers can then run cases opened by this one. */
export async function keepPackVersion(db: Queries, pack: CityPack, files: readonly PackFile[], at: Instant): Promise<void> {
  await db.run(keep, [pack.version, json(files), at])
}

async function loadVersion(db: Queries, version: string): Promise<ReadonlyMap<string, Flow>> {
  const row = await db.maybe(find, [version])
  if (row === null)
    throw new Error(`cases run on pack version ${version}, whose files are not in pack_versions; restore them from a backup`)
  const compiled = compilePack(row.files, { version })
  if (compiled.ok) return compiled.value.flows
  throw new Error(`pack version ${version} no longer compiles: ${compiled.error[0]?.message}`)
}

function getFlow(flows: ReadonlyMap<string, Flow> | undefined, { flow, flowVersion }: Pinned): Flow {
  const found = flows?.get(flow)
  if (found === undefined) throw new Error(`pack version ${flowVersion} has no flow ${flow}`)
  return found
}
