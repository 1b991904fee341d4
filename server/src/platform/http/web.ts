/** The built pages: hashed assets for ever, the page itself fresh each time, every other path of the browser leads to it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from './problems.ts'

export async function registerWeb(app: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: true,
      index: false,
      setHeaders: (response, path) => {
        const forEver = path.startsWith(join(folder, 'assets'))
        response.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    app.get('/', (_request, reply) => page(reply))
  }
  app.setNotFoundHandler((request, reply) => {
    if (built && isPage(request)) return page(reply)
    throw new Refused({ code: 'platform/not-found', message: `there is no ${request.method} ${request.url.split('?')[0]}; see /api/docs` })
  })
}

function page(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
}

/** Whatever a browser opens outside the API. A dot says nothing: `/verify/1.2.156…` ends like a file and is a page. */
function isPage(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? ''
  const wantsPage = (request.headers.accept ?? '').includes('text/html')
  return request.method === 'GET' && wantsPage && !path.startsWith('/api/') && !path.startsWith('/assets/')
}
