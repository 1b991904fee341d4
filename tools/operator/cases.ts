/** `replay`, `case migrate`: the record of cases, and the version of the flow they run on. */
import { type Data, migrationDifference } from '@yichuang/caseflow'
import type { CityPack } from '@yichuang/pack'
import { type City, openCity } from '../../server/src/city.ts'
import { makeEngine } from '../../server/src/engine/engine.ts'
import { keepPackVersion, makeFlows } from '../../server/src/engine/flows.ts'
import { replayCases } from '../../server/src/engine/replay.ts'
import { makeSerials } from '../../server/src/engine/serials.ts'
import { type CaseRecord, findCase, findCaseByNo } from '../../server/src/engine/store.ts'
import { moveListeners, registerConsumers } from '../../server/src/listeners.ts'
import { makeParties } from '../../server/src/modules/parties/public.ts'
import { makeOutbox } from '../../server/src/platform/outbox.ts'
import { type Database, openDatabase } from '../../server/src/platform/pg/database.ts'
import { makeLog } from '../../server/src/platform/telemetry.ts'
import { openClock } from '../../server/src/platform/time.ts'
import { type Command, config, operands, withDatabaseUrl } from './command.ts'

export const replayCommand: Command = {
  name: 'replay',
  takes: '',
  what: 'derives every table of the engine from the record of its cases again',
  more: 'Each case in a transaction of its own: people may go on working. The rows are the same as before, unless something had damaged them.',
  run: () =>
    withHouse(async ({ db, pack }) => {
      const flows = makeFlows(pack)
      const done = await replayCases(db, { pack, flows }, (count) => console.log(`  ${count} cases`))
      console.log(`${done} cases derived from their records`)
      return 0
    }),
}

export const caseMigrateCommand: Command = {
  name: 'case migrate',
  takes: '<case number> [--apply]',
  what: 'moves a running case to the present version of its flow',
  more: 'Shows first what the move changes; with --apply it is made, and recorded in the case. Without it nothing changes.',
  run: (args) => {
    const [no] = operands(args)
    if (no === undefined) throw new Error('case migrate needs the number of the case, such as 4343021120261124000001G')
    return withHouse((house) => migrateCase(house, no, args.includes('--apply')))
  },
}

type House = { readonly db: Database; readonly pack: CityPack; readonly url: string; readonly files: City['files']; readonly demo: boolean }

async function withHouse(work: (house: House) => Promise<number>): Promise<number> {
  const settings = config()
  const city = await openCity(settings.pack)
  if (!city.ok) throw new Error(city.error.message)
  const { pack, files } = city.value
  return withDatabaseUrl(settings, async (url) => {
    const db = openDatabase(url, { connections: 2 })
    try {
      return await work({ db, pack, files, url, demo: settings.demo })
    } finally {
      await db.close()
    }
  })
}

async function migrateCase({ db, pack, files, demo }: House, no: string, apply: boolean): Promise<number> {
  const id = await findCaseByNo(db, no)
  const record = id === null ? null : await findCase(db, id)
  if (record === null) throw new Error(`there is no case ${no}`)
  const flows = makeFlows(pack)
  const { flow, flowVersion } = record.state
  if (flowVersion === pack.version) {
    console.log(`${no} runs on the present version ${flowVersion} already`)
    return 0
  }
  console.log(`${no} runs ${flow} of pack version ${flowVersion}; the present one is ${pack.version}`)
  for (const line of differenceLines(migrationDifference(flows.current(flow), record.state))) console.log(line)
  if (!apply) {
    console.log('Nothing was changed; --apply makes the move.')
    return 0
  }
  const clock = await openClock(db, demo)
  await keepPackVersion(db, pack, files, clock.now())
  const now = () => clock.now()
  // Messages are written here and delivered by the server that runs, or by the next one.
  const outbox = makeOutbox({ db, log: makeLog('error') })
  const engine = makeEngine({ pack, flows, now, serials: makeSerials(db), onMove: moveListeners({ pack, outbox }) })
  registerConsumers({
    pack,
    parties: makeParties({ pack, now }),
    outbox,
    engine,
    sms: { send: () => Promise.reject(new Error('sent by the server')) },
  })
  const moved = await db.tx((tx) => engine.tell(tx, record.id, { type: 'migrate' }), { retries: 3 })
  await clock.stop()
  return sayMoved(moved, pack)
}

function sayMoved(moved: { ok: true; value: CaseRecord } | { ok: false; error: { message: string } }, pack: CityPack): number {
  if (!moved.ok) throw new Error(moved.error.message)
  console.log(`moved to ${pack.version}; the move is in the record of the case`)
  return 0
}

const WORDS: { readonly [part: string]: string } = {
  stepsGone: 'steps that are no more',
  stepsNew: 'steps that are new or still to come',
  clocksGone: 'clocks that are no more',
  clocksNew: 'clocks that are new or have not started',
}

function differenceLines(difference: Data): string[] {
  return Object.entries(difference).map(([part, names]) => `  ${WORDS[part] ?? part}: ${(names as readonly string[]).join(', ') || '—'}`)
}
