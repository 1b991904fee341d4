/** The postmaster as the lock file of a cluster knows it. */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Lines of `postmaster.pid`: pid, data folder, start, port, socket folder, address, shared memory, state; none when it is not there. */
export async function pidFile(data: string): Promise<string[]> {
  return (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
}

/** The postmaster's pid when it lives and is PostgreSQL: after a reboot the number may belong to somebody else. */
export async function livingPostmaster(data: string): Promise<number | null> {
  const pid = Number.parseInt((await pidFile(data))[0] ?? '', 10)
  return Number.isInteger(pid) && isAlive(pid) && (await isPostgres(pid)) ? pid : null
}

/** A zombie is nobody. Where there is no /proc, the number has to do. */
async function isPostgres(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat === null || (stat.includes('(postgres') && !stat.includes(') Z '))
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * After a reboot the number in the lock file may belong to another program, which PostgreSQL would take for itself. The file of a dead
 * postmaster is PostgreSQL's own affair: taking it away could hit one that somebody else is just starting.
 */
export async function removeForeignLock(data: string): Promise<void> {
  const pid = Number.parseInt((await pidFile(data))[0] ?? '', 10)
  if (Number.isInteger(pid) && isAlive(pid) && !(await isPostgres(pid))) await rm(join(data, 'postmaster.pid'), { force: true })
}
