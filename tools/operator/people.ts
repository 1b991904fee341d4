/** `person add`, `post add`, `post end`: who works here. */
import { openCity } from '../../server/src/city.ts'
import { addPerson, addPost, endPost, type PostWish } from '../../server/src/modules/parties/public.ts'
import { migrate, readMigrations } from '../../server/src/platform/migrations.ts'
import { openDatabase, type Tx } from '../../server/src/platform/pg/database.ts'
import { type Command, config, option, withDatabaseUrl } from './command.ts'

type Pack = Parameters<typeof addPerson>[1]
type Answer = Awaited<ReturnType<typeof addPerson>>

const POST = '--person <id> --org <organisation> --desk <desk> --role <role>'

export const personAddCommand: Command = {
  name: 'person add',
  takes: '--id <id> --name <name> [--name-en <name>] [--id-card <number>] [--mobile <number>]',
  what: 'enters a real person in the register; she can be given posts and an account then',
  more: 'Nobody logs in as her by name, in no mode. Identity and mobile numbers are checked; the mobile number is where short messages go.',
  run: async (args) => {
    const [person, zh, en] = [wanted(args, 'id'), wanted(args, 'name'), option(args, 'name-en')]
    const [idCard, mobile] = [option(args, 'id-card'), option(args, 'mobile')]
    const name = en === undefined ? { zh } : { zh, en }
    const numbers = { ...(idCard === undefined ? {} : { idCard }), ...(mobile === undefined ? {} : { mobile }) }
    await write((tx, pack) => addPerson(tx, pack, { person, name, ...numbers }))
    console.log(`${person} is in the register; next: post add, user add`)
    return 0
  },
}

export const postAddCommand: Command = {
  name: 'post add',
  takes: POST,
  what: 'gives a person a role at a desk of an organisation of the pack',
  more: 'Desks: counter, department, supervision, admin. A wrong organisation or role is answered with those there are. It counts at once.',
  run: async (args) => {
    const post = postOf(args)
    await write((tx, pack) => addPost(tx, pack, post))
    console.log(`${post.person} is ${post.role} at the ${post.desk} desk of ${post.org}`)
    return 0
  },
}

export const postEndCommand: Command = {
  name: 'post end',
  takes: POST,
  what: 'takes that role from the person again, and with the last role the post',
  more: 'It counts at once, also for who is logged in.',
  run: async (args) => {
    const post = postOf(args)
    await write((tx, pack) => endPost(tx, pack, post))
    console.log(`${post.person} is no longer ${post.role} at the ${post.desk} desk of ${post.org}`)
    return 0
  },
}

function wanted(args: readonly string[], name: string): string {
  const value = option(args, name)
  if (value === undefined || value.startsWith('--')) throw new Error(`--${name} is missing`)
  return value
}

function postOf(args: readonly string[]): PostWish {
  return { person: wanted(args, 'person'), org: wanted(args, 'org'), desk: wanted(args, 'desk'), role: wanted(args, 'role') }
}

async function write(work: (tx: Tx, pack: Pack) => Promise<Answer>): Promise<void> {
  const settings = config()
  const city = await openCity(settings.pack)
  if (!city.ok) throw new Error(city.error.message)
  const { pack } = city.value
  const done = await withDatabaseUrl(settings, async (url) => {
    await migrate(url, await readMigrations())
    const db = openDatabase(url, { connections: 1 })
    try {
      return await db.tx((tx) => work(tx, pack))
    } finally {
      await db.close()
    }
  })
  if (!done.ok) throw new Error(done.error.message)
}
