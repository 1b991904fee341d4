/** Callers of the API that cost the machine little: one kept connection each, plain `node:http`; the clients share the cores with the server. */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import * as api from '@yichuang/contract'

export type Caller = {
  readonly person: string
  readonly call: api.Client['call']
  upload(name: string, bytes: Buffer): Promise<api.StoredFile>
}

export type Callers = {
  readonly guest: api.Client
  /** Logs in by name, once. */
  as(person: string): Promise<Caller>
  close(): void
}

export function callers(url: string, connections: number): Callers {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const fetch: api.Fetch = (address, { method, headers, body }) => send(agent, address, { method, headers, body: body ?? null })
  const guest = api.makeClient({ url, fetch, newKey: randomUUID })
  const known = new Map<string, Promise<Caller>>()
  const logIn = async (person: string): Promise<Caller> => {
    const { token = '' } = await guest.call(api.openSession, { body: { person } })
    const client = api.makeClient({ url, fetch, newKey: randomUUID, token })
    return { person, call: client.call, upload: (name, bytes) => upload(agent, url, token, { name, bytes }) }
  }
  return {
    guest,
    as: (person) => {
      const caller = known.get(person) ?? logIn(person)
      known.set(person, caller)
      return caller
    },
    close: () => agent.destroy(),
  }
}

type Sent = { readonly method: string; readonly headers: Record<string, string>; readonly body: string | Buffer | null }

function send(agent: Agent, address: string, { method, headers, body }: Sent): ReturnType<api.Fetch> {
  return new Promise((done, fail) => {
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sent = request(address, { agent, method, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () => {
        const status = response.statusCode ?? 0
        done({ status, ok: status >= 200 && status < 300, text: async () => Buffer.concat(chunks).toString('utf8') })
      })
    })
    sent.on('error', fail)
    sent.end(body ?? undefined)
  })
}

type Upload = { readonly name: string; readonly bytes: Buffer }

async function upload(agent: Agent, url: string, token: string, { name, bytes }: Upload): Promise<api.StoredFile> {
  const boundary = `bench-${randomUUID()}`
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${encodeURIComponent(name)}"\r\ncontent-type: application/pdf\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  const headers = { authorization: `Bearer ${token}`, 'content-type': `multipart/form-data; boundary=${boundary}` }
  const response = await send(agent, `${url}/api/v1/files`, { method: 'POST', headers, body })
  const answer: unknown = JSON.parse(await response.text())
  if (!response.ok) throw new api.ApiProblem(answer as api.Problem)
  return answer as api.StoredFile
}
