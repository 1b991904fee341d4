/**
 * The door: it listens before the house is ready and answers 503 with Retry-After until the routes are there,
 * so that whoever watches `/api/health` sees a server that starts, not one that is missing.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { problem } from './problems.ts'

export type Door = {
  readonly server: Server
  /** Every further request goes here. */
  open(inside: RequestListener): void
  listen(port: number, host: string): Promise<number>
  /** No new connections; those at work may finish within `graceMs`. */
  close(graceMs?: number): Promise<void>
}

export function makeDoor(): Door {
  let inside: RequestListener = starting
  const server = createServer((request, response) => inside(request, response))
  // Longer than the idle time of usual proxies, so that they never send into a connection that is just being closed.
  server.keepAliveTimeout = 75_000
  return {
    server,
    open: (listener) => {
      inside = listener
    },
    listen: (port, host) =>
      new Promise((done, fail) => {
        server.once('error', fail)
        server.listen(port, host, () => {
          server.off('error', fail)
          const address = server.address()
          done(typeof address === 'object' && address !== null ? address.port : port)
        })
      }),
    close: (graceMs = 5000) => close(server, graceMs),
  }
}

function starting(request: IncomingMessage, response: ServerResponse): void {
  const health = request.url === '/api/health'
  const body = health
    ? { status: 'starting' }
    : problem({ code: 'platform/starting', message: 'the server is starting; try again in a moment' })
  response.writeHead(503, { 'content-type': health ? 'application/json' : 'application/problem+json', 'retry-after': '1' })
  response.end(JSON.stringify(body))
}

async function close(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(force)
}
