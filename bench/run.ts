/** `npm run bench [name …]`: lists, installs the peers, runs one benchmark after the other, each in a process of its own. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const HERE = import.meta.dirname

/** Name → what is timed, beside whom. The script is `<name>.ts`. */
const BENCHES: { readonly [name: string]: string } = {
  flow: 'the pure engine: commands decided and folded per second · xstate, bpmn-engine',
  workday: 'due dates per second, plain and paused · chinese-days',
  start: 'from npm start to the first useful answer: first run and later runs',
  cases: 'whole 个转企 lifecycles through HTTP, 8 clients · the same rows by raw SQL, DBOS; complaints empty and over many cases',
  inbox: 'first page, next page and search of a department’s inbox at three sizes, through HTTP',
}

const USAGE = `npm run bench [-- name …] [--scale 0.1]
  Runs the benchmarks named, or all of them, and writes bench/results/<name>.json.
  --scale N   longer (above 1) or shorter runs (below 1); --scale 10 brings cases and inbox to one million cases

${list()}`

export async function run(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const { names, options } = split(args)
  const unknown = names.filter((name) => !(name in BENCHES))
  if (unknown.length > 0) throw new Error(`there is no benchmark ${unknown.join(', ')}; these are there:\n${list()}`)
  await installPeers()
  const failed: string[] = []
  for (const name of names.length === 0 ? Object.keys(BENCHES) : names) if (!(await runOne(name, options))) failed.push(name)
  if (failed.length > 0) throw new Error(`${failed.join(', ')} failed; its words are above`)
}

function list(): string {
  return Object.entries(BENCHES)
    .map(([name, what]) => `  ${name.padEnd(8)} ${what}`)
    .join('\n')
}

/** `--scale` takes the word behind it, or what follows its equals sign. */
function split(args: readonly string[]): { names: string[]; options: string[] } {
  const names: string[] = []
  const options: string[] = []
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i] ?? ''
    if (!word.startsWith('-')) names.push(word)
    else if (word === '--scale') options.push(word, args[++i] ?? '')
    else if (word.startsWith('--scale=')) options.push(word)
    else throw new Error(`there is no option ${word}\n\n${USAGE}`)
  }
  const scale = options.length === 0 ? 1 : Number(options.at(-1)?.replace('--scale=', ''))
  if (!(scale > 0)) throw new Error('--scale takes a number above 0, such as --scale 0.1')
  return { names, options }
}

/** Peers have a lockfile of their own: nobody who only runs the product gets them. */
async function installPeers(): Promise<void> {
  const hash = createHash('sha256')
    .update(readFileSync(join(HERE, 'package-lock.json')))
    .digest('hex')
  const stamp = join(HERE, 'node_modules', '.yichuang-lock')
  if (existsSync(stamp) ? readFileSync(stamp, 'utf8') === hash : installedByHand()) return
  console.log('Installing the peers of the benchmarks …')
  const npm = process.env.npm_execpath ?? ''
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  const code = npm.endsWith('.js') ? await program(process.execPath, [npm, ...args]) : await program('npm', args)
  if (code !== 0) throw new Error('npm ci in bench/ failed; look at the network or the registry setting and run this again')
  writeFileSync(stamp, hash)
}

/** npm's own record is newer than the lockfile. */
function installedByHand(): boolean {
  const record = join(HERE, 'node_modules', '.package-lock.json')
  return existsSync(record) && statSync(record).mtimeMs >= statSync(join(HERE, 'package-lock.json')).mtimeMs
}

async function runOne(name: string, options: readonly string[]): Promise<boolean> {
  const script = join(HERE, `${name}.ts`)
  if (!existsSync(script)) throw new Error(`bench/${name}.ts is missing from this copy of the project`)
  return (await program(process.execPath, ['--no-warnings', '--expose-gc', script, ...options])) === 0
}

/** Ends with us: a benchmark that is interrupted stops what it started. */
function program(name: string, args: readonly string[]): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(name, [...args], { cwd: HERE, stdio: 'inherit' })
    const pass = (signal: NodeJS.Signals) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass)
    child.on('error', fail)
    child.on('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, pass)
      done(code ?? 1)
    })
  })
}
