import { err, ok, type Result } from '@yichuang/result'
import type { Limit } from '@yichuang/workday'
import { type FlowIssue, type Path, present, Reading } from './reading.ts'
import type { LadderLevelSource } from './source.ts'
import { type LadderLevel, type LadderMoment, LIGHTS } from './vocabulary.ts'

const LEVEL_KEYS = {
  known: ['id', 'title', 'light', 'clocks', 'at', 'tells', 'card', 'reason_within', 'opens'],
  required: ['id', 'title', 'light', 'clocks', 'at'],
}
const NOTHING: Limit = { n: 0, unit: 'workday' }

/** The levels of one ladder; `path` is its place in the maker's file (`['ladders', id]`). */
export function compileLadder(
  id: string,
  source: readonly LadderLevelSource[],
  path: Path,
): Result<readonly LadderLevel[], readonly FlowIssue[]> {
  const reading = new Reading()
  if (!Array.isArray(source)) return err([{ path, code: 'wrong-type', message: `The ladder "${id}" must be a list of levels.` }])
  const levels = source.map((level, index) => readLevel(reading, level, [...path, index]))
  const seen = new Set<string>()
  for (const [index, level] of levels.entries()) {
    if (seen.has(level.id)) reading.add([...path, index, 'id'], 'level-twice', `The ladder "${id}" has two levels "${level.id}".`)
    seen.add(level.id)
  }
  return reading.issues.length === 0 ? ok(levels) : err(reading.issues)
}

function readLevel(reading: Reading, source: unknown, path: Path): LadderLevel {
  const raw = reading.record(source, path, LEVEL_KEYS)
  const id = reading.text(raw.id, [...path, 'id'])
  const moments = Array.isArray(raw.at) ? raw.at : []
  if (moments.length === 0 && raw.at !== undefined)
    reading.add([...path, 'at'], 'wrong-type', 'Expected a list of moments: [{ over: 0 workdays }].')
  return present({
    id,
    title: reading.title(raw.title, [...path, 'title'], id),
    light: reading.word(raw.light, [...path, 'light'], LIGHTS, 'unknown-light') ?? 'green',
    clocks: reading.texts(raw.clocks, [...path, 'clocks']),
    at: moments.flatMap((moment, index) => readMoment(reading, moment, [...path, 'at', index])),
    tells: reading.texts(raw.tells, [...path, 'tells']),
    card: reading.word(raw.card, [...path, 'card'], ['yellow', 'red'] as const, 'unknown-card'),
    reasonWithin: raw.reason_within === undefined ? undefined : reading.limit(raw.reason_within, [...path, 'reason_within'], NOTHING),
    opens: reading.optionalText(raw.opens, [...path, 'opens']),
  })
}

function readMoment(reading: Reading, source: unknown, path: Path): LadderMoment[] {
  const raw = reading.record(source, path, { known: ['remaining', 'elapsed', 'over'] })
  if (raw.remaining !== undefined) return [{ type: 'remaining', limit: reading.limit(raw.remaining, [...path, 'remaining'], NOTHING) }]
  if (raw.over !== undefined) return [{ type: 'over', limit: reading.limit(raw.over, [...path, 'over'], NOTHING) }]
  if (typeof raw.elapsed === 'number' && raw.elapsed >= 0 && raw.elapsed <= 1) return [{ type: 'elapsed', ratio: raw.elapsed }]
  reading.add(path, 'bad-moment', 'A moment is one of: remaining: 1 workday · elapsed: 0.8 (a share from 0 to 1) · over: 0 workdays.')
  return []
}
