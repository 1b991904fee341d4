/** `backup`, `restore`: the embedded database with its log, and the uploaded files. */
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { migrate, readMigrations } from '../../server/src/platform/migrations.ts'
import { backupCluster, restoreCluster } from '../../server/src/platform/pg/backup.ts'
import { startEmbedded } from '../../server/src/platform/pg/embedded.ts'
import { type Command, config, operands } from './command.ts'

const OWN_SERVER =
  'DATABASE_URL is set: back up and restore that server with its own tools (pg_basebackup, pg_dump), and the files beside it'

export const backupCommand: Command = {
  name: 'backup',
  takes: '<folder>',
  what: 'copies the embedded database and the uploaded files to a new folder; the server may run meanwhile',
  more: `The folder must not be there yet. Everything acknowledged before the command ends is in it. A backup that was broken off is left
as <folder>.unfinished and can be deleted.`,
  run: async (args) => {
    const settings = config()
    if (settings.databaseUrl !== null) throw new Error(OWN_SERVER)
    const target = resolve(operands(args)[0] ?? '')
    if (operands(args).length !== 1) throw new Error('backup needs one folder to write to')
    if (existsSync(target)) throw new Error(`${target} is there already; a backup goes into a new folder`)
    const unfinished = `${target}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(unfinished, { recursive: true, mode: 0o700 })
    const embedded = await startEmbedded({ data: settings.data, say: (line) => console.log(line) })
    try {
      const { files, bytes } = await backupCluster(embedded.url, embedded.folder, join(unfinished, 'postgres'))
      // After the database: whatever a row names was on disk before the row.
      await copyFiles(join(settings.data, 'files'), join(unfinished, 'files'))
      await writeFile(join(unfinished, 'backup.json'), JSON.stringify({ format: 1, at: new Date().toISOString(), files, bytes }, null, 2))
      await rename(unfinished, target)
      console.log(`Backed up to ${target}: ${files} database files, ${(bytes / 1e6).toFixed(1)} MB, and the uploaded files`)
    } finally {
      await embedded.stop()
    }
    return 0
  },
}

export const restoreCommand: Command = {
  name: 'restore',
  takes: '<folder>',
  what: 'puts a backup in the place of the embedded database and the uploaded files; the server must be stopped',
  more: 'What was there before is kept beside and named. The restored database is started once, to recover and to be brought to this version.',
  run: async (args) => {
    const settings = config()
    if (settings.databaseUrl !== null) throw new Error(OWN_SERVER)
    const source = resolve(operands(args)[0] ?? '')
    const note = await readFile(join(source, 'backup.json'), 'utf8').catch(() => null)
    if (operands(args).length !== 1 || note === null) throw new Error(`${source} is not a backup: it has no backup.json`)
    const { kept } = await restoreCluster(join(source, 'postgres'), settings.data)
    await copyFiles(join(source, 'files'), join(settings.data, 'files'))
    const embedded = await startEmbedded({ data: settings.data, say: (line) => console.log(line) })
    try {
      await migrate(embedded.url, await readMigrations())
    } finally {
      await embedded.stop()
    }
    console.log(
      `Restored the backup of ${(JSON.parse(note) as { at: string }).at}${kept === null ? '' : `; the data of before is in ${kept}`}`,
    )
    return 0
  },
}

/** Files are named after their content: what is there is right, what is missing is added. */
async function copyFiles(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return
  await cp(from, to, { recursive: true, force: false, filter: (path) => !path.startsWith(join(from, 'incoming')) })
}
