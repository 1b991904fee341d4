import type { Data, Json } from './vocabulary.ts'

/** JSON Merge Patch (RFC 7396): records are merged, null removes, everything else replaces. */
export function mergeData(data: Data, changes: Data): Data {
  const merged: { [key: string]: Json } = { ...data }
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete merged[key]
    else merged[key] = isRecord(value) ? mergeData(isRecord(merged[key]) ? merged[key] : {}, value) : value
  }
  return merged
}

export function isRecord(value: Json | undefined): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a dotted path, or undefined. */
export function valueAt(data: Data, path: string): Json | undefined {
  let value: Json | undefined = data
  for (const name of path.split('.')) value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return value
}
