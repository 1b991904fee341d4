/** Personal numbers inside facts: whatever a register calls the field, a mobile or identity number does not leave in full. Pure. */
import { maskIdCard, maskMobile, parseIdCard, parseMobile } from '@yichuang/codes'

export function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map(maskValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(inner)]))
}

function maskText(text: string): string {
  if (parseMobile(text).ok) return maskMobile(text)
  return parseIdCard(text).ok ? maskIdCard(text) : text
}
