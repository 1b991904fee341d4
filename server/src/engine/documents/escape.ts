/** Text into markup. */

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Safe as text and inside quoted attributes of HTML and XML. */
export function escapeXml(text: string): string {
  return cleaned(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/**
 * Without characters that XML 1.0 forbids (controls, lone surrogates) and those that turn the direction of what follows:
 * a name could make a document read differently from what it says.
 */
export function cleaned(text: string): string {
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '')
}
