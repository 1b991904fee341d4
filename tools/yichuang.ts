/** `npm run yichuang -- <command>`: what an operator does beside running the server. */
import { backupCommand, restoreCommand } from './operator/backups.ts'
import { caseMigrateCommand, replayCommand } from './operator/cases.ts'
import type { Command } from './operator/command.ts'
import { migrateCommand, userAddCommand } from './operator/database.ts'
import { packCheckCommand, packDiffCommand } from './operator/packs.ts'
import { parkedCommand } from './operator/parked.ts'
import { personAddCommand, postAddCommand, postEndCommand } from './operator/people.ts'

const COMMANDS: readonly Command[] = [
  packCheckCommand,
  packDiffCommand,
  migrateCommand,
  personAddCommand,
  postAddCommand,
  postEndCommand,
  userAddCommand,
  backupCommand,
  restoreCommand,
  replayCommand,
  caseMigrateCommand,
  parkedCommand,
]

export async function run(args: readonly string[]): Promise<void> {
  const command = COMMANDS.find(({ name }) => args.slice(0, name.split(' ').length).join(' ') === name)
  const asksHelp = args.includes('--help') || args.includes('-h')
  if (command === undefined) {
    const known = overview()
    if (asksHelp || args.length === 0) return console.log(known)
    throw new Error(`There is no command ${args.join(' ')}.\n${known}`)
  }
  if (asksHelp) return console.log(helpOf(command))
  const ended = await command.run(args.slice(command.name.split(' ').length))
  process.exitCode = ended
}

function overview(): string {
  const widest = Math.max(...COMMANDS.map(({ name, takes }) => `${name} ${takes}`.length))
  const lines = COMMANDS.map(({ name, takes, what }) => `  ${`${name} ${takes}`.padEnd(widest)}  ${what}`)
  return `npm run yichuang -- <command>; --help behind a command says more\n${lines.join('\n')}`
}

function helpOf({ name, takes, what, more }: Command): string {
  return `npm run yichuang -- ${name} ${takes}\n\n${what}\n\n${more}`
}
