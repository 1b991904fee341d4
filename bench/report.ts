/**
 * How every benchmark says what it found: a table for people, and `results/<name>.json` with the machine it was measured on.
 * Ratios and growth are the result; absolute figures belong to one machine.
 */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, platform, totalmem } from 'node:os'

export type Row = {
  readonly what: string
  readonly figure: number
  /** `/s`, `ms`, `×`, `bytes` … */
  readonly unit: string
  /** The floor or the peer, measured in the same run, in the same unit. */
  readonly beside?: { readonly what: string; readonly figure: number }
  /** Our figure in terms of `beside`; computed when absent. */
  readonly ratio?: number
  readonly goal?: { readonly words: string; readonly met: boolean }
}

export type Machine = { readonly cpu: string; readonly threads: number; readonly memoryGigabytes: number; readonly platform: string }

/** Prints the rows, writes the results file beside this one and returns its address. `given` keeps sizes and seeds. */
export async function report(name: string, rows: readonly Row[], given: { readonly [key: string]: unknown } = {}): Promise<URL> {
  const figures = rows.map((row) => (row.beside === undefined ? row : { ...row, ratio: ratioOf(row) }))
  console.log(`\n${name}`)
  for (const line of tableOf(figures)) console.log(line)
  const folder = new URL('./results/', import.meta.url)
  await mkdir(folder, { recursive: true })
  const target = new URL(`${name}.json`, folder)
  const draft = new URL(`${name}.json.tmp`, folder)
  const results = { name, machine: machine(), at: new Date().toISOString(), node: process.version, given, figures }
  await writeFile(draft, `${JSON.stringify(results, null, 2)}\n`)
  await rename(draft, target)
  return target
}

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    threads: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${process.arch}`,
  }
}

/** 12345678 → `12.3 M`. */
export function short(figure: number): string {
  const size = Math.abs(figure)
  if (size >= 1e6) return `${(figure / 1e6).toPrecision(3)} M`
  if (size >= 1e3) return `${(figure / 1e3).toPrecision(3)} k`
  return size >= 100 || Number.isInteger(figure) ? figure.toFixed(0) : figure.toPrecision(3)
}

function ratioOf(row: Row): number {
  return row.ratio ?? row.figure / (row.beside?.figure ?? Number.NaN)
}

function tableOf(rows: readonly Row[]): string[] {
  const cells = rows.map((row) => [
    row.what,
    `${short(row.figure)}${row.unit}`,
    row.beside === undefined ? '' : `${row.beside.what} ${short(row.beside.figure)}${row.unit}`,
    row.beside === undefined ? '' : `${short(ratioOf(row))}×`,
    row.goal === undefined ? '' : `${row.goal.met ? 'met' : 'NOT met'}: ${row.goal.words}`,
  ])
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}
