/** Periodic work: by name, one runner at a time among all servers, with its last run and last error on record. Real time. */
import type { Database } from './pg/database.ts'
import { statement } from './pg/statement.ts'
import type { Logger } from './telemetry.ts'

export type Jobs = {
  every(seconds: number, name: string, work: () => Promise<unknown>): void
  start(): void
  /** Runs a job now, after the run in hand. False: another server is running it. Its error is recorded, not thrown. */
  runNow(name: string): Promise<boolean>
  list(): Promise<JobRow[]>
  stop(): Promise<void>
}

const begun = statement(
  'jobs.begun',
  `insert into jobs (name, started_at, runs) values ($1, now(), 1)
   on conflict (name) do update set started_at = now(), runs = jobs.runs + 1`,
)
const ended = statement(
  'jobs.ended',
  `update jobs set finished_at = now(), error = $2, failures = jobs.failures + case when $2::text is null then 0 else 1 end
   where jobs.name = $1`,
)
const all = statement(
  'jobs.list',
  'select jobs.name, jobs.started_at, jobs.finished_at, jobs.runs, jobs.failures, jobs.error from jobs order by jobs.name',
  { name: 'text', started_at: 'timestamptz?', finished_at: 'timestamptz?', runs: 'int8', failures: 'int8', error: 'text?' },
)

export type JobRow = {
  name: string
  started_at: string | null
  finished_at: string | null
  runs: number
  failures: number
  error: string | null
}

type Job = {
  readonly name: string
  readonly seconds: number
  readonly work: () => Promise<unknown>
  line: Promise<unknown>
  timer?: NodeJS.Timeout
}

export function makeJobs(db: Database, log: Logger): Jobs {
  const jobs = new Map<string, Job>()
  let stopped = false

  const run = (job: Job): Promise<boolean> => {
    const next = job.line.then(() => (stopped ? false : runOnce(db, log, job)))
    job.line = next.catch(() => {})
    return next
  }
  const schedule = (job: Job): void => {
    if (stopped) return
    job.timer = setTimeout(() => {
      run(job)
        .catch((error) => log.warn({ job: job.name, err: error }, 'a job could not run'))
        .finally(() => schedule(job))
    }, job.seconds * 1000)
    job.timer.unref()
  }
  return {
    every: (seconds, name, work) => {
      if (jobs.has(name)) throw new Error(`job ${name} is there twice`)
      jobs.set(name, { name, seconds, work, line: Promise.resolve() })
    },
    start: () => jobs.forEach(schedule),
    runNow: async (name) => {
      const job = jobs.get(name)
      if (job === undefined) throw new Error(`there is no job ${name}`)
      return run(job)
    },
    list: () => db.query(all),
    stop: async () => {
      stopped = true
      for (const job of jobs.values()) clearTimeout(job.timer)
      await Promise.all([...jobs.values()].map((job) => job.line))
    },
  }
}

async function runOnce(db: Database, log: Logger, job: Job): Promise<boolean> {
  const ran = await db.locked(`job ${job.name}`, async () => {
    await db.run(begun, [job.name])
    const error = await job.work().then(
      () => null,
      (failure: unknown) => failure ?? new Error('failed without a reason'),
    )
    if (error !== null) log.error({ job: job.name, err: error }, 'a job failed')
    const words = error === null ? null : error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    await db.run(ended, [job.name, words])
    return true
  })
  return ran ?? false
}
