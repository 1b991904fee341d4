/**
 * Uploaded files: bytes on disk under their SHA-256 (`files/ab/cd/<hash>`), once however often they were sent; who sent what is a row.
 * A file is there whole or not at all: written beside, synced, then renamed; the row comes last.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { ok, type Refusal, type Result, refuse } from '@yichuang/result'
import { uuidv7 } from '../ids.ts'
import type { Database, Queries } from '../pg/database.ts'
import { statement } from '../pg/statement.ts'
import { HEAD_BYTES, type Kind, kindOf, MEDIA_TYPES } from './kinds.ts'
import { lineOfContent, lineOfPerson, placeOf } from './places.ts'

export type StoredFile = {
  readonly id: string
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
  readonly name: string
  readonly uploadedBy: string
  readonly uploadedAt: string
}

export type Upload = {
  readonly name: string
  readonly by: string
  readonly now: string
  /** pdf, jpg and png unless asked. */
  readonly kinds?: readonly Kind[]
  readonly maxBytes?: number
  /** What this person may send within a day, `DAILY_BYTES.applicant` unless told. */
  readonly dailyBytes?: number
}

export type Files = {
  receive(bytes: Readable, upload: Upload): Promise<Result<StoredFile>>
  find(id: string): Promise<StoredFile | null>
  /** Those that are there, read through the caller's connection; what is no id is left out. */
  findAll(db: Queries, ids: readonly string[]): Promise<StoredFile[]>
  read(file: StoredFile): Readable
}

export type FilesOptions = {
  readonly db: Database
  /** `<data>/files`. */
  readonly folder: string
  /** Opens the place where an upload is written first; another one only in tests of full disks. */
  readonly openNew?: (path: string) => Promise<FileHandle>
}

export const MAX_BYTES = 50 << 20
/** Within 24 hours: an applicant sends a few applications a day, a counter scans for everybody who comes. */
export const DAILY_BYTES = { applicant: 500 * 2 ** 20, staff: 5 * 2 ** 30 } as const
const USUAL: readonly Kind[] = ['pdf', 'jpg', 'png']

const insert = statement(
  'files.insert',
  `insert into files (id, sha256, bytes, media_type, name, uploaded_by, uploaded_at, look_at)
   values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz + interval '7 days')`,
)
const sentInADay = statement(
  'files.sent-in-a-day',
  `select coalesce(sum(files.bytes), 0)::int8 as bytes from files
   where files.uploaded_by = $1 and files.uploaded_at > $2::timestamptz - interval '1 day'`,
  { bytes: 'int8' },
)
const find = statement(
  'files.find',
  `select files.id, files.sha256, files.bytes, files.media_type, files.name, files.uploaded_by, files.uploaded_at
   from files where files.id = any($1::uuid[])`,
  { id: 'uuid', sha256: 'text', bytes: 'int8', media_type: 'text', name: 'text', uploaded_by: 'text', uploaded_at: 'timestamptz' },
)
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function findAll(db: Queries, ids: readonly string[]): Promise<StoredFile[]> {
  const known = ids.filter((id) => UUID.test(id))
  if (known.length === 0) return []
  const rows = await db.query(find, [known])
  return rows.map(({ media_type: mediaType, uploaded_by: uploadedBy, uploaded_at: uploadedAt, ...rest }) => ({
    ...rest,
    mediaType,
    uploadedBy,
    uploadedAt,
  }))
}

export async function openFiles({ db, folder, openNew = (path) => open(path, 'wx') }: FilesOptions): Promise<Files> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true })
  await sweep(incoming)
  return {
    receive: async (bytes, upload) => {
      const path = join(incoming, uuidv7())
      try {
        // Before anything is written: who is over the limit already need not send.
        const early = await withinDay(db, upload, 1)
        if (!early.ok) return early
        const taken = await take(bytes, path, upload, openNew)
        if (!taken.ok) return taken
        return await db.tx((tx) => keep(tx, { path, folder, upload, taken: taken.value }))
      } catch (error) {
        if (isFull(error)) return diskFull
        throw error
      } finally {
        await rm(path, { force: true }).catch(() => {})
      }
    },
    find: async (id) => (await findAll(db, [id]))[0] ?? null,
    findAll,
    read: (file) => createReadStream(placeOf(folder, file.sha256)),
  }
}

const diskFull = refuse(
  'files/disk-full',
  'there is no space left to keep the file; nothing was lost, send it again when the operator has made room',
)

function isFull(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/** What was sent within a day, with what comes now, against what this person may send. */
async function withinDay(db: Queries, { by, now, dailyBytes = DAILY_BYTES.applicant }: Upload, more: number): Promise<Result<null>> {
  const { bytes } = await db.one(sentInADay, [by, now])
  if (bytes + more <= dailyBytes) return ok(null)
  const megabytes = Math.floor(dailyBytes / 2 ** 20)
  return refuse(
    'files/quota-exceeded',
    `with this file it would be more than ${megabytes} MB within 24 hours; send it tomorrow, or bring it to the counter`,
    { megabytes },
  )
}

type Kept = { readonly path: string; readonly folder: string; readonly upload: Upload; readonly taken: Taken }

/** Counted, put down and written one after the other per person, so that uploads side by side cannot pass the limit together. */
async function keep(tx: Queries, { path, folder, upload, taken }: Kept): Promise<Result<StoredFile>> {
  await lineOfPerson(tx, upload.by)
  const within = await withinDay(tx, upload, taken.bytes)
  if (!within.ok) return within
  await lineOfContent(tx, taken.sha256)
  await settle(path, placeOf(folder, taken.sha256))
  const file = { id: uuidv7(upload.now), name: cleanName(upload.name), uploadedBy: upload.by, uploadedAt: upload.now, ...taken }
  const { id, sha256, mediaType, name, uploadedBy, uploadedAt } = file
  await tx.run(insert, [id, sha256, file.bytes, mediaType, name, uploadedBy, uploadedAt])
  return ok(file)
}

type Taken = { readonly sha256: string; readonly bytes: number; readonly mediaType: string }

/** Writes the stream to `path` and syncs it; stops at the first byte that is too many or that shows a wrong type. */
async function take(bytes: Readable, path: string, upload: Upload, openNew: (path: string) => Promise<FileHandle>): Promise<Result<Taken>> {
  const most = upload.maxBytes ?? MAX_BYTES
  const hash = createHash('sha256')
  const handle = await openNew(path)
  let head = Buffer.alloc(0)
  let size = 0
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > most) return tooLarge(most)
      if (head.length < HEAD_BYTES) {
        head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES)
        const early = head.length === HEAD_BYTES ? checkKind(head, upload) : ok(null)
        if (!early.ok) return early
      }
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    if (size === 0) return refuse('files/empty', 'the file has no content; choose it again')
    const kind = checkKind(head, upload)
    if (!kind.ok) return kind
    await handle.sync()
    return ok({ sha256: hash.digest('hex'), bytes: size, mediaType: MEDIA_TYPES[kind.value] })
  } finally {
    await handle.close()
  }
}

function checkKind(head: Buffer, { kinds = USUAL }: Upload): Result<Kind> {
  const kind = kindOf(head)
  if (kind !== null && kinds.includes(kind)) return ok(kind)
  const found = kind === null ? 'it is none of these' : `it is ${kind}`
  return refuse(
    'files/type-forbidden',
    `only ${kinds.join(', ')} can be taken, and by its content ${found}; save it in one of these formats`,
    {
      allowed: [...kinds],
      found: kind,
    },
  )
}

function tooLarge(most: number): Result<never, Refusal> {
  const megabytes = most / (1 << 20)
  return refuse('files/too-large', `the file is larger than ${megabytes} MB; make it smaller (fewer pages, lower resolution)`, {
    megabytes,
  })
}

async function settle(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
  // The name must survive a power cut too. Some systems cannot sync a folder: then the journal of the file system has to do.
  const folder = await open(dirname(to), 'r').catch(() => null)
  await folder?.sync().catch(() => {})
  await folder?.close()
}

const ABANDONED_MS = 24 * 3600_000

/** Half-received uploads of an earlier run. */
async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true })
  }
}

/** The last part of whatever path was sent, without control characters; a name is shown, never used as a path. */
function cleanName(name: string): string {
  const last = basename(name.replaceAll('\\', '/')).replace(/\p{Cc}/gu, '')
  return [...last].slice(-120).join('') || 'file'
}
