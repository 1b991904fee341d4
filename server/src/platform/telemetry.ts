/** Logs without personal data, and counters in Prometheus' text format. */
import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Whatever slips into a log line under these names is cut out. */
const PERSONAL = ['name', 'account', 'password', 'token', 'idCard', 'mobile', 'address', 'ip', 'cookie', 'authorization']

export function makeLog(level: LogLevel, destination?: DestinationStream): Logger {
  const paths = PERSONAL.flatMap((name) => [name, `*.${name}`])
  const options = { level, redact: { paths, censor: '[personal]' }, base: null, serializers: { err: describeError } }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** Detail and parameters of a database error may hold a citizen's data: they stay out. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { code } = error as { code?: unknown }
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return { type: error.name, message: error.message, ...(code === undefined ? {} : { code }), stack: error.stack, ...cause }
}

export type Metrics = {
  observe(method: string, route: string, status: number, ms: number): void
  /** A number read when somebody asks. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void
  text(): Promise<string>
}

type Series = { count: number; seconds: number }

export function makeMetrics(): Metrics {
  const requests = new Map<string, Series>()
  const gauges: { name: string; help: string; read: () => number | Promise<number> }[] = []
  return {
    observe: (method, route, status, ms) => {
      const labels = `method="${method}",route="${route}",status="${status}"`
      const series = requests.get(labels) ?? { count: 0, seconds: 0 }
      requests.set(labels, { count: series.count + 1, seconds: series.seconds + ms / 1000 })
    },
    gauge: (name, help, read) => gauges.push({ name, help, read }),
    text: async () => {
      const lines = ['# TYPE yichuang_http_requests_total counter', '# TYPE yichuang_http_seconds_total counter']
      for (const [labels, { count, seconds }] of requests) {
        lines.push(`yichuang_http_requests_total{${labels}} ${count}`, `yichuang_http_seconds_total{${labels}} ${seconds.toFixed(6)}`)
      }
      for (const { name, help, read } of gauges) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${await read()}`)
      return `${lines.join('\n')}\n`
    },
  }
}
