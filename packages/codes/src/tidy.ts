/**
 * What people type into what codes are made of: full-width characters become plain ones, letters upper case, spaces go.
 * Parsers are strict; a form tidies first.
 */
export function tidyCode(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
}
