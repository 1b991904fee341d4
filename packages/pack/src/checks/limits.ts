/** 承诺时限 never above 法定时限; clocks need a calendar. */
import { type Place, under } from '../issues.ts'
import { didYouMean } from '../nearest.ts'
import { inWorkdays } from '../plan-promise.ts'
import type { Check, PackDraft } from './draft.ts'

export const checkLimits: Check = (draft) => {
  for (const { value, place } of draft.tables.matters.values()) {
    const { promised, statutory } = value.limits
    const { hours } = draft.pack
    if (inWorkdays(promised, hours) <= inWorkdays(statutory, hours)) continue
    const message = `"${value.id}" promises more time than the law allows: the promised limit must be at most the statutory one.`
    draft.issues.error(under(place, 'limits', 'promised'), 'promised-over-statutory', message)
  }
  for (const sheet of draft.sheets.flow) {
    for (const [id, { limit }] of Object.entries(sheet.data.clocks ?? {}))
      checkPath(limit, under(sheet.place, 'clocks', id, 'limit'), draft)
  }
  checkCalendar(draft)
}

const LIMIT_PATHS = ['matter.limits.promised', 'matter.limits.statutory', 'bundle.limits.promised']

/** Other kinds of cases bring facts of their own; those of matters and bundles are known here. */
function checkPath(path: string, place: Place, { issues }: PackDraft): void {
  if (!/^(matter|bundle)\./.test(path) || LIMIT_PATHS.includes(path)) return
  issues.error(place, 'unknown-limit', `There is no limit "${path}".${didYouMean(path, LIMIT_PATHS)}`)
}

function checkCalendar({ sheets, pack, issues }: PackDraft): void {
  const place = sheets.pack[0]?.place
  const clocks = [...pack.flows.values()].some((flow) => Object.keys(flow.clocks).length > 0)
  if (place !== undefined && sheets.calendar.length === 0 && clocks) {
    issues.error(
      place,
      'clock-without-calendar',
      'There are clocks but no calendar: write calendar/<year>-1.yaml with the holidays of at least one year.',
    )
  }
}
