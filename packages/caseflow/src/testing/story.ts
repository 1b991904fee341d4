/** Given, when, then: a case that is told what to do and remembers what was answered. */
import type { Refusal } from '@yichuang/result'
import type { Calendar } from '@yichuang/workday'
import { decide } from '../decide.ts'
import { fold } from '../evolve.ts'
import { followUps } from '../followups.ts'
import type { Actor, CaseEvent, CaseState, CommandBody, Data, Flow, FollowUp } from '../vocabulary.ts'
import { actors, calendar } from './tidewater.ts'

export class Story {
  readonly flow: Flow
  readonly calendar: Calendar
  events: readonly CaseEvent[] = []
  /** Events and wishes of the last command, or its refusal. */
  last: readonly CaseEvent[] = []
  wishes: readonly FollowUp[] = []
  refusal: Refusal | null = null
  at = '2026-05-04T02:00:00.000Z'
  #state: CaseState | null = null

  constructor(flow: Flow, by: Calendar = calendar) {
    this.flow = flow
    this.calendar = by
  }

  get state(): CaseState {
    if (this.#state === null) throw new Error('the case has not been opened')
    return this.#state
  }

  /** `05-06` = 10:00 in the city, `05-06 16:30` exactly. */
  on(moment: string): this {
    const [day, time = '10:00'] = moment.split(' ')
    this.at = new Date(`2026-${day}T${time}:00.000+08:00`).toISOString()
    return this
  }

  tell(actor: Actor, body: CommandBody): this {
    const decided = decide(this.flow, this.#state, { at: this.at, actor, ...body }, this.calendar)
    this.refusal = decided.ok ? null : decided.error
    this.last = decided.ok ? decided.value : []
    if (!decided.ok) return this
    this.events = [...this.events, ...decided.value]
    if (decided.value.length > 0) this.#state = fold(decided.value, this.#state)
    this.wishes = followUps(this.flow, this.state, decided.value)
    return this
  }

  open(data: Data, more: Partial<Extract<CommandBody, { readonly type: 'open' }>> = {}): this {
    const place = { caseId: 'c1', kind: this.flow.kind, org: 'harbour', acceptor: 'hall', region: '990000' }
    return this.tell(actors.owner, { type: 'open', ...place, data, ...more })
  }

  /** `review/pass` at a step, `withdraw` on the case. */
  act(actor: Actor, name: string, input: Data = {}): this {
    const [first = '', second] = name.split('/')
    return this.tell(
      actor,
      second === undefined ? { type: 'act', action: first, input } : { type: 'act', step: first, action: second, input },
    )
  }

  fire(clock: string, level: string, dueAt: string): this {
    this.at = dueAt
    return this.tell(actors.engine, { type: 'fire', clock, level, dueAt })
  }

  /** `type:what` of the last events, without the action's own line. */
  get happened(): string[] {
    return this.last.filter((event) => event.type !== 'action-taken').map(line)
  }

  get code(): string | undefined {
    return this.refusal?.code.replace('caseflow/', '')
  }
}

export function line(event: CaseEvent): string {
  if ('clock' in event) return `${event.type}:${event.clock}${event.type === 'obligation-fired' ? `/${event.level}` : ''}`
  if ('milestone' in event) return `${event.type}:${event.milestone}`
  if ('gap' in event) return `${event.type}:${event.gap}`
  if ('step' in event && event.step !== undefined) return `${event.type}:${event.step}`
  return event.type === 'case-ended' ? `case-ended:${event.outcome}` : event.type
}
