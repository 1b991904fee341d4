/** People on the stage: log in once each, find their task, act. */
import { randomUUID } from 'node:crypto'
import * as api from '@yichuang/contract'

export type Cast = {
  readonly url: string
  readonly guest: api.Client
  as(person: string): Promise<Player>
}
export type Player = {
  readonly person: string
  readonly name: api.Text
  readonly client: api.Client
  see(caseId: string): Promise<api.CaseView>
  /** Takes the action on the case as it stands now. */
  act(caseId: string, action: string, more?: { step?: string; input?: api.Data }): Promise<api.CaseView>
  upload(name: string, text: string): Promise<api.StoredFile>
}

export function makeCast(url: string): Cast {
  const made = new Map<string, Promise<Player>>()
  const guest = client(url)
  const login = async (person: string): Promise<Player> => {
    const session = await guest.call(api.openSession, { body: { person } })
    return makePlayer(url, session)
  }
  return {
    url,
    guest,
    as: (person) => {
      const player = made.get(person) ?? login(person)
      made.set(person, player)
      return player
    },
  }
}

function client(url: string, token?: string): api.Client {
  return api.makeClient({
    url,
    fetch: (address, init) => fetch(address, init),
    newKey: randomUUID,
    ...(token === undefined ? {} : { token }),
  })
}

function makePlayer(url: string, session: api.Session): Player {
  const own = client(url, session.token)
  const see = (caseId: string) => own.call(api.getCase, { params: { case: caseId } })
  return {
    person: session.person,
    name: session.name,
    client: own,
    see,
    act: (caseId, action, { step, input = {} } = {}) =>
      lookingAgain(async () => {
        const { version } = await see(caseId)
        return own.call(api.actOnCase, {
          params: { case: caseId },
          body: { action, input, ...(step === undefined ? {} : { step }) },
          ifMatch: version,
        })
      }),
    upload: (name, text) => upload(url, session.token ?? '', name, text),
  }
}

/** Another part of the same case may move it between the look and the action: whoever meets that looks again, like a person would. */
async function lookingAgain(act: () => Promise<api.CaseView>, looks = 3): Promise<api.CaseView> {
  try {
    return await act()
  } catch (error) {
    if (looks > 1 && error instanceof api.ApiProblem && error.problem.code === 'cases/changed-meanwhile')
      return lookingAgain(act, looks - 1)
    throw error
  }
}

async function upload(url: string, token: string, name: string, text: string): Promise<api.StoredFile> {
  const form = new FormData()
  form.append('file', new Blob([pdfOf(text)], { type: 'application/pdf' }), name)
  const response = await fetch(`${url}/api/v1/files`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form })
  const answer: unknown = await response.json()
  if (!response.ok) throw new api.ApiProblem(answer as api.Problem)
  return answer as api.StoredFile
}

/** The smallest PDF that viewers open: one page with one line of Latin text. */
function pdfOf(text: string): string {
  const stream = `BT /F1 24 Tf 72 720 Td (${text.replaceAll(/[()\\]/g, '')}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const at = body.length
    body += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
}
