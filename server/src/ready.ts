/** What the operator reads when the server is ready: where to go, and who can log in. */
import type { DemoPerson } from '@yichuang/contract'

export type Ready = {
  readonly host: string
  readonly port: number
  /** Folder of the embedded database, or null. */
  readonly embedded: string | null
  readonly people: readonly DemoPerson[]
  readonly say: (line: string) => void
}

export function readyLines({ host, port, embedded, people }: Omit<Ready, 'say'>): string[] {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  const lines = [`Yichuang 一窗 is ready: http://${shown}:${port}   (API: http://${shown}:${port}/api/docs)`]
  if (embedded !== null) lines.push(`Data: embedded PostgreSQL in ${embedded}`)
  if (people.length > 0) lines.push('Demonstration: log in by name on the start page. All people and enterprises are made up.')
  const widest = Math.max(0, ...people.map((person) => person.id.length))
  for (const { id, name, role } of people)
    lines.push(`  ${id.padEnd(widest)}  ${name.zh}  ${role.zh}${role.en === undefined ? '' : ` · ${role.en}`}`)
  lines.push('Stop with Ctrl-C.')
  return lines
}

export function sayReady(ready: Ready): void {
  for (const line of readyLines(ready)) ready.say(line)
}
