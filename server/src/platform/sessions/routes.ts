/** 登录: open, look at and close a session. The people themselves belong to the module that knows them. */
import { createHash, randomBytes } from 'node:crypto'
import { closeSession, type DemoPerson, getSession, listDemoPeople, openSession, type Session } from '@yichuang/contract'
import { ok, type Result, refuse } from '@yichuang/result'
import type { FastifyRequest } from 'fastify'
import type { Principal } from '../access.ts'
import { Refused } from '../http/problems.ts'
import type { Http, Identity } from '../http/server.ts'
import type { Database } from '../pg/database.ts'
import { passwordFits } from './passwords.ts'
import * as store from './store.ts'

/** What sessions ask of the module that knows people. */
export type People = {
  /** Null when the person is gone or may no longer log in. */
  find(person: string): Promise<Principal | null>
  /** The session as screens show it (without `token`). */
  describe(principal: Principal): Promise<Session>
  /** Demonstration people, for the login page; empty outside demonstration mode. */
  demonstration(): Promise<readonly DemoPerson[]>
}

export type SessionsOptions = { readonly db: Database; readonly demo: boolean; readonly people: People }

export const COOKIE = 'yichuang_session'

export function registerSessions(http: Http, { db, demo, people }: SessionsOptions): void {
  http.authenticateWith((request) => authenticate({ db, demo, people }, request))

  http.answer(openSession, async ({ body, request, header }) => {
    const opened =
      body.person === undefined ? await byPassword(db, body.account ?? '', body.password ?? '') : byDemonstration(demo, body.person)
    if (!opened.ok) return opened
    const principal = await people.find(opened.value.person)
    // One answer for "not there" and "a real person": a name tells nothing about who is in the register.
    if (principal === null || (opened.value.way === 'demonstration' && !principal.demo))
      return refuse('sessions/person-unknown', 'nobody of this name can log in here by name; GET /api/v1/demo/people lists who can')
    const token = randomBytes(32).toString('base64url')
    await store.openSession(db, hashOf(token), principal.person, opened.value.way)
    header('set-cookie', cookieOf(token, request))
    // Our own pages (they send X-Requested-With) live on the cookie, which scripts cannot read; the token is for programs.
    const shown = request.headers['x-requested-with'] === undefined ? { token } : {}
    return ok({ ...(await people.describe(principal)), ...shown })
  })

  http.answer(getSession, async ({ principal }) => ok(await people.describe(principal)))

  http.answer(closeSession, async ({ request, header }) => {
    const token = tokenOf(request)
    if (token !== null) await store.closeSession(db, hashOf(token.value))
    header('set-cookie', cookieOf('', request))
    return ok({})
  })

  http.answer(listDemoPeople, async () => {
    if (!demo)
      return refuse('demo/not-a-demonstration', 'demonstration people exist in demonstration mode only; start with YICHUANG_DEMO=1')
    return ok({ people: [...(await people.demonstration())] })
  })
}

type Opened = Result<{ readonly person: string; readonly way: store.Way }>

function byDemonstration(demo: boolean, person: string): Opened {
  if (demo) return ok({ person, way: 'demonstration' })
  const message = 'logging in by name alone works in demonstration mode only; send { account, password }'
  return refuse('sessions/not-a-demonstration', message)
}

async function byPassword(db: Database, account: string, password: string): Promise<Opened> {
  // Counted before the password is looked at: tries side by side are so many tries, and only a right one takes its count back.
  const tried = await store.accounts.attempt(db, account)
  if ((await passwordFits(tried?.password_hash ?? null, password)) && tried !== null) {
    await store.accounts.succeeded(db, tried.person)
    return ok({ person: tried.person, way: 'password' })
  }
  // The same words for an account that is not there, disabled or locked: who asks learns nothing about which accounts there are.
  return refuse(
    'sessions/wrong-credentials',
    `account or password is wrong, or the account is locked: ${store.MOST_FAILURES} failures lock it for ${store.LOCKED_FOR}`,
  )
}

async function authenticate({ db, demo, people }: SessionsOptions, request: FastifyRequest): Promise<Identity | null> {
  const token = tokenOf(request)
  if (token === null) return null
  const session = await store.findSession(db, hashOf(token.value))
  const principal = session === null ? null : await people.find(session.person)
  // A session opened without a password is worth something only while the demonstration lasts, and only for people who are made up.
  const holds = principal !== null && (session?.way === 'password' || (demo && principal.demo))
  if (holds) return { principal, way: token.way }
  // A browser with an old cookie may still read public pages and log in again; a program's wrong token is its error.
  if (token.way === 'cookie') return null
  throw new Refused({ code: 'sessions/not-logged-in', message: 'this token is unknown or its session has ended; log in again' })
}

function tokenOf(request: FastifyRequest): { readonly value: string; readonly way: 'cookie' | 'bearer' } | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return { value: bearer, way: 'bearer' }
  const cookie = request.cookies[COOKIE]
  return cookie === undefined || cookie === '' ? null : { value: cookie, way: 'cookie' }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** `Secure` only where the browser came by TLS: plain HTTP on the own machine is how a demonstration starts. */
function cookieOf(token: string, request: FastifyRequest): string {
  const secure = request.protocol === 'https' ? '; Secure' : ''
  const age = token === '' ? '; Max-Age=0' : ''
  return `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`
}
