/** Health for whoever watches the server, and numbers for whoever counts. */
import type { FastifyInstance } from 'fastify'
import type { Database } from '../pg/database.ts'
import { statement } from '../pg/statement.ts'
import type { Metrics } from '../telemetry.ts'
import { Refused } from './problems.ts'
import { isLoopback } from './server.ts'

export type HealthOptions = {
  readonly db: Database
  readonly version: string
  /** `tidewater@1f2e3d…`. */
  readonly pack: string
  /** Seconds that deliveries are behind. */
  readonly lag: () => Promise<number>
  readonly metrics: Metrics
}

const ping = statement('health.ping', 'select 1 as one', { one: 'int4' })
const PATIENCE_MS = 3000

export function registerHealth(app: FastifyInstance, { db, version, pack, lag, metrics }: HealthOptions): void {
  app.get('/api/health', async (_request, reply) => {
    const measured = await within(
      PATIENCE_MS,
      db.one(ping).then(() => lag()),
    ).catch(() => null)
    const status = measured === null ? 'unhealthy' : 'ok'
    const database = measured === null ? 'unavailable' : 'ok'
    reply.header('cache-control', 'no-store')
    return reply.code(measured === null ? 503 : 200).send({ status, version, pack, database, lag: measured })
  })

  app.get('/api/metrics', async (request, reply) => {
    // Behind a proxy the caller's own address counts: the numbers are for the operator's machine.
    if (!isLoopback(request.ip)) throw new Refused({ code: 'platform/not-allowed', message: 'metrics are given on this machine only' })
    return reply.type('text/plain; version=0.0.4').send(await metrics.text())
  })
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
