/**
 * The one way in: `npm start`, `npm test`, `npm run tour|bench|check|yichuang`. Plain JavaScript that old Nodes understand: brings Node 24 when
 * the running one is older, installs what the lockfile names when it is not there, then hands over. Doing it again changes nothing.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const NODE_MAJOR = 24
const NODE_VERSION = '24.21.0'
const COMMANDS = {
  start: ['tools/run-start.ts', 'sets up what is missing and starts the server'],
  test: ['tools/run-tests.ts', 'checks and all tests; with words behind it, the test files whose path contains one of them'],
  check: ['tools/run-check.ts', 'types, lint, boundaries, names, packs'],
  tour: ['tools/run-tour.ts', 'plays a whole application against a running server and tells it'],
  bench: ['bench/run.ts', 'measures; with a name behind it, one benchmark'],
  yichuang: ['tools/yichuang.ts', 'commands for operators; --help lists them'],
}

/** npm's shell dies of a signal without passing it on: when our parent is gone, we were meant. */
function endWithParent() {
  const parent = process.ppid
  if (process.platform === 'win32' || process.env.npm_lifecycle_event === undefined) return
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}

const [command = '', ...rest] = process.argv.slice(2)
main().catch((error) => {
  console.error(`\n${error instanceof Error ? error.message : error}`)
  process.exit(1)
})

async function main() {
  const entry = COMMANDS[command]
  if (entry === undefined) {
    const list = Object.entries(COMMANDS).map(([name, [, what]]) => `  ${name.padEnd(9)} ${what}`)
    throw new Error(`${command === '' ? 'Which command?' : `There is no command ${command}.`} These are there:\n${list.join('\n')}`)
  }
  endWithParent()
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) return hand(await bringNode())
  await installModules()
  const script = join(ROOT, entry[0])
  if (!existsSync(script)) throw new Error(`${entry[0]} is missing from this copy of the project; get it again from where you have it`)
  process.argv.splice(1, process.argv.length - 1, script, ...rest)
  const { run } = await import(pathToFileURL(script).href)
  await run(rest)
}

/** The path of a Node 24 under `.runtime`: a registry package that is the binary itself. */
async function bringNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const binary = join(ROOT, '.runtime', 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(binary) && works(binary)) return binary
  mkdirSync(join(ROOT, '.runtime'), { recursive: true })
  const args = [
    'install',
    '--prefix',
    join(ROOT, '.runtime'),
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ]
  const why = `Node ${process.versions.node} is running, ${NODE_MAJOR} is needed: bringing it into .runtime`
  await npm(why, [...args, `${name}@${NODE_VERSION}`], `install Node ${NODE_MAJOR} yourself (https://nodejs.org) and run this again`)
  if (!works(binary)) throw new Error(`${binary} does not run on this machine; install Node ${NODE_MAJOR} yourself and run this again`)
  return binary
}

function works(binary) {
  const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  return status === 0 && Number(/^v(\d+)\./.exec(stdout)?.[1]) >= NODE_MAJOR
}

/** The same command under the new Node. We only wait: signals are for the child, its end is ours. */
function hand(binary) {
  const env = { ...process.env, PATH: `${dirname(binary)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}` }
  const child = spawn(binary, [fileURLToPath(import.meta.url), command, ...rest], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((_, fail) => {
    child.on('error', fail)
    child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)))
  })
}

async function installModules() {
  const lock = join(ROOT, 'package-lock.json')
  const stamp = join(ROOT, 'node_modules', '.yichuang-lock')
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (existsSync(stamp) ? readFileSync(stamp, 'utf8') === hash : installedAfter(lock)) return
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  await npm(
    'Installing the packages of the lockfile',
    args,
    'look at the network or the registry setting (npm config get registry) and run this again',
  )
  writeFileSync(stamp, hash)
}

/** Installed by hand: npm's own record is newer than the lockfile. */
function installedAfter(lock) {
  const record = join(ROOT, 'node_modules', '.package-lock.json')
  return existsSync(record) && statSync(record).mtimeMs >= statSync(lock).mtimeMs
}

/** Runs npm quietly, with a sign of life every few seconds; its output is shown only when it fails. */
function npm(what, args, advice) {
  const started = Date.now()
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`
  process.stdout.write(`${what} …\n`)
  const viaNode = (process.env.npm_execpath ?? '').endsWith('.js')
  const program = viaNode ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const child = spawn(program, viaNode ? [process.env.npm_execpath, ...args] : args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: !viaNode && process.platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)))
  const alive = setInterval(() => process.stdout.write(`  … still at it, ${seconds()}\n`), 5000)
  return new Promise((done, fail) => {
    child.on('error', (error) => {
      clearInterval(alive)
      fail(new Error(`npm could not be started (${error.message}); is it installed?`))
    })
    child.on('close', (code) => {
      clearInterval(alive)
      if (code !== 0) return fail(new Error(`${essence(output)}\n\n${what}: npm failed (exit code ${code}); ${advice}`))
      process.stdout.write(`  done in ${seconds()}\n`)
      done()
    })
  })
}

/** What npm says before it explains all its options. */
function essence(output) {
  const told = output.split(/^npm error (?:Clean install a project|Usage:)/m)[0] ?? ''
  return told.trim().split('\n').slice(-40).join('\n')
}
