/** When a demonstration's cases are submitted and played: counted in service time, back from the moment of loading. Pure. */
import type { CityPack, DemoCase, DemoPlay, WorkingSpan } from '@yichuang/pack'
import { type Calendar, type Instant, type ServiceTime, serviceTime } from '@yichuang/workday'

/** One moment of the demonstration: a case is submitted, or somebody takes an action in it. */
export type Scene = { readonly at: Instant; readonly one: DemoCase; readonly play: DemoPlay | null }

/** In order of time over all cases, so that numbers and notices come in the order of their dates. */
export function scenesOf({ demo, calendar }: Pick<CityPack, 'demo' | 'calendar'>, now: Instant): Scene[] {
  const ruler = serviceTime(calendar)
  const loaded = ruler.passed(now)
  const scenes = demo.cases.flatMap((one) => {
    let passed = loaded - spanOf(one.submitted, ruler)
    const submitted: Scene = { at: ruler.at(passed), one, play: null }
    const played = one.plays.map((play): Scene => {
      passed += spanOf(play.after, ruler)
      return { at: ruler.at(passed), one, play }
    })
    return [submitted, ...played]
  })
  return scenes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** The date so much service time after a moment. */
export function dateAfter(calendar: Calendar, at: Instant, span: WorkingSpan): string {
  const ruler = serviceTime(calendar)
  return calendar.dateOf(ruler.at(ruler.passed(at) + spanOf(span, ruler)))
}

function spanOf({ days, minutes }: WorkingSpan, { perDay }: ServiceTime): number {
  return days * perDay + minutes * 60_000
}
