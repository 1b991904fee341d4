import type { StoredFile } from '@yichuang/contract'
import { send } from './http.ts'

/** Uploads one file. The key is the file itself, so a second press on a slow line does not store it twice. */
export async function upload(file: File): Promise<StoredFile> {
  const body = new FormData()
  body.append('file', file, file.name)
  const answer = await send<StoredFile>('/api/v1/files', { method: 'POST', body, idempotencyKey: keyOf(file) })
  return answer.value
}

const keys = new WeakMap<File, string>()
function keyOf(file: File): string {
  const key = keys.get(file) ?? crypto.randomUUID()
  keys.set(file, key)
  return key
}
