/**
 * A demonstration city that is not empty: on a database without cases the pack's cases are played through the engine, each scene at its own
 * past moment, and what falls due in between fires in between. Nothing is written that people on the portal and at their desks could not do.
 */
import { Readable } from 'node:stream'
import type { Data, Json } from '@yichuang/caseflow'
import type { CityPack, DemoPlay } from '@yichuang/pack'
import { err, type Result, refuse, unwrap } from '@yichuang/result'
import type { Instant } from '@yichuang/workday'
import { demonstrationPaper } from './demonstration-paper.ts'
import { dateAfter, type Scene, scenesOf } from './demonstration-times.ts'
import { actorOf, type CaseViewParts } from './engine/case-view/view.ts'
import type { Engine } from './engine/engine.ts'
import { prepareInput } from './engine/inputs.ts'
import type { ObligationQueue } from './engine/obligations.ts'
import { ensureEventPartitions } from './engine/partitions.ts'
import { findCase, recordOf } from './engine/store.ts'
import { findSupervisionOf, findVisibleCase, hasCases } from './engine/views.ts'
import { sightOf } from './engine/visibility.ts'
import { submitDemo } from './modules/applications/demo.ts'
import type { ApplicationsParts } from './modules/applications/submit.ts'
import type { Parties } from './modules/parties/public.ts'
import type { Principal } from './platform/access.ts'
import type { Files } from './platform/files/files.ts'
import { Refused } from './platform/http/problems.ts'
import type { Outbox } from './platform/outbox.ts'
import type { Database, Queries, Tx } from './platform/pg/database.ts'
import type { Clock } from './platform/time.ts'

/** The product's time as the house reads it: the clock's, but for the moments of a demonstration that is being played. */
export type Stage = { readonly now: () => Instant; set(moment: Instant | null): void }

export function makeStage(clock: Pick<Clock, 'now'>): Stage {
  let moment: Instant | null = null
  return {
    now: () => moment ?? clock.now(),
    set: (next) => {
      moment = next
    },
  }
}

export type DemonstrationParts = {
  readonly db: Database
  readonly pack: CityPack
  readonly stage: Stage
  readonly engine: Engine
  readonly obligations: Pick<ObligationQueue, 'fireDue' | 'nextDue'>
  readonly outbox: Pick<Outbox, 'drain' | 'lag'>
  readonly parties: Parties
  readonly notices: { readAll(db: Queries, person: string, at: Instant): Promise<void> }
  readonly files: Files
  readonly view: CaseViewParts
  readonly applications: ApplicationsParts
  /** Hears how it went, one line at a time. */
  readonly say: (line: string) => void
}

/** Once in the life of a database, by one server of several. A case that cannot be played to its end is named and stops nobody else. */
export async function playDemonstration(parts: DemonstrationParts): Promise<void> {
  const { db, pack, stage } = parts
  if (pack.demo.cases.length === 0) return
  await db.locked('demonstration', async () => {
    if (await hasCases(db)) return
    const begun = performance.now()
    const scenes = scenesOf(pack, stage.now())
    await ensureEventPartitions(db, scenes[0]?.at ?? stage.now())
    const played = await playAll(parts, scenes).finally(() => stage.set(null))
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    for (const [id, message] of played.stopped) parts.say(`demonstration: case ${id} stopped: ${message}`)
    parts.say(`demonstration: ${pack.demo.cases.length - played.stopped.size} cases played in ${seconds} s`)
  })
}

type Played = { readonly roots: Map<string, string>; readonly stopped: Map<string, string> }

async function playAll(parts: DemonstrationParts, scenes: readonly Scene[]): Promise<Played> {
  const end = parts.stage.now()
  const played: Played = { roots: new Map(), stopped: new Map() }
  for (const scene of scenes) {
    if (played.stopped.has(scene.one.id)) continue
    await passUntil(parts, scene.at)
    const done = await playScene(parts, played, scene).catch((error: unknown) => failed(error))
    if (!done.ok) played.stopped.set(scene.one.id, `${nameOf(scene)}: ${done.error.code} ${done.error.message}`)
    await deliver(parts)
  }
  await passUntil(parts, end)
  return played
}

/** As late as the queue's own beat: a moment that has come is one that has passed. */
const BEAT_MS = 1000

/** Whatever falls due up to the moment fires when it falls due; then the house stands at the moment. */
async function passUntil(parts: DemonstrationParts, moment: Instant): Promise<void> {
  const { stage, obligations } = parts
  for (;;) {
    const due = await obligations.nextDue()
    if (due === null || due > moment) break
    stage.set(new Date(Date.parse(due) + BEAT_MS).toISOString())
    await obligations.fireDue()
    await deliver(parts)
  }
  stage.set(moment)
}

function failed(error: unknown): Result<never> {
  return error instanceof Refused ? err(error.refusal) : refuse('demo/failed', String(error))
}

/** At once, so that registers change and people hear of it on that day; most scenes have nothing to tell. */
async function deliver({ outbox }: DemonstrationParts): Promise<void> {
  if ((await outbox.lag()) > 0) await outbox.drain()
}

function nameOf({ one, play }: Scene): string {
  return play === null
    ? 'submission'
    : `${play.by} ${play.action}${play.node === undefined ? '' : ` at ${play.node}`} (play ${one.plays.indexOf(play) + 1})`
}

async function playScene(parts: DemonstrationParts, { roots }: Played, { at, one, play }: Scene): Promise<Result<unknown>> {
  const principal = await parts.parties.findPrincipal(parts.db, play?.by ?? one.by)
  if (principal === null) return refuse('demo/person-unknown', `There is no person ${play?.by ?? one.by}.`)
  // Whoever is at their desk has read what they were told.
  await parts.notices.readAll(parts.db, principal.person, at)
  const hand: Hand = { principal, at, upload: (title) => upload(parts.files, { title, by: principal.person, now: at }) }
  if (play !== null) return act(parts, hand, { root: roots.get(one.id) ?? '', play })
  const receipt = await parts.db.tx((tx) => submitDemo(parts.applications, tx, { one, principal, now: at, upload: hand.upload }))
  if (receipt.ok) roots.set(one.id, receipt.value.case)
  return receipt
}

/** Who acts, when, and how they hand in papers. */
type Hand = {
  readonly principal: Principal
  readonly at: Instant
  readonly upload: (title: string) => Promise<{ readonly file: string; readonly name: string }>
}

async function act(parts: DemonstrationParts, hand: Hand, { root, play }: { root: string; play: DemoPlay }): Promise<Result<unknown>> {
  const { pack, view, engine } = parts
  const { principal } = hand
  const input = await inputOf(pack, hand, play)
  return parts.db.tx(async (tx) => {
    const target = await findTarget(tx, root, play)
    const row = target === null ? null : await findVisibleCase(tx, sightOf(principal), target)
    if (row === null) return refuse('cases/unknown', 'There is no such case yet, or the person may not see it.')
    const ready = await prepareInput(tx, { pack, view, row, principal }, { action: play.action, input })
    if (!ready.ok) return ready
    const step = play.step === undefined ? {} : { step: play.step }
    return engine.act(
      tx,
      { caseId: row.id, action: play.action, ...step, input: ready.value, record: recordOf(row) },
      actorOf(principal, row.party_id),
    )
  })
}

/** The bundle's own case, the case of a node, or the supervision case about it. */
async function findTarget(tx: Tx, root: string, { node, supervision }: DemoPlay): Promise<string | null> {
  const id = node === undefined ? root : (await findCase(tx, root))?.state.steps[node]?.childId
  const own = id === undefined ? null : await findCase(tx, id)
  if (own === null) return null
  return supervision ? findSupervisionOf(tx, own.id) : own.id
}

async function inputOf({ calendar, materials }: CityPack, { at, upload }: Hand, play: DemoPlay): Promise<{ [field: string]: Json }> {
  const input = { ...(play.input as Data) } as { [field: string]: Json }
  if (play.until !== undefined) input.until = dateAfter(calendar, at, play.until)
  if (play.uploads.length > 0) {
    const papers = play.uploads.map(async (material) => ({ material, ...(await upload(materials.get(material)?.title.zh ?? material)) }))
    input.files = await Promise.all(papers)
  }
  return input
}

type Paper = { readonly title: string; readonly by: string; readonly now: Instant }

async function upload(files: Files, { title, by, now }: Paper): Promise<{ file: string; name: string }> {
  const name = `${title}.pdf`
  const stored = unwrap(await files.receive(Readable.from([demonstrationPaper()]), { name, by, now }))
  return { file: stored.id, name }
}
