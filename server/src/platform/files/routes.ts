/** Upload and download. What a reader may see is decided by the module that owns the file's meaning. */
import { uploadFile } from '@yichuang/contract'
import { ok, type Result, refuse } from '@yichuang/result'
import type { FastifyReply } from 'fastify'
import type { Principal } from '../access.ts'
import { API, signedIn } from '../http/calls.ts'
import { orRefuse } from '../http/problems.ts'
import type { Http } from '../http/server.ts'
import { DAILY_BYTES, type Files, MAX_BYTES, type StoredFile } from './files.ts'

export type FileRoutesOptions = {
  readonly files: Files
  /** May somebody other than the uploader read it (as a material of a case they see, say)? */
  readonly mayRead: (principal: Principal, file: StoredFile) => Promise<boolean>
}

export function registerFiles(http: Http, { files, mayRead }: FileRoutesOptions): void {
  http.answer(uploadFile, async ({ request, principal, now }) => {
    const part = await request.file({ limits: { fileSize: MAX_BYTES + 1 } })
    if (part === undefined || part.fieldname !== 'file') {
      return refuse('platform/request-invalid', 'send multipart/form-data with one part named file')
    }
    const dailyBytes = principal.posts.length > 0 ? DAILY_BYTES.staff : DAILY_BYTES.applicant
    const received = await files.receive(part.file, { name: part.filename, by: principal.person, now, dailyBytes })
    // What was not read must still leave the line, or the client waits for ever.
    part.file.resume()
    if (!received.ok) return received
    const { id, name, bytes, mediaType, sha256 } = received.value
    return ok({ file: id, name, bytes, type: mediaType, sha256 })
  })

  http.app.get<{ Params: { file: string } }>(`${API}/files/:file`, async (request, reply) => {
    const principal = signedIn(request.identity?.principal ?? null)
    const file = orRefuse(await readable(files, mayRead, principal, request.params.file))
    if (request.headers['if-none-match'] === `"${file.sha256}"`) return reply.code(304).send()
    return sendFile(reply, file).send(files.read(file))
  })
}

/** One answer for "not there" and "not yours": an id tells nothing to whom it does not belong. */
async function readable(
  files: Files,
  mayRead: FileRoutesOptions['mayRead'],
  principal: Principal,
  id: string,
): Promise<Result<StoredFile>> {
  const file = await files.find(id)
  if (file !== null && (file.uploadedBy === principal.person || (await mayRead(principal, file)))) return ok(file)
  return refuse('files/unknown', 'there is no such file, or you may not see it')
}

/** Shown in place, under its own name, and never run: a file from outside gets no rights of our pages. */
function sendFile(reply: FastifyReply, file: StoredFile): FastifyReply {
  return reply
    .type(file.mediaType)
    .header('content-length', file.bytes)
    .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    .header('cache-control', 'private, max-age=3600')
    .header('etag', `"${file.sha256}"`)
}
