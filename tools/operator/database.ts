/** `db migrate`, `user add`. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isRegistered } from '../../server/src/modules/parties/public.ts'
import { migrate, readMigrations } from '../../server/src/platform/migrations.ts'
import { openDatabase } from '../../server/src/platform/pg/database.ts'
import { brokenUnique } from '../../server/src/platform/pg/errors.ts'
import { hashPassword } from '../../server/src/platform/sessions/passwords.ts'
import { accounts, closeSessionsOf } from '../../server/src/platform/sessions/store.ts'
import { type Command, config, option, withDatabaseUrl } from './command.ts'

export const migrateCommand: Command = {
  name: 'db migrate',
  takes: '',
  what: 'brings the schema of the database up to this version',
  more: 'The server does this at every start. Here it can be done before, with the server of the old version stopped.',
  run: async () => {
    const applied = await withDatabaseUrl(config(), async (url) => migrate(url, await readMigrations()))
    console.log(applied.length === 0 ? 'The schema is up to date.' : applied.map((name) => `migrated ${name}`).join('\n'))
    return 0
  },
}

export const userAddCommand: Command = {
  name: 'user add',
  takes: '--person <id> --account <name> [--password-file <file>]',
  what: 'gives a person an account with a password, or a new password; ends the sessions she has',
  more: `The person must be in the register: entered by person add, or brought by the pack in demonstration mode. Without a file a password is made up and shown once.
The first line of the file is the password: 10 to 200 characters. Only its argon2id hash is kept.`,
  run: async (args) => {
    const [person, account, file] = [option(args, 'person'), option(args, 'account'), option(args, 'password-file')]
    if (person === undefined || account === undefined) throw new Error('user add needs --person <id> and --account <name>')
    const password = file === undefined ? randomBytes(12).toString('base64url') : await firstLine(file)
    const hash = await hashPassword(password)
    if (!hash.ok) throw new Error(hash.error.message)
    await withDatabaseUrl(config(), (url) => save(url, person, account, hash.value))
    console.log(`${person} can log in as ${account}${file === undefined ? ` with the password ${password}` : ''}`)
    return 0
  },
}

async function firstLine(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).split(/\r?\n/)[0] ?? ''
}

export async function save(url: string, person: string, account: string, hash: string): Promise<void> {
  await migrate(url, await readMigrations())
  const db = openDatabase(url, { connections: 1 })
  try {
    await db.tx(async (tx) => {
      if (!(await isRegistered(tx, person)))
        throw new Error(`the register knows nobody called ${person}: enter the person with person add first`)
      await accounts.save(tx, person, account, hash)
      await closeSessionsOf(tx, person)
    })
  } catch (error) {
    if (brokenUnique(error) === 'people_accounts_account')
      throw new Error(`the account ${account} belongs to somebody else; take another name`)
    throw error
  } finally {
    await db.close()
  }
}
