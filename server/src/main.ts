/** env → config → app → listen → stop. */
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { makeDoor } from './platform/http/door.ts'
import { migrate, readMigrations } from './platform/migrations.ts'
import { startEmbedded } from './platform/pg/embedded.ts'
import { makeLog } from './platform/telemetry.ts'
import { sayReady } from './ready.ts'

const config = readConfig(process.env)
if (!config.ok) fail(config.error.message)
const { value } = config
const log = makeLog(value.logLevel)
const door = makeDoor()
const say = (line: string) => console.log(line)

/** What was started, to be stopped the other way round. */
const started: (() => Promise<void>)[] = []
const stopAll = async () => {
  while (started.length > 0) await started.pop()?.()
}
/** One Ctrl-C arrives several times (npm and the bootstrap pass it on); a person who presses it again after a while means it. */
const IMPATIENT_MS = 3000
let stoppingSince = 0
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (stoppingSince > 0) {
      if (Date.now() - stoppingSince > IMPATIENT_MS) process.exit(1)
      return
    }
    stoppingSince = Date.now()
    say(`${signal}: finishing what is in hand`)
    void stopAll().finally(() => process.exit(0))
  })
}

try {
  const port = await door.listen(value.port, value.host)
  const embedded = value.databaseUrl === null ? await startEmbedded({ data: value.data, say }) : null
  if (embedded !== null) started.push(embedded.stop)
  const databaseUrl = embedded?.url ?? value.databaseUrl ?? ''
  for (const name of await migrate(databaseUrl, await readMigrations())) say(`migrated ${name}`)
  const app = await createApp({ config: value, databaseUrl, log, door, demonstrate: say })
  started.push(app.stop)
  sayReady({ host: value.host, port, embedded: embedded?.folder ?? null, people: await app.people.demonstration(), say })
} catch (error) {
  log.debug({ err: error })
  await stopAll()
  fail(error instanceof Error ? error.message : String(error))
}

function fail(message: string): never {
  console.error(`Yichuang cannot start: ${message}`)
  process.exit(1)
}
