/** Server-sent events: one open answer per watcher, with a heartbeat so that proxies and we notice when somebody is gone. */
import type { FastifyReply } from 'fastify'

export type EventStream = {
  /** `data` is sent as JSON. */
  send(event: string, data: unknown, id?: string): void
  close(): void
  onClose(closed: () => void): void
}

const HEARTBEAT_MS = 20_000

/** Takes over the answer. Whoever gets a stream decides per event what its watcher may see. */
export function eventStream(reply: FastifyReply): EventStream {
  const response = reply.raw
  const listeners: (() => void)[] = []
  reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) response.setHeader(name, value)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  response.write('retry: 2000\n\n')
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  response.on('close', () => {
    clearInterval(heartbeat)
    for (const closed of listeners) closed()
  })
  return {
    send: (event, data, id) => {
      if (response.writableEnded) return
      const head = id === undefined ? '' : `id: ${id.replace(/[\r\n]/g, '')}\n`
      response.write(`${head}event: ${event.replace(/[\r\n]/g, '')}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    close: () => response.end(),
    onClose: (closed) => listeners.push(closed),
  }
}
