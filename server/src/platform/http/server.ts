/** The HTTP server: plugins, identity of the caller, and the two ways in which modules answer (`answer`, `command`). */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import type { Endpoint } from '@yichuang/contract'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import type { Logger } from 'pino'
import type { Principal } from '../access.ts'
import { uuidv7 } from '../ids.ts'
import type { Database } from '../pg/database.ts'
import type { Metrics } from '../telemetry.ts'
import type { Clock } from '../time.ts'
import { type Answer, type Command, type CommandOptions, registerAnswer, registerCommand, type Work } from './calls.ts'
import { type Door, makeDoor } from './door.ts'
import { registerOpenApi } from './openapi.ts'
import { problem, Refused, refusalOf, statusOf } from './problems.ts'
import { checker, type Part } from './validation.ts'

export type Identity = { readonly principal: Principal; readonly way: 'cookie' | 'bearer' }
/** Set by `sessions`: who is calling, or null. */
export type Authenticate = (request: FastifyRequest) => Promise<Identity | null>

export type HttpOptions = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Logger
  readonly metrics: Metrics
  readonly version: string
  readonly door?: Door
  /** Every answer is checked against its schema; for tests. */
  readonly checkAnswers?: boolean
  /** Requests a minute of one address; callers on this machine are not counted. */
  readonly requestsPerMinute?: number
}

export type Http = {
  readonly door: Door
  /** For what is not JSON: bytes, streams, pages. */
  readonly app: FastifyInstance
  /** Answers without a transaction of its own: reads, and the few writes that manage themselves. */
  answer<E extends Endpoint>(endpoint: E, answer: Answer<E>): void
  /** Changes something: one transaction, answered once per Idempotency-Key. */
  command<E extends Endpoint>(endpoint: E, command: Command<E>, options?: CommandOptions): void
  authenticateWith(authenticate: Authenticate): void
  /** After this no routes can be added; requests are let in. */
  open(): Promise<void>
  close(): Promise<void>
}

declare module 'fastify' {
  interface FastifyRequest {
    identity: Identity | null
  }
}

export async function createHttp(options: HttpOptions): Promise<Http> {
  const door = options.door ?? makeDoor()
  let handler: Parameters<Door['open']>[0] | undefined
  const app = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuidv7(),
    trustProxy: 'loopback',
    bodyLimit: 1 << 20,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    serverFactory: (listener) => {
      handler = listener as typeof handler
      return door.server
    },
  })
  const work: Work = { ...options, checkAnswers: options.checkAnswers ?? false }
  let authenticate: Authenticate = async () => null
  await registerPlugins(app, options)
  await registerOpenApi(app, options.version)
  registerHooks(app, options, (request) => authenticate(request))
  return {
    door,
    app,
    answer: (endpoint, answer) => registerAnswer(app, work, endpoint, answer),
    command: (endpoint, command, how = {}) => registerCommand(app, work, endpoint, command, how),
    authenticateWith: (next) => {
      authenticate = next
    },
    open: async () => {
      await app.ready()
      if (handler !== undefined) door.open(handler)
    },
    close: async () => {
      await door.close()
      await app.close()
    },
  }
}

async function registerPlugins(app: FastifyInstance, options: HttpOptions): Promise<void> {
  app.setValidatorCompiler(({ schema, httpPart }) => checker(schema, (httpPart ?? 'body') as Part))
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {})
    else parse(request, body, done)
  })
  await app.register(cookie)
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY }, strictTransportSecurity: false })
  await app.register(multipart, { limits: { files: 1, fields: 10, fieldSize: 10_000 } })
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? 1200,
    timeWindow: '1 minute',
    allowList: (request) => isLoopback(request.ip),
    errorResponseBuilder: (_request, { after }) =>
      new Refused({ code: 'platform/too-many-requests', message: `too many requests from this address; try again in ${after}` }),
  })
}

/** Styles may be inline because the component library writes its style sheet at run time; scripts may not. */
const CONTENT_POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  frameSrc: ["'self'", 'blob:'],
  frameAncestors: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
}

export function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.')
}

function registerHooks(app: FastifyInstance, options: HttpOptions, authenticate: Authenticate): void {
  app.decorateRequest('identity', null)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (!request.url.startsWith('/api/v1/')) return
    request.identity = await authenticate(request)
    refuseForeignPages(request)
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    options.metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime)
    // Neither address nor query nor body: they may hold personal data. The route and the request number find the rest.
    options.log.debug({ request: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
  })
  app.setErrorHandler((error, request, reply) => {
    const { refusal, fields, bug } = refusalOf(error)
    if (bug) options.log.error({ request: request.id, route: request.routeOptions.url, err: error }, 'a bug')
    const status = statusOf(refusal.code)
    if (status === 503) reply.header('retry-after', '1')
    reply
      .code(status)
      .type('application/problem+json')
      .send(JSON.stringify(problem(refusal, request.id, fields)))
  })
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A page of another site can make a browser send our cookie with a plain form POST (SameSite stops most of it), but it cannot set a header
 * of its own without asking us first, and we never agree. PUT, PATCH and DELETE need that question always.
 */
function refuseForeignPages(request: FastifyRequest): void {
  if (SAFE.has(request.method) || request.identity?.way !== 'cookie') return
  const foreign = request.headers['sec-fetch-site'] === 'cross-site'
  const own = request.headers['idempotency-key'] !== undefined || request.headers['x-requested-with'] !== undefined
  if (!foreign && (own || request.method !== 'POST')) return
  const message = 'a change with a session cookie must carry Idempotency-Key or X-Requested-With, and come from our own pages'
  throw new Refused({ code: 'platform/cross-site', message })
}
