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
  /** What failed so often that nobody tries it any more, by kind: waits for the operator. */
  readonly parked: () => Promise<Parked>
  readonly metrics: Metrics
}

/** Messages of the outbox; future moments of cases. */
export type Parked = { readonly outbox: number; readonly obligations: number }

const ping = statement('health.ping', 'select 1 as one', { one: 'int4' })
const PATIENCE_MS = 3000

export function registerHealth(app: FastifyInstance, { db, version, pack, lag, parked, metrics }: HealthOptions): void {
  app.get('/api/health', async (_request, reply) => {
    const measured = await within(
      PATIENCE_MS,
      db.one(ping).then(async () => ({ lag: await lag(), parked: await parked() })),
    ).catch(() => null)
    reply.header('cache-control', 'no-store')
    if (measured === null) {
      return reply.code(503).send({ status: 'unhealthy', version, pack, database: 'unavailable', lag: null, parked: null })
    }
    // Degraded, not unhealthy: people can work, and taking the server out of service would mend nothing.
    const status = measured.parked.outbox + measured.parked.obligations > 0 ? 'degraded' : 'ok'
    return reply.send({ status, version, pack, database: 'ok', ...measured })
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
