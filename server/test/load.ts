/** People who work while the server dies under them, and a log of what they were told: for crash tests. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiProblem, type CaseView, createDraft, createParty, getCase, moveClock, saveDraft, submitDraft } from '@yichuang/contract'
import { ONLY_STALL, type Person, player } from './play.ts'

/** One change that was asked for. `acknowledged`: the server said yes, sooner or later; `abandoned`: nobody waited for its answer. */
export type Sent = {
  readonly key: string
  readonly person: string
  readonly caseId: string
  readonly action: string
  readonly step: string | null
  readonly text: string | null
  end: 'acknowledged' | 'refused' | 'abandoned' | 'open'
}
export type Submitted = { readonly caseId: string; readonly party: string }

export type Load = {
  readonly log: readonly Sent[]
  readonly submitted: readonly Submitted[]
  /** Answers that no client should ever see, whatever happens. */
  readonly oddities: readonly string[]
  /** How often an answer did not come and was asked for again. */
  readonly repeats: () => number
  /** Ends after the families in hand, which wait for a server that answers. */
  stop(): Promise<void>
  /** Ends at once, whatever is in hand: when the test has failed there may never be a server again. */
  abort(): void
}

const OFFICERS = ['lan', 'hai'] as const
const FORM = { stall_name: '海味摊', mobile: '19900000001', quay: 'north', lamp_colour: 'amber' }

export async function startLoad(url: string, workers: number): Promise<Load> {
  const play = player(url)
  const [lan, hai] = (await Promise.all(OFFICERS.map(play.as))) as [Person, Person]
  // The clerk's own copy stands for everybody's proof of identity.
  const identity = await lan.upload('identity.pdf')
  const log: Sent[] = []
  const submitted: Submitted[] = []
  const oddities: string[] = []
  let running = true
  let aborted = false
  let repeated = 0

  /** Repeats under the same key until there is an answer. */
  async function surely<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (aborted || (error instanceof ApiProblem && error.problem.status !== 503)) throw error
        repeated += 1
        await sleep(20 + Math.random() * 60)
      }
    }
  }

  async function act(person: Person, caseId: string, action: string, step?: string, input: { [field: string]: unknown } = {}) {
    const text = typeof input.text === 'string' ? input.text : null
    const sent: Sent = { key: randomUUID(), person: person.id, caseId, action, step: step ?? null, text, end: 'open' }
    log.push(sent)
    const once = () => person.act(caseId, action, step, input, { key: sent.key })
    if (action === 'comment' && Math.random() < 0.3) {
      sent.end = 'abandoned'
      await once().catch(() => {})
      return
    }
    try {
      await surely(once)
      sent.end = 'acknowledged'
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      sent.end = 'refused'
      const { status, code, detail } = error.problem
      if (status >= 500) oddities.push(`${action} on ${caseId}: ${code} ${detail}`)
      throw error
    }
  }

  async function apply(n: number): Promise<string> {
    const keys = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    const body = { kind: 'person' as const, name: `示例·第${n}位`, region: '990102001' }
    const party = await surely(() => lan.call(createParty, { body, key: keys[0] ?? '' }))
    const opened = { bundle: 'open-stall', party: party.id, answers: { ...ONLY_STALL } }
    const draft = await surely(() => lan.call(createDraft, { body: opened, key: keys[1] ?? '' }))
    const params = { draft: draft.id }
    const filled = { version: draft.version, form: FORM, materials: [{ material: 'identity', file: identity.file, name: identity.name }] }
    const saved = await surely(() => lan.call(saveDraft, { params, body: filled, key: keys[2] ?? '' }))
    const receipt = await surely(() =>
      lan.call(submitDraft, { params, body: { version: saved.version, signed: true }, key: keys[3] ?? '' }),
    )
    submitted.push({ caseId: receipt.case, party: party.id })
    return receipt.case
  }

  /** Applied for, accepted with a gap, registered by the harbour bureau, handed over: eight changes, and words between them. */
  async function family(n: number): Promise<void> {
    const id = await apply(n).catch((error: unknown) => {
      oddities.push(`application ${n}: ${String(error)}`)
      throw error
    })
    const say = (caseId: string) => act(lan, caseId, 'comment', undefined, { text: randomUUID() })
    await say(id)
    await act(lan, id, 'accept-with-gaps', 'intake', { gaps: ['quay-sketch'] })
    const view: CaseView = await surely(() => lan.call(getCase, { params: { case: id } }))
    const child = view.steps.find((step) => step.id === 'register')?.child?.id
    if (child === undefined) throw new Error(`${id} was accepted and its first part is missing`)
    await Promise.all([act(hai, child, 'pass', 'review'), say(id)])
    await act(hai, child, 'grant', 'decide')
    await Promise.all([act(hai, child, 'hand-over', 'deliver'), say(id), say(child)])
    await act(lan, id, 'hand-over', 'deliver')
  }

  async function worker(first: number): Promise<void> {
    for (let n = first; running; n += workers) {
      await family(n).catch((error: unknown) => {
        // An officer can be overtaken by the law (deemed acceptance): that is a refusal and no fault.
        if (!(error instanceof ApiProblem)) oddities.push(String((error as Error).stack))
        else if (error.problem.status >= 500 || error.problem.status === 404) oddities.push(error.message)
      })
    }
  }

  async function clockmaker(): Promise<void> {
    while (running) {
      await play.guest.call(moveClock, { body: { advance: 'PT9H' } }).catch(() => {})
      await sleep(700)
    }
  }

  const working = Promise.all([clockmaker(), ...Array.from({ length: workers }, (_, i) => worker(i + 1))])
  return {
    log,
    submitted,
    oddities,
    repeats: () => repeated,
    stop: async () => {
      running = false
      await working
    },
    abort: () => {
      running = false
      aborted = true
    },
  }
}
