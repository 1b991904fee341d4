/**
 * The laws of the house, checked: `boundaries.cjs` says who may import whom and what a file may contain; here its words are carried out
 * over a set of files (path → text), so that a test can plant a violation without touching the disk.
 */
import { createRequire } from 'node:module'
import { dirname, join, normalize } from 'node:path/posix'
import { importsOf } from './imports.ts'

export type ImportLaw = {
  readonly name: string
  readonly reason: string
  readonly from: string
  readonly may?: readonly string[]
  readonly not?: readonly string[]
  /** Allowed in test files besides. */
  readonly tests?: readonly string[]
  /** Matched against `<file> <import>`: not a violation after all. */
  readonly unless?: string
}
export type ContentLaw = {
  readonly name: string
  readonly reason: string
  readonly in: string
  readonly except?: string
  readonly pattern: string
}
type Edges = { readonly [name: string]: readonly string[] }
export type Boundaries = {
  readonly packages: Edges
  readonly libraries: Edges
  readonly modules: Edges
  readonly imports: readonly ImportLaw[]
  readonly content: readonly ContentLaw[]
}

export type Violation = { readonly law: string; readonly file: string; readonly what: string; readonly reason: string }
export type Sources = ReadonlyMap<string, string>

export const boundaries = createRequire(import.meta.url)('../boundaries.cjs') as Boundaries

/** Laws that follow from the maps of `boundaries.cjs` rather than from a pattern. */
export const MAP_LAWS = {
  'no-cycles': 'a cycle is one idea in two places',
  'package-heights': 'each floor of packages stands on the floors below it',
  'named-libraries': 'a pure package takes from outside only what is named, and named libraries are pure',
  'module-map': 'a module reaches another only by its public.ts, and only if the module map says so',
} as const

export function findViolations(sources: Sources, laws: Boundaries = boundaries): Violation[] {
  const graph = importGraph(sources)
  return [
    ...laws.imports.flatMap((law) => brokenImports(law, graph)),
    ...laws.content.flatMap((law) => brokenContent(law, sources)),
    ...packageViolations(graph, laws),
    ...moduleViolations(graph, laws),
    ...cycles(graph),
  ]
}

type Graph = ReadonlyMap<string, readonly string[]>

export function importGraph(sources: Sources): Graph {
  return new Map([...sources].map(([file, text]) => [file, importsOf(text).map((specifier) => resolve(file, specifier, sources))]))
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file)

function resolve(file: string, specifier: string, sources: Sources): string {
  if (specifier.startsWith('node:')) return specifier
  if (specifier.startsWith('.')) return existing(normalize(join(dirname(file), specifier)), sources)
  const own = /^@yichuang\/([^/]+)(?:\/(.*))?$/.exec(specifier)
  if (own !== null) return own[2] === undefined ? `packages/${own[1]}/src/index.ts` : `packages/${own[1]}/src/${own[2]}`
  return `npm:${specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')}`
}

function existing(path: string, sources: Sources): string {
  return [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((one) => sources.has(one)) ?? path
}

function brokenImports(law: ImportLaw, graph: Graph): Violation[] {
  const from = new RegExp(law.from)
  const found: Violation[] = []
  for (const [file, imports] of graph) {
    const match = from.exec(file)
    if (match === null) continue
    const fill = (patterns: readonly string[]) => patterns.map((pattern) => new RegExp(pattern.replaceAll('$1', match[1] ?? '')))
    const may = law.may === undefined ? null : fill([...law.may, ...(isTest(file) ? (law.tests ?? []) : [])])
    const not = fill(law.not ?? [])
    const unless = law.unless === undefined ? null : new RegExp(law.unless)
    for (const target of imports) {
      const allowed = (may === null || may.some((one) => one.test(target))) && !not.some((one) => one.test(target))
      if (allowed || unless?.test(`${file} ${target}`)) continue
      found.push({ law: law.name, file, what: `imports ${target}`, reason: law.reason })
    }
  }
  return found
}

function brokenContent(law: ContentLaw, sources: Sources): Violation[] {
  const found: Violation[] = []
  for (const [file, text] of sources) {
    if (!new RegExp(law.in).test(file) || (law.except !== undefined && new RegExp(law.except).test(file))) continue
    const match = new RegExp(law.pattern).exec(text)
    if (match === null) continue
    const line = text.slice(0, match.index).split('\n').length
    const words = match[0].replace(/\s+/g, ' ').slice(0, 60)
    found.push({ law: law.name, file: `${file}:${line}`, what: `contains ${words}`, reason: law.reason })
  }
  return found
}

function packageViolations(graph: Graph, laws: Boundaries): Violation[] {
  const found: Violation[] = []
  for (const [file, imports] of graph) {
    const name = /^packages\/([^/]+)\//.exec(file)?.[1]
    if (name === undefined) continue
    for (const target of imports) {
      const other = /^packages\/([^/]+)\//.exec(target)?.[1]
      if (other !== undefined && other !== name && !(laws.packages[name] ?? []).includes(other)) {
        found.push(mapViolation('package-heights', file, `imports ${other}`))
      }
      const library = /^npm:(.+)$/.exec(target)?.[1]
      const tool = library === 'fast-check' && isTest(file)
      if (library !== undefined && !tool && !(laws.libraries[name] ?? []).includes(library)) {
        found.push(mapViolation('named-libraries', file, `imports ${library}`))
      }
    }
  }
  return found
}

function moduleViolations(graph: Graph, laws: Boundaries): Violation[] {
  const moduleOf = (path: string) => /^server\/src\/modules\/([^/]+)\//.exec(path)?.[1]
  const found: Violation[] = []
  for (const [file, imports] of graph) {
    const own = moduleOf(file)
    if (own === undefined || isTest(file)) continue
    for (const target of imports) {
      const other = moduleOf(target)
      if (other === undefined || other === own) continue
      const allowed = (laws.modules[own] ?? []).includes(other) && target.endsWith(`/${other}/public.ts`)
      if (!allowed) found.push(mapViolation('module-map', file, `imports ${target}`))
    }
  }
  return found
}

function mapViolation(law: keyof typeof MAP_LAWS, file: string, what: string): Violation {
  return { law, file, what, reason: MAP_LAWS[law] }
}

/** Depth first; each cycle is told once, at the import that closes it. */
function cycles(graph: Graph): Violation[] {
  const found: Violation[] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): void => {
    const at = path.indexOf(file)
    if (at >= 0) {
      const cycle = [...path.slice(at), file].join(' → ')
      found.push(mapViolation('no-cycles', path[at] ?? file, cycle))
      return
    }
    if (done.has(file)) return
    path.push(file)
    for (const next of graph.get(file) ?? []) if (graph.has(next)) visit(next)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return found
}
