/** How long a certificate is valid. Civil dates only; the day comes from the caller. */
import { ok, type Result, refuse } from '@yichuang/result'
import type { PlainDate } from '@yichuang/workday'

export const STATUSES = ['valid', 'suspended', 'withdrawn', 'cancelled', 'replaced'] as const
/** As kept. `expired` follows from the day and is never kept. */
export type KeptStatus = (typeof STATUSES)[number]
export type CertificateStatus = KeptStatus | 'expired'

export function statusOn(kept: KeptStatus, validUntil: PlainDate | null, on: PlainDate): CertificateStatus {
  return kept === 'valid' && validUntil !== null && validUntil < on ? 'expired' : kept
}

const DURATION = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/

/**
 * The last valid day of a certificate issued on a day: five years from 2026-11-23 end with 2031-11-22.
 * Months that are too short end on their last day (a year from 29 February ends with 27 February).
 */
export function lastDay(issuedOn: PlainDate, validFor: string | null): Result<PlainDate | null> {
  if (validFor === null) return ok(null)
  const match = DURATION.exec(validFor)
  if (match === null)
    return refuse('certificates/duration-invalid', `${validFor} is no ISO 8601 duration of years, months and days such as P5Y.`)
  const [years, months, days] = [match[1], match[2], match[3]].map((text) => Number(text ?? 0)) as [number, number, number]
  const [y, m, d] = issuedOn.split('-').map(Number) as [number, number, number]
  const monthIndex = y * 12 + (m - 1) + years * 12 + months
  const year = Math.floor(monthIndex / 12)
  const month = monthIndex % 12
  const longest = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return ok(new Date(Date.UTC(year, month, Math.min(d, longest) + days - 1)).toISOString().slice(0, 10))
}
