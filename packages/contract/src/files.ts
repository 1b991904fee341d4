/** 文件: uploads are acknowledged apart from the action that uses them. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id } from './words.ts'

export const StoredFile = Type.Object({ file: Id, name: Type.String(), bytes: Type.Integer(), type: Type.String(), sha256: Type.String() })
export type StoredFile = Static<typeof StoredFile>

/** The body is multipart/form-data with one part named `file`. */
export const uploadFile = endpoint({
  id: 'uploadFile',
  at: 'POST /files',
  summary: 'Upload one file (pdf, jpg, png; its type is read from its bytes)',
  answer: StoredFile,
  refusals: ['files/type-forbidden', 'files/too-large', 'files/empty', 'files/disk-full', 'files/quota-exceeded'],
})
/** GET /files/:file and GET /documents/:document[.pdf] answer bytes, not JSON; the same visibility holds. */
export const filePath = (file: string) => `/api/v1/files/${file}`
export const documentPath = (document: string, format: 'html' | 'pdf') => `/api/v1/documents/${document}.${format}`
export const qrPath = (text: string) => `/api/v1/qr.svg?text=${encodeURIComponent(text)}`
