/**
 * The peer: durable workflows of `@dbos-inc/dbos-sdk` on the same PostgreSQL, a parent with eight children.
 * `bare`: as many durable steps as our lifecycle has commands, back to back, doing nothing.
 * `desks`: the same steps, each waiting for the message of whoever acts, and writing the rows that our command wrote.
 */
import { DBOS } from '@dbos-inc/dbos-sdk'
import pg from 'pg'
import { clientConfig } from '../../server/src/platform/pg/database.ts'
import { type Script, writeTransaction } from './recorded.ts'

export type Peer = {
  bare(number: number): Promise<number>
  /** The script's writes, shared out among the steps: each writes its part in one transaction. */
  desks(number: number, script: Script): Promise<number>
  close(): Promise<void>
}

export type PeerOptions = { readonly databaseUrl: string; readonly systemUrl: string; readonly commands: number; readonly children: number }

const PATIENCE_SECONDS = 60

export async function openPeer({ databaseUrl, systemUrl, commands, children }: PeerOptions): Promise<Peer> {
  const pool = new pg.Pool({ ...clientConfig(databaseUrl), pipeline: true, max: 8 })
  const scripts = new Map<string, Script>()
  // The parent submits, accepts, delivers and rates; every child has its share of the rest.
  const each = Math.floor((commands - 4) / children)
  const own = commands - each * children

  const step = async (of: string, turn: number) => {
    const script = scripts.get(of)
    if (script !== undefined) await writePart(pool, script, turn, commands)
    return turn
  }
  const bareChild = DBOS.registerWorkflow(
    async (of: string, first: number) => {
      for (let i = 0; i < each; i += 1) await DBOS.runStep(() => step(of, first + i), { name: 'act' })
      return each
    },
    { name: 'bareChild' },
  )
  const bareParent = DBOS.registerWorkflow(
    async (of: string) => {
      for (let i = 0; i < own - 1; i += 1) await DBOS.runStep(() => step(of, i), { name: 'act' })
      const handles = []
      for (let i = 0; i < children; i += 1)
        handles.push(await DBOS.startWorkflow(bareChild, { workflowID: `${of}-${i}` })(of, own - 1 + i * each))
      let done = own
      for (const handle of handles) done += await handle.getResult()
      await DBOS.runStep(() => step(of, commands - 1), { name: 'act' })
      return done
    },
    { name: 'bareParent' },
  )
  const deskChild = DBOS.registerWorkflow(
    async (of: string, first: number) => {
      for (let i = 0; i < each; i += 1) {
        if ((await DBOS.recv<string>('desk', PATIENCE_SECONDS)) === null) throw new Error('nobody acted')
        await DBOS.runStep(() => step(of, first + i), { name: 'act' })
      }
      return each
    },
    { name: 'deskChild' },
  )
  const deskParent = DBOS.registerWorkflow(
    async (of: string) => {
      const act = async (turn: number) => {
        if ((await DBOS.recv<string>('desk', PATIENCE_SECONDS)) === null) throw new Error('nobody acted')
        await DBOS.runStep(() => step(of, turn), { name: 'act' })
      }
      for (let i = 0; i < own - 1; i += 1) await act(i)
      const handles = []
      for (let i = 0; i < children; i += 1)
        handles.push(await DBOS.startWorkflow(deskChild, { workflowID: `${of}-${i}` })(of, own - 1 + i * each))
      let done = own
      for (const handle of handles) done += await handle.getResult()
      await act(commands - 1)
      return done
    },
    { name: 'deskParent' },
  )
  // DBOS wants a host in the address; the socket's folder behind it decides.
  DBOS.setConfig({
    name: 'yichuang-bench',
    systemDatabaseUrl: systemUrl.replace('@/', '@localhost/'),
    logLevel: 'error',
    systemDatabasePoolSize: 16,
  })
  await DBOS.launch()
  return {
    bare: async (number) => (await DBOS.startWorkflow(bareParent, { workflowID: `bare-${number}` })(`bare-${number}`)).getResult(),
    desks: async (number, script) => {
      const of = `desks-${number}`
      scripts.set(of, script)
      const handle = await DBOS.startWorkflow(deskParent, { workflowID: of })(of)
      // Whoever acts says so to the workflow; a message that is there early waits in line.
      for (let i = 0; i < own - 1; i += 1) await DBOS.send(of, `turn ${i}`, 'desk')
      for (let i = 0; i < children; i += 1) {
        const child = `${of}-${i}`
        while ((await DBOS.getWorkflowStatus(child)) === null) await new Promise((wake) => setTimeout(wake, 5))
        for (let k = 0; k < each; k += 1) await DBOS.send(child, `turn ${k}`, 'desk')
      }
      await DBOS.send(of, 'last', 'desk')
      const done = await handle.getResult()
      scripts.delete(of)
      return done
    },
    close: async () => {
      await DBOS.shutdown()
      await pool.end()
    },
  }
}

async function writePart(pool: pg.Pool, script: Script, turn: number, parts: number): Promise<void> {
  const at = (part: number) => Math.round((part * script.length) / parts)
  const client = await pool.connect()
  try {
    await writeTransaction(client, script.slice(at(turn), at(turn + 1)).flat())
  } finally {
    client.release()
  }
}
