/** Faults planted in Tidewater: the compiler must find each, in the right file, on the right line, under its code. Table: fixtures/faults.yaml. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { edited, lineOf, tidewaterFiles, without } from './fixtures/from-disk.test.ts'
import { checkPack } from './index.ts'

type Fault = {
  readonly name: string
  readonly in: string
  readonly from?: string
  readonly to: string
  readonly code: string
  readonly at: string
  readonly file?: string
  readonly says?: string
}

const table = parse(readFileSync(new URL('./fixtures/faults.yaml', import.meta.url), 'utf8')) as {
  readonly [section: string]: readonly Fault[]
}

function check(fault: Fault, severity: 'error' | 'warning'): void {
  const files = edited(tidewaterFiles, { path: fault.in, to: fault.to, ...(fault.from === undefined ? {} : { from: fault.from }) })
  const where = fault.file ?? fault.in
  const { issues, pack } = checkPack(files)
  const found = issues.filter((issue) => issue.file === where && issue.code === `pack/${fault.code}`)
  assert.notEqual(found.length, 0, `found instead: ${JSON.stringify(issues, null, 1)}`)
  const line = lineOf(files, where, fault.at)
  const there = found.find((issue) => issue.line === line)
  assert.ok(there, `line ${line} expected, found on ${found.map((issue) => issue.line)}`)
  assert.equal(there.severity, severity)
  assert.equal(pack === null, severity === 'error')
  assert.match(found.map((issue) => issue.message).join('\n'), new RegExp(fault.says ?? '.'))
}

for (const [section, faults] of Object.entries(table)) {
  describe(section, () => {
    for (const fault of faults) it(fault.name, () => check(fault, section === 'warnings' ? 'warning' : 'error'))
  })
}

it('Tidewater itself has no fault and earns no warning', () => assert.deepEqual(checkPack(tidewaterFiles).issues, []))

describe('whole files', () => {
  const codes = (...paths: readonly string[]) =>
    checkPack(without(tidewaterFiles, ...paths)).issues.map((issue) => `${issue.file}:${issue.line} ${issue.code}`)

  it('clocks need a calendar', () => {
    const line = lineOf(tidewaterFiles, 'pack.yaml', 'id: tidewater')
    assert.deepEqual(codes('calendar/'), [`pack.yaml:${line} pack/clock-without-calendar`])
  })
  it('pack.yaml, regions.yaml and orgs.yaml must be there', () => {
    assert.deepEqual(codes('pack.yaml'), ['pack.yaml:1 pack/missing-file'])
    assert.deepEqual(codes('regions.yaml', 'orgs.yaml'), ['orgs.yaml:1 pack/missing-file', 'regions.yaml:1 pack/missing-file'])
  })
  it('bundles need their template', () => {
    assert.ok(codes('flows/bundle.yaml').some((one) => one.startsWith('bundles/close-stall.yaml') && one.endsWith('pack/dangling-flow')))
  })
  it('a bundle in use needs nodes, an announced one does not', () => {
    const bundle = (status: string) =>
      `id: later\ntitle: 以后\nsummary: 以后\nstage: run\nlead: harbour\nstatus: ${status}\nparties: [person]\nnodes: []\n`
    const check = (status: string) => checkPack(edited(tidewaterFiles, { path: 'bundles/later.yaml', to: bundle(status) }))
    assert.equal(check('announced').issues.length, 0)
    assert.deepEqual(
      check('in-use').issues.map((issue) => issue.code),
      ['pack/flow-no-nodes'],
    )
  })
  it('a question that only one of two bundles asks is a warning where it is read', () => {
    const node = '  - { id: kitchen, matter: food-handling }\n  - { id: close, matter: stall-closure'
    const files = edited(tidewaterFiles, { path: 'bundles/close-stall.yaml', from: '  - { id: close, matter: stall-closure', to: node })
    const warnings = checkPack(files).issues.filter((issue) => issue.severity === 'warning')
    assert.deepEqual(
      [...new Set(warnings.map((issue) => `${issue.file} ${issue.code}`))],
      ['matters/food-handling.yaml pack/unknown-question'],
    )
    assert.match(warnings[0]?.message ?? '', /close-stall/)
  })
})
