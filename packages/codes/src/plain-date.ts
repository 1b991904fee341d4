/** Dates inside codes: eight digits, `yyyymmdd`. */

/** `yyyy-mm-dd`, or null when there is no such day. */
export function findDate(digits: string): string | null {
  if (!/^\d{8}$/.test(digits)) return null
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6))]
  if (year < 1800 || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return null
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}

export function dateDigits(date: string): string {
  return date.replaceAll('-', '')
}

function monthLength(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
