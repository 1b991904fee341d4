/** Steps of the commands: run a program of this project, say what is done and how long it took. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './sources.ts'

export type Ran = { readonly code: number; readonly output: string }

/** Runs a script of node_modules (or of ours) under this Node; gathers what it prints. */
export function runNode(script: string, args: readonly string[], cwd: string = ROOT): Promise<Ran> {
  return runProgram(process.execPath, ['--no-warnings', join(ROOT, script), ...args], cwd)
}

export function runProgram(program: string, args: readonly string[], cwd: string = ROOT): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(program, [...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => done({ code: 127, output: error.message }))
    child.on('close', (code) => done({ code: code ?? 1, output: output.trim() }))
  })
}

/** `✔ types  1.9 s`, or `✖ types  1.9 s` and what is wrong. */
export async function step(name: string, work: () => Promise<Ran>): Promise<boolean> {
  const started = performance.now()
  const { code, output } = await work()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✔' : '✖'} ${name}  ${seconds} s`)
  if (code !== 0) console.log(output.replace(/^/gm, '    '))
  return code === 0
}

/** A step whose findings are lines; none is good. */
export function findings(lines: readonly string[]): Ran {
  return { code: lines.length === 0 ? 0 : 1, output: lines.join('\n') }
}
