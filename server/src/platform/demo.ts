/** Demonstration mode's control of time. Without demonstration mode the endpoint is there and refuses. */
import { moveClock } from '@yichuang/contract'
import { ok } from '@yichuang/result'
import type { Http } from './http/server.ts'
import type { Clock } from './time.ts'

/** `settle` does what came due by the move (obligations, ladders) before the answer is given, and says how much it was. */
export function registerDemoClock(http: Http, clock: Clock, settle: () => Promise<number>): void {
  http.answer(moveClock, async ({ body }) => {
    const moved = await clock.advance(body.advance)
    if (!moved.ok) return moved
    const fired = await settle()
    return ok({ now: moved.value, clockOffset: clock.offsetMs(), fired })
  })
}
