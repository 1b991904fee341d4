/** What a file is, by its first bytes; its name and what the sender calls it prove nothing. */
export const KINDS = ['pdf', 'jpg', 'png', 'webp', 'zip'] as const
export type Kind = (typeof KINDS)[number]

export const MEDIA_TYPES: Readonly<Record<Kind, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  zip: 'application/zip',
}

/** This many bytes are enough to tell. */
export const HEAD_BYTES = 16

export function kindOf(head: Buffer): Kind | null {
  const text = head.toString('latin1')
  if (text.startsWith('%PDF-')) return 'pdf'
  if (text.startsWith('\xff\xd8\xff')) return 'jpg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp'
  if (text.startsWith('PK\x03\x04')) return 'zip'
  return null
}
