/** What a command of the operator is. */
import { type Config, readConfig } from '../../server/src/config.ts'
import { startEmbedded } from '../../server/src/platform/pg/embedded.ts'

export type Command = {
  readonly name: string
  /** Its arguments, in one line. */
  readonly takes: string
  readonly what: string
  /** The rest of its help. */
  readonly more: string
  /** Answers the exit code; throws with words for people. */
  run(args: readonly string[]): Promise<number>
}

export function config(): Config {
  const read = readConfig(process.env)
  if (!read.ok) throw new Error(read.error.message)
  return read.value
}

/** Runs `work` on the database of the environment; an embedded one is started for it, or shared with a server that runs. */
export async function withDatabaseUrl<T>(settings: Config, work: (url: string) => Promise<T>): Promise<T> {
  if (settings.databaseUrl !== null) return work(settings.databaseUrl)
  const embedded = await startEmbedded({ data: settings.data, say: (line) => console.log(line) })
  try {
    return await work(embedded.url)
  } finally {
    await embedded.stop()
  }
}

/** `--name value` or `--name=value`. */
export function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`)
  if (at >= 0) return args[at + 1]
  return args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
}

/** Arguments that are neither options nor their values. */
export function operands(args: readonly string[], options: readonly string[] = []): string[] {
  return args.filter((arg, at) => !arg.startsWith('--') && !options.some((name) => args[at - 1] === `--${name}`))
}
