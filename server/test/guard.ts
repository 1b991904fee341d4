/** Waits until a test run is gone, then stops its PostgreSQL by pid and removes its folder. Arguments: pid, start time, folder. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeCluster, startOf } from './cluster.ts'

const [, , owner = '', start = '', folder = ''] = process.argv

while (startOf(Number(owner)) === start && start !== '') await sleep(300)

const home = await readFile(join(folder, 'home'), 'utf8').catch(() => join(folder, 'postgres'))
const pid = Number.parseInt(await readFile(join(home, 'data', 'postmaster.pid'), 'utf8').catch(() => ''), 10)
if (Number.isInteger(pid)) {
  // Immediate shutdown: nothing in there is worth a checkpoint.
  stop('SIGQUIT')
  for (let waited = 0; waited < 100 && startOf(pid) !== ''; waited += 1) await sleep(50)
}
await removeCluster(home)
await removeCluster(folder)

function stop(signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already.
  }
}
