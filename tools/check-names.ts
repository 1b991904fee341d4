/**
 * Names: no drawers for what nobody could name; no city in the code; one word in many places (server module = contract file = glossary row).
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFiles, ROOT } from './sources.ts'

export type Named = {
  /** Paths from the root. */
  readonly files: readonly string[]
  /** Words that only a pack may say, with where they come from. */
  readonly cities: readonly string[]
  readonly glossary: string | null
  readonly read: (path: string) => string
}

const DRAWER = /^(?:utils?|helpers?|common|shared|misc)(?:\.[a-z.]+)?$/i
const CODE = /\.(?:ts|tsx|mjs|cjs|js|css|sql|html)$/
/** The default pack is a setting, and settings have one place. */
const MAY_NAME_THE_CITY =
  /^(?:packs|decisions|docs|bench)\/|\.md$|^server\/src\/config(?:\.test)?\.ts$|\.test\.tsx?$|^tools\/run-tour\.ts$|^(?:server|web)\/test\//

export function findMisnamed(named: Named): string[] {
  return [...drawers(named.files), ...cityNames(named), ...lonelyModules(named)]
}

function drawers(files: readonly string[]): string[] {
  const found = files.filter((path) => path.split('/').some((part) => DRAWER.test(part)))
  return found.map((path) => `${path}: a drawer, not a name; call it after what is inside, or make it a package with a name`)
}

function cityNames({ files, cities, read }: Named): string[] {
  if (cities.length === 0) return []
  const words = new RegExp(cities.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i')
  return files
    .filter((path) => CODE.test(path) && !MAY_NAME_THE_CITY.test(path))
    .flatMap((path) => {
      const match = words.exec(read(path))
      return match === null ? [] : [`${path}: names ${match[0]}; what belongs to a city belongs into its pack`]
    })
}

function lonelyModules({ files, glossary }: Named): string[] {
  const modules = new Set(files.map((path) => /^server\/src\/modules\/([^/]+)\//.exec(path)?.[1]).filter((name) => name !== undefined))
  return [...modules].flatMap((name) => {
    const contract = `packages/contract/src/${name}.ts`
    const missing = files.includes(contract) ? [] : [`server/src/modules/${name}: its contract file ${contract} is missing`]
    const row = glossary === null || new RegExp(`^\\|.*\\b${name}\\b`, 'm').test(glossary)
    return row ? missing : [...missing, `server/src/modules/${name}: GLOSSARY.md has no row for ${name}`]
  })
}

/** City words: the pack's folder and title, and its regions down to the county. The imaginary city may be named: tests live there. */
export function readNamed(root: string = ROOT): Named {
  const files = projectFiles(root)
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const packs = files.filter((path) => /^packs\/[^/]+\/pack\.yaml$/.test(path) && !path.includes('/tidewater/'))
  const cities = packs.flatMap((path) => cityWords(path.split('/')[1] ?? '', read(path), read(path.replace('pack.yaml', 'regions.yaml'))))
  const glossary = existsSync(join(root, 'GLOSSARY.md')) ? read('GLOSSARY.md') : null
  return { files, cities, glossary, read }
}

function cityWords(folder: string, pack: string, regions: string): string[] {
  const title = /^title:.*\bzh: *([^,}\s]+)/m.exec(pack)?.[1] ?? ''
  const counties = [...regions.matchAll(/name: *\{ *zh: *([^,}\s]+).*level: *(?:city|county)/g)].map((match) => match[1] ?? '')
  return [...new Set([folder, title.replace(/市$/, ''), ...counties])].filter((word) => word.length > 1)
}
