/** OpenAPI 3.1, generated from the routes of the contract, and a page to read it on. */
import swagger from '@fastify/swagger'
import type { Endpoint } from '@yichuang/contract'
import { Problem } from '@yichuang/contract'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { docsPage } from './docs.ts'
import { statusOf } from './problems.ts'

/** Refusals that any endpoint may give. */
const GENERAL = ['platform/request-invalid', 'platform/too-many-requests', 'platform/database-unavailable', 'platform/bug']
const OF_CHANGES = ['platform/idempotency-key-missing', 'platform/idempotency-key-reused', 'platform/cross-site']

export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Yichuang 一窗',
        version,
        description: 'One window between a city and its businesses.',
        license: { name: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'yichuang_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: ({ schema, url }) => ({ schema: describe(schema as Described | undefined), url }),
  })
  app.get('/api/openapi.json', { schema: { hide: true } as FastifySchema }, async () => app.swagger())
  app.get('/api/docs', { schema: { hide: true } as FastifySchema }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(app.swagger() as never)),
  )
}

type Described = FastifySchema & { readonly endpoint?: Endpoint; readonly hide?: boolean }

/** Routes that are not of the contract (pages, bytes) stay out of the document. */
function describe(schema: Described | undefined): FastifySchema {
  const endpoint = schema?.endpoint
  if (schema === undefined || endpoint === undefined) return { hide: true } as FastifySchema
  const { endpoint: _, ...rest } = schema
  const headers = endpoint.changes && endpoint.method === 'POST' ? { headers: KEY_HEADER } : {}
  const security = endpoint.access === 'public' ? [] : [{ session: [] }, { token: [] }]
  return { ...rest, ...headers, security, response: responses(endpoint) } as FastifySchema
}

const KEY_HEADER = {
  type: 'object',
  properties: { 'Idempotency-Key': { type: 'string', maxLength: 200, description: 'The same value when the request is repeated' } },
}

function responses(endpoint: Endpoint): { [status: string]: unknown } {
  const own = endpoint.access === 'public' ? [] : ['sessions/not-logged-in']
  const codes = [...endpoint.refusals, ...own, ...GENERAL, ...(endpoint.changes ? OF_CHANGES : [])]
  const byStatus = Map.groupBy(codes, statusOf)
  const problems = [...byStatus].map(([status, list]) => [
    String(status),
    { description: list.join(' · '), content: { 'application/problem+json': { schema: Problem } } },
  ])
  return { 200: { description: 'The answer', ...endpoint.answer }, ...Object.fromEntries(problems) }
}
