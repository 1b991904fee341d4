/** `npm run tour`: plays one whole application against a running server, or against one of its own, and tells it line by line. */
import { findServer } from './tour/server.ts'
import { play } from './tour/story.ts'
import { makeTeller } from './tour/teller.ts'

const USAGE = `npm run tour [-- --url http://127.0.0.1:8430] [--language zh|en]
  Plays 个体工商户转型为企业 through the public API: from the owner's phone to the certificates, with working-day clocks, a gap, a site visit
  and a case left alone until it climbs the ladder. It moves the demonstration clock. Without a server at the address it starts one of its own
  on a throw-away database.`

export async function run(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
  const language = option('--language') ?? 'zh'
  if (language !== 'zh' && language !== 'en') throw new Error(`--language ${language} is not there: zh or en`)
  const server = await findServer(option('--url'))
  try {
    await play(server.url, makeTeller(language))
  } finally {
    await server.stop()
  }
}
