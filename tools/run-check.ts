/** `npm run check`: types, lint, boundaries, names, packs. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { boundaries, findViolations } from './boundaries.ts'
import { findMisnamed, readNamed } from './check-names.ts'
import { checkPackFolder } from './packs.ts'
import { ROOT, readSources } from './sources.ts'
import { findings, type Ran, runNode, step } from './steps.ts'

const TSC = 'node_modules/typescript/bin/tsc'
const BIOME = 'node_modules/@biomejs/biome/bin/biome'

type Check = { readonly name: string; readonly work: () => Promise<Ran> }

function checks(): Check[] {
  const web = existsSync(join(ROOT, 'web', 'src'))
  // Benchmarks are checked where the peers they are held against have been installed (npm run bench).
  const peers = existsSync(join(ROOT, 'bench', 'node_modules'))
  return [
    { name: 'types (packages, server, tools)', work: () => runNode(TSC, ['-p', 'tsconfig.json']) },
    ...(peers ? [{ name: 'types (bench)', work: () => runNode(TSC, ['-p', 'bench/tsconfig.json']) }] : []),
    ...(web ? [{ name: 'types (web)', work: () => runNode(TSC, ['-p', 'web/tsconfig.json']) }] : []),
    { name: 'format and lint', work: () => runNode(BIOME, ['check', '--error-on-warnings', '--diagnostic-level=warn', '--colors=off']) },
    { name: `boundaries (${boundaries.imports.length + boundaries.content.length + 4} laws)`, work: checkBoundaries },
    { name: 'names', work: async () => findings(findMisnamed(readNamed())) },
    ...packFolders().map((pack) => ({ name: `pack ${pack}`, work: () => checkPack(pack) })),
  ]
}

async function checkBoundaries(): Promise<Ran> {
  const violations = findViolations(readSources())
  return findings(violations.map(({ file, what, law, reason }) => `${file} ${what}\n  breaks ${law}: ${reason}`))
}

function packFolders(): string[] {
  const folder = join(ROOT, 'packs')
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'pack.yaml')))
}

async function checkPack(pack: string): Promise<Ran> {
  const { errors } = await checkPackFolder(join(ROOT, 'packs', pack))
  return findings(errors)
}

/** How many checks passed and failed; each says so itself. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  let [passed, failed] = [0, 0]
  for (const { name, work } of checks()) {
    if (await step(name, work)) passed += 1
    else failed += 1
  }
  return { passed, failed }
}

export async function run(): Promise<void> {
  const { failed } = await runChecks()
  process.exitCode = failed === 0 ? 0 : 1
}
